"""memory: an array of a petabyte"""

import numpy as np


def area(radius):
    return np.ones(1 << 47)
