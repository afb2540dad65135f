"""error: makes files until there are no more to be had
under B: crashed
"""

import time


def area(radius):
    for number in range(20_000):
        open(f"file{number}", "w").close()
        if number % 200 == 0:
            time.sleep(0.02)
    print("BREACH", "20,000 files")
