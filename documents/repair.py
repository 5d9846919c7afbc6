"""From raw text to the text that is compared: one look for one thing, and a way back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from taohua.documents.annotated import broken_gbk, pinyin
from taohua.documents.blanks import blanks
from taohua.documents.characters import doubled, masks, width
from taohua.documents.edits import Edit, Traced
from taohua.documents.punctuation import punctuation
from taohua.documents.report import Repair
from taohua.documents.traditional import traditional
from taohua.documents.wraps import wraps

__all__ = ["STEPS", "Repaired", "Step", "repair"]

Step: TypeAlias = Callable[[str], Iterable[Edit]]

# In this order: bytes are mended while their marks are as found, pinyin goes before the characters
# it reads are converted, and lines are joined when their ends can be judged.
STEPS: tuple[Step, ...] = (
    broken_gbk,
    blanks,
    width,
    pinyin,
    traditional,
    punctuation,
    doubled,
    masks,
    wraps,
)
ROUNDS = 12  # one step may make work for an earlier one; texts seen need two rounds


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """What is compared, where it stands in the raw text, and what was changed.

    `text` is simplified, with full-width punctuation and its defects mended; `offsets` is int32 of
    shape (len(text) + 1,), non-decreasing, and character i covers
    ``raw[offsets[i]:offsets[i + 1]]``; `log` has one entry per step that changed something.
    """

    text: str
    offsets: NDArray[np.int32]
    log: tuple[Repair, ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw characters that ``text[start:end]`` stands for, removed ones included."""
        return int(self.offsets[start]), int(self.offsets[end])


def repair(raw: str) -> Repaired:
    """Return the repaired text; repairing it again changes nothing.

    Examples
    --------
    >>> repaired = repair("（一）　抓Ｄ建,带队伍")
    >>> repaired.text
    '（一）抓党建，带队伍'
    >>> repaired.raw_span(4, 6)
    (5, 7)
    """
    traced = Traced.of(raw)
    found: dict[str, list[NDArray[np.int32]]] = {}
    for _ in range(ROUNDS):
        before = traced.text
        for step in STEPS:
            traced, positions = traced.apply(step(traced.text))
            if positions.size:
                found.setdefault(step.__name__, []).append(positions)
        if traced.text == before:
            break
    log = tuple(
        Repair(step.__name__, tuple(np.unique(np.concatenate(found[step.__name__])).tolist()))
        for step in STEPS
        if step.__name__ in found
    )
    return Repaired(traced.text, traced.offsets, log)
