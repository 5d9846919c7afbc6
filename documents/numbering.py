"""The numbers Word puts before paragraphs; they stand nowhere in the text of the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Numbering", "W", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """Return the number as Chinese headings count, such as 十二; from 100 on digit by digit."""
    if not 0 < number < 100:
        return "".join(DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    )


def circled(number: int) -> str:
    """Return ① to ⑳, and a plain number beyond."""
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


# Word's names (ECMA-376, 17.18.59). Bullets, letters and Roman numbers are left out.
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: str(number).translate(
        {48 + i: 0xFF10 + i for i in range(10)}
    ),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographDigital": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
}


def value(element: Any, path: str, default: str | None = None) -> str | None:
    """Attribute w:val of a descendant; None without the descendant, `default` without the value."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val", default)


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level are numbered; `text` has %1 for the number of level 0."""

    format: str
    text: str
    start: int
    gap: str


class Numbering:
    """Counts the paragraphs of a document from its numbering and styles parts.

    Parameters
    ----------
    numbering, styles
        Root elements of the two parts, None where the document lacks one.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}  # numId: abstract list, levels
        self._restarts: dict[str, dict[int, int]] = {}
        self._styled: dict[str, tuple[str, int]] = {}  # paragraph style: numId, level
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: Any) -> str:
        """Return the number shown before this paragraph, if any; call it in document order."""
        list_id, level = self._place(paragraph)
        abstract, levels = self._lists.get(list_id, ("", {}))
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        for restarted, start in self._restarts.pop(list_id, {}).items():
            counts[restarted] = start - 1
        for upper in range(level):
            if upper in levels:
                counts.setdefault(upper, levels[upper].start)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return _shown(levels, level, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        list_id, level = _numbered(paragraph)
        by_style = self._styled.get(value(paragraph, "pPr/pStyle") or "", ("", 0))
        if list_id is None:
            list_id, level = by_style[0], by_style[1] if level is None else level
        return list_id, level or 0

    def _read_lists(self, root: Any) -> None:
        abstract = {
            found.get(W + "abstractNumId"): {
                _integer(level.get(W + "ilvl")): Level(
                    format=value(level, "numFmt") or "decimal",
                    text=value(level, "lvlText") or "",
                    start=_integer(value(level, "start"), 1),
                    gap="" if value(level, "suff") == "nothing" else " ",
                )
                for level in found.iterfind(W + "lvl")
            }
            for found in root.iterfind(W + "abstractNum")
        }
        for found in root.iterfind(W + "num"):
            list_id, kind = found.get(W + "numId"), value(found, "abstractNumId") or ""
            self._lists[list_id] = (kind, abstract.get(kind, {}))
            self._restarts[list_id] = {
                _integer(override.get(W + "ilvl")): _integer(value(override, "startOverride"), 1)
                for override in found.iterfind(W + "lvlOverride")
                if override.find(W + "startOverride") is not None
            }

    def _read_styles(self, root: Any) -> None:
        styles = {style.get(W + "styleId"): style for style in root.iterfind(W + "style")}
        for name in styles:
            ancestor, seen = name, set[str]()
            while ancestor in styles and ancestor not in seen:
                seen.add(ancestor)
                list_id, level = _numbered(styles[ancestor])
                if list_id is not None:
                    self._styled[name] = (list_id, level or 0)
                    break
                ancestor = value(styles[ancestor], "basedOn") or ""


def _numbered(element: Any) -> tuple[str | None, int | None]:
    level = value(element, "pPr/numPr/ilvl")
    return value(element, "pPr/numPr/numId"), None if level is None else _integer(level)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,9}", text) else default


def _shown(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    """Fill the pattern in; a blank keeps a bare number apart, 一、 needs none."""
    pattern = levels[level].text
    used = [int(digit) - 1 for digit in re.findall(r"%(\d)", pattern)]
    if not used or any(key not in counts or levels[key].format not in FORMATS for key in used):
        return ""
    shown = re.sub(
        r"%(\d)",
        lambda found: FORMATS[levels[int(found[1]) - 1].format](counts[int(found[1]) - 1]),
        pattern,
    )
    return shown + levels[level].gap if shown[-1].isalnum() else shown
