"""crashed: It closed the connection"""

import os
import time


def f(x):
    os.closerange(0, 11)
    time.sleep(60)
