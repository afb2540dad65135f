"""answers: <list that cannot be sent (nested deeper than 64 levels)>"""


def f(x):
    nested = []
    nested.append(nested)
    return nested
