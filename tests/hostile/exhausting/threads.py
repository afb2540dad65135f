"""error: starts threads until there are no more to be had"""

import threading
import time


def area(radius):
    for _ in range(100_000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print("BREACH", "100,000 threads")
