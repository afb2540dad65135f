"""error: `f(7)` raised `KeyboardInterrupt`."""


def f(x):
    raise KeyboardInterrupt
