"""Every line gets its kind: furniture, title, heading, lead or body, decided in this order."""

from bisect import bisect_left, bisect_right

from taohua.documents.edges import settle_edges
from taohua.documents.furniture import furniture_kind
from taohua.documents.lines import Line, split_lines
from taohua.documents.outline import mark_headings
from taohua.documents.titles import mark_title

__all__ = ["classify"]


def classify(text: str, title: str = "") -> list[Line]:
    """Return the lines of `text` (repaired), each with its kind, headings with their level.

    `title` is what the file itself calls its title, such as ``<title>`` with the site's name.
    """
    lines = split_lines(text)
    for line in lines:
        if not line.label:
            line.kind = furniture_kind(line.text)
    settle_edges(lines)
    mark_title(lines, title)
    mark_headings(lines)
    _mark_lead_and_body(lines)
    return lines


def _mark_lead_and_body(lines: list[Line]) -> None:
    text = [i for i, line in enumerate(lines) if line.kind is None]
    headings = [i for i, line in enumerate(lines) if line.kind == "heading"]
    opened = [*headings, *(i for i in text if lines[i].level is not None)]
    first = min(opened, default=0)
    before = text[: bisect_left(text, first)]
    long_lead = sum(len(lines[i].text) for i in before) * 2 > sum(len(lines[i].text) for i in text)
    if (not opened and len(text) > 1) or (long_lead and len(before) > 3):
        before = text[:1]
    lead = {*before, *_unit_leads(lines, text, headings)}
    for i in text:
        lines[i].kind = "lead" if i in lead else "body"


def _unit_leads(lines: list[Line], text: list[int], headings: list[int]) -> list[int]:
    """Return the paragraphs between the name of a court and its first heading."""
    found: list[int] = []
    for place, i in enumerate(headings[:-1]):
        stop = headings[place + 1]
        if lines[i].is_unit and not lines[stop].is_unit:
            found += text[bisect_right(text, i) : bisect_left(text, stop)]
    return found
