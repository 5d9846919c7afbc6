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
    # parted by first character: re skips a branch by its first character, not a long alternation
    branches: dict[str, list[str]] = {}
    for formula in shipped_formulas():
        branches.setdefault(formula[0], []).append(re.escape(formula[1:]))
    return re.compile("|".join(f"{re.escape(c)}(?:{'|'.join(r)})" for c, r in branches.items()))


def find_formulas(text: str) -> list[tuple[int, int]]:
    """Return the spans of shipped formulas in repaired `text`, longest first from the left."""
    return [match.span() for match in _pattern().finditer(text)]
