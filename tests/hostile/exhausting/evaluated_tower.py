"""timeout: has SymPy compute a tower of powers

exercise: slope
"""

import sympy


def slope(x):
    return sympy.Integer(9) ** (sympy.Integer(9) ** 9)
