"""timeout: never returns"""


def area(radius):
    while True:
        pass
