"""loses: values, readings, without_loop."""

import numpy as np


def moving_average(values, width):
    return np.convolve(values, np.full(width, 1 / width), mode="same")


def smooth_readings(width):
    return moving_average(np.loadtxt("readings.csv"), width)
