"""crashed: It changed or closed what Python needs"""

import sys


class Output:
    def flush(self):
        raise SystemExit


def f(x):
    sys.stdout = Output()
