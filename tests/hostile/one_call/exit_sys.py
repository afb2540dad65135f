"""error: take `exit()`, `quit()` and `sys.exit()` out"""

import sys


def f(x):
    sys.exit(0)
