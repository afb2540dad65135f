"""What students do not see."""

from grader import check, equal


@check(points=2)
def parameters(student):
    """The number of parameters counts every weight and every bias"""
    yield equal(student.n_parameters(), 703)
