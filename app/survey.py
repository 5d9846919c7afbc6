"""A set of reports surveyed for stock text: templates, alike passages, paragraphs without a fact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from taohua.corpus import Corpus
from taohua.features.tfidf import TfidfFeatures
from taohua.models.filled import Place
from taohua.models.pairs import cosine_pairs
from taohua.models.templates import Template, TemplateMiner
from taohua.models.units import LEVELS
from taohua.scored import SCHEMA, Scored, ScoredReport
from taohua.scoring import Path, Progress, score_corpus

__all__ = ["AlikePair", "Stretch", "Survey", "SurveyTemplate", "survey"]

MIN_DOCUMENTS = 3
MIN_SIMILARITY = 0.8
MIN_LETTERS = 15


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document; offsets are characters of its raw text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SurveyTemplate:
    """A frame, who fills it in, and with what; `level` is what it was mined from."""

    frame: str
    slots: tuple[str, ...]
    authors: int
    level: str
    members: tuple[tuple[Stretch, tuple[str, ...]], ...]

    @property
    def support(self) -> int:
        """Number of documents that use the template."""
        return len({place.document for place, _ in self.members})

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        members = [{**asdict(place), "values": list(values)} for place, values in self.members]
        return {
            "frame": self.frame,
            "slots": list(self.slots),
            "support": self.support,
            "authors": self.authors,
            "level": self.level,
            "members": members,
        }


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two passages of different documents whose skeletons are alike."""

    left: Stretch
    right: Stretch
    similarity: float


@dataclass(frozen=True, slots=True)
class Survey:
    """What a set of reports has in common, and what each is made of."""

    scored: Scored
    templates: tuple[SurveyTemplate, ...]
    pairs: tuple[AlikePair, ...]

    @property
    def reports(self) -> tuple[ScoredReport, ...]:
        """The reports, in the order of the call."""
        return self.scored.reports

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; the schema is described in the documentation."""
        return {
            "schema": SCHEMA,
            "templates": [template.to_dict() for template in self.templates],
            "pairs": [asdict(pair) for pair in self.pairs],
            "reports": [_report(report) for report in self.reports],
        }


def is_text(passage: str) -> bool:
    """Tell whether a passage is more than a salutation or a label."""
    return sum(map(str.isalnum, passage)) >= MIN_LETTERS


def without_fact(report: ScoredReport) -> Iterator[tuple[int, int, str]]:
    """Yield span and text of the passages that hold nothing checkable."""
    if report.report is not None:
        for passage, found in zip(report.report.passages, report.passages, strict=True):
            if found.boilerplate.label == "true" and is_text(passage.repaired):
                yield passage.start, passage.end, passage.text


def _report(report: ScoredReport) -> dict[str, Any]:
    if report.report is None:
        return {"source": report.source, "error": report.error}
    passages = [
        dict(zip(("start", "end", "text"), row, strict=True)) for row in without_fact(report)
    ]
    return {
        "source": report.source,
        "error": None,
        "shares": report.shares,
        "without_fact": passages,
    }


def survey(
    paths: Path | Iterable[Path],
    *,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Survey:
    """Find the templates, alike passages and paragraphs without a fact of a set of reports.

    Parameters are those of `taohua.score`. A template is used by three documents or more; of
    nested ones only the longest is given, unless a shorter has at least twice its support.
    """
    scored, corpus = score_corpus(paths, themes=False, progress=progress, stdin=stdin)
    return Survey(scored, tuple(_templates(corpus)), tuple(_pairs(corpus)))


class _Holders:
    """Where templates found so far stand, by passage, to find those that hold others."""

    def __init__(self) -> None:
        self.templates: list[SurveyTemplate] = []
        self._inside: dict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def add(self, template: SurveyTemplate, places: Sequence[Place]) -> None:
        """Keep a template whose members stand at these places of the passages."""
        for position, start, end in places:
            self._inside[position].append((start, end, len(self.templates)))
        self.templates.append(template)

    def hold(self, template: SurveyTemplate, places: Sequence[Place]) -> bool:
        """Tell whether a longer template holds this one in most places and half its support.

        One with the same frame is not longer.
        """
        inside: dict[int, set[str]] = defaultdict(set)
        for (position, start, end), (stretch, _) in zip(places, template.members, strict=True):
            for first, last, number in self._inside.get(position, ()):
                if first <= start and end <= last:
                    inside[number].add(stretch.document)
        longer = ((self.templates[n], len(found)) for n, found in inside.items())
        return any(
            2 * n_inside > other.support
            and template.support < 2 * other.support
            and template.frame != other.frame
            for other, n_inside in longer
        )


def _templates(corpus: Corpus) -> list[SurveyTemplate]:
    texts = [located.text for located in corpus.located]
    documents = [located.document for located in corpus.located]
    kept = _Holders()
    for level in LEVELS:
        miner = TemplateMiner(level=level, min_support=MIN_DOCUMENTS)
        found = []
        for template in miner.fit(texts, documents, corpus.masks).templates_:
            places = _places(template, texts)
            located = _located(template, places, level, corpus)
            if not kept.hold(located, places):
                found.append((located, places))
        for located, places in found:  # of one level, the miner has chosen
            kept.add(located, places)
    # Of sentences that are one clause, the level that found more documents.
    by_frame: dict[str, SurveyTemplate] = {}
    for located in kept.templates:
        known = by_frame.setdefault(located.frame, located)
        if known.support < located.support:
            by_frame[located.frame] = located
    return sorted(by_frame.values(), key=lambda t: (-t.support, -len(t.frame), t.frame))


def _places(template: Template, texts: Sequence[str]) -> list[Place]:
    return [(m, 0, len(texts[m])) if isinstance(m, int) else m for m in template.members]


def _located(
    template: Template, places: Sequence[Place], level: str, corpus: Corpus
) -> SurveyTemplate:
    members = tuple(
        (Stretch(*corpus.raw_span(*place)), template.values(n)) for n, place in enumerate(places)
    )
    authors = {corpus.located[position].author for position, _, _ in places}
    kinds = tuple(slot.kind for slot in template.slots)
    return SurveyTemplate(template.frame, kinds, len(authors), level, members)


def _pairs(corpus: Corpus) -> Iterator[AlikePair]:
    if not corpus.masks:
        return
    rows = TfidfFeatures(pretokenized=True).fit_transform([m.words for m in corpus.masks])
    found = cosine_pairs(rows, MIN_SIMILARITY)
    for a, b, similarity in zip(
        found.left.tolist(), found.right.tolist(), found.similarity.tolist(), strict=True
    ):
        one, two = corpus.located[a], corpus.located[b]
        if one.document != two.document and is_text(one.text) and is_text(two.text):
            yield AlikePair(_whole(corpus, a), _whole(corpus, b), similarity)


def _whole(corpus: Corpus, position: int) -> Stretch:
    return Stretch(*corpus.raw_span(position, 0, len(corpus.located[position].text)))
