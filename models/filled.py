"""A frame filled in: templates, their values, and which of nested ones stay."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taohua.documents.errors import TaohuaError
from taohua.models.frames import FrameSlotKind, Part
from taohua.models.units import Unit

__all__ = ["Filled", "Member", "Template", "TemplateSlot", "longest"]

Place = tuple[int, int, int]
Member = int | Place

MARKS = "、，；：。！？ \t\u3000"  # that join a stretch with what is around it


@dataclass(frozen=True, slots=True)
class TemplateSlot:
    """What a template leaves open: the kind of slot, ``"text"`` if none, and a value per member.

    A value is empty where a member leaves out what others have.
    """

    kind: FrameSlotKind
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A frame that several texts fill in.

    `pieces` is the fixed text before, between and after the slots; `members` are positions in
    the texts, or (position, start, end) for sentences and clauses; `support` counts them, and
    `authors` the authors (or texts) they come from; `example` is the member most like the rest.
    """

    pieces: tuple[str, ...]
    slots: tuple[TemplateSlot, ...]
    members: tuple[Member, ...]
    authors: int
    example: str

    @property
    def frame(self) -> str:
        """The fixed text with the kinds of the slots in braces."""
        marks = [f"{{{slot.kind}}}" for slot in self.slots]
        return _interleave(self.pieces, marks)

    @property
    def support(self) -> int:
        """Number of members."""
        return len(self.members)

    @property
    def fixed(self) -> int:
        """Letters and digits outside the slots."""
        return sum(map(str.isalnum, "".join(self.pieces)))

    def values(self, member: int) -> tuple[str, ...]:
        """Return what the member of this number fills in."""
        return tuple(slot.values[member] for slot in self.slots)

    def render(self, values: Sequence[str]) -> str:
        """Fill in the frame; with `values` of a member this is its text.

        Raises
        ------
        TaohuaError
            If there are more or fewer values than slots.
        """
        if len(values) != len(self.slots):
            raise TaohuaError(f"values must be one per slot, {len(self.slots)}, got {len(values)}")
        return _interleave(self.pieces, values)


@dataclass(frozen=True, slots=True)
class Filled:
    """A frame with a value in each part, and a place (position, start, end), of each member."""

    parts: Sequence[Part]
    places: Sequence[Place]

    @classmethod
    def of(cls, parts: Sequence[Part], units: Sequence[Unit]) -> "Filled":
        """Return a frame that whole units fill in."""
        return cls(parts, [(unit.position, unit.start, unit.end) for unit in units])

    @property
    def frame(self) -> tuple[tuple[str, ...], tuple[FrameSlotKind, ...]]:
        """The fixed text around each slot, and the kinds of the slots."""
        pieces, kinds = [""], []
        for part in self.parts:
            if part.kind is None:
                pieces[-1] += part.values[0]
            else:
                kinds.append(part.kind)
                pieces.append("")
        return tuple(pieces), tuple(kinds)

    @property
    def fixed(self) -> int:
        """Letters and digits outside the slots."""
        return sum(map(str.isalnum, "".join(self.frame[0])))

    @property
    def outweighs(self) -> bool:
        """Whether there is as much fixed text as free text in an average member."""
        free = "".join("".join(part.values) for part in self.parts if part.kind == "text")
        return sum(map(str.isalnum, free)) <= self.fixed * len(self.places)

    def without_edges(self) -> "Filled":
        """Return the frame without free text and marks around it; places shrink to the rest."""
        parts = list(self.parts)
        starts, ends = [0] * len(self.places), [0] * len(self.places)
        while parts and _is_open(parts[0]):
            starts = _longer(starts, parts.pop(0))
        while parts and _is_open(parts[-1]):
            ends = _longer(ends, parts.pop())
        if parts and parts[0].kind is None:
            own = parts[0].values[0]
            size = len(own) - len(own.lstrip(MARKS))
            parts[0] = Part(None, tuple(value[size:] for value in parts[0].values))
            starts = [n + size for n in starts]
        if parts and parts[-1].kind is None:
            own = parts[-1].values[0]
            size = len(own) - len(own.rstrip(MARKS))
            parts[-1] = Part(None, tuple(v[: len(v) - size] for v in parts[-1].values))
            ends = [n + size for n in ends]
        places = [
            (position, start + before, end - after)
            for (position, start, end), before, after in zip(self.places, starts, ends, strict=True)
        ]
        return Filled(parts, places)


def _is_open(part: Part) -> bool:
    """Tell whether a part at the edge is free text, or nothing but marks."""
    return part.kind == "text" or (part.kind is None and not part.values[0].strip(MARKS))


def _longer(sizes: Sequence[int], part: Part) -> list[int]:
    return [size + len(value) for size, value in zip(sizes, part.values, strict=True)]


def _interleave(pieces: Sequence[str], values: Sequence[str]) -> str:
    return "".join(piece + value for piece, value in zip(pieces, [*values, ""], strict=True))


def longest(templates: Sequence[Template]) -> list[Template]:
    """Drop templates inside longer ones, unless they have at least twice the support."""
    by_length = sorted(templates, key=lambda template: -len(template.frame))
    kept: list[Template] = []
    text = ""
    starts: list[int] = []
    for template in by_length:
        around = [kept[bisect_right(starts, at) - 1] for at in _places(template.frame, text)]
        if all(template.support >= 2 * other.support for other in around):
            starts.append(len(text))
            text += template.frame + "\x00"
            kept.append(template)
    return kept


def _places(frame: str, text: str) -> Iterator[int]:
    at = text.find(frame)
    while at >= 0:
        yield at
        at = text.find(frame, at + 1)
