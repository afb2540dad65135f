"""failed: powers of powers of numbers that no machine can hold

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    power = sympy.Integer(9)
    for _ in range(30):
        power = sympy.Pow(sympy.Integer(9), power, evaluate=False)
    return power + x
