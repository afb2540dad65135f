"""error: turns the direction of reading around
student: annex\u202egnp.exe
"""


def area(radius):
    raise ValueError("\u202e4 / 4 dessap\u202c \u2066x\u2069 \u200f\u200b\ufeff")
