"""A web page becomes the lines a visitor sees."""

import re
from collections.abc import Mapping

from taohua.documents.formats import Extract, Lines, metadata

__all__ = ["html_text"]

BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu"
    " nav ol optgroup option p pre search section select summary table tbody tfoot thead tr"
    " ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
CELLS = frozenset(("td", "th"))
UNSEEN_NAMES = (
    "audio canvas datalist iframe math noembed noframes noscript object rp rt script style svg"
    " template textarea video"
)
UNSEEN = frozenset(UNSEEN_NAMES.split())
UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What sites call it, best first: the names of the government portals' standard, then the others'.
META = {
    "title": ("articletitle", "og:title", "dc.title"),
    "date": ("pubdate", "publishdate", "article:published_time", "dc.date"),
    "origin_text": ("contentsource", "source"),
    "byline": ("author", "article:author", "dc.creator"),
    "court": ("sitename", "og:site_name"),
}
HTML_BLANKS = re.compile(r"[ \t\n\r\f]+")
# A line end in the source is a blank on the screen, but not between two Chinese characters
# (CSS Text 3, section 4.1.3); between two links or words in bold it stays one, as in browsers.
CJK_LINE_END = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n[ \t\n\r\f]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
FEED = 1 << 16  # libxml2 refuses pieces of text beyond 10 MB, but not if they come bit by bit


def html_text(page: str) -> Extract:
    """Visible text of a web page with its menus and footers, one line per block.

    The parser reports tags one by one and builds no tree, so that neither depth nor size of the
    page matters: libxml2 gives up a tree at 256 levels and returns nothing.
    """
    from lxml import etree

    target = _Page()
    # Always UTF-8, whatever the page declares: it has been decoded already.
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    data = page.encode()
    for start in range(0, len(data), FEED):
        parser.feed(data[start : start + FEED])
    parser.close()
    return target.lines.text(), target.metadata()


class _Page:
    """Receives the tags of a page; the methods are lxml's parser target interface."""

    def __init__(self) -> None:
        self.lines = Lines(_collapse)
        self._title: list[str] = []
        self._meta: dict[str, str] = {}
        self._unseen = self._titles = self._preformatted = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or tag in UNSEEN or _hidden(attributes):
            self._unseen += 1
        elif tag in CELLS:
            self.lines.open_frame()
        elif tag in BLOCKS:
            self.lines.end()
        self._titles += tag == "title"
        self._preformatted += tag == "pre"
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            self._meta.setdefault(name.lower(), _collapse(attributes.get("content", "")))

    def end(self, tag: str) -> None:
        self._titles -= tag == "title"
        self._preformatted -= tag == "pre"
        if self._unseen:
            self._unseen -= 1
        elif tag in CELLS:
            self.lines.close_frame(inline=True)
        elif tag in BLOCKS:
            self.lines.end()

    def data(self, text: str) -> None:
        if self._unseen:
            return
        if self._titles:
            self._title.append(text)
        elif self._preformatted:
            first, *rest = text.split("\n")
            self.lines.add(first)
            for line in rest:
                self.lines.end()
                self.lines.add(line)
        elif self.lines.begun or not HTML_BLANKS.fullmatch(text):
            self.lines.add(CJK_LINE_END.sub("", text))

    def close(self) -> None:
        """Nothing to do: the lines are asked for their text."""

    def metadata(self) -> dict[str, str]:
        found = {
            key: next((self._meta[name] for name in names if self._meta.get(name)), "")
            for key, names in META.items()
        }
        found["title"] = found["title"] or _collapse("".join(self._title))
        if "法院" not in found["court"]:
            del found["court"]
        return metadata(**found)


def _hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(UNSEEN_STYLE.search(attributes.get("style", "")))


def _collapse(line: str) -> str:
    """Make blanks what a browser makes of them; no-break and ideographic spaces stay."""
    return HTML_BLANKS.sub(" ", line).strip(" ")
