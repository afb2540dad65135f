"""The pages of a class, written anew where a review changed what they say."""

from __future__ import annotations

from pathlib import Path

from grader.review.applied import reviewed
from grader.review.records import read, read_light, record_paths
from grader.review.store import Store

REVIEWED = b'"review": {'  # in a record that has a review in it; reading all of them takes long


def publish(out: Path) -> int:
    """Bring every page, record and table of a folder up to its reviews; return how many pages."""
    from grader.batch import write_class, write_report
    from grader.render.formats import FORMATS

    store = Store(out)
    paths = record_paths(out)
    decided = {stem for stem, _ in store.all()}
    written = 0
    for path in paths:
        if path.stem not in decided and REVIEWED not in path.read_bytes():
            continue
        before = read(path)
        after = reviewed(before, store.of(path.stem))
        if after != before:
            stem = path.with_suffix("")
            written_as = (n for n, one in FORMATS.items() if Path(f"{stem}{one.ending}").exists())
            write_report(after, stem, frozenset(written_as))
            written += 1
    if written:
        formats = frozenset({"html"} if (out / "index.html").exists() else ())
        write_class(
            [read_light(path) for path in paths], [path.stem for path in paths], out, formats
        )
    return written
