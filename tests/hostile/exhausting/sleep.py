"""timeout: uses no processor time and never returns"""

import time


def area(radius):
    time.sleep(10**6)
