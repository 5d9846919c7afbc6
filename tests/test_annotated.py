"""An annotator like the ones on mirror sites, and what repair makes of its pages."""

import random
import re

import pytest

from taohua.documents.annotated import broken_gbk, pinyin
from taohua.documents.edits import Traced
from taohua.documents.repair import repair

TEXT = """全院上下围绕审判执行这个中心任务，过去一年办结案件两千余件。总体看来，队伍的精神面貌发生了明显变化，\
群众的评价一年比一年好。现在要做的事情还有很多，问题和短板也要说清楚。
一是学习抓得紧。每周五下午开读书会，年轻法官轮流讲课，院领导带头谈认识、谈打算，处理条线上的难题也拿到会上议。
二是办案抓得实。对超过半年没有结果的案子逐件过堂，谁经手、卡在哪里、什么时候能结，台账上写得明明白白。网络查控、\
实地调查、风险评估一样不少，财产处置公开透明。
三是服务送到家门口。巡回法庭开进乡镇集市，调解员当场听双方讲道理，经过劝说当场签下协议的占了一大半。企业来问经营中的\
法律风险，我们统一登记、专人答复，还开设了线上课堂。
四是纪律严字当头。节前谈话提醒，节后检查账目，发现苗头马上纠正；本着对组织负责、对干部负责的态度，该说的话当面说，\
该担的责任不推给别人。
时间过得很快，任务还很重。我们将继续发扬实干精神，围绕经济发展和社会稳定，把标准再提高一点，把规矩再严一点，让每一个\
案件都经得起检验。后面的路还长，大家要团结起来，把这项事业长久做下去。"""
LISTED = (
    "區節紀時會堅項計鄉應轉權個運態開國構請續認對過獎礎導問規預結沒習術經動評準驗團領識務標據級關類點號機"
    "負無簡財勢產監潤實內風穩優說質寫庫責測爭業設鎮聯錯戰環誰報話統進網擴嚴創長執護強數書學臺獻發聽現調"
)


def annotate(simplified: str, listed: str, *, decoder: str = "swallow") -> str:
    """Return what a mirror site shows: by bytes of GBK, blind to where characters begin."""
    opencc = pytest.importorskip("opencc")
    pypinyin = pytest.importorskip("pypinyin")
    # Table converters know no phrases, so 着 came out as 著 in what was seen.
    convert = opencc.OpenCC("s2t").convert
    text = "".join(convert(char) for char in simplified).replace("着", "著")
    data = text.encode("gbk", errors="replace")
    for char in listed:
        reading = pypinyin.pinyin(char)[0][0]
        data = data.replace(char.encode("gbk"), f"{char}({reading})".encode("gbk"))
    return decode_swallowing(data) if decoder == "swallow" else data.decode("gbk", errors="replace")


def decode_swallowing(data: bytes) -> str:
    """Decode GBK as web servers do: a wrong pair of bytes is one question mark."""
    shown, place = [], 0
    while place < len(data):
        size = 1 if data[place] < 0x80 else 2
        try:
            shown.append(data[place : place + size].decode("gbk"))
        except UnicodeDecodeError:
            shown.append("?")
        place += size
    return "".join(shown)


def mend(text: str) -> str:
    """Return `text` after the two steps that know about pinyin."""
    traced, _ = Traced.of(text).apply(broken_gbk(text))
    traced, _ = traced.apply(pinyin(traced.text))
    return traced.text


PAGE = "會(huì)議、學(xué)習(xí)、發(fā)展。"  # enough to know the page by
PLAIN = "會議、學習、發展。"


@pytest.mark.parametrize("decoder", ["swallow", "replace"])
@pytest.mark.parametrize("n_listed", [20, 50, 99])
def test_annotated_page_comes_back_as_it_was(decoder: str, n_listed: int) -> None:
    page = annotate(TEXT, LISTED[:n_listed], decoder=decoder)
    assert len(page) > 1.05 * len(TEXT)
    assert repair(page).text == TEXT


def test_most_pages_come_back_whatever_is_listed_in_whatever_order() -> None:
    rng = random.Random(7)
    whole = 0
    for _ in range(12):
        listed = "".join(rng.sample(LISTED, 70))
        whole += repair(annotate(TEXT, listed)).text == TEXT
    assert whole >= 10


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("談?wù)J識", "談認識"),  # pinyin of 務 inside 認
        ("談\ufffd(wù)J識", "談認識"),  # the same from another decoder
        ("處理?xiàng)l件", "處理條件"),
        ("，F(xiàn)eldman", "，Feldman"),  # , and F look like 現
        ("穩定?，F(xiàn)在", "穩定。現在"),
        ("穩定?,F在", "穩定。現在"),
        ("穩定??傮w看", "穩定。總體看"),
        ("日?qǐng)?bào)記", "日報記"),  # two readings inside one character
    ],
)
def test_characters_taken_apart_are_put_together(shown: str, meant: str) -> None:
    assert mend(PAGE + shown) == PLAIN + meant


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("質(zhì)量", "質量"),
        ("質（ zhì ）量", "質量"),
        ("質(zhi)量", "質(zhi)量"),  # without tone and alone: somebody's remark
        ("垚(yáo)", "垚"),
        ("質(liàng)量", "質(liàng)量"),  # not a reading of 質
        ("应用(app)", "应用(app)"),
        ("怎么办?", "怎么办?"),
        ("甲?,乙", "甲?,乙"),  # no annotated page, nothing to mend
    ],
)
def test_a_remark_in_brackets_is_pinyin_only_if_it_reads_the_character(
    shown: str, meant: str
) -> None:
    assert mend(shown) == meant


@pytest.mark.parametrize(
    ("shown", "meant"),
    [("質(zhi)量", "質量"), ("質(liàng)量", "質量"), ("應用(app)", "應用(app)")],
)
def test_an_annotated_page_needs_less_proof(shown: str, meant: str) -> None:
    assert mend(PAGE + shown) == PLAIN + meant


def test_offsets_of_an_annotated_page_cover_the_pinyin() -> None:
    raw = PAGE + "談?wù)J識到"
    repaired = repair(raw)
    assert repaired.text == "会议、学习、发展。谈认识到"
    at = repaired.text.index("谈认识")
    assert raw[slice(*repaired.raw_span(at, at + 3))] == "談?wù)J識"
    assert raw[slice(*repaired.raw_span(0, 1))] == "會(huì)"
    assert {entry.step for entry in repaired.log} == {"broken_gbk", "pinyin", "traditional"}


def test_the_annotator_breaks_characters_in_this_text() -> None:
    page = annotate(TEXT, LISTED)
    assert re.search(r"\?[a-z]?[a-zà-ǜ]+\)", page)
