"""Question 2: original neurons and their XOR, graded behind the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.evidence import Table, Wiring
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict
from grader.render.wiring import draw

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q02_xor", ROOT / "solutions" / "q02_xor"

TODO = "def fire(excite, inhibit):\n    raise NotImplementedError\n"
FIRE = "def fire(excite, inhibit):\n    return int(sum(excite) >= 2 and not any(inhibit))\n"
HALVES = (
    '"C": {"excite": ["A", "A"], "inhibit": ["B"]}, "D": {"excite": ["B", "B"], "inhibit": ["A"]}'
)
EITHER = '"E": {"excite": ["C", "C", "D", "D"]}'

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade a wiring, a neuron and an answer, each given as source text."""

    def of(network: str = "None", neuron: str = TODO, answer: str = "False") -> Result:
        functions = (
            f"def xor_network():\n    return {network}\n",
            f"def can_one_neuron_do_it():\n    return {answer}\n",
        )
        return submit(exercise, "\n\n".join((neuron, *functions)))

    return of


def neurons(*parts: str, output: str = "E") -> str:
    """Return the text of a wiring."""
    return f'{{"neurons": {{{", ".join(parts)}}}, "output": {output!r}}}'


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


def drawings(result: Result) -> list[Wiring]:
    """Return every drawing of a network in a result."""
    return [item for one in result.outcomes for item in one.evidence if isinstance(item, Wiring)]


@pytest.mark.parametrize(
    "rule",
    [
        "0",
        "1",
        "None",
        "'1'",
        "excite",
        "sum(excite)",
        "int(sum(excite) - sum(inhibit) >= 2)",
        "int(sum(excite) > sum(inhibit))",
        "int(sum(excite) >= 2)",
        "int(not any(inhibit))",
        "1 - int(sum(excite) >= 2 and not any(inhibit))",
    ],
)
def test_a_degenerate_neuron_earns_nothing(grade: Grade, rule: str) -> None:
    """Constants, echoes and neurons without a veto earn no points for the neuron."""
    result = grade(neuron=f"def fire(excite, inhibit):\n    return {rule}\n")
    assert outcome(result, "fire").points == 0
    assert outcome(result, "one_neuron").verdict is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        ("sum(excite) == 2 and not any(inhibit)", 1.125),
        ("sum(excite[:2]) == 2 and not any(inhibit)", 0.75),
        ("any(excite) and not any(inhibit)", 1.125),
    ],
)
def test_parts_of_the_neuron_count(grade: Grade, rule: str, points: float) -> None:
    """A neuron with the veto keeps the points of the behaviours that are right."""
    fire = outcome(grade(neuron=f"def fire(excite, inhibit):\n    return int({rule})\n"), "fire")
    assert (fire.verdict, fire.points) == (Verdict.PARTLY, points)


def test_smallest_counterexample(grade: Grade) -> None:
    """The neuron's fault is shown on the fewest connections that bring it out."""
    rule = "def fire(excite, inhibit):\n    return int(sum(excite) - sum(inhibit) >= 2)\n"
    wrong = outcome(grade(neuron=rule), "fire").first_wrong
    assert wrong is not None
    assert (wrong.shown, wrong.expected, wrong.got) == ("fire([1, 1, 1], [1])", "0", "1")


def test_truth_values_are_accepted_with_a_remark(grade: Grade) -> None:
    """True and False cost nothing, and the report says that they were taken for 1 and 0."""
    rule = "def fire(excite, inhibit):\n    return sum(excite) >= 2 and not any(inhibit)\n"
    fire = outcome(grade(neuron=rule), "fire")
    assert fire.points == 1.5
    assert "True and False are accepted" in (fire.findings[0].diagnosis or "")


