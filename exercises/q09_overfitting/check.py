"""Hyperparameters: what they are, how overfitting shows, and what to turn against it."""

from __future__ import annotations

import histories
from configs import BASELINE, read
from histories import OF_BEST_EPOCH
from names import CANONICAL, EXAMPLES, KINDS, kind, meant, not_set
from pictures import counted, curves, gaps, run
from trainer import SEEDS, train
from verdicts import BETTER, HALF, WHOLE, diagnosis, lower

from grader import Finding, check, computes, fetch, generator, prose
from grader.expect import same, type_remark
from grader.show import number, show

ENOUGH_NAMES, ENOUGH_KINDS = 6, 3
DIRECTIONS = {  # against overfitting, and why
    "layers": ("decrease", "Fewer layers leave the network less room to fit the noise."),
    "neurons": ("decrease", "Fewer neurons leave the network less room to fit the noise."),
    "epochs": ("decrease", "The noise is learned last: stop before."),
    "l2": ("increase", "A larger penalty keeps the weights small and the function smooth."),
    "dropout": ("increase", "The more is dropped, the less can a neuron rely on single others."),
    "training_data": ("increase", "Noise is harder to learn by heart the more of it there is."),
}


@check(points=2)
def hyperparameters(student):
    """Hyperparameters are what is set before training, from the layers to the dropout rate

    Where: the dict that `hyperparameters` returns; the table shows how each entry is read.

    Why: a network's weights and biases come out of training. Everything that has to be decided
    before is a hyperparameter. Go through the life of a network: what is drawn on paper before it
    is built, what values its weights have at the start, how a step is made and how large it is, how
    many rows it looks at and how often the data are gone through, and what keeps the network from
    learning by heart. The size of the network is only the first of these.

    Almost: `{"activation": "architecture", "batch size": "___", "dropout": "___", ...}`, with six
    entries or more.
    """
    given = fetch(student.hyperparameters())
    if not isinstance(given, dict):
        said = type_remark(given, {}) or "Return a dict that maps each name to its kind."
        yield named("hyperparameters()", "a dict", show(given), said, ok=False)
        return
    learned = [name for name in given if not_set(name)]
    first = f"{are(learned[0])} {not_set(learned[0])}, not set." if learned else None
    listed = ", ".join(map(show, learned)) or "none"
    yield named("names of what is not set", "none", listed, first, ok=not learned)
    found = {
        meant(name): kind(category) for name, category in given.items() if filed(name, category)
    }
    astray = [name for name in given if meant(name) and not filed(name, given[name])]
    lacking = [one for one in KINDS if one not in found.values()]
    lesson = f"Missing {lacking[0]} knobs ({EXAMPLES[lacking[0]]})." if lacking else None
    if astray:
        under = " or ".join(CANONICAL[meant(astray[0])])
        lesson = f"{show(astray[0])} does not count here: it belongs under {under}."
    enough = len(found) >= ENOUGH_NAMES
    got = f"{len(found)}: {', '.join(found) or 'none'}"
    said = lesson if astray or not enough else None
    yield named("names that count", f"at least {ENOUGH_NAMES}", got, said, ok=enough)
    kinds = sorted(set(found.values()))
    enough = len(kinds) >= ENOUGH_KINDS
    got = f"{len(kinds)}: {', '.join(kinds) or 'none'}"
    said = None if enough else lesson
    yield named("kinds that they cover", f"at least {ENOUGH_KINDS}", got, said, ok=enough)
    yield counted(given)


@check(points=2)
def diagnose(student):
    """The two losses together tell overfitting from underfitting and divergence

    Where: the function `diagnose`, on the history that the plot shows.

    Why: the training loss alone cannot tell. It falls in a good run and in one that overfits; only
    the validation loss turns round in the second. Where neither moves, the network has learned too
    little, and where the training loss rises, the steps are too large. Ask in the order of the
    rules, since the first that applies wins. A comparison with nan is always false, so nan and inf
    must be asked for on their own, anywhere in either list. Rises are measured from the minimum,
    not from the first value.

    Almost: `val[-1] >= 1.2 * ___` for the rise, and `math.isfinite` for ___ values.
    """
    for history in histories.drawn(generator(student)):
        given = fetch(student.diagnose({"loss": history.loss, "val_loss": history.val_loss}))
        ok = same(given, history.diagnosis)
        said = None if ok else type_remark(given, "") or history.reason
        yield Finding(
            history.words, show(history.diagnosis), show(given), ok, said, subject="diagnose"
        )
        if not ok:
            yield run(history)
            return


