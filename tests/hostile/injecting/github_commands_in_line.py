"""failed: commands of the older kind, which count anywhere in a line
student: x ##[error]the grader is broken
"""


def area(radius):
    return "##[error]the grader is broken ::warning::x"
