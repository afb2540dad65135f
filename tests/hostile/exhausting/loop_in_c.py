"""timeout: waits in a regular expression that backtracks for ever"""

import re


def area(radius):
    return re.match("(a+)+$", "a" * 60 + "b")
