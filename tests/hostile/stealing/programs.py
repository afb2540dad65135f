"""passed: asks programs to read what it cannot

honest: everything
"""

import os
import subprocess

import numpy as np

for command in (
    ["/bin/cat", "/etc/shadow"],
    ["/bin/sh", "-c", "id"],
    ["/usr/bin/sudo", "-n", "id"],
):
    try:
        print("BREACH", subprocess.run(command, capture_output=True, check=True).stdout[:80])
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        os.posix_spawn(command[0], command, {})
        print("BREACH", command)
    except OSError:
        pass
try:
    if os.system("id") == 0 or os.popen("id").read():
        print("BREACH", "a shell")
except OSError:
    pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
