"""A survey in the terminal: templates with their values, alike passages, paragraphs without a fact."""

import re
from typing import IO

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taohua.documents.repair import repair
from taohua.survey import Survey, SurveyTemplate, without_fact
from taohua.tables import console, shares_bar, short_name
from taohua.words import Words, words

__all__ = ["survey_tables"]

MAX_TEMPLATES = 30  # in the terminal; files hold all
MAX_PAIRS = 30
MAX_VALUES = 3


def survey_tables(found: Survey, lang: str, file: IO[str]) -> None:
    """Print what a set of reports has in common, then what each is made of."""
    out, text = console(file), words(lang)
    _print_templates(found, out, text)
    _print_pairs(found, out, text)
    for report in found.reports:
        title = report.report.title if report.report else text["error"]
        out.print(Rule(Text(f"{short_name(report.source)}  {title}")))
        if report.report is None:
            continue
        out.print(shares_bar(report.shares, text, out.width - 8))
        rows = list(without_fact(report))
        if rows:
            table = _table(f"{text['without_fact']} {len(rows)}", out)
            table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
            for _, _, passage in rows:
                table.add_row(Text(repair(" ".join(passage.split())).text))
            out.print(table)


def _table(title: str, out: Console) -> Table:
    return Table(title=title, title_justify="left", box=None, expand=True, padding=(0, 1))


def _print_templates(found: Survey, out: Console, text: Words) -> None:
    out.print(Rule(Text(f"{text['templates']} {len(found.templates)}", style="bold")))
    if not found.templates:
        out.print(text["no_templates"])
        return
    table = _table("", out)
    table.show_lines = True
    table.add_column(text["support"], justify="right")
    table.add_column(text["frame"], ratio=3, overflow="fold")
    table.add_column(text["values"], ratio=2, overflow="fold")
    for template in found.templates[:MAX_TEMPLATES]:
        table.add_row(str(template.support), _frame(template, text), _values(template))
    out.print(table)
    if len(found.templates) > MAX_TEMPLATES:
        out.print(f"… {len(found.templates) - MAX_TEMPLATES} {text['more']}", style="dim")


def _frame(template: SurveyTemplate, text: Words) -> Text:
    """Return the frame with its slots named in the language of the table."""
    frame = Text()
    for piece in re.split(r"(\{[a-z]+\})", template.frame):
        frame.append(text.get(piece, piece), "yellow" if piece in text else "")
    return frame


def _values(template: SurveyTemplate) -> Text:
    """Return who uses the template and what was filled in, a few members of it."""
    if not template.slots:
        names = dict.fromkeys(short_name(place.document) for place, _ in template.members)
        return Text("、".join(list(names)[:MAX_VALUES]) + ("…" if len(names) > MAX_VALUES else ""))
    lines = []
    for place, values in template.members[:MAX_VALUES]:
        filled = "｜".join(value or "—" for value in values)
        lines.append(Text.assemble((f"{short_name(place.document)}  ", "dim"), filled))
    return Text("\n").join(lines)


def _print_pairs(found: Survey, out: Console, text: Words) -> None:
    if not found.pairs:
        return
    raw = {r.source: r.report.text for r in found.reports if r.report is not None}
    table = _table(f"{text['pairs']} {len(found.pairs)}", out)
    table.add_column(text["similarity"], justify="right")
    for side in ("left", "right"):
        table.add_column(text[side], ratio=1, no_wrap=True, overflow="ellipsis")
    ranked = sorted(found.pairs, key=lambda pair: -pair.similarity)
    for pair in ranked[:MAX_PAIRS]:
        cells = (
            Text.assemble(
                (f"{short_name(place.document)}  ", "dim"),
                repair(" ".join(raw[place.document][place.start : place.end].split())).text,
            )
            for place in (pair.left, pair.right)
        )
        table.add_row(f"{pair.similarity:.2f}", *cells)
    out.print(table)
    if len(found.pairs) > MAX_PAIRS:
        out.print(f"… {len(found.pairs) - MAX_PAIRS} {text['more']}", style="dim")
