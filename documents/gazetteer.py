"""Names of provinces, prefectures and counties of China, with their short forms."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Gazetteer", "gazetteer"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names that are places wherever they stand, and names that need a context.

    Those of `context` are everyday words too: 和平, 东方, 朝阳. `longest` is the number of
    characters of the longest sure name.
    """

    bare: frozenset[str]
    context: frozenset[str]
    longest: int

    def __contains__(self, name: str) -> bool:
        return name in self.bare or name in self.context


@cache
def gazetteer() -> Gazetteer:
    """Return the shipped names of places."""
    text = files("taohua.data").joinpath("places.txt").read_text("utf-8")
    _, bare, context = (part.split("\n") for part in text.rstrip().split("\n\n"))
    return Gazetteer(frozenset(bare), frozenset(context), max(map(len, bare)))
