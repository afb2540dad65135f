"""crashed: has the kernel end it a moment later
under B: crashed
"""

import resource
import signal
import time


def area(radius):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    resource.setrlimit(resource.RLIMIT_CPU, (0, 0))
    while True:
        time.process_time()
