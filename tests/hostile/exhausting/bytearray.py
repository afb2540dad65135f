"""memory: asks for more memory than there is"""


def area(radius):
    return len(bytearray(16 << 30))
