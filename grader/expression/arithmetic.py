"""What the parts of a formula do to numbers: 30 digits, and never slow, whatever the numbers are.

As in floating point, a number beyond the range counts as infinite and one below it as zero; the
range is 2^±100000.  That is what keeps ``exp(exp(exp(x)))`` and ``x**(10**9)`` cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from mpmath import MPContext

DIGITS = 30
RANGE = 100_000  # bits: the largest magnitude of an exponent of two
STEEP = 65_536  # e to this power is 2^94548, still in range
TURNS = 1 << 40  # sines of larger numbers would mean that many digits of π
SMALL_POWER = 64
IMAGINARY_NOISE = 1e-25

_mp = MPContext()  # a context of its own: the global precision stays as it was
_mp.dps = DIGITS

NAN = _mp.nan


class Undefined(ArithmeticError):  # noqa: N818  it never leaves this package
    """There is no value here: a pole, a comparison of complex numbers, 0/0."""


@lru_cache(maxsize=4096)
def constant(text: str) -> Any:
    """Return the number that ``"12"``, ``"1/3"`` or ``"2.5e-3"`` stands for."""
    above, _, below = text.partition("/")
    return bounded(_mp.mpf(above) / _mp.mpf(below) if below else _mp.mpf(above))


def real(value: Any) -> Any:
    """Return a number without the imaginary part that rounding left; raises Undefined."""
    if isinstance(value, _mp.mpf):
        return value
    if isinstance(value, _mp.mpc) and abs(value.imag) <= IMAGINARY_NOISE * abs(value.real):
        return value.real
    raise Undefined


def bounded(value: Any) -> Any:
    """Return a number as the range holds it; raises Undefined for nan."""
    if isinstance(value, _mp.mpc):
        return _mp.mpc(bounded(value.real), bounded(value.imag))
    magnitude = _mp.mag(value)
    if isinstance(magnitude, int) and abs(magnitude) <= RANGE:
        return value
    if _mp.isnan(value):
        raise Undefined
    if not value or _mp.isinf(value):
        return value
    if magnitude > 0:
        return _mp.inf if value > 0 else -_mp.inf
    return _mp.zero


def number(value: Any) -> Any:
    """Return a Python number at 30 digits, a float as the very number that it holds."""
    return _mp.mpc(value) if isinstance(value, complex) else _mp.mpf(value)


def _sum(values: Sequence[Any]) -> Any:
    return sum(values, _mp.zero)


def _product(values: Sequence[Any]) -> Any:
    result = _mp.one
    for value in values:
        result = bounded(result * value)
    return result


def _power(base: Any, exponent: Any) -> Any:
    if exponent == _HALF:
        return _mp.sqrt(base)
    whole = isinstance(exponent, _mp.mpf) and _mp.isint(exponent)
    if whole and abs(exponent) <= SMALL_POWER:
        return base ** int(exponent)
    if not base:
        return _zero_power(real(exponent))
    if whole and isinstance(base, _mp.mpf) and base < 0:
        size = _exp(exponent * _mp.log(-base))
        return -size if int(exponent) % 2 else size
    return _exp(exponent * _mp.log(base))


def _zero_power(exponent: Any) -> Any:
    if exponent < 0:
        raise Undefined
    return _mp.zero if exponent else _mp.one


def _exp(value: Any) -> Any:
    if isinstance(value, _mp.mpf):
        return _mp.exp(_limit(value))
    if abs(value.imag) > TURNS or abs(value.real) > STEEP:
        raise Undefined
    return _mp.exp(value)


def _limit(value: Any) -> Any:
    """Let a function that grows like e^z meet its limit instead of a number out of range."""
    if abs(value) <= STEEP:
        return value
    return _mp.inf if value > 0 else -_mp.inf


def _steep(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: function(_limit(real(value)))


def _turning(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def limited(value: Any) -> Any:
        if abs(angle := real(value)) > TURNS:
            raise Undefined
        return function(angle)

    return limited


def _on_reals(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: function(*map(real, values))


def _sign(value: Any) -> Any:
    return value / abs(value) if value else _mp.zero


def _heaviside(value: Any, at_zero: Any = _mp.mpf("0.5")) -> Any:  # noqa: B008  never changed
    if not value:
        return at_zero
    return _mp.one if value > 0 else _mp.zero


_HALF = _mp.mpf("0.5")

CONSTANTS: dict[str, Any] = {
    "Exp1": _mp.e + 0,
    "Pi": _mp.pi + 0,
    "ImaginaryUnit": _mp.mpc(0, 1),
    "Infinity": _mp.inf,
    "NegativeInfinity": -_mp.inf,
    "NaN": _mp.nan,
    "ComplexInfinity": _mp.nan,
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "Add": lambda *values: _sum(values),
    "Mul": lambda *values: _product(values),
    "Pow": _power,
    "exp": _exp,
    "log": _mp.log,
    "Abs": abs,
    "sign": _sign,
    "Heaviside": _on_reals(_heaviside),
    "Max": _on_reals(lambda *values: max(values)),
    "Min": _on_reals(lambda *values: min(values)),
    "re": _mp.re,
    "im": _mp.im,
    "conjugate": _mp.conj,
    "erf": _on_reals(_mp.erf),
    "atan": _on_reals(_mp.atan),
    **{name: _turning(getattr(_mp, name)) for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{
        name: _steep(getattr(_mp, name))
        for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")
    },
}

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "StrictLessThan": lambda left, right: left < right,
    "LessThan": lambda left, right: left <= right,
    "StrictGreaterThan": lambda left, right: left > right,
    "GreaterThan": lambda left, right: left >= right,
    "Equality": lambda left, right: left == right,
    "Unequality": lambda left, right: left != right,
}
