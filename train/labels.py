"""Labelled passages from a file: every bad row is listed with its number and the reason."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taohua.documents.decode import decode
from taohua.documents.errors import TaohuaError

__all__ = ["Labelled", "read_labels"]

SLICED = ("register", "year", "level", "voice")
MAX_LISTED = 20  # bad rows named in one message
SEPARATORS = ";；,，|、 "


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with its themes; `mentions` are named in passing and count neither way.

    `fields` are those of ``register``, ``year``, ``level`` and ``voice`` that the row has.
    """

    text: str
    themes: tuple[str, ...]
    mentions: tuple[str, ...] = ()
    heading: str = ""
    group: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def read_labels(path: str | Path) -> list[Labelled]:
    """Read labelled passages from JSON Lines or CSV.

    A row has ``text`` and ``themes``, and may have ``mentions``, ``heading`` and a group that
    folds keep together: ``group``, else ``document``, else ``voice``. In CSV, several themes
    stand in one cell, parted by a blank, comma or semicolon.

    Raises
    ------
    TaohuaError
        If the file cannot be read or a row is bad; the message lists the bad rows.
    """
    file = Path(path)
    readers = {".jsonl": _json_rows, ".csv": _csv_rows}
    if file.suffix.lower() not in readers:
        raise TaohuaError(f"{str(file)!r} must end in .jsonl or .csv to hold labelled passages")
    try:
        text = decode(file.read_bytes())
    except OSError as error:
        raise TaohuaError(f"{str(file)!r} cannot be read: {error.strerror}") from error
    found, bad = [], []
    for number, row in readers[file.suffix.lower()](text):
        try:
            found.append(_labelled(row))
        except (TypeError, ValueError) as error:
            bad.append(f"row {number}: {error}")
    if bad:
        more = f"; and {len(bad) - MAX_LISTED} more" if len(bad) > MAX_LISTED else ""
        raise TaohuaError(f"{str(file)!r} has bad rows: {'; '.join(bad[:MAX_LISTED])}{more}")
    if not found:
        raise TaohuaError(f"{str(file)!r} holds no labelled passage")
    return found


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                yield number, f"is no JSON ({error})"


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        listed = {key: _split(row.get(key)) for key in ("themes", "mentions") if key in row}
        yield reader.line_num, {**row, **listed}


def _split(cell: str | None) -> list[str]:
    table = str.maketrans(dict.fromkeys(SEPARATORS, " "))
    return (cell or "").translate(table).split()


def _labelled(row: Any) -> Labelled:
    if isinstance(row, str):
        raise ValueError(row)
    if not isinstance(row, dict):
        raise TypeError(f"must be an object, got {type(row).__name__}")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"text must be a non-empty string, got {text!r}")
    if "themes" not in row:
        raise ValueError("themes is missing; write [] for a passage without any")
    group = row.get("group") or row.get("document") or row.get("voice") or ""
    return Labelled(
        text,
        _names(row, "themes"),
        _names(row, "mentions"),
        str(row.get("heading") or ""),
        str(group),
        tuple((name, str(row[name])) for name in SLICED if row.get(name)),
    )


def _names(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError(f"{key} must be a list of theme ids, got {value!r}")
    return tuple(value)
