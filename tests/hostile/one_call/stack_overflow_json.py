"""crashed: (segmentation fault)"""

import json
import sys


def f(x):
    sys.setrecursionlimit(10**9)
    nested = []
    for _ in range(200_000):
        nested = [nested]
    json.dumps(nested)
