"""crashed: a thread answers the next question with the nonce of the last

honest: nothing
"""

import os
import sys
import threading
import time

from grader.sandbox import wire


def later(nonce):
    time.sleep(0.2)
    for piece in wire.pack({"value": 0.19634954084936207, "nonce": nonce}):
        os.write(3, bytes(piece))


calls = []


def area(radius):
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    calls.append(frame.f_locals["request"]["nonce"])
    if len(calls) == 1:
        threading.Thread(target=later, args=calls).start()
        return 0.0
    time.sleep(1)
    return 0.0
