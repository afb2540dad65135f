"""error: hopes that the right exception is all that is asked for"""


def area(radius):
    raise ValueError("the inner circle is the larger one")


def ring(outer, inner):
    raise ValueError("the inner circle is the larger one")
