"""The labelled images that the judge knows, and what `load_data` made of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from grader import Finding, fetch
from grader.model import Verdict
from grader.sandbox.remote import StudentFault
from grader.show import number, show

HERE = Path(__file__).parent
FILE = "mnist.npz"
SHAPES = ((50_000, 28, 28), (50_000,), (10_000, 28, 28), (10_000,))
ALL = 60_000
BLOCK = 5_000  # images whose copies stay in the processor's cache


@cache
def test_set() -> tuple[np.ndarray, np.ndarray]:
    """Return the official test set: float32 images (10000, 28, 28) in [0, 1], digits (10000,)."""
    with np.load(HERE / "mnist_test.npz") as archive:
        return archive["x_test"].astype(np.float32) / 255, archive["y_test"]


@cache
def training_digits() -> dict[int, int]:
    """Return the digit of each of the 60,000 labelled images, by the hash of its pixels."""
    with np.load(HERE.parent / FILE) as archive:
        return dict(zip(rows_of(archive["x_train"]), archive["y_train"].tolist(), strict=True))


def parts(call: Any) -> list[Any]:
    """Fetch images, digits, validation images and digits; None for what is no array of numbers."""
    arrays = []
    for part, item in product((0, 1), repeat=2):
        try:
            array = fetch(call[part][item])
        except StudentFault as error:
            if error.fault.verdict is not Verdict.ERROR:
                raise
            array = None
        numbers = isinstance(array, np.ndarray) and array.ndim > 0 and array.dtype.kind in "iuf"
        arrays.append(array if numbers else None)
    return arrays


def rows_of(images: np.ndarray | None) -> list[int]:
    """Return a hash of each image's pixels as bytes; nothing where these are no such images."""
    if images is None or images[:1].size != 28 * 28:
        return []
    hashes: list[int] = []
    scale = 255 if images.dtype.kind == "f" and images.max() <= 1 else 1
    for start in range(0, len(images), BLOCK):
        block = images[start : start + BLOCK].reshape(-1, 28 * 28)
        if block.dtype != np.uint8:
            with np.errstate(all="ignore"):
                block = (block * scale + 0.5).astype(np.uint8)
        hashes += [hash(row.tobytes()) for row in block]
    return hashes


def shapes_of(arrays: Sequence[np.ndarray | None]) -> Finding:
    """Look at the four shapes; a label in a row of its own does no harm."""
    shapes = [None if array is None else array.shape for array in arrays]
    plain = [shape[:1] if shape and shape[1:] == (1,) else shape for shape in shapes]
    says = None
    if None in shapes:
        says = "Return two pairs of arrays: ((x, y), (x_val, y_val))."
    elif (50_000, 10) in shapes:
        says = "The labels are one-hot rows; return integers. `train` may still convert them."
    elif plain != list(SHAPES):
        says = "The 60,000 images become 50,000 and 10,000, each of 28 rows of 28 pixels."
    expected, got = (", ".join(map(show, some)) for some in (SHAPES, shapes))
    return Finding("the four shapes", expected, got, says is None, says, subject="load_data")


def pixels_of(arrays: Sequence[np.ndarray | None]) -> Finding:
    """Look at the type and the range of the pixels."""
    images = [array for array in arrays[::2] if array is not None and array.size]
    types = sorted({str(image.dtype) for image in images})
    low = min((float(image.min()) for image in images), default=math.nan)
    high = max((float(image.max()) for image in images), default=math.nan)
    says = None
    if high == 255:
        says = "Pixels go up to 255: divide by 255, or training may end in NaN."
    elif not (low >= 0 and 0.99 <= high <= 1):
        says = "Divide the pixels by 255, no more and no less."
    elif types == ["float64"]:
        says = "Integers divided by 255 are float64, twice the memory: cast to float32 first."
    elif types != ["float32"]:
        says = "Cast the images to float32."
    got = f"{' and '.join(types) or 'nothing'} from {number(low)} to {number(high)}"
    return Finding(
        "the pixels", "float32 from 0 to 1", got, says is None, says, subject="load_data"
    )


def labels_of(rows: Sequence[list[int]], digits: Sequence[np.ndarray | None]) -> Finding:
    """Compare each label with that of its image in the file."""
    ours = training_digits()
    says, got = None, "integers, each that of its image"
    if any(
        part is None or part.dtype.kind not in "iu" or part.size != len(row) or not row
        for part, row in zip(digits, rows, strict=True)
    ):
        says, got = "Each image needs one label, an integer from 0 to 9.", "no such labels"
    else:
        labels = [label for part in digits for label in part.ravel().tolist()]
        pairs = zip([*rows[0], *rows[1]], labels, strict=True)
        wrong = sum(ours.get(row, label) != label for row, label in pairs)
        if wrong:
            says = "Images and labels must stay in the same order: shuffle both alike, or neither."
            got = f"{wrong:,} labels of another image"
    expected = "integers, each that of its image"
    return Finding("the labels", expected, got, says is None, says, subject="load_data")


def split_of(rows: Sequence[list[int]]) -> Finding:
    """See that each labelled image is in exactly one part."""
    ours, (training, validation) = training_digits(), map(set, rows)
    both, used = len(training & validation), len((training | validation) & ours.keys())
    strange = sum(row not in ours for part in rows for row in part)
    says = None
    if both:
        says = f"val_data overlaps training rows: {both:,} images are in both parts."
    elif strange:
        says = f"{strange:,} images are not those of the file, pixel for pixel."
    elif used < ALL:
        says = f"{ALL - used:,} of the {ALL:,} images are in neither part."
    got = f"{used:,} of them, {both:,} in both"
    expected = f"each of the {ALL:,} images in one part"
    return Finding("the split", expected, got, says is None, says, subject="load_data")
