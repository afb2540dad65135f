"""todo: `f(7)` is still to do"""


def f(x):
    raise NotImplementedError
