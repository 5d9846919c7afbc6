"""How common words and bigrams are in Chinese prose: the shipped document frequencies.

Only numbers ship: a 32-bit hash per word or bigram and the number of passages that hold it.
Two grams that share a hash share a count, which at 32 bits touches one in ten thousand.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taohua.documents.errors import TaohuaError

__all__ = ["Background", "shipped_background"]

FORMAT = 1


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Document frequencies by hash, see `taohua.features.grams.hash_grams`.

    `hashes` ascend and are distinct; `frequency` counts passages, of which there were
    `n_documents`; `description` says what was counted and when.
    """

    hashes: NDArray[np.uint32]
    frequency: NDArray[np.uint32]
    n_documents: int
    description: str

    def document_frequency(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the document frequency of each hash, 0 where it was not counted."""
        found = np.zeros(len(hashes), dtype=np.int64)
        if not len(self.hashes):
            return found
        wanted = hashes.astype(np.uint32)
        position = np.searchsorted(self.hashes, wanted).clip(max=len(self.hashes) - 1)
        hit = self.hashes[position] == wanted
        found[hit] = self.frequency[position[hit]]
        return found

    def by_column(self, n_columns: int) -> NDArray[np.int64]:
        """Return the document frequency of hashed columns, at most `n_documents` each."""
        columns = self.hashes.astype(np.int64) % n_columns
        summed = np.bincount(columns, self.frequency, n_columns)
        return np.minimum(summed, self.n_documents).astype(np.int64)

    def save(self, path: Path) -> None:
        """Write to an ``.npz`` file, hashes as differences since these compress."""
        np.savez_compressed(
            path,
            format=np.uint32(FORMAT),
            differences=np.diff(self.hashes, prepend=np.uint32(0)),
            frequency=self.frequency,
            n_documents=np.uint32(self.n_documents),
            description=np.array(self.description),
        )

    @classmethod
    def load(cls, path: Path) -> "Background":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise TaohuaError(
                    f"background format must be {FORMAT}, got {int(arrays['format'])} in {path}; "
                    "build it again with python -m taohua.train.background"
                )
            return cls(
                np.cumsum(arrays["differences"], dtype=np.uint32),
                arrays["frequency"],
                int(arrays["n_documents"]),
                str(arrays["description"]),
            )


@cache
def shipped_background() -> Background:
    """Return the background that ships, read once in a process."""
    with as_file(files("taohua.data").joinpath("background.npz")) as path:
        return Background.load(path)