@pytest.mark.parametrize("beyond", ["0", "1", "int(sum(excite) >= 2)"])
def test_a_table_of_the_public_cases_is_found_out(grade: Grade, beyond: str) -> None:
    """A neuron that is right on the public cases only loses the hidden check, and nothing else."""
    neuron = f"""from itertools import product

TABLE = {{
    (e, i): int(sum(e) >= 2 and not any(i))
    for wires, brakes in product(range(5), range(3))
    for e, i in product(product((0, 1), repeat=wires), product((0, 1), repeat=brakes))
}}

def fire(excite, inhibit):
    case = tuple(excite), tuple(inhibit)
    return TABLE[case] if case in TABLE else {beyond}
"""
    result = grade(neurons(HALVES, EITHER), neuron)
    assert outcome(result, "fire").points == 1.5
    assert [one.name for one in result.outcomes if one.verdict is Verdict.FAILED] == [
        "many_connections"
    ]
    assert result.points == 9.5


@pytest.mark.parametrize(
    ("wiring", "function", "points"),
    [
        (neurons('"E": {"excite": ["A", "A", "B", "B"]}'), "This is OR.", 2),
        (neurons('"E": {"excite": ["A", "B"]}'), "This is AND.", 2),
        (neurons('"E": {"excite": ["A", "A"], "inhibit": ["B"]}'), "This is A AND NOT B.", 2),
        (neurons('"E": {"excite": ["B", "B"], "inhibit": ["A"]}'), "This is B AND NOT A.", 2),
        (neurons('"E": {"excite": ["A", "A"]}'), "The output is A alone.", 0),
        (neurons('"E": {"excite": ["B", "B", "B"]}'), "The output is B alone.", 0),
        (neurons('"E": {"excite": []}'), "E can never fire: it has no excitatory connection", 0),
    ],
)
def test_a_wrong_function_is_named(grade: Grade, wiring: str, function: str, points: float) -> None:
    """Three right rows earn none of the table; a network that ignores an input earns nothing."""
    result = grade(wiring)
    diagnoses = [one.diagnosis or "" for one in result.outcomes]
    assert any(text.startswith(function) for text in diagnoses)
    assert outcome(result, "legal").points == points
    assert outcome(result, "truth_table").points == outcome(result, "lean").points == 0


def test_a_wrong_row_gives_its_inputs(grade: Grade) -> None:
    """The first wrong row is told with its inputs, what XOR is there and what the network gives."""
    message = outcome(
        grade(neurons('"E": {"excite": ["A", "A", "B", "B"]}')), "truth_table"
    ).message
    assert message == "`A=1, B=1`: expected `0`, yours is `1`. This is OR."


