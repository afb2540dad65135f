"""Pictures: what is drawn of each kind of evidence."""

from __future__ import annotations

import math
import re
import struct
import zlib

import pytest
from markup import Page
from pictures import (
    confusion,
    digit_tiles,
    drawing,
    every_evidence,
    gradient_bars,
    slope_plot,
    xor_wiring,
)

from grader.evidence import KINDS, Evidence, Matrix, Picture, Tile, Tiles, Wire, Wiring, table
from grader.render import png, wiring
from grader.render.charts import figure


def drawn(evidence: Evidence) -> Page:
    """Return the figure of some evidence."""
    return Page(str(figure(evidence, "figure-1")))


@pytest.mark.parametrize("evidence", every_evidence(), ids=KINDS)
def test_every_kind_of_evidence_is_drawn(evidence: Evidence) -> None:
    """Each kind gives markup that nests, without style attributes, under its title."""
    found = drawn(evidence)
    assert evidence.title.rstrip(".") in found.text
    assert not found.attributes("style")
    ids = found.attributes("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("evidence", [slope_plot(), gradient_bars(), xor_wiring()])
def test_drawings_can_be_read_aloud(evidence: Evidence) -> None:
    """Every drawing is an image with a title, a description, a width and a height."""
    found = drawn(evidence)
    for svg in found.all("svg"):
        assert svg["role"] == "img"
        title, desc = svg["aria-labelledby"].split()
        assert found.all("title", id=title)
        assert found.all("desc", id=desc)
        assert float(svg["width"]) > 0 < float(svg["height"])


def test_cells_that_differ_are_marked_with_a_sign() -> None:
    """A differing cell has a mark, a sign and a word for those who hear the page."""
    found = drawn(table("t", ("a", "b"), [(1, 2), (3, 4)], marked=[(1, 0)]))
    assert len(found.all("mark")) == 1
    assert "≠ differs: 3" in found.text


def test_a_long_table_is_cut_and_says_so() -> None:
    """Of ten thousand rows the first fifty are shown."""
    found = drawn(table("t", ("a",), [(n,) for n in range(10_000)]))
    assert len(found.all("tr")) == 51
    assert "the first 50 of 10000 rows" in found.text


def test_a_matrix_is_a_table_shaded_by_size() -> None:
    """The greatest count off the diagonal has the deepest shade; the diagonal has none."""
    found = drawn(confusion())
    assert len(found.all("td", class_="diagonal")) == 10
    assert len(found.all("td", class_="shade-7")) == 1
    assert len(found.all("th", scope="row")) == 10
    assert "Rows: the digit. Columns: what your model read." in found.text


def test_a_matrix_takes_any_number() -> None:
    """A nan has no shade, and a matrix of zeros is white."""
    odd = Matrix("t", "t", "r", "c", ("a", "b"), ("a", "b"), ((math.nan, -2.0), (math.inf, 1.0)))
    shades = [cell["class"] for cell in drawn(odd).all("td") if "class" in cell]
    assert shades == ["shade-0", "shade-7", "shade-0", "shade-4"]
    zeros = Matrix("t", "t", "r", "c", ("a",), ("a",), ((0.0,),))
    assert drawn(zeros).all("td", class_="shade-0")


def test_tiles_are_real_pictures() -> None:
    """A tile's PNG unpacks to the very pixels, and is shown twice as large with its words."""
    found = drawn(digit_tiles())
    assert len(found.all("img", width="56", height="56")) == 12
    assert found.all("img", alt="digit 0 read as 3")
    sheet = digit_tiles()
    assert isinstance(sheet, Tiles)
    first = sheet.tiles[0]
    file = png.grey(28, 28, first.pixels)
    assert png.size(file) == (28, 28)
    length = struct.unpack(">I", file[33:37])[0]
    raw = zlib.decompress(file[41 : 41 + length])
    rows = [raw[at + 1 : at + 29] for at in range(0, len(raw), 29)]
    assert b"".join(rows) == first.pixels


def test_tiles_need_all_their_pixels() -> None:
    """Pixels that do not fill the promised size are refused with both numbers."""
    with pytest.raises(ValueError, match="2 × 2 pixels were promised, 3 came"):
        drawn(Tiles("t", "t", (Tile("c", "a", 2, 2, b"abc"),)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload=alert(1)>",
        png.SIGNATURE,
        b"\xff\xd8\xff\xe0",
        png.grey(5000, 1, b"x" * 5000),
    ],
    ids=["empty", "svg", "short", "jpeg", "wide"],
)
def test_only_pictures_of_sane_size_are_embedded(data: bytes) -> None:
    """What is no PNG, or unfolds into a huge one, gives a sentence in its place."""
    found = drawn(Picture("t", "alt", data))
    assert not found.all("img")
    assert "This picture cannot be shown" in found.text


def test_a_drawing_is_embedded_with_its_size() -> None:
    """A student's picture is a data address with width, height and words."""
    (found,) = drawn(drawing()).all("img")
    assert (found["width"], found["height"], found["alt"]) == ("320", "120", "a grey ramp")
    assert found["src"].startswith("data:image/png;base64,iVBOR")


def test_a_network_is_drawn_once_a_case() -> None:
    """Four copies, one arrow a wire, inhibiting ones with a minus, the wrong case in words."""
    found = drawn(xor_wiring())
    assert len(found.all("svg")) == 4
    assert len(found.all("polygon")) == 4 * 10
    assert len(found.all("circle", class_="dot")) == 4 * 2
    assert len(found.all("g", class_="active")) == 0 + 3 + 3 + 2
    assert [li["class"] for li in found.all("li")] == ["right", "right", "right", "wrong"]
    assert "A=1, B=1 → 0 wrong" in found.text
    assert "Active: A, B. The output is wrong." in found.text
    assert "No neuron is active." in found.text


def test_layers_rise_from_the_inputs() -> None:
    """Inputs lie at the bottom, the output on top, and parallel arrows apart."""
    laid = wiring.draw(xor_wiring())  # type: ignore[arg-type]
    heights = {neuron.name: neuron.y for neuron in laid.neurons}
    assert heights["A"] == heights["B"] > heights["C"] == heights["D"] > heights["E"]
    paths = [arrow.path for arrow in laid.arrows]
    assert len(paths) == len(set(paths)) == 10


def test_wires_go_around_neurons_between() -> None:
    """A wire that skips a layer bends, so that it does not run through the neuron between."""
    straight = Wiring("t", "t", (("A",), ("C",), ("E",)), (Wire("A", "C"), Wire("A", "E")), ())
    direct, around = wiring.draw(straight).arrows
    middle = [float(x) for x in re.findall(r"Q([\d.]+),", direct.path + around.path)]
    assert middle[0] == straight_x(straight, "C")
    assert abs(middle[1] - middle[0]) > 2 * wiring.RADIUS


def straight_x(network: Wiring, name: str) -> float:
    """Return where a neuron stands from left to right."""
    return next(neuron.x for neuron in wiring.draw(network).neurons if neuron.name == name)


def test_an_illegal_network_is_still_drawn() -> None:
    """Cycles, wires to nowhere and a hundred wires at once do not break the drawing."""
    wires = (Wire("A", "A"), Wire("A", "?"), Wire("B", "A"), Wire("A", "B", brake=True, count=100))
    found = drawn(Wiring("t", "t", (("A", "B"), ()), wires, (("c", frozenset({"?"}), False),)))
    assert len(found.all("polygon")) == 1 + wiring.MOST_PARALLEL
    assert drawn(Wiring("t", "t", (), (), (("c", frozenset(), True),))).all("svg")
