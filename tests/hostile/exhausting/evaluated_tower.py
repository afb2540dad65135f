"""timeout: has SymPy compute a tower of powers

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    return sympy.Integer(9) ** (sympy.Integer(9) ** 9)
