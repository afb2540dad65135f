"""error: A function calls itself without end."""


def f(x):
    return f(x)
