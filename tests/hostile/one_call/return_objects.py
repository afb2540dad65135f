"""answers: <array of object>"""

import numpy as np


def f(x):
    return np.array([x, None])
