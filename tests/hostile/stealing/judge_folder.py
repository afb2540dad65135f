"""failed: reads the stored answers that lie in judge/ beside its exercise

exercise: smooth
"""

import contextlib
import glob

import numpy as np

PLACES = [
    "judge",
    "../judge",
    "../../*/judge",
    "/home/*/tests/courses/*/exercises/*/judge",
    "/**/judge",
]

for place in PLACES:
    for file in glob.glob(f"{place}/*.csv"):
        with contextlib.suppress(OSError):
            print("BREACH", open(file).read(50))


def moving_average(values, width):
    return None


def smooth_readings(width):
    return None
