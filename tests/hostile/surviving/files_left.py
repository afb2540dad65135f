"""passed: leaves files wherever it can

honest: everything
"""

import os
import tempfile

import numpy as np

places = [
    ".",
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/dev/mqueue",
    "/run/lock",
    "/",
    tempfile.gettempdir(),
]
places += ["/srv", os.path.expanduser("~"), np.__path__[0], os.path.dirname(os.__file__)]
for place in places:
    try:
        with open(os.path.join(place, "left-by-attack"), "wb") as file:
            file.write(bytes(1000))
    except OSError:
        pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
