"""Two reports side by side in the terminal: what is equal, what was changed."""

from collections.abc import Sequence
from typing import IO

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taohua.documents.repair import repair
from taohua.models.kinds import Kind
from taohua.scored import Match, MatchSpan, Scored, ScoredReport
from taohua.tables import KIND_STYLE, LOOSE, console, shares_bar, short_name
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
    if left.report and right.report and left.report.text == right.report.text:
        out.print(Text(text["same_text"], style="red"))
    else:
        out.print(table if rows else Text(text["nothing_shared"], style="green"))


def _side(scored: ScoredReport, matches: Sequence[Match], *, own: bool) -> Text:
    """Return one side of the matches of a passage, each span in the style of its kind.

    Changed values stand in brackets too, for a reader without colours. Where matches overlap,
    the most similar passage has the word.
    """
    report = scored.report
    assert report is not None
    side = Text()
    last = None
    for span, kind in _disjoint(matches):
        start, end = (span.start, span.end) if own else (span.other_start, span.other_end)
        if last is not None and last != start:
            side.append("…", style="dim")
        piece = repair(" ".join(report.text[start:end].split())).text
        if last is None:
            piece = piece.lstrip(LOOSE)
        style = {"slot": SLOT_STYLE, "edit": EDIT_STYLE}.get(span.kind, "")
        marked = f"〔{piece}〕" if span.kind != "equal" and piece else piece
        side.append(marked, f"{KIND_STYLE[kind]} {style}".strip())
        last = end
    return side


def _disjoint(matches: Sequence[Match]) -> list[tuple[MatchSpan, Kind]]:
    kept: list[tuple[MatchSpan, Kind]] = []
    for match in sorted(matches, key=lambda match: -match.similarity):
        first, last = match.spans[0].start, match.spans[-1].end
        if all(last <= span.start or span.end <= first for span, _ in kept):
            kept += [(span, match.kind) for span in match.spans]
    return sorted(kept, key=lambda pair: pair[0].start)