@pytest.mark.parametrize(
    ("wiring", "says"),
    [
        ("None", "a `return` is missing"),
        ("0", "Return the wiring as a dict"),
        ("[0, 1, 1, 0]", "Return the wiring as a dict"),
        ("fire", "Return the wiring as a dict"),
        ("(n for n in 'CDE')", "Return the wiring as a dict"),
        ("float('nan')", "Return the wiring as a dict"),
        ("__import__('numpy').array([['A', 'B'], None], dtype=object)", "Return the wiring as a"),
        ("{}", "'neurons' must be a dict"),
        ("{(0, 0): 0, (0, 1): 1}", "'neurons' must be a dict"),
        ("{'neurons': ['C', 'D'], 'output': 'C'}", "'neurons' must be a dict"),
        ("{'neurons': {}, 'output': 'C'}", "'neurons' must be a dict"),
        ("{'neurons': {1: {'excite': ['A', 'A']}}, 'output': 1}", "A neuron's name is a text"),
        ("{'neurons': {'C' * 10**5: {'excite': []}}, 'output': 'C'}", "A neuron's name is a text"),
        ("{'neurons': {'': {'excite': []}}, 'output': ''}", "A neuron's name is a text"),
        ("{'neurons': {'A': {'excite': ['B', 'B']}}, 'output': 'A'}", "A is an input"),
        ("{'neurons': {'E': ['A', 'B']}, 'output': 'E'}", "E must be a dict"),
        ("{'neurons': {'E': None}, 'output': 'E'}", "E must be a dict"),
        ("{'neurons': {'E': {'inhibit': ['A']}}, 'output': 'E'}", "E must be a dict"),
        ("{'neurons': {'E': {'excite': 'AB'}}, 'output': 'E'}", "'excite' of E must be a list"),
        ("{'neurons': {'E': {'excite': {'A', 'B'}}}, 'output': 'E'}", "'excite' of E must be a"),
        ("{'neurons': {'E': {'excite': ['A', ['A']]}}, 'output': 'E'}", "Unknown source ['A']"),
        ("{'neurons': {'E': {'excite': [10**30, 1j]}}, 'output': 'E'}", "Unknown source 1"),
        ("{'neurons': {'E': {'excite': ['a', 'b']}}, 'output': 'E'}", "Unknown source 'a'"),
        ("{'neurons': {'E': {'excite': ['E', 'E']}}, 'output': 'E'}", "There is a cycle through E"),
        ("{'neurons': {'E': {'excite': ['A'] * 5}}, 'output': 'E'}", "at most 4 wires"),
        ("{'neurons': {'E': {'excite': ['A', 'A']}}}", "must name one of your neurons: E."),
        ("{'neurons': {'E': {'excite': ['A', 'A']}}, 'output': ['E']}", "'output' must name one"),
        ("{'neurons': {str(n): {'excite': ['A']} for n in range(9)}}", "There are 9 neurons"),
        ("{'neurons': {str(n): {'excite': []} for n in range(5000)}}", "There are 5000 neurons"),
        ("(d := {}, d.update(neurons=d, output=d))[0]", "nested deeper than"),
    ],
)
def test_what_is_no_wiring_is_told_so(grade: Grade, wiring: str, says: str) -> None:
    """Whatever `xor_network` returns, the first broken rule is named and nothing breaks."""
    result = grade(wiring)
    legal = outcome(result, "legal")
    assert legal.verdict is Verdict.FAILED
    assert says in (legal.diagnosis or "")
    assert len(legal.message or "") < 1000
    assert result.points == 0
    assert drawings(result) == []


@pytest.mark.parametrize(
    "value", ["None", "True", "'False'", "[]", "[False]", "float('nan')", "0j", "10**40", "fire"]
)
def test_an_answer_that_is_not_false(grade: Grade, value: str) -> None:
    """Anything but False is a wrong answer about one neuron, and breaks nothing."""
    assert outcome(grade(neuron=FIRE, answer=value), "one_neuron").verdict is Verdict.FAILED


def test_a_guess_earns_nothing(grade: Grade) -> None:
    """The right answer about one neuron counts only together with a right neuron."""
    result = grade(neuron="def fire(excite, inhibit):\n    return 0\n", answer="False")
    assert outcome(result, "one_neuron").points == 0


def test_the_single_neurons_are_listed(grade: Grade) -> None:
    """Right answer or not, seven of the sixteen functions have a neuron, and XOR has none."""
    for answer in ("False", "True"):
        (table,) = outcome(grade(neuron=FIRE, answer=answer), "one_neuron").evidence
        assert isinstance(table, Table)
        assert "7 of the 16" in table.title
        assert len(table.rows) == 16
        assert sum(row[5] != "no neuron" for row in table.rows) == 7
        (row,) = (row for row in table.rows if row[0] == "XOR")
        assert row[1:6] == ("0", "1", "1", "0", "no neuron")


def test_the_functions_have_their_names(grade: Grade) -> None:
    """Each name in the table is that of the function whose outputs stand beside it."""
    (table,) = outcome(grade(neuron=FIRE), "one_neuron").evidence
    assert isinstance(table, Table)
    meant = {"NAND": "not (a and b)", "NOR": "not (a or b)", "XOR": "a != b", "XNOR": "a == b"}
    meant |= {"AND": "a and b", "OR": "a or b", "always 0": "0", "always 1": "1"}
    meant |= {"A alone": "a", "B alone": "b"}
    for name, *outputs in (row[:5] for row in table.rows):
        formula = meant.get(name, name.lower())
        values = [eval(formula, {"a": a, "b": b}) for a in (0, 1) for b in (0, 1)]
        assert [str(int(value)) for value in values] == outputs, name


