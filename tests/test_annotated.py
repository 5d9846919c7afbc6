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
LISTED = "發內現標進會個實務對關統認設業國創時導報領質產級礎術機轉構準調數據規學區經長臺節態網聯責識強習動結紀爭項"
LISTED += "獻沒過簡問測負執環預鄉續說無誰獎勢團擴號寫書計類開聽話堅戰護運財錯鎮嚴潤權請風評點應驗庫監優穩"


def annotate(simplified: str, listed: str, *, decoder: str = "swallow") -> str:
    """Return what a mirror site shows: by bytes of GBK, blind to where characters begin."""
    opencc = pytest.importorskip("opencc")
    pypinyin = pytest.importorskip("pypinyin")
    # Table converters know no phrases, so 着 came out as 著 in what was seen.
    text = "".join(opencc.OpenCC("s2t").convert(char) for char in simplified).replace("着", "著")
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
