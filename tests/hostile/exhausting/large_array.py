"""failed: returns thirty million numbers where one is meant"""

import numpy as np


def area(radius):
    return np.zeros(32 << 20, dtype=np.int8)
