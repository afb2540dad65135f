"""crashed: It changed or closed what Python needs"""

import os


def f(x):
    os.closerange(3, 11)
