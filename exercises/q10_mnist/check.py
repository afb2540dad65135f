"""MNIST above 98 %: the data, the network, its training, and how it reads 10,000 unseen digits."""

from __future__ import annotations

from pathlib import PurePosixPath

import digits
import listeners
import mistakes
import network
import numpy as np
import pictures
import progress

from grader import Finding, check, close, fetch, generator, prose
from grader.keras_model import Model
from grader.sandbox.errands import files

OUT, SEED = "out", 7
GOAL = 9_801  # of 10,000: more than 98 %
STEPS = ((9_500, 1.0), (9_700, 1.5), (9_750, 1.0), (GOAL, 1.5))  # right answers, points

QUESTION = "NOTES: what did you try, and which change was worth most?"
RUBRIC = (
    "At least two things that were tried, each with the accuracy that it gave, measured on "
    "validation images. The decay of the learning rate is recognised as what takes the network "
    "past 98 %, or another cause is named with numbers that show it. Better still: why a constant "
    "rate stalls, and why the test images may not decide between attempts."
)


@check(points=1, partial=True, seconds=60)
def data(student):
    """50,000 images to learn from and 10,000 to validate with, pixels from 0 to 1

    Where: the function `load_data`, which is given the path of an `.npz` file.

    Why: the file holds 60,000 labelled images. Images that measure progress must not be among
    those that are learned from, or the measure is worthless; so each image goes to exactly one of
    the two parts, together with its own label. Pixels come as whole numbers from 0 to 255. Large
    inputs make large gradients, so bring them into the range from 0 to 1, in single precision:
    Keras computes in nothing finer anyway.

    Almost: `images = archive["x_train"].astype("___") / ___`, then one slice up to 50,000 and one
    from there on; the labels alike.
    """
    call = student.load_data(digits.FILE)
    mistake = mistakes.recognised(call)
    if mistake:
        yield mistake
        return
    arrays = digits.parts(call)
    rows = [digits.rows_of(images) for images in arrays[::2]]
    yield digits.shapes_of(arrays)
    yield digits.pixels_of(arrays)
    yield digits.labels_of(rows, arrays[1::2])
    yield digits.split_of(rows)


@check(points=1, seconds=30)
def architecture(student):
    """The network is a deep MLP whose ten outputs are probabilities

    Where: the function `build_model`; the table lists the layers that it made.

    Why: an image is 28 rows of 28 numbers, and a Dense layer wants one row. Then come the hidden
    layers, at least two of them. Each needs a non-linear activation, inside the Dense layer or as
    a layer after it, because linear layers in a row are no more than one linear layer. Digits
    exclude each other, so the ten outputs must be positive and add up to 1. Convolutions read
    images well, but they are another chapter.

    Almost: `keras.Input((28, 28))`, then `Flatten()`, then the hidden layers, and at the end
    `Dense(___, activation="___")`.
    """
    call = student.build_model()
    model = fetch(call)
    if isinstance(model, Model) and not model.built:
        fetch(call.build((None, 28, 28)))
        model = fetch(call)
    yield network.made_of(call, model)
    if not isinstance(model, Model) or network.foreign(model):
        return
    shapes = network.shapes_of(model)
    yield shapes
    yield network.depth_of(model)
    yield network.layer_table(model)
    if model.obstacle:
        yield Finding(
            "its layers", "one after another", "not so", ok=False, diagnosis=model.obstacle
        )
    elif shapes.ok:
        noise = generator(student).random((64, 28, 28), dtype=np.float32)
        outputs = model.forward(network.shaped_for(model, noise))
        yield network.probabilities_of(outputs, model)


@check(points=1, partial=True)
def callbacks(student):
    """Three callbacks keep the best model, stop in time and write for TensorBoard

    Where: the function `callbacks`. It is asked with a folder of our choice, and looked at before
    any training.

    Why: after some epochs a network only learns its training images by heart, which shows in the
    validation images alone. So both the checkpoint and the early stop have to watch a value whose
    name starts with `val_`. A checkpoint that saves every epoch ends with the last one, not the
    best. Early stopping notices the best epoch too late by its patience; unless it is told to
    restore, the model keeps the weights of the last epoch. All files belong under `out_dir`.

    Almost: `ModelCheckpoint(..., save_best_only=___)`, `EarlyStopping(..., ___=True)`,
    `TensorBoard(log_dir=...)`.
    """
    call = student.callbacks(listeners.ELSEWHERE)
    mistake = mistakes.recognised(call)
    if mistake:
        yield mistake
        return
    yield from listeners.looked_at(call)


