"""What a shared stretch of text is: formula, template or copied.

Decided by who else has it. A stretch of at most 40 skeleton characters that stands with many
authors is a formula; one that stands with three or more and other values in its slots is a
template; the rest is copied. In doubt formula before template before copied.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from taohua.features.slots import Masked
from taohua.models.formulas import find_formulas
from taohua.models.runs import Run, shared_runs

__all__ = ["KINDS", "Kind", "Located", "Place", "Shared", "kind_maps", "shared_stretches"]

Kind = Literal["formula", "template", "copied", "own"]
KINDS: tuple[Kind, ...] = ("formula", "template", "copied", "own")
Code = NDArray[np.int8]
CODE = {kind: code for code, kind in enumerate(KINDS)}

MIN_AUTHORS = 3
MIN_AUTHOR_SHARE = 0.05
MAX_FORMULA = 40  # skeleton characters; a longer stretch that many share is no formula


@dataclass(frozen=True, slots=True)
class Located:
    """A repaired passage and whose it is."""

    text: str
    document: int
    author: str
    date: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a shared stretch stands; `start` and `end` are characters of the repaired text."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of skeleton characters, all its places, and what it is."""

    kind: Kind
    places: tuple[Place, ...]


def shared_stretches(
    passages: Sequence[Located], masks: Sequence[Masked], min_run: int
) -> list[Shared]:
    """Return every run that passages of two documents share, with its kind."""
    n_authors = len({passage.author for passage in passages})
    enough = max(MIN_AUTHORS, ceil(MIN_AUTHOR_SHARE * n_authors))
    found = []
    for run in shared_runs([masked.text for masked in masks], min_run):
        if len({passages[i].document for i in run.passages}) > 1:
            places = tuple(_places(run, masks))
            authors = {passages[place.passage].author for place in places}
            varied = len(authors) >= MIN_AUTHORS and len({_values(p, masks) for p in places}) > 1
            fixed = len(authors) >= enough and len(run.text) <= MAX_FORMULA and not varied
            kind: Kind = "formula" if fixed else "template" if varied else "copied"
            found.append(Shared(kind, places))
    return found


def _places(run: Run, masks: Sequence[Masked]) -> Iterator[Place]:
    for passage, start in run.places:
        offsets = masks[passage].offsets
        yield Place(passage, int(offsets[start]), int(offsets[start + len(run.text)]))


def _values(place: Place, masks: Sequence[Masked]) -> tuple[str, ...]:
    return tuple(
        slot.value
        for slot in masks[place.passage].slots
        if place.start <= slot.start and slot.end <= place.end
    )


def kind_maps(passages: Sequence[Located], stretches: Iterable[Shared]) -> list[Code]:
    """Return for each passage an array (n_characters,): what a character is if it is shared."""
    stretches = list(stretches)
    maps = [np.full(len(p.text), CODE["copied"], dtype=np.int8) for p in passages]
    for kind in ("template", "formula"):
        for shared in stretches:
            if shared.kind == kind:
                for place in shared.places:
                    maps[place.passage][place.start : place.end] = CODE[kind]
    for codes, passage in zip(maps, passages, strict=True):
        for start, end in find_formulas(passage.text):
            codes[start:end] = CODE["formula"]
    return maps
