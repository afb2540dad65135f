"""error: takes 0 positional arguments but 1 was given"""


def f():
    return 1
