"""crashed: something that is no answer"""

import json


def f(x):
    json.dumps = lambda *_, **__: "{}"
