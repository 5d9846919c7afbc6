"""The rows a theme is decided on: words with figures by kind, characters, and the heading.

Blocks are normalised apart and weighted, as measured on Chinese titles and sentences: characters
1-2 with punctuation, and words. A figure is replaced by its kind and unit, since 件 with a number
says that a deed was done while the number itself says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from taohua.documents.repair import repair
from taohua.features.segment import Segmenter, is_word
from taohua.features.slots import Slot, find_slots
from taohua.features.tfidf import TfidfFeatures

__all__ = ["Analyzed", "PassageRows", "theme_tokens"]

FIGURES = frozenset({"number", "percent", "money", "date", "count", "article", "blank"})
WEIGHTS = {"words": 0.5, "chars": 1.0, "heading": 0.3}
FIGURE_CHARACTERS = "0123456789.,万亿千百十余多近约逾超几数一二三四五六七八九两〇零半 "

Arrays = dict[str, NDArray[Any]]


def theme_tokens(
    text: str, segmenter: Segmenter, slots: Sequence[Slot] | None = None
) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the words of a repaired text and their spans; figures as ``<kind>`` with their unit.

    `slots` are those of the text, found anew if not given.
    """
    found = find_slots(text, segmenter) if slots is None else slots
    figures = [slot for slot in found if slot.kind in FIGURES]
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    start = i = 0
    for token in segmenter(text):
        end = start + len(token)
        while i < len(figures) and figures[i].end <= start:
            i += 1
        if i < len(figures) and figures[i].start < end:
            if not spans or spans[-1][0] != figures[i].start:
                words.append(_figure_name(figures[i]))
                spans.append((figures[i].start, figures[i].end))
        elif is_word(token):
            words.append(token)
            spans.append((start, end))
        start = end
    return words, spans


def _figure_name(slot: Slot) -> str:
    if slot.kind != "count":
        return f"<{slot.kind}>"
    return f"<count>{slot.value.strip(FIGURE_CHARACTERS)}"


@dataclass(frozen=True, slots=True)
class Analyzed:
    """Passages cut into what the blocks count; taking a subset costs nothing."""

    words: list[list[str]]
    spans: list[list[tuple[int, int]]]
    chars: list[str]
    heading: list[list[str]]

    def __len__(self) -> int:
        return len(self.chars)

    def take(self, positions: Sequence[int]) -> "Analyzed":
        """Return the passages at `positions`."""
        return Analyzed(
            [self.words[i] for i in positions],
            [self.spans[i] for i in positions],
            [self.chars[i] for i in positions],
            [self.heading[i] for i in positions],
        )

    def joined(self, pairs: Sequence[tuple[int, int]]) -> "Analyzed":
        """Return mixtures: for each pair, the two passages as one, headed as the first."""
        return Analyzed(
            [self.words[a] + self.words[b] for a, b in pairs],
            [[] for _ in pairs],  # where a word stands matters to explanations alone
            [self.chars[a] + self.chars[b] for a, b in pairs],
            [self.heading[a] for a, _ in pairs],
        )


class PassageRows:
    """Learn the vocabulary of labelled passages and turn passages into rows.

    Parameters
    ----------
    weights
        Weight of each block: words, chars, heading.
    min_df
        Least number of passages that hold a feature.
    segmenter
        What cuts the words, ``Segmenter()`` by default.
    """

    def __init__(
        self,
        weights: Mapping[str, float] | None = None,
        min_df: int = 2,
        segmenter: Segmenter | None = None,
    ) -> None:
        self.weights = WEIGHTS | dict(weights or {})
        self.segmenter = segmenter or Segmenter()
        self.blocks = {
            "words": TfidfFeatures(pretokenized=True, bigrams=False, min_df=min_df),
            "chars": TfidfFeatures(words=False, bigrams=False, chars=(1, 2), min_df=min_df),
            "heading": TfidfFeatures(pretokenized=True, bigrams=False, min_df=1),
        }
        self._vocabularies: dict[str, dict[str, int]] = {}

    def analyze(
        self,
        texts: Sequence[str],
        headings: Sequence[str] | None = None,
        slots: Sequence[Sequence[Slot]] | None = None,
    ) -> Analyzed:
        """Cut repaired texts and their headings into what is counted."""
        known = slots if slots is not None else [None] * len(texts)
        pairs = zip(texts, known, strict=True)
        cut = [theme_tokens(text, self.segmenter, own) for text, own in pairs]
        return Analyzed(
            [words for words, _ in cut],
            [spans for _, spans in cut],
            list(texts),
            self._headings(headings if headings is not None else [""] * len(texts)),
        )

    def _headings(self, headings: Sequence[str]) -> list[list[str]]:
        """Cut headings; passages of a section share one, so each is cut once."""
        cut = {
            heading: theme_tokens(repair(heading).text, self.segmenter)[0] if heading else []
            for heading in set(headings)
        }
        return [cut[heading] for heading in headings]

    def fit_transform(self, passages: Analyzed) -> csr_array:
        """Learn the vocabulary and return rows of shape (n_passages, n_features)."""
        self.weights = {
            name: weight if name != "heading" or any(passages.heading) else 0.0
            for name, weight in self.weights.items()
        }
        return self._stack(
            {name: self.blocks[name].fit_transform(getattr(passages, name)) for name in self._used}
        )

    def transform(self, passages: Analyzed) -> csr_array:
        """Return the rows of passages, shape (n_passages, n_features)."""
        return self._stack(
            {name: self.blocks[name].transform(getattr(passages, name)) for name in self._used}
        )

    def vocabulary(self, name: str) -> dict[str, int]:
        """Return the columns of the features of a block; built once."""
        if name not in self._vocabularies:
            self._vocabularies[name] = self.blocks[name].vocabulary_
        return self._vocabularies[name]

    def width(self, name: str) -> int:
        """Return the number of features of a block."""
        return len(self.blocks[name].idf_)

    @property
    def n_features(self) -> int:
        """Number of columns of the rows."""
        return sum(self.width(name) for name in self._used)

    @property
    def _used(self) -> list[str]:
        return [name for name, weight in self.weights.items() if weight]

    def _stack(self, rows: Mapping[str, csr_array]) -> csr_array:
        weighted = [block * np.float32(self.weights[name]) for name, block in rows.items()]
        return csr_array(hstack(weighted, format="csr"))

    def to_state(self) -> tuple[dict[str, Any], Arrays]:
        """Return JSON-able state and arrays."""
        state: dict[str, Any] = {
            "weights": self.weights,
            "lexicon": list(self.segmenter.lexicon_lines),
            "blocks": {},
        }
        arrays: Arrays = {}
        for name in self._used:
            stored, state["blocks"][name] = self.blocks[name].to_arrays()
            arrays |= {f"{name}.{key}": value for key, value in stored.items()}
        return state, arrays

    @classmethod
    def from_state(cls, state: dict[str, Any], arrays: Arrays) -> Self:
        """Rebuild what `to_state` described."""
        rows = cls(state["weights"], segmenter=_segmenter(state["lexicon"]))
        for name, params in state["blocks"].items():
            own = {k.split(".", 1)[1]: v for k, v in arrays.items() if k.startswith(f"{name}.")}
            rows.blocks[name] = TfidfFeatures.from_arrays(own, params)
        return rows


def _segmenter(lexicon: list[str]) -> Segmenter:
    shipped = Segmenter()
    return shipped if list(shipped.lexicon_lines) == lexicon else Segmenter(lexicon=lexicon)
