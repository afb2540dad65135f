"""Numbers as a report prints them: no digit more than a reader can use."""

from __future__ import annotations

import math
from datetime import UTC, datetime

MINUS = "\N{MINUS SIGN}"
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def points(value: float) -> str:
    """Return points to two decimals, whole ones without: ``0.75``, ``2``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def signed(value: float) -> str:
    """Return points that are added or taken away: ``+0.5``, ``−1``, ``0``."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{points(abs(value))}"


def short(value: float) -> str:
    """Return a number to four significant digits, as in tables and on axes."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else f"{MINUS}inf"
    return f"{value:.4g}".replace("e+0", "e").replace("e-0", "e-").replace("-", MINUS)


def power_of_ten(exponent: int) -> str:
    """Return a decade as people read it: ``0.01``, ``100``, ``10⁻⁶``."""
    if abs(exponent) <= 3:  # noqa: PLR2004 beyond, zeros are hard to count
        return f"{10.0**exponent:g}"
    return f"10{str(exponent).translate(_RAISED)}"


def percent(share: float) -> str:
    """Return a share of one in whole percent; only the whole is ``100 %``."""
    whole = round(100 * share)
    return f"{min(whole, 99) if share < 1 else whole} %"


def duration(seconds: float) -> str:
    """Return a time span: ``0.4 s``, ``12 s``, ``3 min 5 s``."""
    if seconds < 10:  # noqa: PLR2004
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def minutes(value: float) -> str:
    """Return a rough time to come: ``about 12 minutes``, ``less than a minute``."""
    whole = round(value)
    if whole < 1:
        return "less than a minute"
    return "about a minute" if whole == 1 else f"about {whole} minutes"


def moment(stamp: str) -> str:
    """Return an ISO 8601 instant as ``23 Nov 2026, 12:40 UTC``; else the text as it is."""
    try:
        instant = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    return f"{instant.day} {_MONTHS[instant.month - 1]} {instant:%Y, %H:%M} UTC"
