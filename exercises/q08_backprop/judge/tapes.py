"""Tapes as the judge runs them: values, forward mode, reverse mode, and tapes to ask about."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
Tape = list[tuple[Any, ...]]
Inputs = list[float]

LARGEST = 20.0  # of a drawn tape's values and derivatives, so that no rounding is magnified
NOTICEABLE = 1e-3  # derivatives by at least two of its inputs are larger


class Operation(NamedTuple):
    """What an operation computes, and its derivative by each operand (from operands, result)."""

    arity: int
    value: Callable[..., float]
    partials: Callable[[Sequence[float], float], tuple[float, ...]]
    sign: str  # how a table writes it


OPERATIONS = {
    "add": Operation(2, lambda a, b: a + b, lambda _, __: (1.0, 1.0), "{} + {}"),
    "mul": Operation(2, lambda a, b: a * b, lambda a, _: (a[1], a[0]), "{} · {}"),
    "sin": Operation(1, math.sin, lambda a, _: (math.cos(a[0]),), "sin {}"),
    "exp": Operation(1, math.exp, lambda _, value: (value,), "exp {}"),
    "tanh": Operation(1, math.tanh, lambda _, value: (1 - value**2,), "tanh {}"),
}
EXAMPLES: list[tuple[Tape, Inputs]] = [  # in friendly order
    ([("add", 0, 1)], [2.0, 3.0]),
    ([("mul", 0, 1)], [2.0, 3.0]),
    ([("sin", 0)], [0.5]),
    ([("exp", 0)], [0.5]),
    ([("tanh", 0)], [0.5]),
    ([("mul", 0, 0)], [3.0]),
    ([("add", 1, 1)], [2.0, 3.0]),  # the first input is never used
    ([("sin", 0), ("exp", 1)], [0.5]),
    ([("mul", 0, 1), ("sin", 2), ("mul", 3, 0)], [2.0, 3.0]),
    ([("tanh", 1), ("exp", 0)], [0.5, 2.0]),  # its first value leads nowhere
    ([("mul", 0, 0), ("mul", 2, 2), ("add", 3, 1)], [1.5, 2.0]),
]
SHARED = EXAMPLES[8]  # drawn in the report: x0 is used twice


def values(tape: Tape, x: Inputs) -> list[float]:
    """Return the inputs and then the value of each operation."""
    found = list(x)
    for name, *places in tape:
        found.append(OPERATIONS[name].value(*(found[place] for place in places)))
    return found


def partials(tape: Tape, x: Inputs) -> list[tuple[list[int], tuple[float, ...]]]:
    """Return, for each operation, its operands' places and its derivatives by them."""
    found = values(tape, x)
    return [
        (places, OPERATIONS[name].partials([found[place] for place in places], result))
        for (name, *places), result in zip(tape, found[len(x) :], strict=True)
    ]


def forward_mode(tape: Tape, x: Inputs, direction: Inputs) -> float:
    """Return the derivative of the last value along a direction."""
    slopes = list(direction)
    for places, factors in partials(tape, x):
        slopes.append(sum(f * slopes[place] for f, place in zip(factors, places, strict=True)))
    return slopes[-1]


def adjoints(tape: Tape, x: Inputs) -> list[float]:
    """Return the derivative of the last value by every value, the inputs first."""
    steps = partials(tape, x)
    found = [0.0] * (len(x) + len(tape))
    found[-1] = 1.0
    for number in reversed(range(len(tape))):
        for place, factor in zip(*steps[number], strict=True):
            found[place] += factor * found[len(x) + number]
    return found


def reverse_mode(tape: Tape, x: Inputs) -> Array:
    """Return the gradient of the last value, as an array (inputs,)."""
    return np.array(adjoints(tape, x)[: len(x)])


def questions(rng: np.random.Generator) -> list[tuple[Tape, Inputs]]:
    """Return the examples and drawn tapes, the shortest first."""
    return [*EXAMPLES, *(drawn(rng, *size) for size in ((3, 4), (2, 6), (4, 9), (5, 13)))]


def drawn(rng: np.random.Generator, inputs: int, length: int) -> tuple[Tape, Inputs]:
    """Draw a tape on which a value is shared and two inputs matter, and where it stays small."""
    while True:
        x = rng.uniform(-2, 2, size=inputs).round(2).tolist()
        tape = list(_operations(rng, inputs, length))
        if _most_used(tape, inputs) < 2:
            continue
        try:
            slopes = adjoints(tape, x)
        except (OverflowError, ValueError):  # exp of much, and the sine of an infinite product
            continue
        small = max(map(abs, values(tape, x) + slopes)) <= LARGEST
        if small and np.count_nonzero(np.abs(slopes[:inputs]) > NOTICEABLE) >= 2:
            return tape, x


def _operations(rng: np.random.Generator, inputs: int, length: int) -> Iterator[tuple[Any, ...]]:
    names = list(OPERATIONS)
    for made in range(inputs, inputs + length):
        name = names[rng.integers(len(names))]
        # Recent values more often, so that most of the tape leads to its end.
        near = [max(made - 1 - int(step), 0) for step in rng.geometric(0.4, size=2) - 1]
        yield (name, *near[: OPERATIONS[name].arity])


def _most_used(tape: Tape, inputs: int) -> int:
    """Return how often the most used value is an operand, on the way to the last value."""
    needed, counts = {inputs + len(tape) - 1}, [0] * (inputs + len(tape))
    for number in reversed(range(len(tape))):
        if inputs + number in needed:
            for place in tape[number][1:]:
                needed.add(place)
                counts[place] += 1
    return max(counts)
