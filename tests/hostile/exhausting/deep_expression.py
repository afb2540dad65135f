"""failed: sines of sines, thousands deep

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    for _ in range(400):
        x = sympy.sin(x, evaluate=False)
    return x
