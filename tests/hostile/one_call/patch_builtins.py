"""crashed: It changed or closed what Python needs"""

import builtins


def f(x):
    builtins.isinstance = None
