"""Which passages of different documents are worth aligning.

Those whose skeletons have a high cosine, and those that share a run, whatever their cosine. A
paragraph that stands in a hundred reports would make five thousand pairs; each of them is paired
with its nearest documents only, so that the work grows with the number of passages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from scipy.sparse import csr_array

from taohua.features.slots import Masked
from taohua.models.kinds import Located, Shared
from taohua.models.pairs import cosine_pairs
from taohua.models.unit_rows import round_similarity

__all__ = ["Pair", "cosines", "find_candidates"]

Pair = tuple[int, int]
Documents = Mapping[int, int]  # document -> its first passage of a kind

MIN_COSINE = 0.6  # of skeletons; below it only shared runs make a candidate
MAX_PARTNERS = 10  # documents a passage is aligned with for one skeleton or run
CHUNK = 4096  # pairs whose cosines are computed at once


def find_candidates(
    passages: Sequence[Located],
    masks: Sequence[Masked],
    stretches: Iterable[Shared],
    rows: csr_array,
) -> set[Pair]:
    """Return pairs (a, b) with a < b of passages in different documents; formulas make none."""
    if len({passage.document for passage in passages}) < 2:
        return set()
    pairs = set(_alike(passages, masks, rows))
    for shared in stretches:
        if shared.kind != "formula":
            members = sorted({place.passage for place in shared.places})
            pairs.update(_paired(members, _first_of_each(members, passages), passages))
    return pairs


def cosines(rows: csr_array, pairs: Sequence[Pair]) -> list[float]:
    """Return the cosine of each pair of rows."""
    found: list[float] = []
    for start in range(0, len(pairs), CHUNK):
        left, right = np.array(pairs[start : start + CHUNK]).T
        products = rows[left].multiply(rows[right]).sum(axis=1)
        found += round_similarity(np.asarray(products, dtype=np.float64)).tolist()
    return found


def _alike(passages: Sequence[Located], masks: Sequence[Masked], rows: csr_array) -> Iterator[Pair]:
    """Yield pairs by cosine: equal skeletons are compared once, the most similar come first."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, masked in enumerate(masks):
        groups[masked.text].append(i)
    members = list(groups.values())
    near: list[list[tuple[float, int]]] = [[(-1.0, n)] for n in range(len(members))]
    found = cosine_pairs(rows[[group[0] for group in members]], MIN_COSINE)
    for a, b, value in zip(
        found.left.tolist(), found.right.tolist(), found.similarity.tolist(), strict=True
    ):
        near[a].append((-value, b))
        near[b].append((-value, a))
    firsts = [_first_of_each(group, passages) for group in members]
    for group, neighbours in zip(members, near, strict=True):
        nearest: dict[int, int] = {}
        for _, other in sorted(neighbours):
            for document, passage in firsts[other].items():
                nearest.setdefault(document, passage)
            if len(nearest) > MAX_PARTNERS:
                break
        yield from _paired(group, nearest, passages)


def _first_of_each(members: Iterable[int], passages: Sequence[Located]) -> dict[int, int]:
    """Return the first passage in each document, documents by date."""
    first: dict[int, int] = {}
    for i in sorted(members, key=lambda i: (passages[i].date or "9", i)):
        first.setdefault(passages[i].document, i)
    return first


def _paired(
    members: Iterable[int], partners: Documents, passages: Sequence[Located]
) -> Iterator[Pair]:
    for i in members:
        own = passages[i].document
        others = (other for document, other in partners.items() if document != own)
        for other in islice(others, MAX_PARTNERS):
            yield min(i, other), max(i, other)
