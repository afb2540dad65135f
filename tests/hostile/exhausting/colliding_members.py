"""crashed: sends a set of tuples that all have one hash"""

import itertools

from grader.sandbox import child, wire

first = child.Responder.answer


def answer(self, request):
    if request["op"] == "load":
        return first(self, request)
    members = [{"$tuple": list(row)} for row in itertools.product((-1, -2), repeat=13)]
    return wire.pack({"value": wire.Encoded({"$set": members}, []), "nonce": request["nonce"]})


child.Responder.answer = answer


def area(radius):
    return 0.0
