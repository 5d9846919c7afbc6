"""Traditional text becomes simplified, character for character."""

import re
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from taohua.documents.characters import HAN
from taohua.documents.edits import Edit

__all__ = ["traditional"]

SHARE = 0.02  # of the Chinese characters; below this they are names and quotations
LEAST = 3  # traditional characters; one name in a short text is no traditional text

_han_run = re.compile(f"[{HAN}]+")
_is_han = re.compile(f"[{HAN}]").match

# OpenCC writes 本著 and 著力 for 本着 and 着力 (issues 555 and 963 there), its Taiwan profile
# writes 专着: so only these words keep 著.
_zhe = re.compile(
    "著(?=[力眼手重想陆急装实落])|(?<![显編编土名专原论译卓昭巨合遗拙])著(?![作名述称录书者有])"
)
_AFTER = str.maketrans({"祇": "只", "囬": "回", "恊": "协", "勣": "绩", "妳": "你"})


def traditional(text: str) -> Iterator[Edit]:
    """Convert to simplified characters if the text as a whole is traditional."""
    if not _is_traditional(text):
        return
    spans = [match.span() for match in _han_run.finditer(text)]
    runs = _simplified([text[start:end] for start, end in spans])
    for (start, end), run in zip(spans, runs, strict=True):
        if text[start:end] == run:
            continue
        for place, (old, new) in enumerate(zip(text[start:end], run, strict=True), start):
            if old != new:
                yield place, place + 1, new


def _is_traditional(text: str) -> bool:
    """Tell whether more than `SHARE` of the Chinese characters have only a traditional form.

    What GB2312 can write is simplified or common to both; without anything else the answer is
    there before OpenCC is loaded.
    """
    rare = [char for char in set(text) if _is_han(char) and not _in_gb2312(char)]
    if not rare:
        return False
    codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32)
    # U+3400 and above: marks among them are few, surrogates and the private area fewer.
    n_han = int(((codes >= 0x3400) & (codes < 0xFB00) | (codes >= 0x20000)).sum())
    enough = max(LEAST - 1, SHARE * n_han)
    if _count(codes, rare) <= enough:
        return False
    only = [old for old, new in zip(rare, _simplified(rare), strict=True) if old != new]
    return _count(codes, only) > enough


def _count(codes: NDArray[np.uint32], chars: list[str]) -> int:
    return int(np.isin(codes, np.array([ord(char) for char in chars], dtype=np.uint32)).sum())


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _simplified(runs: list[str]) -> list[str]:
    """Return each run converted by phrases; one whose length would change goes by characters."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    converted = converter.convert("\n".join(runs)).translate(_AFTER).split("\n")
    return [
        _zhe.sub("着", new if len(new) == len(old) else _by_characters(old, converter.convert))
        for old, new in zip(runs, converted, strict=True)
    ]


def _by_characters(run: str, convert: Callable[[str], str]) -> str:
    single = {char: convert(char) for char in set(run)}
    return "".join(new if len(new := single[char]) == 1 else char for char in run)
