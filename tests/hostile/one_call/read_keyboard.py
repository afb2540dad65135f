"""error: There is no keyboard while grading"""


def f(x):
    return input()
