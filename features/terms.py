"""Texts become counted words, bigrams and characters, chunk by chunk."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count as counter
from itertools import islice
from typing import Any

import numpy as np

from taohua.documents.errors import TaohuaError
from taohua.features.grams import (
    CHAR_BASE,
    MAX_ROWS,
    SKIP,
    UNKNOWN,
    Codes,
    GramCounts,
    Ngrams,
    Numbers,
    char_numbers,
    count,
    encode,
    hash_grams,
    hash_tokens,
    ngrams,
)
from taohua.features.segment import Segmenter, is_word

__all__ = ["Analyzer", "Interner", "TermCounter"]

Analyzer = Callable[[Any], Sequence[str]]

CHUNK_CHARACTERS = 1 << 18  # the arrays of a chunk then stay in a cache of some megabytes
MEMO = 1 << 20  # hashed tokens to remember, so that memory stays bounded
BLANKS = re.compile(r"\s\s+")


class _Known(dict[str, int]):
    """A finished table: what it lacks is unknown, or skipped if blank or punctuation."""

    def __init__(self, numbered: Mapping[str, int], words_only: bool) -> None:
        super().__init__(numbered)
        self.words_only = words_only

    def __missing__(self, token: str) -> int:
        if self.words_only and not is_word(token):
            self[token] = SKIP
            return SKIP
        return UNKNOWN


class Interner:
    """Numbers tokens from 0 on in order of appearance; `tokens` lists them by number.

    While not `growing`, a new word is unknown. With `words_only`, blanks and punctuation are
    skipped.
    """

    def __init__(self, tokens: Sequence[str], words_only: bool, growing: bool) -> None:
        self.tokens: list[str] = []
        self.words_only, self.growing = words_only, growing
        self._meaning = np.array([UNKNOWN, SKIP])  # by number, these two by their own, -2 and -1
        self._table: dict[str, int] = defaultdict(counter(len(tokens)).__next__)
        self._table.update(zip(tokens, range(len(tokens)), strict=True))
        self._note(tokens)
        if not growing:
            self.freeze()

    def __reduce__(self) -> tuple[type, tuple[list[str], bool, bool]]:
        return Interner, (self.tokens, self.words_only, self.growing)

    def freeze(self) -> None:
        """Stop growing."""
        self.growing = False
        self._table = _Known(self._table, self.words_only)

    def number(self, texts: Iterable[Sequence[str]]) -> tuple[Numbers, list[int]]:
        """Return the numbers of all tokens one after another, and how many each text has."""
        found, lengths, lookup = array("q"), [], self._table.__getitem__
        for tokens in texts:  # one by one, while their strings are in the processor's cache
            found.extend(map(lookup, tokens))
            lengths.append(len(tokens))
        if self.growing:
            new = islice(reversed(self._table), len(self._table) - len(self.tokens))
            self._note(list(new)[::-1])
        return self._meaning[np.frombuffer(found, dtype=np.int64)], lengths

    def _note(self, tokens: Sequence[str]) -> None:
        start = len(self.tokens)
        self.tokens += tokens
        if len(self.tokens) > CHAR_BASE:
            raise TaohuaError(
                f"texts hold more than {CHAR_BASE} distinct words; pass hashed=True or fewer texts"
            )
        if not tokens:
            return
        numbers = np.arange(start, len(self.tokens))
        if self.words_only:
            single = (n for n, token in enumerate(tokens) if len(token) < 2)
            numbers[[n for n in single if not is_word(tokens[n])]] = SKIP
        self._meaning = np.concatenate([self._meaning[:start], numbers, [UNKNOWN, SKIP]])


class TermCounter:
    """Counts the grams of texts, by code or by hashed column.

    Parameters
    ----------
    word_lengths, char_lengths
        Lengths of the grams, each 1 or 2.
    analyzer
        Cuts a text into tokens; ``None`` if texts are lists of tokens.
    n_columns
        Number of hashed columns; ``None`` for codes, see `taohua.features.grams.encode`.
    tokens
        The known words; ``None`` to learn them.
    """

    def __init__(
        self,
        word_lengths: tuple[int, ...],
        char_lengths: tuple[int, ...],
        analyzer: Analyzer | None,
        n_columns: int | None = None,
        tokens: Sequence[str] | None = None,
    ) -> None:
        self.word_lengths, self.char_lengths = word_lengths, char_lengths
        self.analyzer, self.n_columns = analyzer, n_columns
        words_only = isinstance(analyzer, Segmenter)
        self.interner = Interner(tokens or (), words_only, growing=tokens is None)
        self._hashes = np.zeros(0, dtype=np.uint64)

    def read(self, texts: Iterable[Any]) -> Iterator[GramCounts]:
        """Yield the counts of the texts, chunk by chunk, at least one chunk.

        Raises
        ------
        TaohuaError
            If `texts` is one string, or an item is no string (or no list of strings, if these
            are expected).
        """
        for chunk in self._chunks(texts):
            occurrences: list[tuple[Codes, Numbers]] = []
            if self.word_lengths:
                for grams in ngrams(*self._number_words(chunk), self.word_lengths):
                    occurrences.append((self._encode(grams, self._hash_words), grams.rows))
            if self.char_lengths:
                for grams in ngrams(*self._number_chars(chunk), self.char_lengths):
                    occurrences.append((self._encode(grams, _hash_chars), grams.rows))
            yield count(len(chunk), occurrences)

    def _chunks(self, texts: Iterable[Any]) -> Iterator[list[Any]]:
        if isinstance(texts, str | bytes):
            raise TaohuaError("texts must be a list of texts, got one string: put it in a list")
        if not isinstance(texts, Iterable):
            raise TaohuaError(f"texts must be a list of texts, got {type(texts).__name__}")
        chunk: list[Any] = []
        size = 0
        for position, text in enumerate(texts):
            self._check(text, position)
            if chunk and (size + len(text) > CHUNK_CHARACTERS or len(chunk) == MAX_ROWS):
                yield chunk
                chunk, size = [], 0
            chunk.append(text)
            size += len(text)
        yield chunk

    def _check(self, text: Any, position: int) -> None:
        if isinstance(text, list | tuple) if self.analyzer is None else isinstance(text, str):
            return
        wanted = "lists of tokens (pretokenized=True)" if self.analyzer is None else "strings"
        raise TaohuaError(
            f"texts must be {wanted}, got {type(text).__name__} {text!r:.40} at position "
            f"{position}; replace or drop it"
        )

    def _number_words(self, chunk: list[Any]) -> tuple[Numbers, list[int]]:
        if self.n_columns is not None and len(self.interner.tokens) > MEMO:
            self.interner = Interner((), self.interner.words_only, growing=True)
            self._hashes = self._hashes[:0]
        return self.interner.number(chunk if self.analyzer is None else map(self.analyzer, chunk))

    def _number_chars(self, chunk: list[Any]) -> tuple[Numbers, list[int]]:
        joined = chunk if self.analyzer is not None else ["".join(tokens) for tokens in chunk]
        texts = [BLANKS.sub(" ", text) for text in joined]
        return char_numbers("".join(texts)), [len(text) for text in texts]

    def _encode(self, grams: Ngrams, hashes: Callable[[Numbers], Codes]) -> Codes:
        if self.n_columns is None:
            return encode(grams.first, grams.second)
        second = None if grams.second is None else hashes(grams.second)
        return hash_grams(hashes(grams.first), second) % np.uint64(self.n_columns)

    def _hash_words(self, numbers: Numbers) -> Codes:
        new = self.interner.tokens[len(self._hashes) :]
        if new:
            self._hashes = np.append(self._hashes, hash_tokens(new))
        return self._hashes[numbers]


def _hash_chars(numbers: Numbers) -> Codes:
    return numbers.astype(np.uint64)  # hash_grams mixes them
