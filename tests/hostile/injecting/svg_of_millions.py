"""failed: a curve of so many points that no browser draws it

exercise: smooth
"""

import numpy as np


def moving_average(values, width):
    return np.arange(3_000_000, dtype=np.float32)
