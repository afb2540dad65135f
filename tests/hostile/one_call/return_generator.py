"""answers: <generator>"""


def f(x):
    yield x
