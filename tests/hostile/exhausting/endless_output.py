"""timeout: prints for ever, on both streams"""

import os


def area(radius):
    while True:
        os.write(1, b"\xff\x00" * 30_000)
        os.write(2, b"\n" * 60_000)
