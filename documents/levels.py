"""How deep headings are, and which of them open the part of a court."""

from taohua.documents.courts import court_before_colon, is_court_name
from taohua.documents.headings import RANK, heading_style
from taohua.documents.lines import Line
from taohua.documents.runins import run_in_headings

__all__ = ["assign_levels", "mark_units"]


def mark_units(lines: list[Line]) -> None:
    """Let headings that name courts open parts when there are several.

    The name stands alone on the line, behind a number, or before a colon and a slogan.
    """
    headings = [line for line in lines if line.kind == "heading"]
    for style in dict.fromkeys(line.style for line in headings):
        members = [line for line in headings if line.style == style]
        units = [(line, _court(line.words)) for line in members]
        named = [(line, court) for line, court in units if court]
        if len({court for _, court in named}) < 2 or (
            style != "plain" and 2 * len(named) < len(members)
        ):
            continue
        for line, court in named:
            line.style, line.words = "unit", court


def _court(words: str) -> str:
    return words if is_court_name(words) else court_before_colon(words)


def assign_levels(lines: list[Line]) -> None:
    """Give levels from outside in: units, then by rank, unmarked ones where they begin."""
    headings = [line for line in lines if line.kind == "heading" or _has_numbered_run_in(line)]
    seen = list(dict.fromkeys(line.style for line in headings))
    ranked = sorted((style for style in seen if style in RANK), key=RANK.__getitem__)
    marks = sorted(style for style in seen if style.startswith("markdown"))
    order = [style for style in seen if style == "unit"] + marks
    free = [style for style in seen if style not in RANK and style not in order]
    order += [style for style in free if not ranked or seen.index(style) < seen.index(ranked[0])]
    order += ranked
    order += [style for style in free if style not in order]
    for line in headings:
        line.level = order.index(line.style) + 1


def _has_numbered_run_in(line: Line) -> bool:
    """Tell whether a paragraph begins with a numbered sentence that heads it; keep its style."""
    heading = heading_style(line.text) if line.kind is None else None
    if heading is None or heading.style not in RANK:
        return False
    if not line.label and not any(start == 0 for start, _ in run_in_headings(line.text)):
        return False
    line.style, line.words = heading.style, heading.words
    return True
