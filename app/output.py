"""Findings go to the terminal or a file, as tables, JSON, JSON Lines or CSV."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from taohua.documents.errors import TaohuaError
from taohua.models.atomic import write_atomically

if TYPE_CHECKING:
    from taohua.scored import Scored
    from taohua.survey import Survey

__all__ = ["FORMATS", "Output"]

FORMATS = ("table", "json", "jsonl", "csv")
ENDINGS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".txt": "table"}


@dataclass(frozen=True, slots=True)
class Output:
    """What a command prints, where and in which language."""

    form: str
    path: Path | None
    lang: str

    @classmethod
    def of(
        cls, form: str | None, path: Path | None, lang: str, inputs: Iterable[object]
    ) -> "Output":
        """Check the options of a command before its work begins.

        Raises
        ------
        TaohuaError
            If the ending of `path` names no format, or `path` is one of `inputs` or lies in no
            folder.
        """
        if path is not None:
            if form is None and path.suffix.lower() not in ENDINGS:
                known = " ".join(ENDINGS)
                raise TaohuaError(
                    f"output {str(path)!r} must end in one of {known}, or name --format"
                )
            if any(_is_same(path, Path(str(given))) for given in inputs):
                raise TaohuaError(f"output {str(path)!r} is one of the files to read; name another")
            if not path.resolve().parent.is_dir():
                raise TaohuaError(f"output {str(path)!r} lies in no folder; make the folder first")
        return cls(form or (ENDINGS[path.suffix.lower()] if path else "table"), path, lang)

    def write(self, command: str, found: "Scored | Survey") -> None:
        """Print the findings of a command, or write them to the file at once or not at all."""
        if self.form == "table" and self.path is None:
            self._tables(command, found, sys.stdout)
            return
        data = self._bytes(command, found)
        if self.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write_atomically(self.path, data)

    def _tables(self, command: str, found: Any, file: IO[str]) -> None:
        tables: Callable[[Any, str, IO[str]], None]
        if command == "boilerplate":
            from taohua.survey_tables import survey_tables as tables
        elif command == "compare":
            from taohua.compare_tables import compare_tables as tables
        else:
            from taohua.tables import score_tables as tables
        tables(found, self.lang, file)

    def _bytes(self, command: str, found: "Scored | Survey") -> bytes:
        if self.form == "table":
            buffer = io.StringIO()
            self._tables(command, found, buffer)
            return buffer.getvalue().encode()
        whole = found.to_dict()
        if self.form == "csv":
            # a byte order mark lets spreadsheets know that a file is UTF-8
            return _csv(command, whole).encode("utf-8-sig" if self.path else "utf-8", "replace")
        if self.form == "json":
            text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        else:
            lines = whole["templates" if command == "boilerplate" else "reports"]
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        # what is no text in the name of a file becomes an escape that JSON knows
        return text.encode("utf-8", "backslashreplace")


def _is_same(a: Path, b: Path) -> bool:
    try:
        return os.path.samefile(a, b)
    except OSError:  # one of them is not there
        return False


def _csv(command: str, whole: dict[str, Any]) -> str:
    from taohua.flat import rows

    table = rows(command, whole)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(table[0]) if table else ["source"])
    writer.writeheader()
    writer.writerows({key: _plain(cell) for key, cell in row.items()} for row in table)
    return buffer.getvalue()


def _plain(cell: Any) -> Any:
    """Keep a spreadsheet from running a cell that begins like a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell
