"""memory: It asked for more memory than there is.
memory: Stopped: it used more than
"""


def f(x):
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))
