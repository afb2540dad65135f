"""answers: 7"""

import threading
import time


def f(x):
    for _ in range(5):
        threading.Thread(target=time.sleep, args=(60,)).start()
    return x
