"""Pages whose traditional characters carry their pinyin in brackets, and what that breaks.

The annotator replaces bytes of GBK text without respect for the borders of characters: where the
second byte of one and the first of the next look like a listed character, its pinyin lands
between the two. The list of characters is open, so repair goes by reading, never by list.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from taohua.documents.characters import HAN
from taohua.documents.edits import Edit

__all__ = ["broken_gbk", "pinyin"]

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
OTHERS = 3  # annotations that make a page an annotated one
LONGEST = 24  # characters read one byte out of step before they are given up
# A server shows a wrong pair of bytes as ?, Python a wrong byte as U+FFFD; no character has FF.
UNKNOWN = {"?": b"\xff\xff", "\ufffd": b"\xff"}

_toned = re.compile(f"[{TONED}]").search
_SYLLABLE = rf"(?P<pinyin>[a-züêɑɡ{TONED}]{{1,6}})"
_BLANK = r"[ \xa0\u3000]{0,3}"
_annotation = re.compile(rf"(?<=[{HAN}])[(（]{_BLANK}{_SYLLABLE}{_BLANK}[)）]")
# 談?wù)J is 談認, 處理?xiàng)l is 處理條: pinyin inside the second character.
_inside = re.compile(rf"(?<=[^\n?])[?\ufffd]\(?{_SYLLABLE}{_BLANK}\)")
# ，F(xiàn)eldman: the end of ， and the F look like 現.
_after_ascii = re.compile(
    rf"(?<=[^\x00-\x7f])[@-~](?P<brackets>[(（]{_BLANK}{_SYLLABLE}{_BLANK}[)）])"
)
# ??傮w is 。總體: bytes that looked like a full-width mark became a half-width one.
_narrowed = re.compile(r"[?\ufffd](?P<mark>[,?:;!()])(?=[@-~\u3400-\u9fff])")
# ?，F(xiàn) is 。現, cut between the wrong bytes.
_slipped = re.compile(rf"[?\ufffd]，(?P<last>[@-~])[(（]{_BLANK}{_SYLLABLE}{_BLANK}[)）]")


def broken_gbk(text: str) -> Iterator[Edit]:
    """Put characters together again that the annotator took apart."""
    if not _toned(text):
        return
    annotated = _annotated(text)
    edits = list(_mended_inside(text, annotated))
    if len(annotated) + len(edits) >= OTHERS:
        edits += _mended_marks(text)
        for match in _after_ascii.finditer(text):
            trail = _bytes(text[match.start() - 1])[1:]
            if _reads(_char(trail + match.group()[:1].encode()), match["pinyin"]):
                edits.append((*match.span("brackets"), ""))
    done = 0
    for edit in sorted(edits):
        if edit[0] >= done:
            yield edit
            done = edit[1]


def pinyin(text: str) -> Iterator[Edit]:
    """Remove pinyin in brackets behind the character it reads.

    Without tone mark, or with a reading that the character does not have, only on a page with
    at least `OTHERS` sound ones.
    """
    if not _toned(text):
        return
    many = len(_annotated(text)) >= OTHERS
    for match in _annotation.finditer(text):
        char, reading = text[match.start() - 1], match["pinyin"]
        if _toned(reading):
            if many or _reads(char, reading):
                yield *match.span(), ""
        elif many and reading in _toneless(char):
            yield *match.span(), ""


def _annotated(text: str) -> list[str]:
    """Return the characters that are followed by a reading of theirs with tone mark."""
    return [
        char
        for match in _annotation.finditer(text)
        if _toned(match["pinyin"]) and _reads(char := text[match.start() - 1], match["pinyin"])
    ]


def _mended_inside(text: str, annotated: list[str]) -> Iterator[Edit]:
    """Find the lost byte: with the byte before it, it made a character of the given reading."""
    listed, seen = set(annotated), Counter[str]()
    for match in _inside.finditer(text):
        trail = _bytes(text[match.start() - 1])[1:]
        if not trail or not _toned(match["pinyin"]):
            continue
        seen = seen or Counter(text)
        found: list[tuple[bool, bool, int, str, int]] = []
        for lost, char in _seconds(trail, match["pinyin"]):
            if mended := _realigned(lost, text, match.end()):
                new, end = mended
                found.append((char in listed, _common(char), seen[new[0]], new, end))
        if found:
            *_, new, end = max(found)
            yield match.start(), end, new


def _mended_marks(text: str) -> Iterator[Edit]:
    for match in _narrowed.finditer(text):
        if mended := _realigned(ord(match["mark"]) + 0x80, text, match.end()):
            yield match.start(), mended[1], "。" + mended[0]
    for match in _slipped.finditer(text):
        char = _char(b"\xac" + match["last"].encode())
        if _reads(char, match["pinyin"]):
            yield match.start(), match.end(), "。" + char


def _realigned(lost: int, text: str, start: int) -> tuple[str, int] | None:
    """Decode `text` from `start` with the `lost` byte before it, until the two fall in step.

    They do at the first ASCII character that can be a second byte, or where pinyin tells what
    the second byte was. None if that is too far, or if something comes out that nobody writes.
    """
    data = bytes([lost])
    for place in range(start, min(start + LONGEST, len(text))):
        again = _inside.match(text, place)
        if again and len(data) % 2:
            fitting = _seconds(data[-1:], again["pinyin"])
            usual = max(fitting, key=lambda pair: _common(pair[1]), default=None)
            return _sound(data + bytes(usual[:1]), again.end()) if usual else None
        piece = UNKNOWN.get(text[place]) or _bytes(text[place])
        data += piece
        if len(piece) == 1 and piece[0] != 0xFF:
            return _sound(data, place + 1) if 0x40 <= piece[0] <= 0x7E else None
        if not piece:
            return None
    return None


@lru_cache(maxsize=8192)
def _seconds(first: bytes, reading: str) -> tuple[tuple[int, str], ...]:
    """Return the second bytes that with `first` make a character of a reading, and those."""
    pairs = ((second, _char(first + bytes([second]))) for second in range(0x40, 0xFF))
    return tuple((second, char) for second, char in pairs if _reads(char, reading))


def _sound(data: bytes, end: int) -> tuple[str, int] | None:
    """Return the characters of `data`, a question mark for each one lost; None for nonsense."""
    pairs = [data[at : at + 2] for at in range(0, len(data), 2)]
    chars = [_char(pair) or ("?" if b"\xff" in pair else "") for pair in pairs]
    sound = all(char == "?" or _common(char) for char in chars)
    return ("".join(chars), end) if sound and 2 * chars.count("?") <= len(chars) else None


def _bytes(char: str) -> bytes:
    return char.encode("gbk", errors="ignore")


def _char(pair: bytes) -> str:
    """Return the character of two bytes, or nothing."""
    char = pair.decode("gbk", errors="ignore")
    return char if len(pair) == 2 and len(char) == 1 else ""


@lru_cache(maxsize=8192)
def _common(char: str) -> bool:
    """Tell whether a character is of the first level of GB2312 or Big5, or a mark."""
    simplified = char.encode("gb2312", errors="ignore")
    traditional = char.encode("cp950", errors="ignore")
    return b"\xa1" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _reads(char: str, reading: str) -> bool:
    return reading.replace("ɑ", "a").replace("ɡ", "g") in _readings(char)


@lru_cache(maxsize=8192)
def _readings(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    return frozenset(pinyin(char, style=Style.TONE, heteronym=True)[0]) if char else frozenset()


@lru_cache(maxsize=8192)
def _toneless(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    plain = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return frozenset(plain) | {reading.replace("v", "ü") for reading in plain}
