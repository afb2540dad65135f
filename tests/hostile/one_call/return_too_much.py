"""answers: <value that cannot be sent (more than 1024 KiB of structure)>"""


def f(x):
    return ["long" * 100] * 9999
