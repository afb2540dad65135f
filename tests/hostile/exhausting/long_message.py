"""error: raises an exception with a hundred million characters"""


def area(radius):
    raise RuntimeError("x" * 10**8)
