"""failed: returns lists in lists, a hundred thousand deep"""


def area(radius):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested
