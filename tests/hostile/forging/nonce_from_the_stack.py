"""crashed: reads the nonce off the stack and answers in the name of its caller"""

import os
import sys

from grader.sandbox import wire


def area(radius):
    frame = sys._getframe()
    while frame and "request" not in frame.f_locals:
        frame = frame.f_back
    nonce = frame.f_locals["request"]["nonce"]
    for piece in wire.pack({"value": True, "ok": True, "verdict": "passed", "nonce": nonce}):
        os.write(3, bytes(piece))
    return 0.0
