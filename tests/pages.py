"""Pages whose lines say of what kind they are, see `marked_pages.txt`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from taohua.documents.repair import repair
from taohua.documents.report import Block
from taohua.documents.structure import Structure, structure

KINDS = {
    "C": "chrome",
    "T": "title",
    "B": "byline",
    "P": "caption",
    "A": "advertisement",
    "L": "lead",
    "D": "body",
    "H": "heading",
}


@dataclass
class MarkedLine:
    position: int
    text: str
    kind: str
    level: int | None
    run_ins: list[str]


@dataclass
class MarkedPage:
    name: str
    raw: str = ""
    lines: list[MarkedLine] = field(default_factory=list)

    def add(self, row: str) -> None:
        match = re.match(r"([CTBPALD]|H\d)(?: (.*))?$", row)
        text = row if match is None else match[2] or ""
        if match:
            run_ins = re.findall("⟦(.*?)⟧", text)
            text = re.sub("[⟦⟧]", "", text)
            indent = len(text) - len(text.lstrip())
            level = int(match[1][1]) if match[1][0] == "H" else None
            kind = KINDS[match[1][0]]
            self.lines.append(
                MarkedLine(len(self.raw) + indent, text.strip(), kind, level, run_ins)
            )
        self.raw += text + "\n"


def marked_pages() -> Iterator[MarkedPage]:
    text = Path(__file__).with_name("marked_pages.txt").read_text("utf-8")
    for block in re.split("(?m)^=== ", text)[1:]:
        name, *rows = block.rstrip("\n").split("\n")
        page = MarkedPage(name)
        for row in rows:
            page.add(row)
        yield page


def take_apart(raw: str) -> Structure:
    return structure(raw, repair(raw))


def block_at(found: Structure, position: int) -> Block:
    return next(block for block in found.blocks if block.start <= position < block.end)


def kinds(raw: str) -> list[tuple[str, str]]:
    """Return kind and text of every block, on one line."""
    return [(b.kind, " ".join(raw[b.start : b.end].split())) for b in take_apart(raw).blocks]
