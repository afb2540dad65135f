"""A derivative as a formula, and a drawing."""

from sympy import Symbol

from grader import check, drawing, equal, equivalent

x = Symbol("x", real=True)


@check(points=2)
def formula(student):
    """The slope of x³ is 3 x²

    The power comes down as a factor.
    """
    yield equivalent(student.slope(), 3 * x**2, known={"This is the cube itself.": x**3})


@check()
def exponents(student):
    """The exponents of x³ and of its derivatives are 3, 2 and 1"""
    yield equal(student.EXPONENTS, [3, 2, 1])


@check()
def curve(student):
    """One line is drawn, and it is labelled

    `axis.plot(x, y, label="cube")`.
    """
    drawn = drawing(student.sketch, 1)
    yield equal([line.label for line in drawn.panels[0].lines], ["cube"])
    yield drawn.picture("Your sketch")
