"""error: raises an exception that is called Passed"""


class Passed(BaseException):
    verdict = "passed"
    points = 100

    def __str__(self):
        return "passed"


def area(radius):
    raise Passed


def ring(outer, inner):
    raise Passed
