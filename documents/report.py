"""The values that flow: a Report and what it is made of.

All offsets count characters of the raw text, end exclusive: the text of the file with line ends as
line feeds and without a byte order mark.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Block", "BlockKind", "Part", "Passage", "Repair", "Report", "Section"]

BlockKind = Literal[
    "chrome", "title", "byline", "caption", "advertisement", "heading", "lead", "body"
]


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair step: what it is called and where in the raw text it changed something."""

    step: str
    positions: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of places changed."""
        return len(self.positions)


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch of a report that one court wrote."""

    court: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page of one kind; the blocks of a report tile its raw text."""

    kind: BlockKind
    start: int
    end: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything below it, up to the next heading of its level or above."""

    heading: str
    level: int
    start: int
    end: int
    part: int | None = None


def _no_offsets() -> NDArray[np.int32]:
    return np.zeros(1, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of lead or body, or a piece of one: the unit that gets themes and matches.

    `text` is raw, `repaired` is what is compared; `section` and `part` are positions in the
    report's lists; `heading` is the run-in heading or the heading of its section; `offsets`, of
    shape (len(repaired) + 1,), are where the repaired characters stand in the raw text.
    """

    start: int
    end: int
    text: str
    repaired: str
    section: int | None = None
    part: int | None = None
    heading: str = ""
    offsets: NDArray[np.int32] = field(default_factory=_no_offsets, compare=False, repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `start` to `end` of `repaired` stand in the raw text."""
        return int(self.offsets[start]), int(self.offsets[end])


@dataclass(frozen=True, slots=True)
class Report:
    """One file, read, repaired and taken apart; offsets count the characters of its `text`."""

    source: str
    format: str
    text: str
    title: str = ""
    court: str = ""
    date: str = ""
    origin_text: str = ""
    byline: str = ""
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = field(default=())
