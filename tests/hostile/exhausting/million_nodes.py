"""failed: returns a tree of a million nodes"""


def area(radius):
    return [[0.5, [None]] for _ in range(250_000)]
