"""Moodle's own words for the columns of a grading worksheet, in several languages.

Its importer knows a column by these words alone, in the language of whoever imports.  They are
those of the language packs of Moodle 4.5; what differs in earlier versions stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The headings of one language, in lower case."""

    language: str
    identifier: str
    name: str
    email: str
    grade: tuple[str, ...]
    maximum: tuple[str, ...]
    changeable: tuple[str, ...]
    received: str  # when it was handed in
    graded: str  # when it was graded last: the importer needs it
    no: str


LANGUAGES = (
    Words(
        "English", "identifier", "full name", "email address", ("grade",),
        ("maximum grade",), ("grade can be changed",),
        "last modified (submission)", "last modified (grade)", "no",
    ),
    Words(
        "Spanish", "identificador", "nombre completo", "dirección de correo", ("calificación",),
        ("calificación máxima",),
        ("la calificación puede ser cambiada", "calificación puede ser cambiada"),
        "última modificación (entrega)", "última modificación (calificación)", "no",
    ),
    Words(
        "German", "id", "vollständiger name", "e-mail-adresse", ("bewertung",),
        ("bestwertung", "beste bewertung"), ("bewertung kann geändert werden",),
        "zuletzt geändert (abgabe)", "zuletzt geändert (bewertung)", "nein",
    ),
    Words(
        "French", "identifiant", "nom complet", "adresse de courriel", ("note",),
        ("note maximale",), ("la note peut être modifiée",),
        "dernière modification (travail remis)", "dernière modification (note)", "non",
    ),
    Words(
        "Italian", "identificativo", "nome", "indirizzo email", ("valutazione",),
        ("valutazione massima",), ("la valutazione può essere cambiata",),
        "ultima modifica (consegna)", "ultima modifica (valutazione)", "no",
    ),
    Words(
        "Portuguese", "identificador", "nome completo", "e-mail", ("nota", "avaliação"),
        ("nota máxima",), ("a nota pode ser alterada.", "nota pode ser alterada"),
        "última atualização (submissão)", "última atualização (avaliação)", "não",
    ),
    Words(
        "Catalan", "identificador", "nom complet", "adreça electrònica", ("qualificació",),
        ("qualificació màxima",), ("es pot canviar la qualificació",),
        "darrera modificació (tramesa)", "darrera modificació (qualificació)", "no",
    ),
    Words(
        "Dutch", "identificatie", "volledige naam", "e-mailadres", ("cijfer", "beoordeling"),
        ("maximaal cijfer",), ("het cijfer kan gewijzigd worden",),
        "laatst gewijzigd (inzending)", "laatst gewijzigd (beoordeling)", "nee",
    ),
)  # fmt: skip


def understood(headings: Sequence[str]) -> Words | None:
    """Return the language whose identifier and grade are among the headings, or None."""
    there = {heading.strip().casefold() for heading in headings}
    return next(
        (
            words
            for words in LANGUAGES
            if words.identifier in there and there.intersection(words.grade)
        ),
        None,
    )
