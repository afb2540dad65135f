"""failed: sines of sines, thousands deep

exercise: slope
"""

import sympy


def slope(x):
    for _ in range(400):
        x = sympy.sin(x, evaluate=False)
    return x
