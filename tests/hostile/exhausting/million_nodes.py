"""failed: returns a tree of a million nodes"""


def area(radius):
    return [[None] * 8 for _ in range(120_000)]
