"""memory: fills shared memory, which limits on private memory do not count"""

import mmap


def area(radius):
    shared = mmap.mmap(-1, 1536 << 20)
    for at in range(0, len(shared), 1 << 24):
        shared[at : at + (1 << 24)] = bytes(1 << 24)
    print("BREACH", "a gigabyte and a half")
