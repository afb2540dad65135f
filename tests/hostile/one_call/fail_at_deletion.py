"""answers: 7"""


class T:
    def __del__(self):
        raise ValueError


def f(x):
    T()
    return x
