"""Edits on a text that never loses its way back to the raw characters.

An edit is ``(start, end, replacement)`` on the current text. No replacement is longer than what
it replaces, so where every character came from is a mask over the old ones: cheap for millions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Edit", "Traced"]

Edit: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and where each of its characters stands in the raw one.

    `offsets` is int32 of shape (len(text) + 1,), non-decreasing: character i covers
    ``raw[offsets[i]:offsets[i + 1]]``. What was removed belongs to the character before it, at
    the very start to the first one.
    """

    text: str
    offsets: NDArray[np.int32]

    @classmethod
    def of(cls, raw: str) -> "Traced":
        """Return `raw` as it is, every character standing for itself."""
        return cls(raw, np.arange(len(raw) + 1, dtype=np.int32))

    def apply(self, edits: Iterable[Edit]) -> tuple["Traced", NDArray[np.int32]]:
        """Return the edited text and the raw positions of the edits that changed something.

        Edits come in order, do not overlap, and replace at least one character by at most as
        many; the characters of a replacement stand for the first ones replaced, one by one,
        and the last of them for the rest.
        """
        real = [edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2]]
        if not real:
            return self, np.empty(0, dtype=np.int32)
        starts = np.fromiter((edit[0] for edit in real), dtype=np.int64, count=len(real))
        ends = np.fromiter((edit[1] for edit in real), dtype=np.int64, count=len(real))
        sizes = np.fromiter((len(edit[2]) for edit in real), dtype=np.int64, count=len(real))
        assert (starts[1:] >= ends[:-1]).all(), "edits are ordered and disjoint"
        assert (sizes <= ends - starts).all(), "no replacement is longer than what it replaces"
        steps = np.zeros(len(self.text) + 1, dtype=np.int32)
        np.add.at(steps, starts + sizes, 1)
        np.add.at(steps, ends, -1)
        kept = np.cumsum(steps[:-1]) == 0
        offsets = np.append(self.offsets[:-1][kept], self.offsets[-1])
        if len(offsets) > 1:
            offsets[0] = 0
        return Traced(_replaced(self.text, real), offsets), self.offsets[starts]


def _replaced(text: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, replacement in edits:
        pieces.append(text[done:start])
        pieces.append(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)
