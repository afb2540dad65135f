"""Which libraries a batch will want: its fork server imports those once, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.model import Exercise, Submission

# What a text must mention for a module to be imported beforehand.  NumPy is always there: values
# cross the wall as its arrays.
MENTIONED_BY = {
    "numpy": (),
    "sympy": ("sympy",),
    "matplotlib.pyplot": ("matplotlib",),
    "tensorflow": ("tensorflow", "keras"),
    "keras": ("tensorflow", "keras"),
}
EVERYTHING = tuple(MENTIONED_BY)
LARGE = frozenset({"tensorflow", "keras"})  # a fork beside them takes 20 ms more


def needed(
    exercises: Iterable[Exercise], submissions: Sequence[Submission] | None = None
) -> tuple[str, ...]:
    """Return the modules that exercises or what was submitted for them mention, in import order.

    With submissions, exercises that none of them holds do not count.  A text that imports a
    library without naming it still runs; its child pays for the import.
    """
    texts: list[str] = []
    for one in exercises:
        handed_in = [its.sources[one.id].text for its in submissions or () if one.id in its.sources]
        if handed_in or submissions is None:
            texts += [one.stub, one.statement, *handed_in]
    said = " ".join(texts).casefold()
    return tuple(
        module
        for module, words in MENTIONED_BY.items()
        if not words or any(word in said for word in words)
    )
