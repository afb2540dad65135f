"""Finds out about the single neuron by trying all of them with its own fire."""

from itertools import product


def fire(excite, inhibit):
    return min(sum(excite) // 2, 1) * (1 - max([0, *inhibit]))


def xor_network():
    return dict(
        neurons=dict(
            left=dict(excite=4 * ["A"], inhibit=["B", "B"]),
            right=dict(excite=3 * ["B"], inhibit=["A"]),
            top=dict(excite=["left", "left", "right", "right"], inhibit=[]),
        ),
        output="top",
    )


def can_one_neuron_do_it():
    wirings = product(range(5), range(5), range(2), range(2))
    return any(
        all(
            fire([a] * m + [b] * n, [a] * p + [b] * q) == (a != b)
            for a, b in product((0, 1), repeat=2)
        )
        for m, n, p, q in wirings
    )
