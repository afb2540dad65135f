"""crashed: dies of a segmentation fault that it sends itself, as if the judge's machine were broken"""

import ctypes
import os
import signal

import numpy as np


def area(radius):
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)
    ctypes.string_at(0)
