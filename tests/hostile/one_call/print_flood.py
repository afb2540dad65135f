"""answers: 7"""


def f(x):
    print("x" * (64 << 20))
    return x
