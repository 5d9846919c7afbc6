"""A frame filled in: templates, their values, and which of nested ones stay."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taohua.documents.errors import TaohuaError
from taohua.models.frames import FrameSlotKind, Part, Unit

__all__ = ["Filled", "Member", "Template", "TemplateSlot", "longest"]

Member = int | tuple[int, int, int]


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
    """A frame with a value of each unit in each part."""

    parts: Sequence[Part]
    units: Sequence[Unit]

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
