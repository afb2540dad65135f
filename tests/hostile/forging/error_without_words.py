"""crashed: raises an exception that cannot be described"""


class Wordless(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__

    def __getattribute__(self, name):
        raise KeyboardInterrupt


def area(radius):
    raise Wordless
