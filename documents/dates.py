"""Full dates, in digits or as Chinese documents spell them."""

import re

__all__ = ["DATE", "FULL_DATE", "find_date", "han_number"]

# Patterns without groups, to be built into others.
DATE = (
    r"(?:19|20)\d\d\s*[-/.年]\s*(?:1[0-2]|0?[1-9])\s*[-/.月]\s*(?:3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_SPELLED = r"[一二][一二三四五六七八九〇○零]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
FULL_DATE = rf"(?:{DATE}|{_SPELLED})"

_find = re.compile(FULL_DATE).search
_VALUES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}


def find_date(text: str) -> str:
    """Return the first full date of `text` as ``YYYY-MM-DD``, or an empty string."""
    match = _find(text)
    if not match:
        return ""
    year, month, day = re.split(r"[-/.年月日\s]+", match[0].strip("日 \t"))[:3]
    if not year.isascii():
        year = "".join(str(_VALUES[c]) for c in year)
    m, d = han_number(month), han_number(day)
    return f"{year}-{m:02}-{d:02}" if 1 <= m <= 12 and 1 <= d <= 31 else ""


def han_number(text: str) -> int:
    """Return the number below 100 that `text` writes, in digits or characters; 0 if it is none."""
    if text.isascii():
        return int(text)
    tens, found, ones = text.partition("十")
    if not found:
        return _VALUES.get(text, 0)
    return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0)
