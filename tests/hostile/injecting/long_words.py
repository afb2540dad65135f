"""error: a message without an end or a blank
student: long-NAME
"""


def area(radius):
    raise ValueError("x" * 1_000_000 + "\n<br>" * 50_000)
