"""How things that live only in the student's process become plain data.

Runs on the untrusted side: what it returns is a claim, and the judge reads it as one.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import numpy as np

from grader.sandbox.wire import Tagged


def portray(value: object) -> object | None:
    """Return plain data for an object that numbers and lists cannot express, or None.

    SymPy expressions become trees, Keras models layer lists with weights, and whatever
    offers itself as an array becomes one.
    """
    if _is_a(value, "sympy", "Basic") or _is_a(value, "sympy", "MatrixBase"):
        from grader.expression import from_sympy

        return Tagged("sympy", from_sympy(value))
    if is_model(value):
        from grader.keras_model import describe

        return Tagged("model", describe(value))
    if hasattr(value, "__array__") and not isinstance(value, type):
        with contextlib.suppress(ValueError, TypeError, AttributeError):  # a symbolic tensor's
            array = np.asarray(value)
            return array if array.dtype != object else None
    return None


def is_model(value: object) -> bool:
    """Tell whether this is a Keras model, without importing Keras to find out."""
    return _is_a(value, "keras", "Model")


def _is_a(value: object, module: str, name: str) -> bool:
    kind: Any = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(value, kind)
