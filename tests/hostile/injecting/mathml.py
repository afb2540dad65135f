"""failed: formulas and markup in the names of symbols

exercise: slope
"""

import sympy


def slope():
    evil = sympy.Symbol("</math><script>alert(1)</script>", real=True)
    return evil * sympy.Function("\\href{javascript:alert(1)}{x}")(evil)
