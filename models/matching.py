"""Passages of several documents become matches: who shares what with whom, and of what kind.

Candidates come from rows (cosine of skeletons) and from shared runs; alignment gives the spans;
a match is a row of spans of one kind.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from scipy.sparse import csr_array

from taohua.features.slots import Masked, mask
from taohua.features.tfidf import TfidfFeatures
from taohua.models.align import Span, align
from taohua.models.candidates import Pair, cosines, find_candidates
from taohua.models.formulas import find_formulas
from taohua.models.kinds import (
    CODE,
    KINDS,
    Code,
    Kind,
    Located,
    Place,
    Shared,
    kind_maps,
    shared_stretches,
)

__all__ = ["PassageMatch", "find_matches", "shares"]

MIN_RUN = 13  # skeleton characters, a slot counting as one
MIN_FORMULA = 6  # characters; a shorter piece of a formula is chance


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """What a passage shares with another one; spans are characters of the repaired texts."""

    other: int
    similarity: float
    kind: Kind
    spans: tuple[Span, ...]


def find_matches(
    passages: Sequence[Located],
    masks: Sequence[Masked] | None = None,
    min_run: int = MIN_RUN,
    progress: Callable[[Sequence[Pair]], Iterable[Pair]] | None = None,
) -> list[list[PassageMatch]]:
    """Return for each passage its matches in other documents, most similar first.

    Parameters
    ----------
    passages
        All passages of the documents to compare.
    masks
        Those of the texts, made anew if not given.
    min_run
        Least number of skeleton characters that make a match.
    progress
        Called with the pairs to align; yields them.
    """
    if len({passage.document for passage in passages}) < 2:
        return [[] for _ in passages]
    if masks is None:
        masks = [mask(passage.text) for passage in passages]
    stretches = shared_stretches(passages, masks, min_run)
    maps = kind_maps(passages, stretches)
    rows = TfidfFeatures(pretokenized=True).fit_transform([masked.words for masked in masks])
    found: list[list[PassageMatch]] = [[] for _ in passages]
    pairs = sorted(find_candidates(passages, masks, stretches, rows))
    work = zip(progress(pairs) if progress else pairs, cosines(rows, pairs), strict=True)
    for (a, b), value in work:
        spans = align(masks[a], masks[b], min_run)
        for here, there, own in ((a, b, spans), (b, a, _turned(spans))):
            for kind, piece in _pieces(own, maps[here], min_run):
                found[here].append(PassageMatch(there, value, kind, piece))
    _add_formulas(found, passages, stretches, rows)
    # a formula may be found by its run and in an alignment too
    return [
        sorted(set(matches), key=lambda m: (-m.similarity, m.other, m.spans[0].start, m.kind))
        for matches in found
    ]


def shares(text: str, matches: Iterable[PassageMatch]) -> dict[Kind, int]:
    """Count the characters of repaired `text` by kind, blanks left out.

    What several matches claim is formula before template before copied. Shipped formulas need
    no match. The rest is own.
    """
    codes = np.full(len(text), CODE["own"], dtype=np.int8)
    spans = [(match.kind, span.start, span.end) for match in matches for span in match.spans]
    spans += [("formula", start, end) for start, end in find_formulas(text)]
    for kind, start, end in spans:
        codes[start:end] = np.minimum(codes[start:end], CODE[kind])
    counted = codes[[not c.isspace() for c in text]]
    return {kind: int((counted == CODE[kind]).sum()) for kind in KINDS}


def _turned(spans: Iterable[Span]) -> list[Span]:
    turned = [Span(s.other_start, s.other_end, s.start, s.end, s.kind) for s in spans]
    return sorted(turned, key=lambda span: (span.start, span.end))


def _pieces(
    spans: Sequence[Span], codes: Code, min_run: int
) -> Iterator[tuple[Kind, tuple[Span, ...]]]:
    """Cut aligned spans where the kind changes; what is left too short is no match.

    A short piece beside a template or a copy in the same region is part of it.
    """
    cut = [piece for span in spans for piece in _cut(span, codes)]
    for _, region in groupby(_regions(cut), key=lambda item: item[0]):
        pieces = [
            (code, [span for *_, span in group])
            for code, group in groupby(region, key=lambda item: item[1])
        ]
        for code, piece in _absorbed(pieces, min_run):
            kind = KINDS[code]
            if _size(piece) >= (MIN_FORMULA if kind == "formula" else min_run):
                yield kind, tuple(piece)


def _size(piece: Iterable[Span]) -> int:
    return sum(span.end - span.start if span.kind == "equal" else 1 for span in piece)


def _absorbed(
    pieces: Sequence[tuple[int, list[Span]]], min_run: int
) -> list[tuple[int, list[Span]]]:
    """Give short pieces to a longer neighbour; formulas neither give nor take."""
    kept: list[tuple[int, list[Span]]] = []
    waiting: list[Span] = []
    for code, piece in pieces:
        if KINDS[code] == "formula":
            waiting = []
            kept.append((code, piece))
        elif _size(piece) >= min_run:
            kept.append((code, [*waiting, *piece]))
            waiting = []
        elif kept and KINDS[kept[-1][0]] != "formula":
            kept[-1][1].extend(piece)
        else:
            waiting += piece
    return kept


def _cut(span: Span, codes: Code) -> Iterator[tuple[int, Span]]:
    """Cut an equal span where the kind changes; a slot or an edit stays whole."""
    if span.start == span.end:
        return
    if span.kind != "equal":
        yield int(codes[span.start]), span
        return
    start = span.start
    for code, run in groupby(codes[span.start : span.end].tolist()):
        end = start + len(list(run))
        shift = span.other_start - span.start
        yield code, Span(start, end, start + shift, end + shift, "equal")
        start = end


def _regions(cut: Iterable[tuple[int, Span]]) -> Iterator[tuple[int, int, Span]]:
    """Give a number to each stretch of spans that follow each other on both sides."""
    region, last = 0, None
    for code, span in cut:
        if last and (span.start != last.end or span.other_start != last.other_end):
            region += 1
        last = span
        yield region, code, span


def _add_formulas(
    found: list[list[PassageMatch]],
    passages: Sequence[Located],
    stretches: Iterable[Shared],
    rows: csr_array,
) -> None:
    """Let each place of a formula match the first other document that has it."""
    pairs = [pair for shared in stretches for pair in _firsts(shared, passages)]
    values = cosines(rows, [(place.passage, other.passage) for place, other in pairs])
    for (place, other), value in zip(pairs, values, strict=True):
        span = Span(place.start, place.end, other.start, other.end, "equal")
        found[place.passage].append(PassageMatch(other.passage, value, "formula", (span,)))


def _firsts(shared: Shared, passages: Sequence[Located]) -> Iterator[tuple[Place, Place]]:
    if shared.kind != "formula":
        return
    order = sorted(shared.places, key=lambda p: (passages[p.passage].date or "9", p))
    first = order[0]
    document = passages[first.passage].document
    second = next((p for p in order if passages[p.passage].document != document), None)
    for place in order:
        other = second if passages[place.passage].document == document else first
        if other:
            yield place, other
