"""error: halves of letters, which no encoding can hold
student: half-\udcff-letter
"""


def area(radius):
    raise ValueError("half \ud800 a \udfff pair")
