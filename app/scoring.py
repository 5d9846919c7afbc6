"""From paths to findings: every report read, judged, and compared with the others."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import BinaryIO

from taohua.documents.document import is_chinese, read
from taohua.documents.errors import TaohuaError
from taohua.documents.report import Passage, Report
from taohua.models.boilerplate import Boilerplate, Fact, boilerplate
from taohua.models.evidence import Evidence
from taohua.models.kinds import Located
from taohua.models.matching import PassageMatch, find_matches, shares
from taohua.models.themes import Theme, ThemeClassifier
from taohua.scored import Match, MatchSpan, Scored, ScoredPassage, ScoredReport

__all__ = ["Corpus", "Path", "Progress", "score"]

Path = str | os.PathLike[str]
# What shows progress: called with the files of a long stretch of work, yields them.
Progress = Callable[[Sequence[Path]], Iterable[Path]]


class Corpus:
    """All passages of a call, so that a match finds the file and the author it lies in."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.places = [(report, passage) for report in reports for passage in report.passages]
        hashes = [
            sha256(report.text.encode("utf-8", "surrogatepass")).digest() for report in reports
        ]
        number = {digest: n for n, digest in enumerate(hashes)}
        keys = {id(report): number[digest] for report, digest in zip(reports, hashes, strict=True)}
        self.located = [
            Located(passage.repaired, keys[id(report)], author(report, passage), report.date)
            for report, passage in self.places
        ]

    def matches(self) -> list[list[list[PassageMatch]]]:
        """Return the matches of each passage of each report."""
        found = iter(find_matches(self.located))
        return [[next(found) for _ in report.passages] for report in self.reports]

    def raw_span(self, position: int, start: int, end: int) -> tuple[str, int, int]:
        """Return the document of a passage and where a stretch of it stands there."""
        report, passage = self.places[position]
        return (report.source, *passage.raw_span(start, end))

    def match(self, report: Report, passage: Passage, found: PassageMatch) -> Match:
        """Return a match in raw offsets, with what is known of the other document."""
        other_report, other = self.places[found.other]
        spans = tuple(
            MatchSpan(
                *passage.raw_span(span.start, span.end),
                *other.raw_span(span.other_start, span.other_end),
                span.kind,
            )
            for span in found.spans
        )
        same_author = author(report, passage) == author(other_report, other)
        return Match(
            document=other_report.source,
            start=min(span.other_start for span in spans),
            end=max(span.other_end for span in spans),
            similarity=found.similarity,
            kind=found.kind,
            direction=_direction(report.date, other_report.date),
            origin="own" if same_author else "peer",
            date=other_report.date,
            spans=spans,
        )


def score(
    paths: Path | Iterable[Path],
    *,
    model: ThemeClassifier | str | None = None,
    themes: bool = True,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Scored:
    """Find the themes of one or several reports, and what they share with each other.

    Parameters
    ----------
    paths
        A file or files; ``"-"`` is standard input.
    model
        A fitted classifier or the folder of one; the shipped model by default.
    themes
        Whether to find themes; without, no model is loaded.
    progress
        Called with the paths; yields them.
    stdin
        Where ``"-"`` is read from.

    Returns
    -------
    Scored
        A file that cannot be read has its `error` there; the others are scored all the same.

    Raises
    ------
    TaohuaError
        If there is no path, or the model cannot be loaded.
    """
    sources = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not sources:
        raise TaohuaError("no file was given; name at least one report")
    classifier = _classifier(model) if themes else None
    reports: list[Report | str] = []
    for path in progress(sources) if progress else sources:
        try:
            reports.append(read(path, stdin=stdin))
        except TaohuaError as error:
            reports.append(str(error))
    index = Corpus([report for report in reports if isinstance(report, Report)])
    found = iter(index.matches())
    return Scored(
        tuple(
            ScoredReport(os.fspath(path), error=report)
            if isinstance(report, str)
            else _scored(report, classifier, next(found), index)
            for path, report in zip(sources, reports, strict=True)
        )
    )


def _classifier(model: ThemeClassifier | str | None) -> ThemeClassifier:
    if isinstance(model, ThemeClassifier):
        return model
    if model is None:
        return ThemeClassifier.pretrained()
    from taohua.models.store import load

    loaded = load(model)
    if not isinstance(loaded, ThemeClassifier):
        raise TaohuaError(f"model {model!r} is a {type(loaded).__name__}, not a ThemeClassifier")
    return loaded


def _scored(
    report: Report,
    classifier: ThemeClassifier | None,
    matches: list[list[PassageMatch]],
    index: Corpus,
) -> ScoredReport:
    themes = _themes(report, classifier)
    passages = tuple(
        ScoredPassage(
            themes=themes[i],
            boilerplate=_raw_facts(passage),
            counts=shares(passage.repaired, matches[i]),
            matches=tuple(index.match(report, passage, match) for match in matches[i]),
        )
        for i, passage in enumerate(report.passages)
    )
    sections = tuple(
        _section_themes(
            [
                (passage, found)
                for passage, found in zip(report.passages, themes, strict=True)
                if section.start <= passage.start < section.end
            ]
        )
        for section in report.sections
    )
    return ScoredReport(report.source, None, report, passages, sections)


def _themes(report: Report, classifier: ThemeClassifier | None) -> list[tuple[Theme, ...]]:
    """Return the themes of each passage with the evidence for them, in raw offsets."""
    if classifier is None or not is_chinese(report.text):
        return [()] * len(report.passages)
    texts = [passage.repaired for passage in report.passages]
    found = classifier.themes(texts, [passage.heading for passage in report.passages])
    return [
        _with_evidence(passage, themes, classifier)
        for passage, themes in zip(report.passages, found, strict=True)
    ]


def _with_evidence(
    passage: Passage, themes: tuple[Theme, ...], classifier: ThemeClassifier
) -> tuple[Theme, ...]:
    if not themes:
        return ()
    spans = classifier.explain(passage.repaired, [theme.id for theme in themes])
    return tuple(
        replace(theme, evidence=tuple(_raw_evidence(passage, item) for item in spans[theme.id]))
        for theme in themes
    )


def _raw_evidence(passage: Passage, item: Evidence) -> Evidence:
    start, end = passage.raw_span(item.start, item.end)
    return replace(item, start=start, end=end, text=_raw_text(passage, start, end))


def _raw_text(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]


def _raw_facts(passage: Passage) -> Boilerplate:
    found = boilerplate(passage.repaired)
    spans = [(fact.kind, *passage.raw_span(fact.start, fact.end)) for fact in found.facts]
    facts = (Fact(a, b, _raw_text(passage, a, b), kind) for kind, a, b in spans)
    return replace(found, facts=tuple(facts))


def _section_themes(inside: list[tuple[Passage, tuple[Theme, ...]]]) -> tuple[Theme, ...]:
    """Return the union of the passages' themes, those with most characters first (rule R5)."""
    sizes: dict[str, int] = {}
    best: dict[str, Theme] = {}
    for passage, themes in inside:
        for theme in themes:
            sizes[theme.id] = sizes.get(theme.id, 0) + len(passage.repaired)
            if theme.id not in best or theme.probability > best[theme.id].probability:
                best[theme.id] = theme
    return tuple(best[name] for name in sorted(sizes, key=lambda name: -sizes[name]))


def author(report: Report, passage: Passage) -> str:
    """Return whose a passage is: the court of its part or report, else the document."""
    court = report.parts[passage.part].court if passage.part is not None else report.court
    return court or report.source


def _direction(own: str, other: str) -> str:
    if not own or not other or own == other:
        return "unknown"
    return "earlier" if other < own else "later"
