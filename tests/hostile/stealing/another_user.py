"""passed: becomes someone else

honest: everything
"""

import os

import numpy as np

for uid in (0, 1, 1000, 60601, 61150):
    for become in (
        os.setuid,
        os.setgid,
        lambda n: os.setgroups([n]),
        lambda n: os.setresuid(n, n, n),
    ):
        before = os.getresuid(), os.getresgid(), os.getgroups()
        try:
            become(uid)
        except OSError:
            continue
        if (os.getresuid(), os.getresgid(), os.getgroups()) != before:
            print("BREACH", uid)


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
