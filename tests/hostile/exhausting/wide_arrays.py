"""failed or timeout: returns small numbers and one complex one, which as an array are gigabytes"""

import numpy as np


def area(radius):
    return [np.zeros(1 << 18, dtype=np.int8)] * 380 + [np.zeros(1 << 18, dtype=np.complex128)]