@check(points=0, seconds=900, cpu_seconds=300)
def training(student):
    """Training ends within its limits and leaves a network that can be judged

    Where: the function `train`, called once with your own model and your own data.

    Why: it compiles the model that it is given and fits that very model, so that the caller has
    the trained one afterwards. It may use 300 seconds of processor time; the reference needs
    about a dozen. If yours is stopped, look for more layers or neurons than needed, batches that
    are too small, or too many epochs. This check gives no points itself; those after it need it.

    Almost: `model.compile(...)` and then
    `return model.fit(*data, epochs=___, batch_size=___, validation_data=___, callbacks=___)`.
    """
    call, model = student.load_data(digits.FILE), student.build_model()
    mistake = mistakes.recognised(call)
    if mistake:
        yield mistake
        return None
    before = fetch(model)
    if not isinstance(before, Model) or network.foreign(before):
        yield network.made_of(model, before)
        return None
    answer = student.train(model, call[0], call[1], OUT, SEED)
    mistake = mistakes.recognised(answer)
    if mistake:
        yield mistake
        return None
    history, returned = progress.history_of(answer)
    after = fetch(model)
    says = None
    if not isinstance(after, Model) or after.obstacle:
        says = after.obstacle if isinstance(after, Model) else "It is no Keras model any more."
    elif not network.takes_digits(after):
        says = "It does not take 28 × 28 images and give ten numbers for each."
    elif before.built and progress.unchanged(before, after):
        says = "The model that was passed in still has its first weights: fit it, not a copy."
    epochs = max(map(len, history.values()), default=0)
    yield Finding(
        "train(…)", "a trained model", f"{epochs} epochs", says is None, says, subject="train"
    )
    return None if says else progress.weigh(after, history, returned, digits.parts(call))


@check(points=0.5, after=training, partial=True)
def left_behind(student, trained):
    """Training leaves a saved model and a log for TensorBoard under its folder

    Where: the files that lay under `out_dir` when `train` had ended.

    Why: the callbacks write while `fit` runs, and only those that `fit` was given. A model of a
    few hundred kilobytes should be there, saved by ModelCheckpoint whenever an epoch was better
    than all before it; and an event file of some kilobytes, which holds the loss and accuracy of
    each epoch for TensorBoard to draw. If a folder is empty, see which list of callbacks reaches
    `fit`, and whether a path was written out where `out_dir` was meant.

    Almost: inside `train`, `model.fit(..., callbacks=callbacks(___))`.
    """
    left = files(student, OUT)
    saved = [size for name, size in left if PurePosixPath(name).suffix in {".keras", ".h5"}]
    logs = [size for name, size in left if "tfevents" in name]
    for asked, expected, sizes, least, kind in (
        ("saved models", "one or more", saved, 1, "ModelCheckpoint"),
        ("event files", "one of 1 kB or more", logs, 1000, "TensorBoard"),
    ):
        ok = max(sizes, default=0) >= least
        says = None if ok else f"{kind} wrote nothing there: was it given to `fit`?"
        got = f"{len(sizes)}, the largest of {max(sizes) / 1000:.1f} kB" if sizes else "none"
        yield Finding(f"{asked} under {OUT}", expected, got, ok, says, subject="train")


@check(points=0.5, after=training)
def loss(student, trained):
    """The loss is cross-entropy and takes the outputs for what they are

    Where: the line in `train` that compiles the model.

    Why: a network that gives probabilities of ten classes is trained with cross-entropy, minus
    the logarithm of the probability that it gave to the right class. The sparse kind takes digits
    as labels, the categorical kind one-hot rows. Either can be told to expect logits, the numbers
    before the softmax; then it applies a softmax of its own. Where the network ends in softmax
    already, Keras repairs that and only prints a warning, so the accuracy hides the mistake; the
    other way round, logits taken for probabilities, almost nothing is learned.

    Almost: `loss="___"` for a softmax output; or `from_logits=True` and an output layer without
    an activation, which this exercise does not ask for.
    """
    compiled = trained.model.compiled
    yield progress.suits(compiled, trained)
    if compiled:
        images, _ = digits.test_set()
        outputs = trained.model.forward(network.shaped_for(trained.model, images[:64]))
        if np.isfinite(outputs).all():
            yield progress.logits_of(compiled, outputs)


