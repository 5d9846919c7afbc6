"""From repaired text to blocks, sections, parts and passages, with offsets into the raw text."""

import re
from dataclasses import dataclass

from taohua.documents.classify import classify
from taohua.documents.contents import CONTENT, Contents, groups, trimmed
from taohua.documents.dates import find_date
from taohua.documents.lines import Line
from taohua.documents.repair import Repaired
from taohua.documents.report import Block, Part, Passage, Section

__all__ = ["Structure", "structure"]

_ORIGIN = re.compile(
    r"(?:来\s*源|转自|摘自)\s*[:：|｜丨]\s*(?P<name>(?!(?:发布|发表|更新)?(?:时间|日期))\S[^|｜\s]*)"
)
_PUBLISHED = re.compile(r"(?:发布|发表|更新|发稿|成文)?(?:时间|日期)\s*[:：]")
_TODAY = re.compile("星期|农历|今天是")  # the day of the visit, not of the report


@dataclass(frozen=True, slots=True)
class Structure:
    """What the page is made of; see `Report` for the fields of the same name."""

    title: str
    byline: str
    origin_text: str
    date: str
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def structure(raw: str, repaired: Repaired, title: str = "") -> Structure:
    """Take a repaired text apart.

    Blocks tile the raw text: each reaches from its first character to the first of the next.
    Passages are cut from lead and body blocks only. `title` is the title the file's metadata
    give; it helps to find the printed one.
    """
    lines = classify(repaired.text, title)
    parts = _parts(raw, repaired, lines)
    contents = Contents(raw, repaired, lines, parts)
    return Structure(
        title=_title(lines),
        byline=" ".join(line.text for line in lines if line.kind == "byline"),
        origin_text=_origin(lines),
        date=_page_date(lines),
        parts=parts,
        blocks=_blocks(raw, repaired, lines),
        sections=contents.sections,
        passages=contents.passages,
    )


def _title(lines: list[Line]) -> str:
    """Return the title, without what another printing of it repeats."""
    found: list[str] = []
    for line in lines:
        words = line.text.strip("#* ")
        if line.kind == "title" and not any(words in other for other in found):
            found.append(words)
    return " ".join(found)


def _origin(lines: list[Line]) -> str:
    for line in lines:
        if line.kind in ("byline", "chrome") and (match := _ORIGIN.search(line.text)):
            return match["name"].strip("()（）[]【】")
    return ""


def _page_date(lines: list[Line]) -> str:
    """Return the date of publication, else the first in the title or around the text."""
    dated = [
        (line.text, date)
        for line in lines
        if line.kind in ("chrome", "byline", "title")
        and not _TODAY.search(line.text)
        and (date := find_date(line.text))
    ]
    published = [date for text, date in dated if _PUBLISHED.search(text)]
    return next(iter([*published, *(date for _, date in dated)]), "")


def _blocks(raw: str, repaired: Repaired, lines: list[Line]) -> tuple[Block, ...]:
    found = list(groups(lines))
    starts = [trimmed(raw, repaired, g[0].start, g[-1].end)[0] for g in found]
    bounds = [0, *starts[1:], len(raw)]
    return tuple(
        Block(group[0].kind or "body", bounds[i], bounds[i + 1], group[0].level)
        for i, group in enumerate(found)
    )


def _parts(raw: str, repaired: Repaired, lines: list[Line]) -> tuple[Part, ...]:
    units = [i for i, line in enumerate(lines) if line.is_unit]
    parts = []
    for i, stop in zip(units, [*units[1:], len(lines)], strict=False):
        last = [line for line in lines[i:stop] if line.kind in CONTENT][-1]
        span = trimmed(raw, repaired, lines[i].start, last.end)
        parts.append(Part(lines[i].words, *span))
    return tuple(parts)
