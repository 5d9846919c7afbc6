"""Findings as tables that read well in a terminal of 80 or 120 columns."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import IO, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taohua.documents.report import Section
from taohua.models.kinds import KINDS
from taohua.models.taxonomy import shipped_themes
from taohua.models.themes import Theme
from taohua.scored import Scored, ScoredReport
from taohua.words import Words, words

__all__ = ["metrics_table", "score_tables"]

KIND_STYLE = {"formula": "cyan", "template": "yellow", "copied": "red", "own": "green"}
# Themes that are easily confused lie far apart in colour.
THEME_STYLES = (
    "red yellow magenta green blue bright_red bright_green bright_blue cyan bright_yellow "
    "bright_cyan bright_magenta blue magenta yellow cyan"
).split()
BAR = 40  # cells of the bar of shares


def console(file: IO[str]) -> Console:
    """Return a console on `file`; redirected output is plain and 100 columns wide."""
    made = Console(file=file, highlight=False, soft_wrap=False)
    return (
        made if made.is_terminal else Console(file=file, width=100, highlight=False, no_color=True)
    )


def theme_name(name: str, lang: str) -> str:
    """Return the name of a theme in the language of the table; own themes keep their id."""
    info = shipped_themes().get(name)
    return name if info is None else info.en if lang == "en" else info.zh


def theme_style(name: str) -> str:
    """Return the colour of a theme, the same in every table."""
    ids = list(shipped_themes())
    return THEME_STYLES[ids.index(name)] if name in ids else "white"


def short_name(path: str) -> str:
    """Return the file name of a path, which is what a reader knows a document by."""
    return PurePath(path).name


def theme_chips(themes: Iterable[Theme], lang: str) -> Text:
    """Return the themes side by side with their probability; a question mark asks for review."""
    chips = []
    for theme in themes:
        mark = "?" if theme.band == "review" else ""
        label = f"{theme_name(theme.id, lang)}{theme.probability * 100:.0f}%{mark}"
        chips.append(Text(label, style=theme_style(theme.id)))
    return Text("  ").join(chips) if chips else Text("—", style="dim")


def shares_bar(shares: dict[Any, float], text: Words, width: int) -> Text:
    """Return the shares as one bar with its legend, `width` columns long at most."""
    legend = Text("  ").join(
        Text(f"{text[kind]}{shares[kind] * 100:.1f}%", style=KIND_STYLE[kind]) for kind in KINDS
    )
    cells = max(min(BAR, width - legend.cell_len - 2), 8)
    bar = Text()
    filled = 0.0
    for kind in KINDS:
        start, filled = round(filled * cells), filled + shares[kind]
        bar.append("█" * (round(filled * cells) - start), style=KIND_STYLE[kind])
    return Text("  ").join([bar, legend])


def score_tables(scored: Scored, lang: str, file: IO[str]) -> None:
    """Print the findings of every report: shares, themes of sections and passages, matches."""
    out, text = console(file), words(lang)
    for report in scored.reports:
        if report.report is None:
            out.print(Rule(Text(f"{short_name(report.source)}  {text['error']}", style="red")))
            out.print(report.error, style="red", soft_wrap=True)
            continue
        out.print(_head(report, text, lang, out.width))
        out.print(_outline(report, text, lang))
        if _is_alike(report):
            out.print(_matches(report, text))
        out.print()
    if len(scored.reports) > 1 and not any(map(_is_alike, scored.reports)):
        out.print(text["no_matches"], style="green")


def _is_alike(report: ScoredReport) -> bool:
    """Tell whether the report shares more than formulas with another one."""
    return any(match.kind != "formula" for found in report.passages for match in found.matches)


def _head(report: ScoredReport, text: Words, lang: str, width: int) -> RenderableType:
    about = report.report
    assert about is not None
    courts = about.court or "、".join(part.court for part in about.parts)
    known = [part for part in (courts, about.date, short_name(report.source)) if part]
    lines: list[RenderableType] = [
        Rule(Text(about.title or short_name(report.source), style="bold")),
        Text(" · ".join(known), style="dim"),
        Text.assemble(f"{text['shares']} ", shares_bar(report.shares, text, width - 8)),
    ]
    if report.themes:
        profile = Text(f"{text['themes']} ")
        for name, share in report.themes.items():
            profile.append(f"{theme_name(name, lang)}{share * 100:.0f}%  ", theme_style(name))
        lines.append(profile)
    if about.repairs:
        steps = ((text.get(repair.step, repair.step), repair.count) for repair in about.repairs)
        done = "  ".join(f"{step}×{count}" for step, count in steps)
        lines.append(Text(f"{text['repairs']} {done}", style="dim"))
    lines += [Text(f"{text['warning']}: {warning}", style="yellow") for warning in about.warnings]
    return Group(*lines)


def _outline(report: ScoredReport, text: Words, lang: str) -> RenderableType:
    """Return headings with the themes of their section, and under them the passages."""
    about = report.report
    assert about is not None
    table = Table(box=None, padding=(0, 1), expand=True, show_header=False)
    table.add_column(ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=2, overflow="fold")
    rows: list[tuple[int, int, Text, Text]] = []
    run_ins = {passage.start for passage in about.passages}
    depth: list[Section] = []
    for section, themes in zip(about.sections, report.sections, strict=True):
        if section.start in run_ins:
            continue
        depth = [
            above for above in depth if above.end > section.start and above.level < section.level
        ]
        heading = Text("  " * len(depth) + section.heading, style="bold")
        depth.append(section)
        rows.append((section.start, 0, heading, theme_chips(themes, lang)))
    for passage, found in zip(about.passages, report.passages, strict=True):
        words_of = Text("  · " + passage.repaired, style="" if found.themes else "dim")
        rows.append((passage.start, 1, words_of, theme_chips(found.themes, lang)))
    for _, _, left, right in sorted(rows, key=lambda row: row[:2]):
        table.add_row(left, right)
    return table if rows else Text(text["no_passages"], style="yellow")


def _matches(report: ScoredReport, text: Words) -> RenderableType:
    about = report.report
    assert about is not None
    table = Table(
        title=text["matches"], title_justify="left", box=None, padding=(0, 1), expand=True
    )
    table.add_column(text["passage"], ratio=4, no_wrap=True, overflow="ellipsis")
    table.add_column(text["other"], ratio=3, no_wrap=True, overflow="ellipsis")
    for name in ("kind", "characters", "similarity", "direction"):
        table.add_column(
            text[name],
            justify="right" if name in ("characters", "similarity") else "left",
            no_wrap=True,
        )
    for passage, found in zip(about.passages, report.passages, strict=True):
        for match in found.matches:
            if match.kind == "formula":
                continue
            origin = text[f"{match.origin}_origin"]
            table.add_row(
                passage.repaired,
                f"{origin} {short_name(match.document)}",
                Text(text[match.kind], style=KIND_STYLE[match.kind]),
                str(sum(span.end - span.start for span in match.spans)),
                f"{match.similarity:.2f}",
                text[match.direction],
            )
    return Padding(table, (1, 0, 0, 0))


def metrics_table(metrics: dict[str, Any], lang: str = "zh", file: IO[str] | None = None) -> None:
    """Print what a model reached out of fold, theme by theme."""
    import sys

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
