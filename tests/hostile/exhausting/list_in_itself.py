"""failed: returns a list that holds itself"""


def area(radius):
    endless = []
    endless += [endless, {"self": endless}]
    return endless
