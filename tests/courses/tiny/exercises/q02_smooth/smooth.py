"""A moving average, and a file to try it on."""


def moving_average(values, width):
    """Return the means of `width` neighbours: (n,) -> (n - width + 1,)."""
    raise NotImplementedError  # TODO 1


def smooth_readings(width):
    """Return the moving average of the numbers in readings.csv."""
    raise NotImplementedError  # TODO 2
