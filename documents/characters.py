"""Characters that stand for other characters: width, radicals, masks."""

import re
import unicodedata
from collections.abc import Iterator

from taohua.documents.edits import Edit

__all__ = ["HAN", "doubled", "masks", "width"]

# Inside [...] of a regular expression: Chinese characters, 〇 included.
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# PDF programs give radicals for characters, ⼯ for 工. Unicode maps U+2F00 to U+2FD5; of the
# supplement these simplified ones occur in text.
_SUPPLEMENT = dict(
    zip(
        "\u2e9f\u2ea0\u2ec4\u2ec5\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd"
        "\u2ee2\u2ee5\u2ee6\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3",
        "母民西见贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_COMPATIBLE = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)]
_ALIKE = (
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBLE}
    | {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum()}
    | _SUPPLEMENT
    | dict(zip("％﹪＋＝＠＃＆／＊＿｜＂＇", "%%+=@#&/*_|\"'", strict=True))
    | dict(zip("﹐﹑﹒﹔﹕﹖﹗﹙﹚､｡｢｣", "，、.；：？！（）、。「」", strict=True))
)
_FOLD = {ord(old): new for old, new in _ALIKE.items() if len(new) == 1 and new != old}
_folded = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]+")
_WIDE = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
# Not the comma of 1954，1955: thousands have up to three digits before it and three behind.
_inner = re.compile(
    rf"．(?<=[0-9０-９]．)(?=[0-9０-９])|－(?<=[{_WIDE}]－)(?=[{_WIDE}])"
    r"|，(?<=[０-９]，)(?<![０-９]{4}，)(?=[０-９]{3}(?![０-９]))"
)
_INNER = {"．": ".", "－": "-", "，": ","}
# Pinyin as some programs write it, a letter and its tone apart.
_apart = re.compile("[a-zü][\u0300\u0301\u0304\u030c]")

# D建, X组书记: a party word hidden from filters. D组, D座, X市 are groups, blocks, places.
# Every branch begins with its letter: a scan for letters in Chinese text is quick.
_mask = re.compile(
    r"[Dd](?<![A-Za-z0-9].)(?=建(?!模|筑|材)|员(?!工)|支部|纪(?!念)|课(?!程)|章(?!节)|史|费|性|徽"
    r"|委(?!托|派)|中央|内法规|风廉政|和国家|组(?:书记|成员|会|理论|班子|中心组|织)"
    r"|的(?:二十|十[九八]))"
    r"|[Dd](?<=[院关局部].)(?=组(?!长))"
    r"|[Dd](?:(?<=从严治.)|(?<=共产.))(?![A-Za-z0-9])"
    r"|[Xx](?<![A-Za-z0-9].)(?=组书记|组成员|支部书记)"
)
# 。。。 is somebody's ellipsis; of commas no number means anything.
_twice = re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)")


def width(text: str) -> Iterator[Edit]:
    """Write letters, digits and signs in ASCII, and radicals as the characters they show."""
    edits = [(m.start(), m.end(), m.group().translate(_FOLD)) for m in _folded.finditer(text)]
    edits += [(m.start(), m.end(), _INNER[m.group()]) for m in _inner.finditer(text)]
    edits += [
        (m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in _apart.finditer(text)
    ]
    yield from sorted(edits)


def doubled(text: str) -> Iterator[Edit]:
    """Write a comma, stop or colon once where it stands twice."""
    return ((m.start(), m.end(), m.group()[0]) for m in _twice.finditer(text))


def masks(text: str) -> Iterator[Edit]:
    """Put 党 back where a letter hides it from filters."""
    return ((m.start(), m.end(), "党") for m in _mask.finditer(text))
