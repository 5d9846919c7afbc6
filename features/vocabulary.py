"""The features that a fit kept: their codes in order of the columns, and the words they name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taohua.features.grams import (
    CHAR_BASE,
    Codes,
    GramCounts,
    decode,
    distinct,
    encode,
    hash_grams,
    hash_tokens,
)

__all__ = ["Vocabulary", "merge", "total_counts"]

Frequencies = NDArray[np.int64]


def merge(chunks: Sequence[GramCounts]) -> tuple[Codes, Frequencies]:
    """Return all codes in order and the document frequency of each."""
    if len(chunks) == 1:
        return chunks[0].codes, chunks[0].document_frequency.astype(np.int64)
    codes = distinct(np.concatenate([chunk.codes for chunk in chunks]))
    frequency = np.zeros(len(codes), dtype=np.int64)
    for chunk in chunks:
        frequency[np.searchsorted(codes, chunk.codes)] += chunk.document_frequency
    return codes, frequency


def total_counts(chunks: Sequence[GramCounts], codes: Codes) -> Frequencies:
    """Return how often each of all codes occurs."""
    totals = np.zeros(len(codes), dtype=np.int64)
    for chunk in chunks:
        if len(chunk.codes):
            place = np.searchsorted(codes, chunk.codes)
            totals[place] += np.add.reduceat(chunk.counts, chunk.starts[:-1])
    return totals


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Words by number and ascending `codes`, see `taohua.features.grams.encode`, by column."""

    tokens: Sequence[str]
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    def columns(self, chunk: GramCounts) -> tuple[GramCounts, NDArray[np.int32]]:
        """Return the part of a chunk that has columns here, and these."""
        if np.array_equal(self.codes, chunk.codes):
            return chunk, np.arange(len(self), dtype=np.int32)
        if not len(self):
            return chunk.select(np.zeros(len(chunk.codes), dtype=bool)), np.zeros(0, np.int32)
        columns = np.searchsorted(self.codes, chunk.codes).astype(np.int32).clip(max=len(self) - 1)
        kept = self.codes[columns] == chunk.codes
        return (chunk, columns) if kept.all() else (chunk.select(kept), columns[kept])

    def names(self, char_prefix: str = "") -> NDArray[np.object_]:
        """Return the features as strings, the words of a bigram with a space between."""
        first, second = decode(self.codes)
        is_char, is_pair = first >= CHAR_BASE, second >= 0
        words, pairs = ~is_char, ~is_char & is_pair
        tokens = np.array([*self.tokens, ""], dtype=object)
        names = np.empty(len(self), dtype=object)
        names[words] = tokens[first[words]]
        names[pairs] += " " + tokens[second[pairs]]
        points = zip(first[is_char].tolist(), second[is_char].tolist(), strict=True)
        names[is_char] = [char_prefix + _char(a) + _char(b) for a, b in points]
        return names

    def hashes(self) -> Codes:
        """Return the hash of each feature, see `taohua.features.grams.hash_grams`."""
        hashes = np.append(hash_tokens(self.tokens), np.uint64(0))
        first, second = decode(self.codes)
        is_pair = second >= 0
        return np.where(
            is_pair, hash_grams(hashes[first], hashes[second]), hash_grams(hashes[first])
        )

    def without_unused(self) -> "Vocabulary":
        """Return the same columns without the words that stand in no feature."""
        first, second = decode(self.codes)
        numbers = np.concatenate([first, second])
        used = np.unique(numbers[(numbers >= 0) & (numbers < CHAR_BASE)])
        first, second = (
            np.where(n < 0, n, np.where(n < CHAR_BASE, np.searchsorted(used, n), n))
            for n in (first, second)
        )
        return Vocabulary([self.tokens[n] for n in used.tolist()], encode(first, second))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return arrays without strings or objects."""
        blobs = [token.encode("utf-8", "surrogatepass") for token in self.tokens]
        return {
            "codes": self.codes,
            "tokens": np.frombuffer(b"".join(blobs), dtype=np.uint8),
            "token_lengths": np.array([len(blob) for blob in blobs], dtype=np.uint32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Vocabulary":
        """Read what `to_arrays` wrote."""
        blob = arrays["tokens"].tobytes()
        ends = np.cumsum(arrays["token_lengths"], dtype=np.int64).tolist()
        bounds = zip([0, *ends], ends, strict=False)
        tokens = [blob[start:end].decode("utf-8", "surrogatepass") for start, end in bounds]
        return cls(tokens, arrays["codes"])


def _char(number: int) -> str:
    return chr(number - CHAR_BASE) if number >= 0 else ""
