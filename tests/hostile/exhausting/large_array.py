"""failed: returns a hundred million numbers where one is meant"""

import numpy as np


def area(radius):
    return np.zeros(100 << 20, dtype=np.int8)