@check(points=3, partial=True)
def fix_overfitting(student):
    """The changed configuration does better on data that it has not seen

    Where: the dict that `fix_overfitting` returns. It is trained from 20 starts, each on its own
    data set; the plots show the losses before and after.

    Why: the network fits each of the 60 training points, those with a wrong label too. It has more
    neurons than the pattern needs, nothing holds its weights back, and it is trained long after the
    test loss was lowest. Each of these can be turned. Beware of the other side: a network that is
    too small, hardly trained or held too tightly has no gap either, but it has learned nothing, so
    both of its losses are high.

    Almost: `{**config, "l2": ___, "early_stopping": ___}`; or a fraction of the neurons or epochs.
    """
    call = student.fix_overfitting(dict(BASELINE))
    config, remark = read(fetch(call))
    shown = "fix_overfitting(config)"
    if config is None:
        got = show(fetch(call))
        wanted = "the eight keys, each in its range"
        yield Finding(shown, wanted, got, ok=False, diagnosis=remark, subject=shown[:-8])
        return
    base, _ = read(BASELINE)
    before, after = train(base), train(config)
    count, share = lower(after, before), after.test / before.test
    half = share <= HALF and count >= BETTER
    said = remark if half else diagnosis(base, config, before, after)
    yield Finding(
        f"{shown}: the mean test loss, and the runs in which it is lower",
        f"at most {HALF} × {number(before.test, 3)}, lower in {BETTER} of {SEEDS} runs",
        f"{number(share, 3)} × {number(before.test, 3)}, lower in {count} of {SEEDS} runs",
        half,
        said,
        subject="fix_overfitting",
    )
    gap = after.gap / before.gap
    whole = half and share <= WHOLE[0] and gap <= WHOLE[1]
    yield Finding(
        f"{shown}: the mean test loss and the gap to the training loss",
        f"at most {WHOLE[0]} and {WHOLE[1]} of before",
        f"{number(share, 3)} and {number(gap, 3)}",
        whole,
        "Better, but most of the overfitting is still there: turn further."
        if half > whole
        else None,
        subject="fix_overfitting",
    )
    yield curves("Before: the configuration that overfits", base, before)
    yield curves("After: your configuration", config, after)
    yield gaps(before, after, WHOLE[1])


@check(points=1.5)
def best_epoch(student):
    """Early stopping waits for a while, then goes back to the epoch with the lowest loss

    Where: the function `best_epoch`, on the losses that the report shows.

    Why: go through the losses as training does, one epoch after the other, without looking ahead.
    Remember the lowest loss so far and its epoch, and count the epochs since then. A lower loss
    sets the count back to zero; an equal one does not. As soon as the count reaches the patience,
    that epoch was the last. A still lower loss further on can never be found, because those epochs
    are not trained. If the count never gets there, the last epoch is the last in the list.

    Almost: `wait += 1`, then `if wait ___ patience: return best, ___`.
    """
    yield from computes(
        student.best_epoch,
        histories.best_epoch,
        on=histories.sequences(generator(student)),
        parts=("the best epoch", "the last epoch"),
        known=OF_BEST_EPOCH,
    )


@check(points=1)
def direction(student):
    """Each knob has a direction that works against overfitting

    Where: the function `direction`; the report names the knob.

    Why: a network overfits when it is able to remember single training points. Three knobs measure
    how able it is: how many layers it has, how many neurons, and how long it looks at the data. Two
    measure how strongly it is held back: the price of large weights, and the share of neurons that
    are missing at each step. And one makes remembering harder from outside, since many points are
    more to remember than few. If you are in doubt, try it on your configuration.

    Almost: `"increase" if knob in {"l2", ___, ___} else "decrease"`.
    """
    for knob, (way, reason) in DIRECTIONS.items():
        given = fetch(student.direction(knob))
        ok = same(given, way)
        said = None if ok else type_remark(given, way) or reason
        yield Finding(f"direction({knob!r})", show(way), show(given), ok, said, subject="direction")


@check(points=0)
def in_words(student):
    """Overfitting in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "The changes that were made, and which of them lowered the test loss most, with a sign "
            "that it was measured. Without touching the network: more training data, augmented "
            "data, cleaner labels. Better still: a small gap alone is no success, since a network "
            "that underfits has none."
        ),
        question=(
            "Which changes did you make to the configuration, which of them helped most, and how "
            "can one fight overfitting without touching the network at all?"
        ),
    )


def named(shown, expected, got, said, *, ok):
    return Finding(shown, expected, got, ok, said, subject="hyperparameters")


def are(name):
    """Return a name as the beginning of a sentence."""
    word = show(name)[1:-1].capitalize()
    return f"{word} are" if word.endswith("s") and word != "Bias" else f"{word} is"


def filed(name, category):
    """Tell whether a name is a hyperparameter's and stands under a kind that it can have."""
    canonical = meant(name)
    return canonical is not None and kind(category) in CANONICAL[canonical]
