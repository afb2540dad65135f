"""failed: returns as many numbers as may cross"""

import numpy as np


def area(radius):
    return np.zeros(400 << 20, dtype=np.int8)
