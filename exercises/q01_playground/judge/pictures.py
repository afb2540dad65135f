"""Pictures for the report: decision regions, the losses of many seeds, errors on their way back.

They show the judge's networks, so most of them are drawn once in a process.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from experiments import EPOCHS, SOLVED, Widths, deltas, median_of_firsts, runs
from trainer import Runs, make_data

from grader import Bars, Tiles, plot, series, table, tile
from grader.evidence import Plot, Table, Tile
from grader.show import number

SIDE, REACH = 84, 6.0  # pixels of a tile, and how far it shows the plane from the origin
LIGHT, DARK = 205, 115  # where the network says +1 and -1; its points are white and black
SEEDS, EVERY = 40, 5  # curves in one plot, epochs between their points
DEEP = (8, 8, 8, 8)


@cache
def few_and_many() -> Tiles:
    """Show one network for each claim about 2, 3 and 8 neurons, a stuck one beside a solved one."""
    three = runs((3,), "tanh")
    stuck = int(np.argmax(three.losses[:, -1] >= SOLVED))
    solved = int(np.argmin(three.losses[:, -1]))
    return Tiles(
        "Where trained networks say +1 (light) and −1 (dark)",
        "Two neurons leave the disc open. Three can close it, but some starts get stuck before "
        "they do. Eight close it. White points are labelled +1, black ones −1.",
        (
            _region(runs((2,), "tanh"), 0, "2 neurons"),
            _region(three, stuck, f"3, stuck (seed {stuck})"),
            _region(three, solved, f"3, solved (seed {solved})"),
            _region(runs((8,), "relu"), 0, "8 neurons, ReLU"),
        ),
    )


@cache
def forty_starts() -> Plot:
    """Draw the losses of 3 neurons from the first forty seeds."""
    curves = runs((3,), "tanh").losses[:SEEDS]
    stuck = curves[:, -1] >= SOLVED
    at = [0, *range(EVERY - 1, EPOCHS, EVERY)]
    lines = [
        series("stuck" if bad else "solved", np.add(at, 1), curve[at].round(4), role)
        for curve, bad in zip(curves, stuck, strict=True)
        for role in ("alarm" if bad else "plain",)
    ]
    return plot(
        "Three neurons from forty starts",
        *sorted(lines, key=lambda line: line.role, reverse=True),
        says=f"{stuck.sum()} of {SEEDS} networks are still above {SOLVED} after {EPOCHS} epochs; "
        "the others need very different times to get there.",
        x_label="epoch",
        y_label="training loss",
    )


@cache
def race() -> Table:
    """Compare how long tanh and ReLU take."""
    times = {name: median_of_firsts(runs((4, 2), name).losses) for name in ("tanh", "relu")}
    share = times["tanh"] / times["relu"]
    return table(
        f"On the same network, tanh takes {number(share, 2)} times as many epochs as ReLU",
        ["hidden layers 4, 2", "median epochs"],
        [[name, number(value)] for name, value in times.items()],
    )


@cache
def errors_on_their_way() -> Bars:
    """Show the size of the back-propagated error in each layer of a deep network."""
    labels, values, told = [], [], []
    for name in ("sigmoid", "tanh", "relu"):
        sizes = deltas(DEEP, name, tuple(range(60)))
        ratio = np.median(sizes[:, 0] / sizes[:, -1])
        labels += [f"{name}, hidden layer {layer + 1}" for layer in range(len(DEEP))]
        values += np.median(sizes, axis=0).tolist()
        told.append(f"{number(float(ratio), 2)} with {name}")
    roles = [role for role in ("alarm", "plain", "plain") for _ in DEEP]
    return Bars(
        "The back-propagated error in four layers of 8 neurons, before training",
        f"The first hidden layer receives this share of the last one's error: {', '.join(told)}.",
        tuple(labels),
        tuple(values),
        tuple(roles),
        log=True,
    )


def one_neuron_regions(hidden: Widths, found: Runs) -> Tiles:
    """Show where networks with a student's hidden widths say +1 and -1."""
    tiles = tuple(_region(found, seed, f"seed {seed}") for seed in range(4))
    title = f"Where your networks {list(hidden)} say +1 (light) and −1 (dark)"
    return Tiles(title, "White points are labelled +1, black ones −1.", tiles)


def two_rates(rate: float, found: Runs) -> Plot:
    """Draw the median loss with a student's learning rate beside that with 0.03."""
    usual = runs((4, 2), "tanh")
    epochs = np.arange(usual.losses.shape[1])
    lines = [
        series(name, epochs + 1, np.median(one.losses, axis=0)[epochs], role)
        for name, one, role in (
            ("rate 0.03", usual, "plain"),
            (f"rate {number(rate, 3)}", found, "yours"),
        )
    ]
    return plot(
        "The median loss of forty networks",
        *lines,
        says=f"With 0.03, and with your {number(rate, 3)}.",
        x_label="epoch",
        y_label="training loss",
        log_y=True,
    )


def _region(found: Runs, seed: int, caption: str) -> Tile:
    steps = (np.arange(SIDE) + 0.5) / SIDE * 2 * REACH - REACH
    plane = np.stack(np.meshgrid(steps, -steps), axis=-1).reshape(-1, 2)  # rows go downwards
    one = replace(found, layers=[layer[[seed]] for layer in found.layers])
    pixels = np.where(one.scores(plane)[0] > 0, LIGHT, DARK).reshape(SIDE, SIDE)
    data = make_data("circle")
    columns, rows = ((data.x_train * [1, -1] + REACH) / (2 * REACH) * SIDE).astype(int).T
    pixels[rows, columns] = np.where(data.y_train > 0, 255, 0)
    share = number(float(found.test_accuracies[seed]), 3)
    return tile(pixels, caption, f"{caption}: {share} of the test points on their right side")
