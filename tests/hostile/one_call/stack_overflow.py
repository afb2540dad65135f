"""crashed: (segmentation fault)"""

import sys


class Mirror:
    def __repr__(self):
        return repr(self)


def f(x):
    sys.setrecursionlimit(10**9)
    repr(Mirror())
