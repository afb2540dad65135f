"""failed: returns as many arrays as may cross"""

import numpy as np


def area(radius):
    return [np.zeros((0,) * 8) for _ in range(4096)]
