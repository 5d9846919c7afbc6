"""Where a text names a place: the gazetteer, read over tokens, and towns it does not know.

Names that are everyday words too (和平, 东方, 朝阳) count only beside what makes them a name.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from taohua.documents.gazetteer import Gazetteer, gazetteer

__all__ = [
    "FUNCTION",
    "GLUE",
    "find_places",
    "gazetteer",
    "is_han",
    "is_lexical",
    "is_tagged_name",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written with blanks."""
    return frozenset(words.split())


LEVELS = word_set("省 市 县 区 旗 州 盟 镇 乡 村 街道 社区 街道办 街道办事处")
TOWNS = word_set("镇 乡 村 街道 社区 街道办 街道办事处")
NAME_TAGS = frozenset({"nr", "nrt", "ns", "nz"})
TOWN_ENDS = frozenset("镇乡村道区办处")  # the last characters of TOWNS
# What makes an everyday word a place when it follows: 朝阳中院, 和平区.
CONTEXT_AFTER = word_set(
    "法院 人民法院 中院 中级法院 中级人民法院 基层法院 县委 市委 区委 省委 县政府 市政府 区政府 "
    "法庭 人民法庭 高院 县法院 市法院 区法院"
)
# Characters that belong to the sentence, not to a name that follows them.
FUNCTION = frozenset(
    "的地得和与及或同跟在到由对向从为被把将让使给于以至是有无等其各全本该此每某赴经诉据按当随前后来去了着过也都还"
    "又再就不做打建设创办抓强推促"
)
GLUE = FUNCTION | frozenset(
    "一二三四五六七八九十百千两多几个名年月日市县区省院长新老大小中上下内外"
)
# First characters that make a town generic: 各乡镇, 本村, 全镇.
GENERIC = frozenset(
    "各本全该某两每多几这那我贵大小老新中重特强名美一二三四五六七八九十百千万和与到在以治乡城"
)


@lru_cache(maxsize=1 << 16)
def is_lexical(word: str) -> bool:
    """Tell whether jieba or the court lexicon knows the word: new words are often names."""
    jieba, terms = _dictionary()
    return jieba.has_word(word) or word in terms


@lru_cache(maxsize=1 << 12)
def is_tagged_name(word: str) -> bool:
    """Tell whether jieba's dictionary holds the word as a name of a person, place or thing."""
    jieba, terms = _dictionary()
    tags = [tag for _, tag in jieba.tag(word)]
    return len(tags) == 1 and tags[0] in NAME_TAGS and word not in terms


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Any, frozenset[str]]:
    import rjieba

    lines = files("taohua.data").joinpath("lexicon.txt").read_text("utf-8").splitlines()
    terms = frozenset(line.split()[0] for line in lines if line.strip() and line[0] != "#")
    return rjieba, terms  # as shipped: a segmenter's own terms may well be names


def is_han(word: str) -> bool:
    """Tell whether a word is made of Chinese characters alone."""
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def find_places(tokens: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the spans of places, ordered and disjoint; neighbours such as 省, 市, 县 are one.

    Parameters
    ----------
    tokens
        All tokens of the text.
    starts
        Where each token starts, and the length of the text: one more than tokens.
    """
    names = gazetteer()
    bare, context = names.bare, names.context
    spans: list[tuple[int, int]] = []
    past = -1  # the last token already taken
    for i in [
        i
        for i, token in enumerate(tokens)
        if token in bare or token in context or token[-1] in TOWN_ENDS
    ]:
        if i <= past:
            continue
        first = _first_token(tokens, i, past, names)
        if first is None:
            continue
        past = _last_token(tokens, i)
        start, end = starts[first], starts[past + 1]
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _first_token(tokens: Sequence[str], i: int, past: int, names: Gazetteer) -> int | None:
    """Return the first token of the place that token `i` belongs to, or None if it is none."""
    token = tokens[i]
    if token in names.bare:
        return i
    if token in names.context:
        return i if _has_context(tokens, i, names) else None
    if token in TOWNS:
        return i - 1 if i - 1 > past and _is_new_name(tokens[i - 1]) else None
    return i if token[-1] in "镇乡村" and 2 < len(token) < 5 and _is_new_name(token) else None


def _has_context(tokens: Sequence[str], i: int, names: Gazetteer) -> bool:
    """Tell whether the words around an everyday word make it a place."""
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    if after in CONTEXT_AFTER or (after in LEVELS and tokens[i] + after in names):
        return True
    return _is_listed(tokens, i, -1, names) or _is_listed(tokens, i, 1, names)


def _is_listed(tokens: Sequence[str], i: int, step: int, names: Gazetteer) -> bool:
    """Tell whether a sure place stands beyond the enumeration comma: 本溪、朝阳."""
    other = i + 2 * step
    return 0 <= other < len(tokens) and tokens[i + step] == "、" and tokens[other] in names.bare


def _last_token(tokens: Sequence[str], i: int) -> int:
    """Return the last token of the place whose name ends at token `i`."""
    following = tokens[i + 1 : i + 3]
    if following and following[0] in LEVELS:
        return i + 1
    if len(following) == 2 and following[1] in TOWNS:
        name = following[0]  # below a county even a word may be the name of a town
        if _is_new_name(name) or (following[1] in "镇乡" and _could_be_name(name)):
            return i + 2
    return i


def _is_new_name(word: str) -> bool:
    """Tell whether a word could be the name of a town that no list holds."""
    return _could_be_name(word) and not is_lexical(word)


def _could_be_name(word: str) -> bool:
    return 2 <= len(word) <= 5 and is_han(word) and word[0] not in GENERIC
