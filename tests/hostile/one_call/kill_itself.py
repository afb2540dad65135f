"""answers: 7
crashed: signal 9 (killed)
"""

import os


def f(x):
    os.kill(os.getpid(), 9)  # the first process of a namespace cannot end itself so
    return x
