"""Where a text names a court, an organisation or a person.

Names are open classes, so each is found from what stays the same: a court from 法院, 中院, 法庭; an
organisation from 集团, 大学, 支行; a person from a title. From there the name is read leftwards
(a person's to both sides). Bodies without a name of their own (市中院, 县总工会) are no slots: every
report has them, and in 霍邱县总工会 only the place differs, which is a slot itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from taohua.features.persons import TITLES, case_names, persons_around
from taohua.features.places import (
    FUNCTION,
    GLUE,
    find_places,
    gazetteer,
    is_han,
    is_lexical,
    is_tagged_name,
    word_set,
)
from taohua.features.slot_patterns import Span

__all__ = ["find_names"]

COURT = re.compile("法院|[中高]院|法庭")
# What stands between the name and 法院; cut off one by one from the right.
COURT_KIND = re.compile(
    "(?:第[一二三四五六]|铁路运输|海事|知识产权|互联网|金融|林区|农垦|矿区|中级|高级|基层|人民)$"
)
KIND_REACH = 4  # characters of the longest of them
KINDS_MOST = 3  # 第一, 中级, 人民
LEVEL_BEFORE = frozenset("省市县区旗州盟镇乡村")
MASK_BEFORE = re.compile(r"(?:[xX×Ｘ*]{1,4}|某{1,2})[省市县区旗州盟镇乡]?$")
# Tribunals by what they do; those with a name are called after their town.
KINDS_OF_TRIBUNAL = word_set(
    "中心 巡回 速裁 家事 基层 派出 专业 特色 各个 两个 人民 智慧 环保 环境资源 旅游 少年 行政 民事 刑事 破产 "
    "金融 审判 互联网 知识产权 劳动 劳动争议 数字 共享 流动 科技 专门 道交 模拟 示范 标准"
)
ORGANISATIONS = word_set(
    "集团 公司 银行 支行 分行 大学 学院 中学 小学 医院 日报 晚报 报社 监狱 商会"
)
LONG_ORGANISATIONS = word_set("电视台 律师事务所 研究院 合作社")
BANKS = word_set("人行 工行 农行 中行 建行 交行 农商行 邮储 中国银行 工商银行 农业银行 建设银行")
# Words that no organisation's own name goes on with.
NO_PART = word_set(
    "分别 国家 全国 中国 上市 入选 入围 部分 所有 组织 推动 支持 建设 调研 联合 开展 会见 包括 "
    "成为 已 认定 指定 依托 这家"
)
ORGANISATION_REACH = 4  # tokens between the place that begins a name and the word that ends it
NAME_ENDS = frozenset(word[-2:] for word in TITLES | ORGANISATIONS | LONG_ORGANISATIONS)


def find_names(text: str, tokens: Sequence[str], starts: Sequence[int]) -> list[Span]:
    """Return start, end and kind of places, courts, organisations and persons.

    They may overlap, as the place in a court's name does. `starts` has one entry more than
    `tokens`: the length of the text.
    """
    places = find_places(tokens, starts)
    spans: list[Span] = [(start, end, "place") for start, end in places]
    if "院" in text or "法庭" in text:
        spans += _courts(text, tokens, starts)
    for i in [i for i, token in enumerate(tokens) if token[-2:] in NAME_ENDS]:
        token = tokens[i]
        if token in TITLES or token[-2:] in TITLES:
            spans += persons_around(tokens, starts, i)
        elif token[-2:] in ORGANISATIONS or token in LONG_ORGANISATIONS:
            spans += _organisations(tokens, starts, i, places)
    if "某" in text:
        spans += case_names(text)
    return spans


def _courts(text: str, tokens: Sequence[str], starts: Sequence[int]) -> Iterator[Span]:
    """Yield named courts; a tribunal (法庭) joins the court before it."""
    previous: tuple[int, int] | None = None
    for found in COURT.finditer(text):
        kind_start = found.start()
        for _ in range(KINDS_MOST):
            if kind := COURT_KIND.search(text, max(0, kind_start - KIND_REACH), kind_start):
                kind_start = kind.start()
        start = _court_start(text, tokens, starts, kind_start)
        if previous and text.endswith("法庭", 0, found.end()):
            between = text[previous[1] : start if start is not None else kind_start]
            if not between or (start is None and _is_tribunal_name(between)):
                start = previous[0]
        if start is not None:
            previous = start, found.end()
            yield start, found.end(), "court"


def _is_tribunal_name(between: str) -> bool:
    return (
        2 <= len(between) <= 4
        and is_han(between)
        and between[0] not in FUNCTION
        and between not in KINDS_OF_TRIBUNAL
    )


def _court_start(text: str, tokens: Sequence[str], starts: Sequence[int], end: int) -> int | None:
    """Return where the name that ends at `end` starts, or None if there is no name."""
    start = _known_start(text, end)
    if start is None and (mask := MASK_BEFORE.search(text, max(0, end - 6), end)):
        start = mask.start()
    if start is None:
        start = _new_start(text, tokens, starts, end)
    while start is not None and (before := _known_start(text, start)) is not None:
        start = before
    return start


def _known_start(text: str, end: int) -> int | None:
    names = gazetteer()
    for length in range(min(names.longest, end), 1, -1):
        if text[end - length : end] in names:
            return end - length
    return None


def _new_start(text: str, tokens: Sequence[str], starts: Sequence[int], end: int) -> int | None:
    """Return where a name that no list holds starts: words the dictionary lacks, 阜蒙 in 阜蒙县."""
    name_end = end - 1 if end and text[end - 1] in LEVEL_BEFORE else end
    if name_end == end and not text.startswith(
        ("法庭", "人民法庭"), end
    ):  # 涉诉法院, 先进法院: without a level it must be known
        return None
    i = bisect_left(starts, name_end) - 1
    if i >= 0 and starts[i + 1] == name_end and _is_proper(tokens[i]):
        return starts[i]
    start = name_end
    while i >= 0 and name_end - starts[i] <= 4:
        token = text[starts[i] : min(starts[i + 1], name_end)]
        is_single = len(token) == 1 and token not in GLUE and is_han(token)
        if not is_single and (not is_han(token) or is_lexical(token) or token[0] in GLUE):
            break
        start = starts[i]
        i -= 1
    return start if 2 <= name_end - start <= 4 else None


def _is_proper(word: str) -> bool:
    """Tell whether a word of the dictionary is a name that a court may bear: 王府, 石桥."""
    return _is_tribunal_name(word) and word[0] not in GLUE and is_tagged_name(word)


def _organisations(
    tokens: Sequence[str], starts: Sequence[int], i: int, places: Sequence[tuple[int, int]]
) -> Iterator[Span]:
    """Yield the organisation whose last word is token `i`, if a place or a new word begins it."""
    begins = {start for start, _ in places}
    first = i if _is_named(tokens[i]) else None
    for j in range(i - 1, max(-1, i - 2 - ORGANISATION_REACH), -1):
        token = tokens[j]
        if starts[j] in begins:
            first = j
        elif not is_han(token) or token[0] in GLUE or token in NO_PART:
            break
    if first is None and i and 2 <= len(tokens[i - 1]) <= 4 and _is_new(tokens[i - 1]):
        first = i - 1
    if first is not None:
        if first and tokens[first - 1] in BANKS:
            first -= 1
        yield starts[first], starts[i + 1], "organisation"


def _is_named(token: str) -> bool:
    """Tell whether a token such as 安徽大学 starts with the name of a place."""
    return any(token[:length] in gazetteer().bare for length in range(2, len(token) - 1))


def _is_new(token: str) -> bool:
    return is_han(token) and token[0] not in GLUE and not is_lexical(token)