def test_the_network_is_drawn_for_each_row(grade: Grade) -> None:
    """A right network is drawn in layers with its wires, and no row of the four is flagged."""
    (drawing,) = drawings(grade(neurons(HALVES, EITHER)))
    assert drawing.layers == (("A", "B"), ("C", "D"), ("E",))
    assert sum(wire.count for wire in drawing.wires) == 10
    assert sum(wire.brake for wire in drawing.wires) == 2
    assert [right for _, _, right in drawing.cases] == [True] * 4
    assert drawing.cases[2][:2] == ("A=1, B=0 → 1", frozenset({"A", "C", "E"}))


@pytest.mark.parametrize(
    ("wiring", "right"),
    [
        (neurons('"E": {"excite": ["A", "A", "B", "B"]}'), [True, True, True, False]),
        (neurons('"E": {"excite": []}'), [True, False, False, True]),
        (neurons(HALVES, EITHER, output="C"), [True, False, True, True]),
    ],
)
def test_a_wrong_network_is_drawn_once(grade: Grade, wiring: str, right: list[bool]) -> None:
    """A legal network that is not XOR is drawn once, with its wrong rows flagged."""
    (drawing,) = drawings(grade(wiring))
    assert [ok for _, _, ok in drawing.cases] == right


def test_the_largest_network_is_drawn(grade: Grade) -> None:
    """Eight neurons in eight layers with every wire that is allowed can be put into pixels."""
    names = ["A", "B", *(f"{n} <script>`$" for n in range(8))]
    parts = [f"{names[n]!r}: {{'excite': {names[:n] * 4}}}" for n in range(2, 10)]
    result = grade(neurons(*parts, output=names[-1]))
    (drawing,) = drawings(result)
    assert len(drawing.layers) == 9
    assert len(draw(drawing).arrows) == 4 * sum(range(2, 10))
    assert outcome(result, "truth_table").diagnosis == "This is OR."


def test_subtracted_inhibition_is_remarked(grade: Grade) -> None:
    """A network that needs the veto loses nothing, with a note on the row where it matters."""
    wiring = neurons(
        '"N": {"excite": ["A", "B"]}', '"E": {"excite": ["A", "A", "B", "B"], "inhibit": ["N"]}'
    )
    result = grade(wiring)
    notes = [finding.diagnosis for finding in outcome(result, "truth_table").findings]
    assert result.points == 7
    assert notes == [None, None, None, "If inhibition were subtracted, it would be 1."]


def test_xor_by_subtraction_only(grade: Grade) -> None:
    """A network that would be XOR only if inhibition were subtracted is told that it is a veto."""
    both = '"N": {"excite": ["A", "A", "B", "B"], "inhibit": ["A", "B"]}'
    wiring = neurons(both, '"E": {"excite": ["A", "A", "B", "B"], "inhibit": ["N", "N", "N"]}')
    assert outcome(grade(wiring), "truth_table").diagnosis == (
        "This is OR. N is inhibited whenever A or B is active, so it never fires. "
        "It would be XOR if inhibition were subtracted, but it is a veto."
    )


def test_the_statement_is_right_about_its_example(exercise: Exercise, grade: Grade) -> None:
    """The wiring in the statement keeps the rules and computes what is said of it."""
    block = re.search(r"```python\n(.*?)```", exercise.statement, re.DOTALL)
    assert block is not None
    result = grade(" ".join(block[1].split()))
    assert (outcome(result, "truth_table").diagnosis or "").startswith("This is B AND NOT A.")
