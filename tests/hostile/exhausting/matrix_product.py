"""timeout: multiplies matrices on every thread that there is"""

import numpy as np


def area(radius):
    a = np.ones((2000, 2000))
    while True:
        a = a @ a / 2000
