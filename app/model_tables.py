"""What a model reached, as tables in the terminal: out of fold, and on passages kept aside."""

import sys
from typing import IO, Any

from rich.table import Table
from rich.text import Text

from taohua.tables import console, theme_name
from taohua.words import words

__all__ = ["evaluation_table", "metrics_table"]


def metrics_table(metrics: dict[str, Any], lang: str = "zh", file: IO[str] | None = None) -> None:
    """Print what a model reached out of fold, theme by theme."""
    out, text = console(file or sys.stdout), words(lang)
    table = Table(box=None, padding=(0, 1))
    table.add_column(text["themes"])
    for name in ("positives", "threshold", "precision", "recall"):
        table.add_column(text[name], justify="right")
    table.add_column("F1", justify="right")
    for name, row in metrics["themes"].items():
        cells = (f"{row[key]:.2f}" for key in ("threshold", "precision", "recall", "f1"))
        table.add_row(theme_name(name, lang), str(row["positives"]), *cells)
    out.print(table)
    out.print(f"micro-F1 {metrics['micro_f1']:.3f}  macro-F1 {metrics['macro_f1']:.3f}")


def evaluation_table(
    figures: dict[str, Any], lang: str = "zh", file: IO[str] | None = None
) -> None:
    """Print precision, recall and F1 of each theme with intervals, and the surest errors."""
    out, text = console(file or sys.stdout), words(lang)
    table = Table(box=None, padding=(0, 1))
    table.add_column(text["themes"])
    table.add_column(text["positives"], justify="right")
    for name in ("precision", "recall"):
        table.add_column(text[name], justify="right")
    for name in ("F1", "AP"):
        table.add_column(name, justify="right")
    for name, row in figures["themes"].items():
        cells = [
            _with_interval(row[key]) for key in ("precision", "recall", "f1", "average_precision")
        ]
        table.add_row(theme_name(name, lang), str(row["positives"]), *cells)
    out.print(table)
    error = figures["calibration"]["expected_calibration_error"]
    out.print(
        f"micro-F1 {figures['micro_f1']:.3f}  macro-F1 {figures['macro_f1']:.3f}  ECE {error:.3f}"
    )
    wrong = Table(title=text["errors"], title_justify="left", box=None, padding=(0, 1), expand=True)
    wrong.add_column("#", justify="right")
    wrong.add_column(text["themes"], no_wrap=True)
    wrong.add_column("", no_wrap=True)
    wrong.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in figures["errors"]:
        sure = f"{text[row['wrong']]} {row['probability']:.2f}"
        wrong.add_row(str(row["row"]), theme_name(row["theme"], lang), sure, Text(row["text"]))
    out.print(wrong)


def _with_interval(cell: dict[str, Any]) -> str:
    low, high = cell["interval"]
    return f"{cell['value']:.2f} ({low:.2f}-{high:.2f})"
