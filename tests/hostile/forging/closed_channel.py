"""crashed: closes the channel"""

import os


def area(radius):
    os.close(3)
    while True:
        pass
