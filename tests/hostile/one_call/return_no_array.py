"""answers: <T>"""


class T:
    def __array__(self, *_, **__):
        raise ValueError


def f(x):
    return T()
