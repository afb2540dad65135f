"""problem: never lets its output be flushed"""

import sys
import time


class Stuck:
    def flush(self):
        time.sleep(600)

    def write(self, text):
        return len(text)


sys.stdout = sys.stderr = Stuck()


def area(radius):
    return 0.0
