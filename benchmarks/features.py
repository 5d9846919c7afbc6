"""Segmentation and TF-IDF rows against scikit-learn's TfidfVectorizer with jieba, on one core.

Run as ``python benchmarks/features.py [FOLDER...]``; a passage is a line of a text file. Without
folders, the labelled passages that ship are used. The results go to results/features.json.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from record import record
from sklearn.feature_extraction.text import TfidfVectorizer

from taohua.features.segment import Segmenter
from taohua.features.tfidf import TfidfFeatures

COLD_START = (
    "import time; t = time.perf_counter(); "
    "from taohua.features.segment import Segmenter; Segmenter()('法院'); "
    "print(time.perf_counter() - t)"
)


def read_passages(folders: list[Path]) -> list[str]:
    if folders:
        found = [file for folder in folders for file in sorted(folder.rglob("*.txt"))]
        lines = [line for file in found for line in file.read_text("utf-8", "replace").splitlines()]
    else:
        shipped = [file for file in files("taohua.data").iterdir() if file.name.endswith(".jsonl")]
        rows = [json.loads(row) for file in shipped for row in file.read_text("utf-8").splitlines()]
        lines = [row["text"] for row in rows if "text" in row]
    passages = [line.strip() for line in lines if line.strip()]
    if not passages:
        sys.exit("no passages found; name folders with .txt files")
    return passages


def jieba_and_sklearn() -> Callable[[list[str]], Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda texts: TfidfVectorizer(
        tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2)
    ).fit_transform(texts)


def measure(
    contestants: dict[str, Callable[[list[str]], Any]], texts: list[str], repeats: int
) -> dict[str, list[float]]:
    """Seconds of processor time of each run; the contestants take turns and share the noise."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(repeats):
        for name, run in contestants.items():
            start = time.process_time()
            run(texts)
            seconds[name].append(time.process_time() - start)
    return seconds


def cold_start(repeats: int) -> float:
    command = [sys.executable, "-c", COLD_START]
    runs = (subprocess.run(command, check=True, capture_output=True) for _ in range(repeats))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = read_passages(options.folders)
    megabytes = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    segmenter = Segmenter()
    segmenter("法院")  # both dictionaries are loaded before the clock starts
    fitted = TfidfFeatures().fit(texts)
    contestants: dict[str, Callable[[list[str]], Any]] = {
        "TfidfVectorizer(tokenizer=jieba.lcut, ngram_range=(1, 2)).fit_transform": (
            jieba_and_sklearn()
        ),
        "TfidfFeatures().fit_transform": lambda texts: TfidfFeatures().fit_transform(texts),
        "TfidfFeatures().transform": fitted.transform,
        "TfidfFeatures(hashed=True).fit_transform": (
            lambda texts: TfidfFeatures(hashed=True).fit_transform(texts)
        ),
        "Segmenter()": lambda texts: [segmenter(text) for text in texts],
    }
    seconds = measure(contestants, texts, options.repeats)
    baseline = min(next(iter(seconds.values())))
    figures: dict[str, Any] = {
        "n_passages": len(texts),
        "megabytes": round(megabytes, 3),
        "repeats": options.repeats,
        "clock": "processor time of the process, one thread",
        "cold_start_seconds": round(cold_start(3), 3),
        "runs": {
            name: {
                "best_seconds": round(min(runs), 4),
                "median_seconds": round(statistics.median(runs), 4),
                "megabytes_per_second": round(megabytes / min(runs), 2),
                "times_as_fast": round(baseline / min(runs), 1),
            }
            for name, runs in seconds.items()
        },
    }
    record("features", ", ".join(f.name for f in options.folders) or "shipped passages", figures)


if __name__ == "__main__":
    main()
