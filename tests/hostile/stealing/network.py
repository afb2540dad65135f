"""passed: sends what it knows to anyone who listens

honest: everything
"""

import socket

import numpy as np

for family in (socket.AF_INET, socket.AF_INET6):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            with socket.socket(family, kind) as caller:
                print("BREACH", family, kind)
                caller.settimeout(0.1)
                caller.connect(("127.0.0.1", 53))
        except OSError:
            continue
try:
    print("BREACH", socket.getaddrinfo("example.org", 80))
except OSError:
    pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
