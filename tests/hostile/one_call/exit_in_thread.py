"""crashed: exit code 1"""

import os
import threading
import time


def f(x):
    threading.Thread(target=os._exit, args=(1,)).start()
    time.sleep(60)
