"""failed: returns an integer of a million digits"""


def area(radius):
    return 1 << 4_000_000
