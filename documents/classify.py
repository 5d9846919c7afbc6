"""Every line gets its kind: furniture, title, heading, lead or body, decided in this order."""

import re

from taohua.documents.courts import is_court_name
from taohua.documents.furniture import furniture_kind
from taohua.documents.lines import Line, split_lines
from taohua.documents.outline import mark_headings
from taohua.documents.titles import mark_title

__all__ = ["classify"]

_TAIL_MARK = re.compile(r"(?:相关|上一|下一|最近更新|最新|热门|推荐|延伸|友情|责任编辑|猜你)")


def classify(text: str, title: str = "") -> list[Line]:
    """Return the lines of `text` (repaired), each with its kind, headings with their level.

    `title` is what the file itself calls its title, such as ``<title>`` with the site's name.
    """
    lines = split_lines(text)
    for line in lines:
        if not line.kind:
            line.kind = furniture_kind(line.text)
    _mark_front_matter(lines)
    _settle_edges(lines)
    mark_title(lines, title)
    mark_headings(lines)
    _mark_lead_and_body(lines)
    return lines


def _mark_front_matter(lines: list[Line]) -> None:
    """Take the YAML between two rules of dashes at the top of a Markdown file as chrome."""
    rules = [i for i, line in enumerate(lines[:30]) if re.fullmatch("-{3,}", line.text)]
    if len(rules) >= 2 and rules[0] == 0:
        for line in lines[: rules[1]]:
            line.kind = "chrome"


def _settle_edges(lines: list[Line]) -> None:
    """Settle what stands behind the last paragraph: after a marker all is chrome."""
    prose = [i for i, line in enumerate(lines) if line.kind is None and line.is_prose]
    if not prose:
        return
    after_mark = False
    for line in lines[prose[-1] + 1 :]:
        after_mark = after_mark or (line.kind == "chrome" and bool(_TAIL_MARK.match(line.text)))
        if line.kind is not None:
            continue
        if is_court_name(line.text):
            line.kind = "byline"
        elif after_mark:
            line.kind = "chrome"
    # office-holders and meeting notes stand above the text; inside it they are part of it
    for line in lines[prose[0] : prose[-1]]:
        if line.kind == "byline" and line.is_prose:
            line.kind = None


def _mark_lead_and_body(lines: list[Line]) -> None:
    text = [i for i, line in enumerate(lines) if line.kind is None]
    headings = [i for i, line in enumerate(lines) if line.kind == "heading"]
    first = headings[0] if headings else 0
    before = [i for i in text if i < first]
    long_lead = sum(len(lines[i].text) for i in before) * 2 > sum(len(lines[i].text) for i in text)
    if (not headings and len(text) > 1) or (long_lead and len(before) > 3):
        before = text[:1]
    lead = set(before)
    for i, line in enumerate(lines):
        if line.style == "unit":
            stop = next((j for j in headings if j > i), len(lines))
            has_sub = stop < len(lines) and lines[stop].style != "unit"
            lead.update(j for j in text if i < j < stop and has_sub)
    for i in text:
        lines[i].kind = "lead" if i in lead else "body"
