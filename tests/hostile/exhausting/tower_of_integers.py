"""timeout: 9 to the power of 9 to the power of 9"""


def area(radius):
    return 9 ** (9**9)