@check(points=0.5, after=training)
def watched(student, trained):
    """Every epoch was measured on images that were not trained on, and the best one was kept

    Where: what `train` returns, and what it gives `fit` as validation data.

    Why: `fit` returns a History, whose dict holds one number an epoch for the loss and, if there
    are validation data, for `val_loss`. Measured on training images, that number keeps falling
    while the network learns them by heart, and tells nothing about new digits. The judge computes
    the loss of your final weights itself and looks for it among your epochs: if it is the last
    one while an earlier one was better, nothing restored the best weights.

    Almost: `return model.fit(..., validation_data=___)`, with early stopping among the callbacks
    and `restore_best_weights=___`.
    """
    yield progress.recorded(trained)
    yield progress.unseen(trained)
    kept = progress.best_kept(trained, listeners.monitor(student.callbacks(OUT)))
    if kept:
        yield kept


@check(points=0.25)
def confusion(student):
    """The confusion matrix counts how often each digit is taken for each other one

    Where: the function `confusion_matrix`, called with digits, not with probabilities.

    Why: row i, column j holds how many images of the digit i were read as j. So the matrix always
    has k rows and k columns, also where a digit does not occur, its numbers add up to the number
    of images, and right answers lie on the diagonal. Divided by the sums of its rows it would
    show recall, by those of its columns precision; neither is accuracy, which is the sum of the
    diagonal over all images.

    Almost: start from `np.zeros((k, k), dtype=int)` and add 1 at `[___, ___]` for each image.
    """
    random = generator(student)
    for images, k, absent in ((57, 10, 4), (83, 6, 5), (23, 3, None)):
        occur = [digit for digit in range(k) if digit != absent]
        true = random.choice(occur, images)
        read = np.where(random.random(images) < 0.5, true, random.choice(occur, images))
        call = student.confusion_matrix(true, read, *([k] if k != 10 else []))
        mistake = mistakes.recognised(call, mistakes.WRONG_AXIS)
        if mistake:
            yield mistake
            return
        counts = np.zeros((k, k), int)
        np.add.at(counts, (true, read), 1)
        yield close(call, counts, known=mistakes.wrong_matrices(counts))


@check(points=5, after=training, partial=True)
def accuracy(student, trained):
    """More than 98 % of 10,000 digits that it has never seen are read right

    Where: the whole of `build_model` and `train`. Validation accuracy tells within 0.2 points
    what to expect here, so there is no need to hand in to find out.

    Why: a network of four layers with 300 neurons reaches 97.5 % at a constant learning rate, and
    neither width nor patience changes that much: the weights keep jumping around the minimum. Let
    the rate fall to zero towards the end and they settle; this alone is worth half a point of
    accuracy. Batch normalisation makes larger rates possible and training shorter.

    Almost: `rate = keras.optimizers.schedules.CosineDecay(___, ___)`, where the second number is
    that of all steps: epochs times batches an epoch.
    """
    images, labels = digits.test_set()
    outputs = trained.model.forward(network.shaped_for(trained.model, images))
    read = outputs.argmax(axis=1)
    right = int((read == labels).sum())
    why = f"{right:,} of 10,000 right, {GOAL - right:,} short. "
    why += progress.reason(trained, outputs, right)
    for step, worth in STEPS:
        ok, asked = right >= step, "digits read right, of 10,000"
        says = None if ok else why.strip()
        yield Finding(asked, f"{step:,} or more", f"{right:,}", ok, says, weight=worth)
    yield pictures.reach(right, GOAL)
    yield from pictures.curves(trained.history)
    yield pictures.confusions(labels, read)
    shares = network.are_probabilities(outputs)
    yield from pictures.misread(images, labels, outputs, shares=shares)
    yield from pictures.first_weights(trained.model)


@check(points=0)
def notes(student):
    """Which change took the network past 98 %, in your own words"""
    yield prose(student.NOTES, RUBRIC, QUESTION)
