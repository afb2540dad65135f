"""failed: returns a few short texts and a long one, which as an array are ten gigabytes"""


def area(radius):
    return ["x" * 65_536] + [""] * 40_000
