"""failed: sends a page and a drawing where a picture is meant

exercise: slope
"""

from grader.sandbox import child, wire

first = child.Responder.answer
PAGE = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def answer(self, request):
    if request["op"] != "draw":
        return first(self, request)
    panel = {
        "lines": [{"label": "<script>alert(1)</script>", "x": [1], "y": None}, 7],
        "legend": ["</text><script>alert(1)</script>"],
        "x_label": 5,
        "x_range": [float("nan"), float("inf")],
    }
    value = {"panels": [panel, panel], "png": b"\x89PNG\r\n\x1a\n" + PAGE}
    return wire.pack({"nonce": request["nonce"], "value": value})


child.Responder.answer = answer


def slope():
    return 0


def sketch(axis):
    pass
