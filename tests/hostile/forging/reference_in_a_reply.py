"""crashed: answers with a reference, which only judges may send"""

from grader.sandbox import wire


def area(radius):
    return wire.Reference(0, (("attribute", "area"),))
