"""error: `f(7)` raised `SystemExit`. It asks Python to end"""


def f(x):
    exit()
