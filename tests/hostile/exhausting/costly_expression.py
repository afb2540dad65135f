"""failed: as many costly functions as an expression may hold

exercise: slope
"""

import sympy


def slope():
    x = sympy.Symbol("x", real=True)
    terms = [sympy.tan(x ** (n + sympy.Rational(1, 10**30 + n))) for n in range(50)]
    return sympy.Add(*terms, evaluate=False)
