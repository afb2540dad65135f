"""Random inputs that no submission can foresee, and that a second run draws again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from grader.sandbox.remote import draws_of

if TYPE_CHECKING:
    import numpy as np


def generator(student: Any) -> np.random.Generator:
    """Return NumPy's generator for one check: the same draws each time it is asked for.

    The seed stays with the judge; it differs by submission and exercise.
    """
    import numpy as np

    return np.random.default_rng(draws_of(student))


def derive(seed: int, *parts: str) -> int:
    """Return a 63-bit seed made of a run's seed and what it is for."""
    text = "\0".join([str(seed), *parts])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1
