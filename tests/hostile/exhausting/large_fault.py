"""error: raises thirty megabytes of message past its own encoder"""

import numpy as np

from grader.sandbox import child, wire

first = child.Responder.answer


def answer(self, request):
    if request["op"] == "load":
        return first(self, request)
    message = wire.Encoded({"$bytes": 0}, [np.zeros(32 << 20, dtype=np.uint8)])
    fault = wire.Encoded({"type": "E", "message": message.tree}, message.buffers)
    return wire.pack({"raised": fault, "nonce": request["nonce"]})


child.Responder.answer = answer


def area(radius):
    return 0.0
