"""How right structure and themes are on reports labelled line by line.

Run as ``python benchmarks/labelled_reports.py FOLDER LABELS``: FOLDER holds the reports, LABELS
is JSON Lines with ``file``, ``paragraph_index`` (of the non-blank lines), ``kind``, ``themes`` and
``mentions``. A paragraph has the themes of its passages, a heading those of its section; mentions
count neither way.
"""

import json
import re
import sys
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from record import record

import taohua
from taohua.scored import ScoredReport

Row = dict[str, Any]


def lines_of(text: str) -> list[tuple[int, int]]:
    """Spans of the non-blank lines."""
    found = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        left = len(match[0]) - len(match[0].lstrip())
        found.append((match.start() + left, match.start() + len(match[0].rstrip())))
    return found


def passage_themes(report: ScoredReport, start: int, end: int) -> set[str]:
    assert report.report is not None
    return {
        theme.id
        for passage, found in zip(report.report.passages, report.passages, strict=True)
        if passage.start < end and passage.end > start
        for theme in found.themes
    }


def section_themes(report: ScoredReport, start: int) -> set[str]:
    assert report.report is not None
    for section, themes in zip(report.report.sections, report.sections, strict=True):
        if section.start <= start < section.start + len(section.heading):
            return {theme.id for theme in themes}
    return set()


def count(found: set[str], row: Row, totals: dict[str, int]) -> None:
    wanted, ignored = set(row["themes"]), set(row.get("mentions", ()))
    totals["hit"] += len(found & wanted)
    totals["extra"] += len(found - wanted - ignored)
    totals["missed"] += len(wanted - found)


def scores(totals: dict[str, int]) -> dict[str, Any]:
    whole = 2 * totals["hit"] + totals["extra"] + totals["missed"]
    return {"micro_f1": round(2 * totals["hit"] / max(whole, 1), 4), **totals}


def judge(report: ScoredReport, rows: list[Row], totals: dict[str, dict[str, int]]) -> list[bool]:
    """Count what is right in one report; return for each line whether its kind is."""
    assert report.report is not None
    lines = lines_of(report.report.text)
    right, paragraphs = [], defaultdict(list)
    for row in rows:
        start, end = lines[row["paragraph_index"]]
        block = next(b for b in report.report.blocks if b.start <= start < b.end)
        right.append(block.kind == row["kind"])
        if row["kind"] == "heading":
            count(section_themes(report, start), row, totals["sections"])
        elif row["kind"] in ("lead", "body"):
            paragraphs[row.get("join_group", row["paragraph_index"])].append((start, end, row))
    for pieces in paragraphs.values():
        found = passage_themes(report, pieces[0][0], pieces[-1][1])
        count(found, pieces[0][2], totals["passages"])
    return right


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("labels", type=Path)
    args = parser.parse_args()
    rows = defaultdict(list)
    for line in args.labels.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["file"]].append(row)
    totals: dict[str, dict[str, int]] = {
        name: dict.fromkeys(("hit", "extra", "missed"), 0) for name in ("passages", "sections")
    }
    right = {}
    for file, own in rows.items():
        scored = taohua.score(args.folder / file).reports[0]
        if scored.error:
            sys.exit(scored.error)
        right[file] = judge(scored, own, totals)
    every = [line for found in right.values() for line in found]
    figures = {
        "block_kind_accuracy": round(sum(every) / len(every), 4),
        "block_kind_accuracy_by_report": {f: round(sum(x) / len(x), 4) for f, x in right.items()},
        "passage_themes": scores(totals["passages"]),
        "section_themes": scores(totals["sections"]),
    }
    record("labelled_reports", f"{len(rows)} labelled reports, {len(every)} lines", figures)


if __name__ == "__main__":
    main()
