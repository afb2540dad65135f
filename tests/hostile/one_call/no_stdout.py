"""answers: 7"""

import sys

sys.stdout = sys.stderr = None


def f(x):
    return x
