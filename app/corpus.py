"""The passages of all reports of a call: who wrote them, what they share, where it lies."""

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any

from taohua.documents.report import Passage, Report
from taohua.features.slots import mask
from taohua.models.kinds import Kind, Located
from taohua.models.matching import PassageMatch, find_matches, shares
from taohua.scored import Match, MatchSpan

__all__ = ["Corpus"]


class Corpus:
    """All passages of some reports, in order.

    Attributes
    ----------
    places
        (report, passage) of each passage.
    masks
        its skeleton and slots.
    located
        its repaired text with document, author and date; files of equal text are one document.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.places = [(report, passage) for report in reports for passage in report.passages]
        self.masks = [mask(passage.repaired) for _, passage in self.places]
        digests = [sha256(report.text.encode("utf-8", "replace")).digest() for report in reports]
        self._sources: dict[bytes, list[str]] = {}
        for report, digest in zip(reports, digests, strict=True):
            self._sources.setdefault(digest, []).append(report.source)
        self._digests = {
            id(report): digest for report, digest in zip(reports, digests, strict=True)
        }
        number = {digest: n for n, digest in enumerate(self._sources)}
        self.located = [
            Located(
                passage.repaired,
                number[digest],
                author(report, passage) or f"document {number[digest]}",
                report.date,
            )
            for report, digest in zip(reports, digests, strict=True)
            for passage in report.passages
        ]

    def same_text(self, report: Report) -> list[str]:
        """Return the files whose text is that of `report`, itself among them."""
        return self._sources[self._digests[id(report)]]

    def matches(
        self, progress: Callable[[Sequence[Any]], Iterable[Any]] | None = None
    ) -> list[tuple[tuple[Match, ...], dict[Kind, int]]]:
        """Return the matches of each passage in raw offsets, and its characters by kind."""
        found = find_matches(self.located, self.masks, progress=progress)
        return [
            (
                tuple(self._match(position, match) for match in matches),
                shares(self.located[position].text, matches),
            )
            for position, matches in enumerate(found)
        ]

    def raw_span(self, position: int, start: int, end: int) -> tuple[str, int, int]:
        """Return the document of a passage and where a stretch of it stands there."""
        report, passage = self.places[position]
        return (report.source, *passage.raw_span(start, end))

    def _match(self, position: int, found: PassageMatch) -> Match:
        report, passage = self.places[position]
        other_report, other = self.places[found.other]
        spans = tuple(
            MatchSpan(
                *passage.raw_span(span.start, span.end),
                *other.raw_span(span.other_start, span.other_end),
                span.kind,
            )
            for span in found.spans
        )
        is_own = self.located[position].author == self.located[found.other].author
        return Match(
            document=other_report.source,
            start=min(span.other_start for span in spans),
            end=max(span.other_end for span in spans),
            similarity=found.similarity,
            kind=found.kind,
            direction=_direction(_when(report), _when(other_report)),
            origin="own" if is_own else "peer",
            date=other_report.date,
            spans=spans,
        )


def author(report: Report, passage: Passage) -> str:
    """Return the court that wrote a passage, that of its part or of the report, if known."""
    return report.parts[passage.part].court if passage.part is not None else report.court


def _when(report: Report) -> str:
    """Return the date of a report, else the year its title names."""
    year = re.search(r"(?:19|20)\d\d(?=年)", report.title)
    return report.date or (year[0] if year else "")


def _direction(own: str, other: str) -> str:
    if own.startswith(other) or other.startswith(own):  # the same, or one is not known well enough
        return "unknown"
    return "earlier" if other < own else "later"
