"""Answers that say the same, or nearly the same, put together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

ALIKE = 0.7  # share of the phrases that two answers have in common
PHRASE = 3  # words


def alike(texts: Sequence[str]) -> list[int]:
    """Return a number for each text; texts that are nearly the same have the same number.

    Case, punctuation and spaces do not count.  A text joins the first one whose three-word
    phrases are nearly its own (Jaccard index), so that everybody can see why two are together.
    """
    groups: list[int] = []
    leaders: dict[int, int] = {}  # group -> number of phrases of its first text
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)  # phrase -> groups
    for number, text in enumerate(texts):
        phrases = _phrases(text)
        shared = Counter(group for phrase in phrases for group in holders.get(phrase, ()))
        for group, common in shared.most_common(1):
            if common >= ALIKE * (len(phrases) + leaders[group] - common):
                groups.append(group)
                break
        else:
            groups.append(number)
            leaders[number] = len(phrases)
            for phrase in phrases:
                holders[phrase].append(number)
    return groups


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    last = max(len(words) - PHRASE, 0)
    return {tuple(words[start : start + PHRASE]) for start in range(last + 1)}
