"""failed: replies with the right nonce, a wrong value and a row of verdicts"""

from grader.sandbox import child, wire


def answer(self, request):
    return wire.pack(
        {
            "value": 0.0,
            "number": 1,
            "nonce": request["nonce"],
            "verdict": "passed",
            "ok": True,
            "points": 100,
            "expected": 0.0,
            "finding": {"ok": True},
        }
    )


child.Responder.answer = answer


def area(radius):
    return 0.0
