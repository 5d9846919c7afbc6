"""Findings go to the terminal or a file, as tables, JSON, JSON Lines or CSV."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from taohua.documents.errors import TaohuaError

if TYPE_CHECKING:
    from taohua.scored import Scored
    from taohua.survey import Survey

__all__ = ["rows", "write"]

TEXT_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".txt": "table"}


def write(
    command: str,
    found: "Scored | Survey",
    form: str | None = None,
    output: Path | None = None,
    lang: str = "zh",
) -> None:
    """Print the findings of a command, or write them to `output` at once or not at all.

    Raises
    ------
    TaohuaError
        If the ending of `output` names no format, or it cannot be written.
    """
    form = form or _form_of(output)
    if form == "table" and output is None:
        _tables(command, found, lang, sys.stdout)
    elif form == "table":
        buffer = io.StringIO()
        _tables(command, found, lang, buffer)
        _save(output, buffer.getvalue())
    else:
        text = _text(command, found, form)
        _save(output, text) if output else _print(text)


def _form_of(output: Path | None) -> str:
    if output is None:
        return "table"
    if output.suffix.lower() not in TEXT_ENDINGS:
        known = " ".join(TEXT_ENDINGS)
        raise TaohuaError(f"output {str(output)!r} must end in one of {known}, or name --format")
    return TEXT_ENDINGS[output.suffix.lower()]


def _tables(command: str, found: Any, lang: str, file: IO[str]) -> None:
    tables: Callable[[Any, str, IO[str]], None]
    if command == "boilerplate":
        from taohua.survey_tables import survey_tables as tables
    elif command == "compare":
        from taohua.compare_tables import compare_tables as tables
    else:
        from taohua.tables import score_tables as tables
    tables(found, lang, file)


def _text(command: str, found: "Scored | Survey", form: str) -> str:
    whole = found.to_dict()
    if form == "json":
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    if form == "jsonl":
        lines = whole["reports"] if command != "boilerplate" else whole["templates"]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    table = rows(command, whole)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(table[0]) if table else ["source"])
    writer.writeheader()
    writer.writerows({key: _plain(cell) for key, cell in row.items()} for row in table)
    return buffer.getvalue()


def rows(command: str, whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the flat form: one row per passage, for `boilerplate` one per template member."""
    if command == "boilerplate":
        return [
            {
                "template": number,
                "frame": template["frame"],
                "support": template["support"],
                **{key: member[key] for key in ("document", "start", "end")},
                "values": " | ".join(member["values"]),
            }
            for number, template in enumerate(whole["templates"], 1)
            for member in template["members"]
        ]
    found = []
    for report in whole["reports"]:
        if report["error"]:
            found.append(
                {
                    **dict.fromkeys(_PASSAGE_COLUMNS, ""),
                    "source": report["source"],
                    "error": report["error"],
                }
            )
            continue
        found += [_passage_row(report, passage) for passage in report["passages"]]
    return found


_PASSAGE_COLUMNS = (
    "source error title court date heading start end text themes probabilities boilerplate "
    "formula template copied own documents similarity"
).split()


def _passage_row(report: dict[str, Any], passage: dict[str, Any]) -> dict[str, Any]:
    matches = passage["matches"]
    values = (
        report["source"],
        "",
        report["title"],
        report["court"],
        report["date"],
        *(passage[key] for key in ("heading", "start", "end", "text")),
        " ".join(theme["id"] for theme in passage["themes"]),
        " ".join(f"{theme['probability']:.2f}" for theme in passage["themes"]),
        passage["boilerplate"]["label"],
        *(round(share, 4) for share in passage["shares"].values()),
        " | ".join(dict.fromkeys(match["document"] for match in matches)),
        max((match["similarity"] for match in matches), default=""),
    )
    return dict(zip(_PASSAGE_COLUMNS, values, strict=True))


def _plain(cell: Any) -> Any:
    """Keep a spreadsheet from running a cell that begins like a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell


def _print(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _save(path: Path | None, text: str) -> None:
    assert path is not None
    # a byte order mark lets spreadsheets know that a CSV is UTF-8
    data = text.encode("utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8")
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o644)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise TaohuaError(f"output {str(path)!r} cannot be written: {error.strerror}") from error
