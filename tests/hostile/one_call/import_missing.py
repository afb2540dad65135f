"""error: `flask` is not available here"""


def f(x):
    import flask
