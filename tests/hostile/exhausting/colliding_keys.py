"""crashed: sends a dictionary whose keys all have one hash, so that each meets each"""

from grader.sandbox import child, wire

MODULUS = (1 << 61) - 1
first = child.Responder.answer


def answer(self, request):
    if request["op"] == "load":
        return first(self, request)
    keys = [str((1 << 60) * MODULUS + number * MODULUS) for number in range(14_000)]
    pairs = [[{"$int": key}, 0] for key in keys]
    return wire.pack({"value": wire.Encoded({"$dict": pairs}, []), "nonce": request["nonce"]})


child.Responder.answer = answer


def area(radius):
    return 0.0
