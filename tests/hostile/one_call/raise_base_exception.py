"""error: `f(7)` raised `E`: boo."""


class E(BaseException):
    pass


def f(x):
    raise E("boo")
