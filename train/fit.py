"""From labelled passages to a model on disk, with the numbers it reached out of fold."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taohua.documents.errors import TaohuaError
from taohua.models.atomic import write_atomically
from taohua.models.store import METRICS, save
from taohua.models.taxonomy import shipped_themes
from taohua.models.themes import ThemeClassifier
from taohua.train.labels import Labelled, read_labels
from taohua.train.metrics import theme_metrics

__all__ = ["Training", "fit", "fit_passages"]


@dataclass(frozen=True, slots=True)
class Training:
    """A fitted model and its out-of-fold metrics."""

    model: ThemeClassifier
    metrics: dict[str, Any]


def fit(
    labels: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    themes: Iterable[str] | None = None,
    **params: Any,
) -> Training:
    """Fit a classifier on a file of labelled passages and save it.

    Parameters
    ----------
    labels
        JSON Lines or CSV with ``text`` and ``themes``, see `read_labels`.
    output
        Folder for the model and ``metrics.json``; nothing is written without one.
    themes
        Theme ids that may occur; the shipped ones are not enforced.
    params
        Parameters of `ThemeClassifier`.

    Raises
    ------
    TaohuaError
        If a row is bad, a theme is unknown, or the folder cannot be written.
    """
    rows = read_labels(Path(labels))
    if themes is not None:
        _check_themes(rows, set(themes))
    training = fit_passages(rows, **params)
    if output is not None:
        folder = save(training.model, os.fspath(output))
        text = json.dumps(training.metrics, ensure_ascii=False, indent=1) + "\n"
        write_atomically(folder / METRICS, text.encode())
    return training


def fit_passages(rows: list[Labelled], **params: Any) -> Training:
    """Fit a classifier on labelled passages; folds keep groups together.

    A row without a group is one of its own.
    """
    model = ThemeClassifier(**params)
    if model.single_label:
        _check_single(rows)
    groups = [row.group or f"row {i}" for i, row in enumerate(rows)]
    model.fit(
        [row.text for row in rows],
        [row.themes[0] if model.single_label else row.themes for row in rows],
        None if model.single_label else [row.mentions for row in rows],
        [row.heading for row in rows],
        groups if any(row.group for row in rows) else None,
    )
    return Training(model, theme_metrics(model, rows))


def _check_single(rows: list[Labelled]) -> None:
    bad = [f"row {i}: {list(row.themes)}" for i, row in enumerate(rows, 1) if len(row.themes) != 1]
    if bad:
        raise TaohuaError(f"every row must have exactly one theme, not so {'; '.join(bad[:20])}")


def _check_themes(rows: list[Labelled], allowed: set[str]) -> None:
    bad = [
        f"row {i}: {name!r}"
        for i, row in enumerate(rows, 1)
        for name in (*row.themes, *row.mentions)
        if name not in allowed
    ]
    if bad:
        known = ", ".join(name for name in shipped_themes() if name in allowed)
        raise TaohuaError(f"unknown themes in {'; '.join(bad[:20])}; allowed are {known}")
