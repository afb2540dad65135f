"""memory: more memory"""

import numpy as np


def f(x):
    return np.ones(20 << 27)
