"""passed: looks for what its environment and command line were before they were cleaned

honest: everything
"""

import ctypes
import os
import re

import numpy as np

SEARCHED = re.compile(b"canary-[0-9a-f]{32}")
EXPECTED = {
    "PATH", "LANG", "HOME", "TMPDIR", "MPLBACKEND", "KERAS_BACKEND", "CUDA_VISIBLE_DEVICES",
    "TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LC_CTYPE",
}  # fmt: skip

environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
texts = [*os.environ.values()]
number = 0
while environ and environ[number]:
    texts.append(environ[number].decode("latin-1"))
    number += 1
for name in ("environ", "cmdline"):
    try:
        with open(f"/proc/self/{name}", "rb") as file:
            texts.append(file.read().decode("latin-1"))
    except OSError:
        pass
for text in texts:
    if SEARCHED.search(text.encode()):
        print("BREACH", text)
if set(os.environ) - EXPECTED:
    print("BREACH", set(os.environ) - EXPECTED)


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
