"""error: no other process"""

import subprocess


def f(x):
    return subprocess.run("ls")
