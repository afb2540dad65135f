"""Axes: from numbers to pixels, with ticks at round numbers."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.render.numerals import MINUS, power_of_ten, short

FAR = 20_000.0  # pixels; beyond every frame, within every browser's arithmetic
_STEPS = ((1.5, 1), (3.5, 2), (7.5, 5), (math.inf, 10))
HUGE = 1e300  # what is larger counts as infinite, so that differences stay finite


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what is written there."""

    at: float  # pixels
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from numbers (or their decimal logarithms) to pixels."""

    low: float
    high: float
    start: float  # pixels of low
    end: float  # pixels of high
    log: bool = False

    def __call__(self, value: float | None) -> float | None:
        """Return the pixel of ``value``, or None where it has no place on the axis."""
        lifted = math.nan if value is None else lift(value, log=self.log)
        return None if math.isnan(lifted) else self.place(lifted)

    def place(self, lifted: float) -> float:
        """Return the pixel of a lifted value to a tenth."""
        return round(self.places([lifted])[0], 1)

    def places(self, lifted: Sequence[float]) -> list[float]:
        """Return the pixels of lifted values, kept within arithmetic's reach of the frame."""
        low, width = self.low, self.high - self.low
        start, length = self.start, self.end - self.start
        pixels = [start + (at - low) / width * length for at in lifted]
        if min(pixels) >= -FAR and max(pixels) <= FAR:
            return pixels
        return [min(max(pixel, -FAR), FAR) for pixel in pixels]

    def ticks(self, count: int = 5) -> list[Tick]:
        """Return about ``count`` ticks: round numbers, or whole decades on a log axis."""
        if self.log and math.floor(self.high) - math.ceil(self.low) >= 1:
            first, last = math.ceil(self.low), math.floor(self.high)
            step = -(-(last - first + 1) // (count + 1))
            decades = range(first, last + 1, step)
            return [Tick(self.place(decade), power_of_ten(decade)) for decade in decades]
        if self.log:
            values = round_numbers(10**self.low, 10**self.high, count)
        else:
            values = round_numbers(self.low, self.high, count)
        lifted = [(math.log10(value) if self.log else value, text) for value, text in values]
        return [Tick(self.place(value), text) for value, text in lifted]


def lift(value: float, *, log: bool) -> float:
    """Return ``value`` as the axis measures it: itself or its decimal logarithm, else nan."""
    if not abs(value) < HUGE:
        return math.nan
    if log:
        return math.log10(value) if value > 0 else math.nan
    return value


def bounds(values: Iterable[float]) -> tuple[float, float] | None:
    """Return the least and greatest finite value, or None where there is none."""
    finite = [value for value in values if abs(value) < HUGE]
    return (min(finite), max(finite)) if finite else None


def widened(low: float, high: float, share: float = 0.05) -> tuple[float, float]:
    """Return the range with a margin on both sides; a single number gets a range around it."""
    wide = high - low > max(abs(low), abs(high)) * 1e-12 + 1 / HUGE
    margin = (high - low) * share if wide else max(abs(high), 1.0) / 2
    return low - margin, high + margin


def round_numbers(low: float, high: float, count: int) -> list[tuple[float, str]]:
    """Return the multiples of a round step within [low, high], about ``count``, and their texts.

    The step is 1, 2 or 5 times a power of ten.  P. Heckbert, "Nice numbers for graph labels",
    Graphics Gems, 1990.
    """
    raw = max((high - low) / count, sys.float_info.min)  # the smallest have no such step
    magnitude = 10.0 ** math.floor(math.log10(raw))
    step = magnitude * next(factor for below, factor in _STEPS if raw < below * magnitude)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [float(f"{index * step:.12g}") for index in range(first, last + 1)]
    if 1e-4 <= step < 1e5:  # noqa: PLR2004 where zeros can still be counted
        decimals = max(0, -math.floor(math.log10(step)))
        return [(value, f"{value:.{decimals}f}".replace("-", MINUS)) for value in values]
    return [(value, short(value)) for value in values]
