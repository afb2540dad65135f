"""What a notebook's front end would offer: here it takes everything and does nothing."""

from __future__ import annotations


class FrontEnd:
    """Stands for ``get_ipython``, ``display`` and what IPython and Colab export."""

    def __getattr__(self, name: str) -> FrontEnd:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> FrontEnd:
        """Do nothing."""
        return self


def names() -> dict[str, object]:
    """Return what every cell of a notebook finds defined."""
    return dict.fromkeys(("get_ipython", "display"), FrontEnd())
