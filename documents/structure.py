"""From repaired text to blocks, sections, parts and passages, with offsets into the raw text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from taohua.documents.classify import classify
from taohua.documents.furniture import find_date
from taohua.documents.lines import Line
from taohua.documents.passages import split_paragraph
from taohua.documents.repair import Repaired
from taohua.documents.report import Block, Part, Passage, Section

__all__ = ["Structure", "structure"]

CONTENT = ("heading", "lead", "body", "caption")


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
    sections, passages = _contents(raw, repaired, lines, parts)
    return Structure(
        title=_title(lines),
        byline=" ".join(line.text for line in lines if line.kind == "byline"),
        origin_text=_origin(lines),
        date=_page_date(lines),
        parts=parts,
        blocks=_blocks(raw, repaired, lines),
        sections=sections,
        passages=passages,
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
        if line.kind in ("byline", "chrome") and (
            match := re.search(r"(?:来\s*源|转自|摘自)[:：]\s*(\S[^|｜\s]*)", line.text)
        ):
            return match[1].strip("()（）[]【】")
    return ""


def _page_date(lines: list[Line]) -> str:
    for line in lines:
        if line.kind in ("chrome", "byline") and (date := find_date(line.text)):
            return date
    return ""


def _trimmed(raw: str, repaired: Repaired, start: int, end: int) -> tuple[int, int]:
    """Map a repaired span to the raw text without blanks at its ends."""
    begin, stop = repaired.raw_span(start, end)
    text = raw[begin:stop]
    return begin + len(text) - len(text.lstrip()), begin + len(text.rstrip())


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Group lines that are one heading or one sentence set over several lines."""
    group: list[Line] = []
    for line in lines:
        if group and not (line.joins and line.kind == group[0].kind):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _blocks(raw: str, repaired: Repaired, lines: list[Line]) -> tuple[Block, ...]:
    groups = list(_groups(lines))
    starts = [_trimmed(raw, repaired, g[0].start, g[-1].end)[0] for g in groups]
    bounds = [0, *starts[1:], len(raw)]
    return tuple(
        Block(group[0].kind or "body", bounds[i], bounds[i + 1], group[0].level)
        for i, group in enumerate(groups)
    )


def _parts(raw: str, repaired: Repaired, lines: list[Line]) -> tuple[Part, ...]:
    units = [i for i, line in enumerate(lines) if line.style == "unit"]
    parts = []
    for i, stop in zip(units, [*units[1:], len(lines)], strict=False):
        last = [line for line in lines[i:stop] if line.kind in CONTENT][-1]
        span = _trimmed(raw, repaired, lines[i].start, last.end)
        parts.append(Part(lines[i].words, *span))
    return tuple(parts)


def _contents(
    raw: str, repaired: Repaired, lines: list[Line], parts: tuple[Part, ...]
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Walk the page once and collect sections and passages."""
    sections: list[Section] = []
    passages: list[Passage] = []
    current: int | None = None  # the section passages belong to

    def open_section(heading: str, level: int, start: int, end: int) -> int:
        sections.append(Section(heading, level, start, end, _part_at(parts, start)))
        return len(sections) - 1

    for group in _groups(lines):
        start, end = _trimmed(raw, repaired, group[0].start, group[-1].end)
        if group[0].kind == "heading":
            heading = " ".join(raw[start:end].split("\n")).strip("#* ")
            current = open_section(_one_line(heading), group[0].level or 1, start, end)
        if group[0].kind not in ("lead", "body"):
            continue
        offset = group[0].start
        for a, b, label in split_paragraph(repaired.text[offset : group[-1].end]):
            span = _trimmed(raw, repaired, offset + a, offset + b)
            if span[0] == span[1]:
                continue
            words = ""
            if label:
                head = _trimmed(raw, repaired, offset + label[0], offset + label[1])
                words = raw[slice(*head)]
                if a == 0 and group[0].level:  # numbered: a section like any other
                    current = open_section(words, group[0].level, *head)
                else:
                    level = sections[current].level + 1 if current is not None else 1
                    open_section(words, level, *span)
            elif current is not None:
                words = sections[current].heading
            passages.append(
                Passage(
                    *span,
                    text=raw[slice(*span)],
                    section=current,
                    part=_part_at(parts, span[0]),
                    heading=words,
                    **_repaired_piece(repaired, offset + a, offset + b, span),
                )
            )
    return _close(sections, raw, repaired, lines), tuple(passages)


def _repaired_piece(
    repaired: Repaired, start: int, end: int, span: tuple[int, int]
) -> dict[str, Any]:
    """Return the repaired text of a passage on one line, and its offsets in the raw text."""
    text = repaired.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    offsets = np.clip(repaired.offsets[start : end + 1], *span)
    return {"repaired": repaired.text[start:end].replace("\n", " "), "offsets": offsets}


def _one_line(text: str) -> str:
    return re.sub(r" {2,}", " ", text) if "\xa0" not in text else text


def _part_at(parts: tuple[Part, ...], start: int) -> int | None:
    return next((i for i, p in enumerate(parts) if p.start <= start < p.end), None)


def _close(
    sections: list[Section], raw: str, repaired: Repaired, lines: list[Line]
) -> tuple[Section, ...]:
    """End each section where the next of its level or above begins; run-ins have their end."""
    content = [line.end for line in lines if line.kind in CONTENT]
    text_end = _trimmed(raw, repaired, 0, content[-1])[1] if content else len(raw)
    own_line = {_trimmed(raw, repaired, x.start, x.end)[0] for x in lines if x.level is not None}
    closed = []
    for i, section in enumerate(sections):
        if section.start in own_line:
            later = (s for s in sections[i + 1 :] if s.level <= section.level)
            following = next((s.start for s in later if s.start in own_line), text_end)
            end = section.start + len(raw[section.start : following].rstrip())
            section = replace(section, end=max(end, section.end))
        closed.append(section)
    return tuple(closed)
