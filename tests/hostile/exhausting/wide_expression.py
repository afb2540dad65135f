"""failed: a sum of a thousand terms

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    return sympy.Add(*[sympy.sin(n * x, evaluate=False) for n in range(1, 1000)], evaluate=False)
