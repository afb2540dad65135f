"""A moving average: values, a file beside the module, and how the code looks."""

from pathlib import Path

import numpy as np

from grader import avoids, check, close, fetch, plot, series, shape, uses

HERE = Path(__file__).parent
SMOOTHED = np.loadtxt(HERE / "judge" / "smoothed_by_4.csv")


@check(points=2)
def values(student):
    """Each value is the mean of its neighbours

    With n values there are n - width + 1 windows.

    `np.convolve` has a mode that stops at the borders.
    """
    squares, truth = np.arange(7.0) ** 2, np.array([5.0, 14.0, 29.0, 50.0, 77.0]) / 3
    answer = student.moving_average(squares, 3)
    yield shape(answer, (5,), known={"The borders are averaged with zeros.": (7,)})
    yield close(answer, truth)
    yours = np.ravel(np.asarray(fetch(answer), dtype=float))
    yield plot(
        "Square numbers and their moving average",
        series("values", np.arange(7), squares),
        series("yours", np.arange(len(yours)) + 1, yours, "yours"),
    )


@check(after=values)
def readings(student):
    """The readings are smoothed as any values are

    The file lies beside the module: `np.loadtxt("readings.csv")`.
    """
    yield close(student.smooth_readings(4), SMOOTHED)


@check(after=values)
def without_loop(student):
    """NumPy does the counting

    A loop over windows is what `np.convolve` does inside.
    """
    yield uses(student, "numpy")
    yield avoids(student, "for", "while")
