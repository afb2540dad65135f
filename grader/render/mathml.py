"""Formulas: LaTeX becomes MathML, which browsers draw; what is more than mathematics stays code."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from xml.etree import ElementTree as ET

from markupsafe import Markup

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle"),
        *("mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd"),
        *("msub", "msup", "msubsup", "munder", "mover", "munderover"),
    }
)
ATTRIBUTES = frozenset(
    {
        *("display", "stretchy", "fence", "form", "separator", "accent"),
        *("columnalign", "width", "mathvariant", "minsize", "maxsize"),
    }
)
_VALUE = re.compile(r"[\w.% -]*", re.ASCII)


@lru_cache(maxsize=1024)
def formula(latex: str) -> Markup:
    r"""Return ``latex`` as inline MathML, or as code where it holds more than mathematics.

    The converter passes ``\text{<script>}``, ``\href`` and ``\style`` through, so its answer is
    parsed and written anew from a list of permitted elements and attributes.
    """
    from latex2mathml.converter import convert  # costs 0.1 s; most reports hold no formula

    try:
        root = ET.fromstring(convert(latex))  # noqa: S314 without a DTD there is nothing to expand
        body = "".join(_write(child) for child in root)
    except Exception:  # noqa: BLE001 on bad LaTeX the converter raises what it happens to meet
        return Markup("<code>{}</code>").format(latex)
    return Markup('<math alttext="{}">{}</math>').format(latex, Markup(body))  # noqa: S704


def _write(element: ET.Element) -> str:
    """Return the HTML of an element; raises ValueError on what is not permitted."""
    tag = element.tag.removeprefix(NAMESPACE)
    if tag not in ELEMENTS:
        raise ValueError(f"<{tag}> is not mathematics")
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES or not _VALUE.fullmatch(value):
            raise ValueError(f"{name}={value!r} is not permitted in a formula")
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    inner = "".join(_write(child) + escape(child.tail or "") for child in element)
    return f"<{tag}{attributes}>{escape(element.text or '')}{inner}</{tag}>"
