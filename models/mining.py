"""Units of one skeleton are grouped, and alike groups give frames."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from taohua.features.tfidf import TfidfFeatures
from taohua.models.filled import Filled
from taohua.models.frames import Part, build_frame, frame_around
from taohua.models.pairs import cosine_pairs
from taohua.models.units import Level, Unit

__all__ = ["UnitGroups", "find_frames"]


class UnitGroups:
    """Units by skeleton.

    Parameters
    ----------
    units
        what is grouped.
    authors
        of each text, by the position of a unit.
    threshold, memory, n_jobs
        as of `taohua.models.pairs.cosine_pairs`.

    Attributes
    ----------
    near
        the groups at or above the threshold to each, most similar first.
    order
        all groups, from most to least central.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        authors: Sequence[Hashable],
        threshold: float,
        memory: int,
        n_jobs: int,
    ) -> None:
        by_key: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        for unit in units:
            by_key[unit.key].append(unit)
        self.units = list(by_key.values())
        self.near: list[list[int]] = []
        self.order: list[int] = []
        self._authors = [{authors[unit.position] for unit in group} for group in self.units]
        if self.units:
            self._find_near(threshold, memory, n_jobs)

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, numbers: Iterable[int]) -> list[list[Unit]]:
        return [self.units[n] for n in numbers]

    def n_authors(self, numbers: Iterable[int]) -> int:
        """Count the authors of some groups."""
        return len(set[Hashable]().union(*(self._authors[n] for n in numbers)))

    def _find_near(self, threshold: float, memory: int, n_jobs: int) -> None:
        words = [[t.name for t in group[0].tokens if t.counts] for group in self.units]
        rows = TfidfFeatures(pretokenized=True).fit_transform(words)
        pairs = cosine_pairs(rows, threshold, memory=memory, n_jobs=n_jobs)
        near: list[list[tuple[float, int]]] = [[] for _ in self.units]
        weights = [float(len(group)) for group in self.units]
        for one, two, value in zip(
            pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True
        ):
            near[one].append((-value, two))
            near[two].append((-value, one))
            weights[one] += value * len(self.units[two])
            weights[two] += value * len(self.units[one])
        self.near = [[other for _, other in sorted(found)] for found in near]
        self.order = sorted(range(len(near)), key=lambda n: (-round(weights[n], 6), n))


def find_frames(
    groups: UnitGroups, level: Level, min_support: int, min_fixed: int
) -> Iterator[Filled]:
    """Yield frames that enough authors share.

    A clause that enough authors have word for word is a frame without gaps, and its members are
    all clauses that hold it. Other frames stand beside those they take in, if they have at least
    twice their authors. Free text before and after a frame of sentences or clauses is cut off.
    """
    stock: set[int] = set()
    if level == "clause":
        stock = {n for n in range(len(groups)) if groups.n_authors([n]) >= min_support}
    taken: set[int] = set()
    for n in sorted(stock):
        filled, inside = _wording(groups, n)
        taken.update(inside - stock)
        yield filled
    for middle in groups.order:
        while middle not in taken:
            members = [middle, *(n for n in groups.near[middle] if n not in taken)]
            if groups.n_authors(members) < min_support:
                break
            filled, inside = _frame(groups, members, level, min_fixed)
            n_authors = groups.n_authors(inside)
            known = {n for n in stock & inside if 2 * groups.n_authors([n]) > n_authors}
            taken |= known
            if known:
                continue
            if n_authors >= min_support and filled.fixed >= min_fixed and filled.outweighs:
                taken |= inside
                yield filled
            break


def _wording(groups: UnitGroups, n: int) -> tuple[Filled, set[int]]:
    """Return what a group has word for word, and the groups that hold it."""
    members = [n, *groups.near[n]]
    parts, kept = frame_around(groups[members])
    inside = [members[i] for i in kept]
    return _fill(groups, inside, parts).without_edges(), set(inside)


def _frame(
    groups: UnitGroups, members: Sequence[int], level: Level, min_fixed: int
) -> tuple[Filled, set[int]]:
    """Return a frame around the first group, and the groups in it."""
    is_whole = level == "passage"
    parts, kept = build_frame(groups[members], min_fixed, usual=not is_whole)
    inside = [members[i] for i in kept]
    filled = _fill(groups, inside, parts)
    return filled if is_whole else filled.without_edges(), set(inside)


def _fill(groups: UnitGroups, numbers: Iterable[int], parts: Sequence[Part]) -> Filled:
    return Filled.of(parts, [unit for group in groups[numbers] for unit in group])
