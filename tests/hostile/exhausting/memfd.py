"""error: keeps gigabytes in a file that lies in no folder"""

import os


def area(radius):
    file = os.memfd_create("hoard")
    for _ in range(2048):
        os.write(file, bytes(1 << 20))
    print("BREACH", "two gigabytes")
