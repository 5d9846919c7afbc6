"""From paths to findings: every report read, judged, and compared with the others."""

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from taohua.corpus import Corpus
from taohua.documents.document import is_chinese, read
from taohua.documents.errors import TaohuaError
from taohua.documents.report import Passage, Report
from taohua.features.slots import Masked, Slot
from taohua.models.boilerplate import Boilerplate, Fact, judge
from taohua.models.evidence import Evidence
from taohua.models.kinds import Kind
from taohua.models.themes import Theme, ThemeClassifier
from taohua.scored import Match, Scored, ScoredPassage, ScoredReport

__all__ = ["Path", "Progress", "score", "score_corpus"]

Quoted = TypeVar("Quoted", Evidence, Fact)
Path = str | os.PathLike[str]
# What shows progress: called with the items of a long stretch of work, yields them.
Progress = Callable[[Sequence[Any]], Iterable[Any]]


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
        Called with the paths and with the pairs of passages to compare; yields them.
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
    return score_corpus(paths, model=model, themes=themes, progress=progress, stdin=stdin)[0]


def score_corpus(
    paths: Path | Iterable[Path],
    *,
    model: ThemeClassifier | str | None = None,
    themes: bool = True,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> tuple[Scored, Corpus]:
    """Return what `score` returns, and the passages it was found on for further work."""
    if paths is None:
        raise TaohuaError("paths must be a path or a list of paths, got None")
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
    corpus = Corpus([report for report in reports if isinstance(report, Report)])
    shared, masks = iter(corpus.matches(progress)), iter(corpus.masks)
    scored = (
        ScoredReport(os.fspath(path), error=report)
        if isinstance(report, str)
        else _scored(report, classifier, shared, masks, corpus.same_text(report))
        for path, report in zip(sources, reports, strict=True)
    )
    return Scored(tuple(scored)), corpus


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
    shared: Iterator[tuple[tuple[Match, ...], dict[Kind, int]]],
    masks: Iterator[Masked],
    same: list[str],
) -> ScoredReport:
    """Judge a report; its passages are the next ones of `shared` and `masks`.

    `same` names the files of its text, itself among them.
    """
    slots = [masked.slots for masked in islice(masks, len(report.passages))]
    themes = _themes(report, classifier, slots)
    passages = []
    for passage, own, found in zip(report.passages, slots, themes, strict=True):
        matches, counts = next(shared)
        passages.append(ScoredPassage(found, _boilerplate(passage, own), counts, matches))
    starts = [passage.start for passage in report.passages]
    sections = []
    for section in report.sections:
        inside = slice(bisect_left(starts, section.start), bisect_left(starts, section.end))
        sections.append(_section_themes(report.passages[inside], themes[inside]))
    twins = [other for other in same if other != report.source] or same[1:]
    warnings = [f"the same text as {other!r}: not compared with it" for other in twins]
    return ScoredReport(
        report.source,
        report=report,
        passages=tuple(passages),
        sections=tuple(sections),
        warnings=(*report.warnings, *warnings),
    )


def _themes(
    report: Report, classifier: ThemeClassifier | None, slots: Sequence[Sequence[Slot]]
) -> list[tuple[Theme, ...]]:
    """Return the themes of each passage with the evidence for them, in raw offsets."""
    if classifier is None or not is_chinese(report.text):
        return [()] * len(report.passages)
    texts = [passage.repaired for passage in report.passages]
    headings = [passage.heading for passage in report.passages]
    return [
        tuple(
            replace(theme, evidence=tuple(_in_raw(passage, item) for item in theme.evidence))
            for theme in themes
        )
        for passage, themes in zip(
            report.passages, classifier.judge(texts, headings, slots), strict=True
        )
    ]


def _boilerplate(passage: Passage, slots: Sequence[Slot]) -> Boilerplate:
    found = judge(slots)
    return replace(found, facts=tuple(_in_raw(passage, fact) for fact in found.facts))


def _in_raw(passage: Passage, item: Quoted) -> Quoted:
    """Return a piece of evidence or a fact with its place and wording in the raw text."""
    start, end = passage.raw_span(item.start, item.end)
    text = passage.text[start - passage.start : end - passage.start]
    return replace(item, start=start, end=end, text=text)


def _section_themes(
    passages: Sequence[Passage], themes: Sequence[tuple[Theme, ...]]
) -> tuple[Theme, ...]:
    """Return the union of the passages' themes, those with most characters first (rule R5)."""
    sizes: dict[str, int] = {}
    best: dict[str, Theme] = {}
    for passage, found in zip(passages, themes, strict=True):
        for theme in found:
            sizes[theme.id] = sizes.get(theme.id, 0) + len(passage.repaired)
            if theme.id not in best or theme.probability > best[theme.id].probability:
                best[theme.id] = theme
    return tuple(best[name] for name in sorted(sizes, key=lambda name: -sizes[name]))
