"""The edges of a page: what stands above and below its text."""

import re

from taohua.documents.lines import SENTENCE_END, Line
from taohua.documents.titles import is_attribution

__all__ = ["settle_edges"]

MIN_SENTENCE = 19  # characters of a last sentence of the text
MIN_PARAGRAPH = 60  # a longer line without full stop is text, not the title of another page
MAX_LINK = 60
MAX_NAME = 24  # characters of who signs, above the date

_PAGE_NUMBER = re.compile(r"[-—－\s第页共/\d]+")


def settle_edges(lines: list[Line]) -> None:
    """Settle front matter, what stands behind the last paragraph, and bylines that are prose."""
    _mark_front_matter(lines)
    text = [i for i, line in enumerate(lines) if _is_text(line)]
    if not text:
        return
    _settle_tail(lines[text[-1] + 1 :])
    # office-holders and meeting notes stand above the text; inside it they are part of it
    for line in lines[text[0] : text[-1]]:
        if line.kind == "byline" and line.is_prose:
            line.kind = None


def _is_text(line: Line) -> bool:
    if line.kind is not None:
        return False
    sentence = len(line.text) >= MIN_SENTENCE and SENTENCE_END.search(line.text)
    return bool(sentence) or len(line.text) >= MIN_PARAGRAPH


def _mark_front_matter(lines: list[Line]) -> None:
    """Take the YAML between two rules of dashes at the top of a Markdown file as chrome."""
    rules = [i for i, line in enumerate(lines[:30]) if re.fullmatch("-{3,}", line.text)]
    if len(rules) >= 2 and rules[0] == 0:
        for line in lines[: rules[1]]:
            line.kind = "chrome"


def _settle_tail(tail: list[Line]) -> None:
    """Behind the text names are bylines; behind its first widget all other lines are links."""
    after_mark = False
    for i, line in enumerate(tail):
        if line.kind == "chrome" and not _PAGE_NUMBER.fullmatch(line.text):
            after_mark = True
        if line.kind is not None:
            continue
        signed = [x.kind for x in tail[i + 1 : i + 2]] == ["byline"] and len(line.text) <= MAX_NAME
        if is_attribution(line.text) or (signed and not SENTENCE_END.search(line.text)):
            line.kind = "byline"
        elif after_mark and len(line.text) < MAX_LINK:
            line.kind = "chrome"
