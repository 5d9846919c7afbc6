"""Bytes become text: the encoding is found by how much the result looks like Chinese."""

import codecs
import re

__all__ = ["decode", "decode_html", "garbage"]

# UTF-32 before UTF-16: its little-endian mark begins with the one of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In order of preference between equals. CP950 is the Big5 of Windows: the codec "big5" lacks
# seven characters of it that every writer of traditional Chinese uses, 裏 and 恒 among them.
CANDIDATES = ("utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be")
# Labels believed in a web page. Latin-1 is not: servers declare it by default, and it never fails.
DECLARED = {
    **dict.fromkeys((b"gb2312", b"gb_2312-80", b"gbk", b"x-gbk", b"cp936", b"gb18030"), "gb18030"),
    **dict.fromkeys((b"big5", b"big5-hkscs", b"x-x-big5", b"cp950"), "cp950"),
}
DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
DECLARATION_WITHIN = 4096  # bytes; browsers look at 1024, old portals put long comments first
SAMPLE = 1 << 16  # bytes judged
LEAST_WIDE = 0.8  # any two bytes of a binary file make some character, mostly a rare one

# Common characters of running and of official Chinese, simplified and traditional, with the
# punctuation. Text in the wrong encoding hits them by chance only, at a few per cent.
FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已"
    "老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力"
    "机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军"
    "产入先山五太水万市员级总司组院审判案件执建党推务强制度展提区县六七八九百千亿各深落管检察服质"
    "效防争诉讼调解治纪责保障领导干队思习精神体系监督项目标率今报告委府"
    "這來國個說們為時會過學對裡後麼沒於還發當無開見經頭動兩長樣現將與進實點種聲話兒問機給幾業間"
    "電門東聽氣關並內軍產萬員級總組審執務強區縣億檢質爭訴訟調紀責領導幹隊習體監項標報黨處設應"
    "，。、：；“”（）《》！？\u3000"
)
NOT_ASCII = re.compile(r"[^\t-\r\x1a -~]")
# Latin-1 signs, punctuation and symbols, wide forms; not kana, Hangul, private use, controls.
ORDINARY = re.compile(r"[\xa0-\xff\u2010-\u27bf\u3000-\u303f\u3400-\u4dbf\uff00-\uffef]")
# A stretch from the first byte of a character to one that can only be ASCII in all four.
TELLING = re.compile(rb"[^\t-\r\x1a -~][^\t-\r -/:-?]*")
BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")


def decode(data: bytes) -> str:
    """Text of a file whose encoding nobody told; a byte order mark is not part of it.

    A mark decides, then valid UTF-8. Otherwise UTF-8, GB18030, Big5 and UTF-16 compete, and the
    one whose text has the most frequent Chinese characters wins. Bytes that do not fit the winner
    become U+FFFD, so that a cut or damaged file can still be read.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return _valid_utf8(data) or data.decode(_likeliest(data), errors="replace")


def decode_html(data: bytes) -> str:
    """Text of a web page: its own word on the encoding counts if the bytes agree with it.

    Valid UTF-8 goes first, because archives save pages anew and leave the old declaration in.
    """
    declared = DECLARATION.search(data[:DECLARATION_WITHIN])
    encoding = DECLARED.get(declared[1].lower()) if declared else None
    if encoding and not _valid_utf8(data) and not any(data.startswith(mark) for mark, _ in MARKS):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(data)


def garbage(text: str) -> float:
    """Share of characters that text does not have: controls, noncharacters, undecodable bytes."""
    return sum(1 for _ in NEVER_IN_TEXT.finditer(text)) / max(len(text), 1)


def _valid_utf8(data: bytes) -> str | None:
    """Return the text if it cannot be anything but UTF-8.

    Two bytes of GBK can pass for one Latin or Arabic letter of UTF-8 (联通 does), not for three.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if NEVER_IN_TEXT.search(text, 0, SAMPLE):  # UTF-16, seen as ASCII
        return None
    return text if text.isascii() or BEYOND_TWO_BYTES.search(text) else None


def _likeliest(data: bytes) -> str:
    pieces, size = [], 0
    for found in TELLING.finditer(data):
        pieces.append(found[0])
        size += len(found[0])
        if size >= SAMPLE:
            break
    # In UTF-16 a byte that looks like a line end may be half of a character, as in 上.
    samples = dict.fromkeys(CANDIDATES, b" ".join(pieces)[:SAMPLE])
    samples |= dict.fromkeys(("utf-16-le", "utf-16-be"), data[:SAMPLE])
    texts = {name: samples[name].decode(name, "replace") for name in CANDIDATES}
    for name in ("utf-16-le", "utf-16-be"):
        if _familiar(texts[name]) < LEAST_WIDE:
            del texts[name]
    return max(texts, key=lambda name: _likeness(texts[name]))


def _familiar(text: str) -> float:
    """Share of characters in the everyday sets of one script; chance pairs of bytes miss both."""
    known = max(len(text.encode(name, "ignore").decode(name)) for name in ("gb2312", "big5"))
    return known / max(len(text), 1)


def _likeness(text: str) -> float:
    """How Chinese a text looks, from -1 to 1; printable ASCII says nothing either way."""
    witnesses = NOT_ASCII.findall(text)
    return sum(map(_weight, witnesses)) / len(witnesses) if witnesses else 0.5


def _weight(character: str) -> float:
    if character in FREQUENT:
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.2
    return 0.0 if ORDINARY.match(character) else -1.0
