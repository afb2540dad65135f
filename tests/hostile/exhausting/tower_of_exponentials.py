"""failed: an expression that is a tower of exponentials

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    for _ in range(40):
        x = sympy.exp(x, evaluate=False)
    return x
