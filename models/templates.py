"""Texts become templates: frames with typed slots, and the values each member filled in."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal, Self

from taohua.documents.errors import TaohuaError
from taohua.features.tfidf import TfidfFeatures
from taohua.models.filled import Filled, Member, Template, TemplateSlot, longest
from taohua.models.frames import Unit, build_frame, cut_unit, fixed_length
from taohua.models.join import DEFAULT_MEMORY
from taohua.models.pairs import cosine_pairs
from taohua.models.unit_rows import check_threshold

__all__ = ["Template", "TemplateMiner", "TemplateSlot"]

Level = Literal["passage", "sentence", "clause"]

# Marks that end sentences and clauses are no part of them.
ENDS = {"sentence": re.compile(r"[^。！？；\n]+"), "clause": re.compile(r"[^。！？；，：\n]+")}
CLOSERS = "”’』」）) \t\u3000"  # what may follow a full stop and belong to the sentence before


class TemplateMiner:
    """Find what texts share as a frame with other values.

    Texts whose skeletons are alike are gathered around the one with the most of them, so that no
    chain joins what is unlike; tokens that all members have are fixed, and the rest are slots.

    Parameters
    ----------
    level
        What a member is: a whole text (``"passage"``, each in one template at most), a
        ``"sentence"`` (up to 。！？；) or a ``"clause"`` (also up to ，：).
    threshold
        Least cosine of a member's skeleton with the middle one's.
    min_support
        Least number of authors, or of texts if no authors are given.
    min_fixed
        Least number of letters and digits outside the slots.
    memory, n_jobs
        As of `taohua.models.pairs.cosine_pairs`.

    Attributes
    ----------
    templates_
        tuple of `Template`, by number of authors, then of members, then by length. Of templates
        whose frames are nested only the longest stays, unless the shorter has twice its support.

    Examples
    --------
    >>> texts = [f"全年开展码头普法讲座{n}场次，惠及往来渔民。" for n in (3, 12, 40)]
    >>> TemplateMiner().fit(texts).templates_[0].frame
    '全年开展码头普法讲座{count}，惠及往来渔民。'
    """

    def __init__(
        self,
        level: Level = "passage",
        threshold: float = 0.6,
        min_support: int = 3,
        min_fixed: int = 10,
        memory: int = DEFAULT_MEMORY,
        n_jobs: int = 1,
    ) -> None:
        self.level: Level = level
        self.threshold = threshold
        self.min_support = min_support
        self.min_fixed = min_fixed
        self.memory = memory
        self.n_jobs = n_jobs

    def fit(self, texts: Iterable[str], authors: Iterable[Hashable] | None = None) -> Self:
        """Mine the templates of texts.

        Parameters
        ----------
        texts
            repaired texts.
        authors
            who wrote each, such as a court; several texts of one author count once.

        Raises
        ------
        TaohuaError
            If a parameter is out of its range, or there is not one author for each text.
        """
        self._check()
        if isinstance(texts, str):
            raise TaohuaError("texts must be a list of texts, got one string: put it in a list")
        contents = list(texts)
        names = list(range(len(contents)) if authors is None else authors)
        if len(names) != len(contents):
            raise TaohuaError(
                f"authors must be one for each of {len(contents)} texts, got {len(names)}"
            )
        units = [unit for n, text in enumerate(contents) for unit in self._units(text, n)]
        found: dict[Hashable, list[Filled]] = defaultdict(list)
        for filled in self._mine(units, names):
            found[filled.frame].append(filled)
        templates = [self._template(same, contents, names) for same in found.values()]
        self.templates_ = tuple(sorted(longest(templates), key=_rank))
        return self

    def _check(self) -> None:
        if self.level not in ("passage", *ENDS):
            raise TaohuaError(
                f"level must be 'passage', 'sentence' or 'clause', got {self.level!r}"
            )
        for name in ("min_support", "min_fixed"):
            if getattr(self, name) < 1:
                raise TaohuaError(f"{name} must be 1 or more, got {getattr(self, name)!r}")
        check_threshold(self.threshold)

    def _units(self, text: str, position: int) -> Iterator[Unit]:
        """Yield the stretches of a text that may be members: those with enough fixed text."""
        if not isinstance(text, str):
            kind = type(text).__name__
            raise TaohuaError(f"texts must be strings, got {kind} at position {position}")
        for start, end in _cut(text, self.level):
            if end - start >= self.min_fixed:
                unit = cut_unit(text, position, start, end)
                if fixed_length(unit.tokens) >= self.min_fixed:
                    yield unit

    def _mine(self, units: Sequence[Unit], authors: Sequence[Hashable]) -> Iterator[Filled]:
        by_key: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        for unit in units:
            by_key[unit.key].append(unit)
        groups = list(by_key.values())
        near, order = self._neighbours(groups)
        taken: set[int] = set()
        for middle in order:
            if middle in taken:
                continue
            members = [middle, *(other for other in near[middle] if other not in taken)]
            if self._n_authors([groups[n] for n in members], authors) < self.min_support:
                continue
            parts, kept = build_frame([groups[n] for n in members], self.min_fixed)
            inside = [groups[members[n]] for n in kept]
            filled = Filled(parts, [unit for group in inside for unit in group])
            is_long = filled.fixed >= self.min_fixed
            if is_long and self._n_authors(inside, authors) >= self.min_support:
                taken.update(members[n] for n in kept)
                yield filled

    def _neighbours(self, groups: Sequence[Sequence[Unit]]) -> tuple[list[list[int]], list[int]]:
        """Return the groups near each, most similar first, and all from most to least central."""
        if not groups:
            return [], []
        words = [[token.name for token in group[0].tokens if token.counts] for group in groups]
        rows = TfidfFeatures(pretokenized=True).fit_transform(words)
        pairs = cosine_pairs(rows, self.threshold, memory=self.memory, n_jobs=self.n_jobs)
        near: list[list[tuple[float, int]]] = [[] for _ in groups]
        weights = [float(len(group)) for group in groups]
        for one, two, value in zip(
            pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True
        ):
            near[one].append((-value, two))
            near[two].append((-value, one))
            weights[one] += value * len(groups[two])
            weights[two] += value * len(groups[one])
        order = sorted(range(len(groups)), key=lambda n: (-round(weights[n], 6), n))
        return [[other for _, other in sorted(found)] for found in near], order

    def _n_authors(self, groups: Iterable[Iterable[Unit]], authors: Sequence[Hashable]) -> int:
        return len({authors[unit.position] for group in groups for unit in group})

    def _template(
        self, same: Sequence[Filled], texts: Sequence[str], authors: Sequence[Hashable]
    ) -> Template:
        """Put members with equal frames into one template, in the order of the texts."""
        first = same[0]
        middle = first.units[0]
        units = [unit for filled in same for unit in filled.units]
        order = sorted(range(len(units)), key=lambda n: (units[n].position, units[n].start))
        columns = [
            [value for filled in same for value in filled.parts[n].values]
            for n, part in enumerate(first.parts)
            if part.kind is not None
        ]
        return Template(
            pieces=first.frame[0],
            slots=tuple(
                TemplateSlot(kind, tuple(column[n] for n in order))
                for kind, column in zip(first.frame[1], columns, strict=True)
            ),
            members=tuple(self._member(units[n]) for n in order),
            authors=self._n_authors([units], authors),
            example=texts[middle.position][middle.start : middle.end],
        )

    def _member(self, unit: Unit) -> Member:
        is_whole = self.level == "passage"
        return unit.position if is_whole else (unit.position, unit.start, unit.end)


def _cut(text: str, level: Level) -> Iterator[tuple[int, int]]:
    if level == "passage":
        yield 0, len(text)
        return
    for found in ENDS[level].finditer(text):
        inner = found.group().lstrip(CLOSERS)
        start = found.end() - len(inner)
        yield start, start + len(inner.rstrip())


def _rank(template: Template) -> tuple[int, int, int, str]:
    return -template.authors, -template.support, -template.fixed, template.frame
