"""Standard formulas (提法): official wordings that anybody may use and nobody copies."""

import re
from functools import cache
from importlib.resources import files

__all__ = ["find_formulas", "shipped_formulas"]


@cache
def shipped_formulas() -> tuple[str, ...]:
    """Return the shipped formulas, longest first."""
    text = files("taohua.data").joinpath("formulas.txt").read_text("utf-8")
    lines = {line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"}
    return tuple(sorted(lines, key=lambda line: (-len(line), line)))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, shipped_formulas())))


def find_formulas(text: str) -> list[tuple[int, int]]:
    """Return the spans of shipped formulas in repaired `text`, longest first from the left."""
    return [match.span() for match in _pattern().finditer(text)]
