"""How far two annotators of the labelled set agree, theme by theme.

Run as ``python benchmarks/agreement.py``. Reads annotations.jsonl, where a passage is known by the
first 16 digits of the SHA-256 of its text. F1 is that of one annotator's themes against the
other's; kappa is Cohen's; intervals are of 1,000 bootstrap samples of passages. Strictly, a theme
of one that the other calls a mention is a disagreement; leniently it counts neither way, as it
does for the classifier.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from record import record

from taohua.models.taxonomy import shipped_themes

ANNOTATIONS = Path(__file__).parent / "annotations.jsonl"
SAMPLES = 1000
Bools = NDArray[np.bool_]


def matrix(rows: list[dict[str, Any]], key: str) -> Bools:
    return np.array([[name in row[key] for name in shipped_themes()] for row in rows])


def f1(a: Bools, b: Bools) -> NDArray[np.float64]:
    return 2 * (a & b).sum(axis=0) / np.maximum(a.sum(axis=0) + b.sum(axis=0), 1)


def kappa(a: Bools, b: Bools) -> NDArray[np.float64]:
    observed = (a == b).mean(axis=0)
    p, q = a.mean(axis=0), b.mean(axis=0)
    expected = p * q + (1 - p) * (1 - q)
    return (observed - expected) / (1 - expected)


def interval(a: Bools, b: Bools, score: Any) -> NDArray[np.float64]:
    """2.5 and 97.5 % of the score over resampled passages, shape (2, ...)."""
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(a), size=(SAMPLES, len(a)))
    return np.quantile([score(a[draw], b[draw]) for draw in draws], [0.025, 0.975], axis=0)


def micro(a: Bools, b: Bools) -> float:
    return float(2 * (a & b).sum() / max(a.sum() + b.sum(), 1))


def main() -> None:
    rows = [json.loads(line) for line in ANNOTATIONS.read_text("utf-8").splitlines()]
    a, b = matrix(rows, "first"), matrix(rows, "second")
    doubtful = (a & matrix(rows, "second_mentions")) | (b & matrix(rows, "first_mentions"))
    lenient = a & ~doubtful, b & ~doubtful
    low, high = interval(a, b, f1)
    agreed, chance_corrected, forgiving = f1(a, b), kappa(a, b), f1(*lenient)
    figures = {
        "passages": len(rows),
        "micro_f1": round(micro(a, b), 4),
        "micro_f1_interval": [round(float(x), 4) for x in interval(a, b, micro)],
        "micro_f1_lenient": round(micro(*lenient), 4),
        "boilerplate_agreement": round(
            float(np.mean([row["first_boilerplate"] == row["second_boilerplate"] for row in rows])),
            4,
        ),
        "themes": {
            name: {
                "first": int(a[:, j].sum()),
                "second": int(b[:, j].sum()),
                "f1": round(float(agreed[j]), 4),
                "interval": [round(float(low[j]), 4), round(float(high[j]), 4)],
                "kappa": round(float(chance_corrected[j]), 4),
                "f1_lenient": round(float(forgiving[j]), 4),
            }
            for j, name in enumerate(shipped_themes())
        },
    }
    record("agreement", "the shipped labelled set, two annotators", figures)


if __name__ == "__main__":
    main()
