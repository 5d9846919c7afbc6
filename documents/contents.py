"""Sections and passages: the text of a page under its headings."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from taohua.documents.lines import Line
from taohua.documents.passages import split_paragraph
from taohua.documents.repair import Repaired
from taohua.documents.report import Part, Passage, Section
from taohua.documents.runins import supported

__all__ = ["Contents", "groups", "trimmed"]

TEXT = ("lead", "body")
CONTENT = ("heading", *TEXT, "caption")


def trimmed(raw: str, repaired: Repaired, start: int, end: int) -> tuple[int, int]:
    """Map a repaired span to the raw text without blanks at its ends."""
    begin, stop = repaired.raw_span(start, end)
    text = raw[begin:stop]
    left = begin + len(text) - len(text.lstrip())
    return left, max(left, begin + len(text.rstrip()))


def groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Group lines that are one heading or one sentence set over several lines."""
    group: list[Line] = []
    for line in lines:
        if group and not (line.joins and line.kind == group[0].kind):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


class Contents:
    """Walks a page once and collects its sections and passages.

    `sections` and `passages` are ready after construction.
    """

    def __init__(
        self, raw: str, repaired: Repaired, lines: list[Line], parts: tuple[Part, ...]
    ) -> None:
        self._raw, self._repaired, self._parts = raw, repaired, parts
        self._part_starts = [part.start for part in parts]
        self._sections: list[Section] = []
        self._reaching: list[int] = []  # sections that reach to the next of their level
        self._current: int | None = None  # the section passages belong to
        self._passages: list[Passage] = []
        found = list(groups(lines))
        texts = [self._text(group) for group in found if group[0].kind in TEXT]
        alone = iter(zip(texts, supported(texts), strict=True))
        for group in found:
            if group[0].kind == "heading":
                self._open_heading(group)
            elif group[0].kind in TEXT:
                self._add_paragraph(group, *next(alone))
        last = [line.end for line in lines if line.kind in CONTENT]
        text_end = self._span(0, last[-1])[1] if last else len(raw)
        self.sections = self._closed(text_end)
        self.passages = tuple(self._passages)

    def _text(self, group: list[Line]) -> str:
        return self._repaired.text[group[0].start : group[-1].end]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return trimmed(self._raw, self._repaired, start, end)

    def _part(self, start: int) -> int | None:
        place = bisect_right(self._part_starts, start) - 1
        return place if place >= 0 and start < self._parts[place].end else None

    def _open(self, heading: str, level: int, start: int, end: int) -> int:
        self._sections.append(Section(heading, level, start, end, self._part(start)))
        return len(self._sections) - 1

    def _open_reaching(self, heading: str, level: int, start: int, end: int) -> None:
        self._current = self._open(heading, level, start, end)
        self._reaching.append(self._current)

    def _open_heading(self, group: list[Line]) -> None:
        start, end = self._span(group[0].start, group[-1].end)
        words = re.sub(r"\s*[\r\n]+\s*", " ", self._raw[start:end]).strip("#* ")
        self._open_reaching(words, group[0].level or 1, start, end)

    def _add_paragraph(self, group: list[Line], text: str, alone: bool) -> None:
        offset = group[0].start
        for start, end, label in split_paragraph(text, alone, group[0].label):
            span = self._span(offset + start, offset + end)
            if span[0] == span[1]:
                continue
            heading = self._sections[self._current].heading if self._current is not None else ""
            if label:
                words = self._span(offset + label[0], offset + label[1])
                heading = self._raw[slice(*words)]
                # A numbered one is a section like any other.
                self._open_label(heading, group[0].level if label[0] == 0 else None, words, span)
            self._passages.append(self._passage(offset + start, offset + end, span, heading))

    def _open_label(
        self, heading: str, level: int | None, words: tuple[int, int], span: tuple[int, int]
    ) -> None:
        """Open the section of a run-in heading, or take in one more passage below it."""
        if span[0] > words[0]:
            if not level:
                self._sections[-1] = replace(self._sections[-1], end=span[1])
        elif level:
            self._open_reaching(heading, level, *words)
        else:
            self._open(heading, self._level_below(), *span)

    def _level_below(self) -> int:
        return 1 if self._current is None else self._sections[self._current].level + 1

    def _passage(self, start: int, end: int, span: tuple[int, int], heading: str) -> Passage:
        """Cut a passage; its repaired text is on one line."""
        text = self._repaired.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        return Passage(
            *span,
            text=self._raw[slice(*span)],
            repaired=self._repaired.text[start:end].replace("\n", " "),
            section=self._current,
            part=self._part(span[0]),
            heading=heading,
            offsets=np.clip(self._repaired.offsets[start : end + 1], *span),
        )

    def _closed(self, text_end: int) -> tuple[Section, ...]:
        """End each reaching section where the next of its level or above begins."""
        sections = list(self._sections)
        below: list[tuple[int, int]] = []  # level and start of what follows, levels rising
        for i in reversed(self._reaching):
            section = sections[i]
            while below and below[-1][0] > section.level:
                below.pop()
            following = below[-1][1] if below else text_end
            end = section.start + len(self._raw[section.start : following].rstrip())
            sections[i] = replace(section, end=max(end, section.end))
            below.append((section.level, section.start))
        return tuple(sections)
