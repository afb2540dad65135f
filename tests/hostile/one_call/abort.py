"""crashed: ended by signal"""

import os


def f(x):
    os.abort()
