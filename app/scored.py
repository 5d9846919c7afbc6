"""What a score is: reports with their themes, matches and shares, and their JSON form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from taohua.documents.report import Report
from taohua.models.boilerplate import Boilerplate
from taohua.models.kinds import KINDS, Kind
from taohua.models.themes import Theme

__all__ = ["SCHEMA", "Match", "MatchSpan", "Scored", "ScoredPassage", "ScoredReport"]

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class MatchSpan:
    """Aligned stretches; offsets are characters of the raw texts of both files."""

    start: int
    end: int
    other_start: int
    other_end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a passage shares with one of another document.

    `start` and `end` lie in `document`. `direction` tells whether the other document is
    ``"earlier"`` or ``"later"``, or ``"unknown"``; `origin` whether it is the author's ``"own"``
    or a ``"peer"``'s.
    """

    document: str
    start: int
    end: int
    similarity: float
    kind: Kind
    direction: str
    origin: str
    date: str
    spans: tuple[MatchSpan, ...]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """The findings for one passage of the report, in its order."""

    themes: tuple[Theme, ...]
    boilerplate: Boilerplate
    counts: Mapping[Kind, int]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class ScoredReport:
    """One file of a call: its report and findings, or the error that stopped it."""

    source: str
    error: str | None = None
    report: Report | None = None
    passages: tuple[ScoredPassage, ...] = ()
    sections: tuple[tuple[Theme, ...], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def shares(self) -> dict[Kind, float]:
        """Shares of the characters of all passages by kind; they sum to 1."""
        return _shares([passage.counts for passage in self.passages])

    @property
    def themes(self) -> dict[str, float]:
        """Share of the characters that stand in passages with a theme, largest first."""
        sizes = [sum(passage.counts.values()) for passage in self.passages]
        total = sum(sizes) or 1
        found: dict[str, int] = {}
        for passage, size in zip(self.passages, sizes, strict=True):
            for theme in passage.themes:
                found[theme.id] = found.get(theme.id, 0) + size
        ranked = sorted(found.items(), key=lambda item: -item[1])
        return {name: round(size / total, 4) for name, size in ranked}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of one report."""
        if self.report is None:
            return {"source": self.source, "error": self.error}
        report = self.report
        return {
            "source": self.source,
            "error": None,
            "title": report.title,
            "court": report.court,
            "date": report.date,
            "byline": report.byline,
            "origin_text": report.origin_text,
            "warnings": list(self.warnings),
            "parts": [asdict(part) for part in report.parts],
            "repairs": [
                {"step": r.step, "count": r.count, "positions": list(r.positions)}
                for r in report.repairs
            ],
            "blocks": [asdict(block) for block in report.blocks],
            "shares": self.shares,
            "themes": self.themes,
            "sections": [
                {**asdict(section), "themes": [_theme(theme) for theme in themes]}
                for section, themes in zip(report.sections, self.sections, strict=True)
            ],
            "passages": [self._passage(i) for i in range(len(self.passages))],
        }

    def _passage(self, i: int) -> dict[str, Any]:
        assert self.report is not None
        passage, found = self.report.passages[i], self.passages[i]
        return {
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
            "repaired": passage.repaired,
            "section": passage.section,
            "part": passage.part,
            "heading": passage.heading,
            "themes": [_theme(theme) for theme in found.themes],
            "boilerplate": asdict(found.boilerplate),
            "shares": _shares([found.counts]),
            "matches": [asdict(match) for match in found.matches],
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """The findings for all files of a call, in their order."""

    reports: tuple[ScoredReport, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; the schema is described in the documentation."""
        return {"schema": SCHEMA, "reports": [report.to_dict() for report in self.reports]}


def _theme(theme: Theme) -> dict[str, Any]:
    return {**asdict(theme), "probability": round(theme.probability, 4)}


def _shares(counts: list[Mapping[Kind, int]]) -> dict[Kind, float]:
    totals = {kind: sum(count.get(kind, 0) for count in counts) for kind in KINDS}
    whole = sum(totals.values())
    if not whole:
        return {kind: float(kind == "own") for kind in KINDS}
    return {kind: total / whole for kind, total in totals.items()}
