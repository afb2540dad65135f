"""memory: grows until nothing is left"""


def area(radius):
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
