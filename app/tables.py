"""Findings as tables that read well in a terminal of 80 or 120 columns."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import IO, Any

from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taohua.documents.repair import repair
from taohua.documents.report import Section
from taohua.models.kinds import KINDS
from taohua.models.taxonomy import shipped_themes
from taohua.models.themes import Theme
from taohua.scored import Match, Scored, ScoredReport
from taohua.words import Words, words

__all__ = ["score_tables"]

KIND_STYLE = {"formula": "cyan", "template": "yellow", "copied": "red", "own": "green"}
# Themes that are easily confused lie far apart in colour.
THEME_STYLES = (
    "red yellow magenta green blue bright_red bright_green bright_blue cyan bright_yellow "
    "bright_cyan bright_magenta blue magenta yellow cyan"
).split()
BAR = 40  # cells of the bar of shares
LOOSE = "，。、；：）”"  # marks that belong to what stands before a quotation
MAX_MATCHES = 20  # rows of a table in the terminal; files hold all


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
    return "".join(c if c.isprintable() else "\ufffd" for c in PurePath(path).name)


def theme_chips(themes: Iterable[Theme], lang: str) -> Text:
    """Return the themes side by side with their probability; a question mark asks for review."""
    chips = []
    for theme in themes:
        mark = "?" if theme.band == "review" else ""
        label = f"{theme_name(theme.id, lang)}{min(theme.probability * 100, 99):.0f}%{mark}"
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
            continue
        out.print(_head(report, text, lang, out.width))
        out.print(_outline(report, text, lang))
        if _is_alike(report):
            out.print(_matches(report, text))
        out.print()
    if len(scored.reports) > 1:
        alike = any(map(_is_alike, scored.reports))
        out.print(_who_shares(scored, text) if alike else Text(text["no_matches"], style="green"))
    if any(report.report for report in scored.reports):
        out.print(Text(text["legend"], style="dim"))


def _is_alike(report: ScoredReport) -> bool:
    """Tell whether the report shares more than formulas with another one."""
    return any(match.kind != "formula" for found in report.passages for match in found.matches)


def _head(report: ScoredReport, text: Words, lang: str, width: int) -> RenderableType:
    about = report.report
    assert about is not None
    courts = about.court or "、".join(part.court for part in about.parts)
    known = [part for part in (courts, about.date, short_name(report.source)) if part]
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(text["shares"], shares_bar(report.shares, text, width - 8))
    if report.themes:
        shares = [
            Text(f"{theme_name(name, lang)}{share * 100:.0f}%", style=theme_style(name))
            for name, share in report.themes.items()
        ]
        grid.add_row(text["themes"], Text("  ").join(shares))
    if about.repairs:
        steps = ((text.get(repair.step, repair.step), repair.count) for repair in about.repairs)
        done = "  ".join(f"{step}×{count}" for step, count in steps)
        grid.add_row(Text(text["repairs"], style="dim"), Text(done, style="dim"))
    for warning in report.warnings:
        grid.add_row(Text(text["warning"], style="yellow"), Text(warning, style="yellow"))
    title = Text(about.title or short_name(report.source), style="bold")
    return Group(Rule(title), Text(" · ".join(known), style="dim"), grid)


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
        heading = Text("  " * len(depth) + repair(section.heading).text, style="bold")
        depth.append(section)
        rows.append((section.start, 0, heading, theme_chips(themes, lang)))
    for passage, found in zip(about.passages, report.passages, strict=True):
        words_of = Text("  · " + passage.repaired, style="" if found.themes else "dim")
        rows.append((passage.start, 1, words_of, theme_chips(found.themes, lang)))
    for _, _, left, right in sorted(rows, key=lambda row: row[:2]):
        table.add_row(left, right)
    return table if rows else Text(text["no_passages"], style="yellow")


def _matches(report: ScoredReport, text: Words) -> RenderableType:
    """Return what is shared with other files, longest first; each row quotes its beginning."""
    about = report.report
    assert about is not None
    found = [
        (_size(match), match)
        for passage in report.passages
        for match in passage.matches
        if match.kind != "formula"
    ]
    found.sort(key=lambda item: -item[0])
    table = Table(
        title=text["matches"], title_justify="left", box=None, padding=(0, 1), expand=True
    )
    table.add_column(text["shared"], ratio=4, no_wrap=True, overflow="ellipsis")
    table.add_column(text["other"], ratio=3, no_wrap=True, overflow="ellipsis")
    for name in ("kind", "characters", "similarity", "direction"):
        justify: JustifyMethod = "right" if name in ("characters", "similarity") else "left"
        table.add_column(text[name], justify=justify, no_wrap=True)
    for size, match in found[:MAX_MATCHES]:
        shared = about.text[match.spans[0].start : match.spans[-1].end]
        table.add_row(
            Text(repair(" ".join(shared.split())).text.lstrip(LOOSE)),
            Text(f"{text[f'{match.origin}_origin']} {short_name(match.document)}"),
            Text(text[match.kind], style=KIND_STYLE[match.kind]),
            str(size),
            f"{match.similarity:.2f}",
            text[match.direction],
        )
    rest = len(found) - MAX_MATCHES
    more = Text(f" … {rest} {text['more']}" if rest > 0 else "", style="dim")
    return Padding(Group(table, more) if rest > 0 else table, (1, 0, 0, 0))


def _size(match: Match) -> int:
    return sum(span.end - span.start for span in match.spans)


def _who_shares(scored: Scored, text: Words) -> RenderableType:
    """Return which files share most with which, formulas left out."""
    totals: Counter[tuple[str, str]] = Counter()
    for report in scored.reports:
        for passage in report.passages:
            for match in passage.matches:
                if match.kind != "formula":
                    totals[report.source, match.document] += _size(match)
    sizes = {r.source: sum(sum(p.counts.values()) for p in r.passages) for r in scored.reports}
    table = Table(title=text["who"], title_justify="left", box=None, padding=(0, 1), expand=True)
    table.add_column(text["left"], ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(text["right"], ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(text["characters"], justify="right", no_wrap=True)
    table.add_column(text["of_left"], justify="right", no_wrap=True)
    ranked = totals.most_common(MAX_MATCHES)
    for (own, other), size in ranked:
        share = min(size / max(sizes[own], 1), 1)
        table.add_row(Text(short_name(own)), Text(short_name(other)), str(size), f"{share:.0%}")
    return table
