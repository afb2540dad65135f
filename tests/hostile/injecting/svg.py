"""failed: numbers that would break out of a drawing

exercise: smooth
"""

import numpy as np


def moving_average(values, width):
    return np.array([np.nan, np.inf, -np.inf, 1e308, -1e308])


def smooth_readings(width):
    return "<svg onload=alert(1)><foreignObject><script>alert(1)</script></foreignObject></svg>"
