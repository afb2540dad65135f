"""crashed: answers with a model whose layers are a program"""

from grader.sandbox import wire


def area(radius):
    return wire.Tagged("model", {"class": "Lambda", "config": {"function": "os._exit"}})
