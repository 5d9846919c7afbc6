"""A set of reports surveyed for stock text: templates, alike passages, paragraphs without a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from taohua.documents.report import Passage, Report
from taohua.models.template_survey import SurveyTemplate, mine
from taohua.scored import Scored, ScoredReport
from taohua.scoring import Path, Progress, author, score

__all__ = ["Survey", "survey"]

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Survey:
    """What a set of reports has in common, file by file and as a whole."""

    scored: Scored
    templates: tuple[SurveyTemplate, ...]
    places: tuple[tuple[Report, Passage], ...]

    @property
    def reports(self) -> tuple[ScoredReport, ...]:
        """The reports, in the order of the call."""
        return self.scored.reports

    def member(self, position: int, start: int, end: int) -> tuple[str, int, int]:
        """Return document and raw span of a stretch of a surveyed passage."""
        report, passage = self.places[position]
        return report.source, *passage.raw_span(start, end)
