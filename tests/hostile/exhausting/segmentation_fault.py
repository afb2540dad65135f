"""crashed: reads from address zero"""

import ctypes


def area(radius):
    return ctypes.string_at(0)
