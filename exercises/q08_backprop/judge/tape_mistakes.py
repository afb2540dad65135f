"""Known mistakes with tapes: a sentence is said where its function explains every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tapes
from mlp import Array
from tapes import OPERATIONS, Inputs, Tape


def slopes(
    tape: Tape,
    direction: Inputs,
    x: Inputs,
    chain: Callable[[str, list[float], float, list[float]], float],
) -> float:
    """Return forward mode with another rule for one operation: (name, operands, value, slopes)."""
    values, found = tapes.values(tape, x), list(direction)
    for number, (name, *places) in enumerate(tape):
        operands = [values[place] for place in places]
        into = [found[place] for place in places]
        found.append(chain(name, operands, values[len(x) + number], into))
    return found[-1]


def true_chain(name: str, operands: list[float], value: float, into: list[float]) -> float:
    factors = OPERATIONS[name].partials(operands, value)
    return sum(factor * slope for factor, slope in zip(factors, into, strict=True))


def except_for(wrong: str, rule: Callable[[list[float], float, list[float]], float]) -> Any:
    """Return forward mode in which one operation has a wrong rule."""

    def chain(name: str, operands: list[float], value: float, into: list[float]) -> float:
        right = true_chain(name, operands, value, into)
        return rule(operands, value, into) if name == wrong else right

    return lambda tape, x, direction: slopes(tape, direction, x, chain)


def unit(direction: Inputs) -> Inputs:
    return list(np.array(direction) / np.linalg.norm(direction))


OF_FORWARD_MODE: dict[str, Callable[[Tape, Inputs, Inputs], Any]] = {
    "That is the last value; its derivative is asked for.": (
        lambda tape, x, _: tapes.values(tape, x)[-1]
    ),
    "The direction was scaled to length 1; take it as it comes.": (
        lambda tape, x, d: tapes.forward_mode(tape, x, unit(d))
    ),
    "That is the sum of the gradient: it does not depend on the direction.": (
        lambda tape, x, _: float(tapes.reverse_mode(tape, x).sum())
    ),
    "The derivative of a product has two terms: u′v + uv′.": (
        except_for("mul", lambda _, __, into: into[0] * into[1])
    ),
    "A product is differentiated by its first factor only: u′v + uv′.": (
        except_for("mul", lambda a, _, into: into[0] * a[1])
    ),
    "In a product each derivative goes with the *other* factor: u′v + uv′.": (
        except_for("mul", lambda a, _, into: into[0] * a[0] + into[1] * a[1])
    ),
    "The inner derivative is missing: by the chain rule sin u changes by cos u · u′.": (
        except_for("sin", lambda a, _, __: np.cos(a[0]))
    ),
    "The sign is wrong: the derivative of sin is cos, not −cos.": (
        except_for("sin", lambda a, _, into: -np.cos(a[0]) * into[0])
    ),
    "The derivative of tanh u is 1 − tanh² u, so it needs the value, not u itself.": (
        except_for("tanh", lambda a, _, into: (1 - a[0] ** 2) * into[0])
    ),
}


def back_through(tape: Tape, x: Inputs, *, overwrite: bool = False, upward: bool = False) -> Array:
    """Return reverse mode with contributions overwritten, or with the tape run upwards."""
    steps, found = tapes.partials(tape, x), [0.0] * (len(x) + len(tape))
    found[-1] = 1.0
    for number in range(len(tape)) if upward else reversed(range(len(tape))):
        for place, factor in zip(*steps[number], strict=True):
            given = factor * found[len(x) + number]
            found[place] = given if overwrite else found[place] + given
    return np.array(found[: len(x)])


OF_REVERSE_MODE: dict[str, Callable[[Tape, Inputs], Any]] = {
    "A value that is used twice gets two contributions: *add* them (`+=`), or the second one "
    "overwrites the first.": lambda tape, x: back_through(tape, x, overwrite=True),
    "The operations must be taken from the last to the first.": (
        lambda tape, x: back_through(tape, x, upward=True)
    ),
    "These are the derivatives by all values; only those of the inputs are asked for.": (
        lambda tape, x: np.array(tapes.adjoints(tape, x))
    ),
    "Nothing flows back: start with 1 as the derivative of the last value by itself.": (
        lambda _, x: np.zeros(len(x))
    ),
    "That is the last value; its gradient is asked for.": (
        lambda tape, x: tapes.values(tape, x)[-1]
    ),
}
OF_PASSES: dict[str, Callable[[str, int, int], int]] = {
    "The two are swapped: forward mode takes one pass an input, reverse mode one an output.": (
        lambda mode, n, k: k if mode == "forward" else n
    ),
    "One pass back gives the gradient of one output; there are several.": (
        lambda mode, n, _: n if mode == "forward" else 1
    ),
    "One pass forwards gives the derivatives along one direction; there are several inputs.": (
        lambda mode, _, k: 1 if mode == "forward" else k
    ),
    "One pass is not enough: forward mode takes one an input, reverse mode one an output.": (
        lambda _, __, ___: 1
    ),
    "That is the number of derivatives; one pass gives many of them.": lambda _, n, k: n * k,
    "Both modes cannot cost the same: one pays for inputs, the other for outputs.": (
        lambda _, n, __: n
    ),
}
