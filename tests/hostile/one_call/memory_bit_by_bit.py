"""memory: more memory"""


def f(x):
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))
