"""answers: nan"""


def f(x):
    return float("nan")
