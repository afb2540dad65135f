"""answers: <T>"""


class T:
    def __repr__(self):
        raise ValueError

    __str__ = __eq__ = __repr__


def f(x):
    return T()
