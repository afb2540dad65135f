"""loses: without_loop."""

import numpy as np


def moving_average(values, width):
    windows = [values[i : i + width] for i in range(len(values) - width + 1)]
    return np.mean(windows, axis=1)


def smooth_readings(width):
    return moving_average(np.loadtxt("readings.csv"), width)
