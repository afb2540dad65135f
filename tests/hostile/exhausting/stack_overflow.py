"""crashed: calls itself for ever after it has lifted the limit"""

import sys

sys.setrecursionlimit(10**9)


def area(radius):
    class Deep:
        def __getattr__(self, name):
            return getattr(self, name + "x")

    return repr(Deep().x)
