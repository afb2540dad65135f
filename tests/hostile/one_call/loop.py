"""timeout: Stopped after"""


def f(x):
    while True:
        pass
