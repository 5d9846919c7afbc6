"""Texts become templates: frames with typed slots, and the values each member filled in."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from numbers import Integral
from typing import Any, Self

from taohua.documents.errors import TaohuaError
from taohua.features.slots import Masked, mask
from taohua.models.filled import Filled, Member, Place, Template, TemplateSlot, longest
from taohua.models.join import DEFAULT_MEMORY
from taohua.models.mining import UnitGroups, find_frames
from taohua.models.text_rows import check_texts
from taohua.models.unit_rows import check_threshold
from taohua.models.units import LEVELS, Level, cut_text

__all__ = ["Level", "Template", "TemplateMiner", "TemplateSlot"]


class TemplateMiner:
    """Find what texts share as a frame with other values.

    Texts whose skeletons are alike are gathered around the one with the most of them, so that no
    chain joins what is unlike; tokens that all members have are fixed, and the rest are slots.

    Sentences and clauses are members with the part that is in the frame: no template of these
    begins or ends with free text. A gap that three quarters of them leave empty, or fill alike,
    is no slot, and the others are no members. A clause that enough authors share word for word
    is a template of its own. No frame has less fixed text than its members add on average.

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

    def fit(
        self,
        texts: Iterable[str],
        authors: Iterable[Hashable] | None = None,
        masks: Sequence[Masked] | None = None,
    ) -> Self:
        """Mine the templates of texts.

        Parameters
        ----------
        texts
            repaired texts.
        authors
            who wrote each, such as a court; several texts of one author count once.
        masks
            what `taohua.features.slots.mask` returns for each text, if that is known already.

        Raises
        ------
        TaohuaError
            If a parameter is out of its range, or there is not one author or mask for each text.
        """
        self._check()
        contents = check_texts(texts)
        names = range(len(contents)) if authors is None else _one_each("authors", authors, contents)
        masked = map(mask, contents) if masks is None else _one_each("masks", masks, contents)
        units = (
            unit
            for position, skeleton in enumerate(masked)
            for unit in cut_text(skeleton, position, self.level, self.min_fixed)
        )
        groups = UnitGroups(units, names, self.threshold, self.memory, self.n_jobs)
        found: dict[Hashable, list[Filled]] = defaultdict(list)
        for filled in find_frames(groups, self.level, self.min_support, self.min_fixed):
            found[filled.frame].append(filled)
        templates = [self._template(same, contents, names) for same in found.values()]
        self.templates_ = tuple(sorted(longest(templates), key=_rank))
        return self

    def _check(self) -> None:
        if self.level not in LEVELS:
            raise TaohuaError(
                f"level must be 'passage', 'sentence' or 'clause', got {self.level!r}"
            )
        for name in ("min_support", "min_fixed"):
            value = getattr(self, name)
            if not isinstance(value, Integral) or value < 1:
                raise TaohuaError(f"{name} must be 1 or more, got {value!r}")
        check_threshold(self.threshold)

    def _template(
        self, same: Sequence[Filled], texts: Sequence[str], authors: Sequence[Hashable]
    ) -> Template:
        """Put members with equal frames into one template, in the order of the texts."""
        filled_in: dict[Place, tuple[str, ...]] = {}
        for filled in same:
            slots = [part.values for part in filled.parts if part.kind is not None]
            for n, place in enumerate(filled.places):
                filled_in[place] = tuple(values[n] for values in slots)
        places = sorted(filled_in)
        pieces, kinds = same[0].frame
        position, start, end = same[0].places[0]
        return Template(
            pieces=pieces,
            slots=tuple(
                TemplateSlot(kind, tuple(filled_in[place][n] for place in places))
                for n, kind in enumerate(kinds)
            ),
            members=tuple(map(self._member, places)),
            authors=len({authors[place[0]] for place in places}),
            example=texts[position][start:end],
        )

    def _member(self, place: Place) -> Member:
        return place[0] if self.level == "passage" else place


def _one_each(name: str, values: Any, texts: Sequence[str]) -> list[Any]:
    """Return a list of values, one for each text.

    Raises
    ------
    TaohuaError
        If they are more or fewer, or no list.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise TaohuaError(f"{name} must be a list, one for each text, got {values!r:.40}")
    checked = list(values)
    if len(checked) != len(texts):
        raise TaohuaError(f"{name} must be one for each of {len(texts)} texts, got {len(checked)}")
    return checked


def _rank(template: Template) -> tuple[int, int, int, str]:
    return -template.authors, -template.support, -template.fixed, template.frame
