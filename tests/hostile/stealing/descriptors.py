"""passed: reads every descriptor that it inherited

honest: everything
"""

import os
import re
import socket
import stat

import numpy as np

SEARCHED = re.compile(b"canary-[0-9a-f]{32}")

for number in range(4, 4096):
    try:
        found = os.fstat(number)
    except OSError:
        continue
    print("BREACH", number, stat.filemode(found.st_mode))
for number in range(4):
    found = os.fstat(number)
    if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode):
        print("BREACH", number, "is a file")
with socket.socket(fileno=os.dup(3)) as channel:
    try:
        flags = socket.MSG_DONTWAIT | socket.MSG_PEEK
        _, extra, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(256), flags)
        if extra:
            print("BREACH", "a descriptor was passed")
    except BlockingIOError:
        pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
