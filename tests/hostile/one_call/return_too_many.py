"""answers: <list that cannot be sent (more than 4096 arrays in one value)>"""


def f(x):
    return [[]] + [b""] * 5000
