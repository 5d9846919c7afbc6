"""Two reports side by side in the terminal: what is equal, what was changed."""

from collections.abc import Sequence
from typing import IO

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taohua.scored import Match, Scored, ScoredReport
from taohua.tables import KIND_STYLE, console, shares_bar, short_name
from taohua.words import words

__all__ = ["compare_tables"]

SLOT_STYLE = "bold reverse"
EDIT_STYLE = "dim"


def compare_tables(scored: Scored, lang: str, file: IO[str]) -> None:
    """Print what two reports share, a row for each passage; changed values are marked."""
    out, text = console(file), words(lang)
    left, right = scored.reports
    table = Table(expand=True, show_lines=True, padding=(0, 1))
    for name, report in (("left", left), ("right", right)):
        about = report.report
        assert about is not None
        title = about.title or short_name(report.source)
        table.add_column(f"{text[name]} {title}", ratio=1, overflow="fold")
    rows = [
        (_side(left, found.matches, own=True), _side(right, found.matches, own=False))
        for found in left.passages
        if found.matches
    ]
    for a, b in rows:
        table.add_row(a, b)
    out.print(Rule(Text(f"{short_name(left.source)} ↔ {short_name(right.source)}", style="bold")))
    for name, report in (("left", left), ("right", right)):
        out.print(Text.assemble(f"{text[name]} ", shares_bar(report.shares, text, out.width - 8)))
    out.print(table if rows else Text(text["nothing_shared"], style="green"))


def _side(scored: ScoredReport, matches: Sequence[Match], *, own: bool) -> Text:
    """Return one side of the matches of a passage, each span in the style of its kind."""
    report = scored.report
    assert report is not None
    side = Text()
    last = None
    spans = [(span, match.kind) for match in matches for span in match.spans]
    for span, kind in sorted(spans, key=lambda pair: pair[0].start):
        start, end = (span.start, span.end) if own else (span.other_start, span.other_end)
        if last is not None and last != start:
            side.append("…", style="dim")
        style = {"slot": SLOT_STYLE, "edit": EDIT_STYLE}.get(span.kind, "")
        side.append(" ".join(report.text[start:end].split()), f"{KIND_STYLE[kind]} {style}".strip())
        last = end
    return side
