"""error: asks for shared memory beyond its address space"""

import mmap


def area(radius):
    return len(mmap.mmap(-1, 64 << 30))
