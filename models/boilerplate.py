"""Whether a passage could stand in another court's report, or another year's, unchanged.

Rule R7 of the labelling guide: ``true`` when nothing in it can be checked, ``false`` when
checkable facts carry it, ``unclear`` for a stock frame with one value or with masked figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from taohua.documents.errors import TaohuaError
from taohua.documents.repair import repair
from taohua.features.slots import Slot, find_slots

__all__ = ["Boilerplate", "Fact", "boilerplate", "judge"]

# What one fact weighs: a figure can be checked as it stands, a name only says who, and a quoted
# programme or a document title may be anybody's.
WEIGHTS = dict.fromkeys(("number", "percent", "money", "date", "count", "article"), 1.0)
WEIGHTS |= dict.fromkeys(("court", "place", "organisation", "person"), 0.7)
WEIGHTS |= dict.fromkeys(("slogan", "document"), 0.2)
HALF = 0.8  # weight that halves the score
MOVABLE, CARRIED = 0.5, 0.25  # scores above and at most which the label is clear


@dataclass(frozen=True, slots=True)
class Fact:
    """Something checkable in a passage; offsets are characters of the text given."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """How movable a passage is: `score` from 0 (carried by facts) to 1 (no fact at all)."""

    score: float
    label: Literal["true", "false", "unclear"]
    facts: tuple[Fact, ...]


def boilerplate(text: str) -> Boilerplate:
    """Judge a passage by its checkable facts.

    The score is 2 ** (-w / 0.8) with w the weight of all facts. Masked figures (____件, 202x年)
    are no facts, and a passage with some is never ``true``.

    Examples
    --------
    >>> boilerplate("全院干警提高认识，狠抓落实，推动各项工作再上新台阶。").label
    'true'
    >>> boilerplate("全年受理案件3120件，审结2986件。").label
    'false'
    """
    if not isinstance(text, str):
        raise TaohuaError(f"text must be a string, got {type(text).__name__}")
    repaired = repair(text)
    found = judge(find_slots(repaired.text))
    spans = [(fact, *repaired.raw_span(fact.start, fact.end)) for fact in found.facts]
    facts = (Fact(start, end, text[start:end], fact.kind) for fact, start, end in spans)
    return replace(found, facts=tuple(facts))


def judge(slots: Iterable[Slot]) -> Boilerplate:
    """Judge a repaired passage by its slots; facts have their offsets."""
    known = [slot for slot in slots if slot.kind in WEIGHTS or slot.kind == "blank"]
    real = [slot for slot in known if slot.kind != "blank" and not _is_masked(slot)]
    score = 2 ** (-sum(WEIGHTS[slot.kind] for slot in real) / HALF)
    facts = tuple(Fact(slot.start, slot.end, slot.value, slot.kind) for slot in real)
    return Boilerplate(round(score, 4), _label(score, len(real) < len(known)), facts)


def _is_masked(slot: Slot) -> bool:
    return any(c in "xX×＊*_＿" for c in slot.value) and slot.kind in ("date", "court", "count")


def _label(score: float, masked: bool) -> Literal["true", "false", "unclear"]:
    if score <= CARRIED:
        return "false"
    return "true" if score > MOVABLE and not masked else "unclear"
