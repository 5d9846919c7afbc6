"""Folders of prose become the shipped background: how many passages hold each word and bigram.

Only hashes and counts are written, see `taohua.features.background`; no text can be read back.
Run as ``python -m taohua.train.background FOLDER...``.
"""

import re
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from taohua.documents.errors import TaohuaError
from taohua.features.background import Background
from taohua.features.segment import Segmenter
from taohua.features.terms import TermCounter
from taohua.features.vocabulary import Vocabulary, merge

__all__ = ["build", "main", "passages"]

PASSAGE = 400  # characters; longer lines are cut at the end of a sentence
SUFFIXES = (".txt", ".md")
OUTPUT = Path(__file__).parents[1] / "data" / "background.npz"


def passages(files: Iterable[Path]) -> Iterator[str]:
    """Yield the lines of text files, long ones cut into passages of whole sentences."""
    for file in files:
        for line in file.read_text("utf-8", errors="replace").splitlines():
            yield from _cut(line.strip())


def _cut(line: str) -> Iterator[str]:
    passage = ""
    for sentence in re.split(r"(?<=[。！？])", line):
        if passage and len(passage) + len(sentence) > PASSAGE:
            yield passage
            passage = ""
        passage += sentence
    if passage:
        yield passage


def build(texts: Iterable[str], description: str, min_df: int = 2) -> Background:
    """Count in how many passages each word and bigram stands, and keep those in `min_df` or more.

    A passage that occurs again, such as the navigation of a site, counts once.
    """
    counter = TermCounter((1, 2), (), Segmenter())
    chunks = list(counter.read(dict.fromkeys(texts)))
    codes, frequency = merge(chunks)
    hashes = Vocabulary(counter.interner.tokens, codes).hashes()
    distinct, place = np.unique(hashes.astype(np.uint32), return_inverse=True)
    summed = np.bincount(place, frequency, len(distinct)).astype(np.uint32)
    kept = summed >= min_df
    n_documents = sum(chunk.n_rows for chunk in chunks)
    return Background(distinct[kept], summed[kept], n_documents, description)


def _sample(folder: Path, limit: int | None) -> list[Path]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES)
    if not files:
        raise TaohuaError(f"folder must hold {' or '.join(SUFFIXES)} files, got {str(folder)!r}")
    step = 1 if limit is None else -(-len(files) // limit)
    return files[::step]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the background from the folders of the command line."""
    parser = ArgumentParser(
        prog="python -m taohua.train.background",
        description="Count words and bigrams in folders of prose; write the hashes and counts.",
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    parser.add_argument("--files", type=int, help="at most so many files of a folder, evenly taken")
    parser.add_argument("--min-df", type=int, default=2, help="least passages (default: 2)")
    options = parser.parse_args(arguments)
    sampled = {folder.name: _sample(folder, options.files) for folder in options.folders}
    counted = ", ".join(f"{name} ({len(files)} files)" for name, files in sampled.items())
    texts = (text for files in sampled.values() for text in passages(files))
    background = build(texts, f"{counted}; counted {date.today().isoformat()}", options.min_df)
    background.save(options.output)
    print(f"{background.n_documents} passages, {len(background.hashes)} features: {options.output}")


if __name__ == "__main__":
    main()
