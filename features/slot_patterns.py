"""The slots that their characters give away: figures, dates, titles, quotations, blanks.

A character of `TRIGGER` starts a try, and the first character chooses the expression. Group
names are slot kinds. Every repetition is bounded or runs over one class of characters, so
matching is linear in the text.
"""

import re
from collections.abc import Iterator
from typing import Literal, cast

__all__ = ["HAN_DIGITS", "SlotKind", "Span", "find_patterns"]

SlotKind = Literal[
    "number",
    "percent",
    "money",
    "date",
    "count",
    "court",
    "place",
    "organisation",
    "person",
    "document",
    "article",
    "slogan",
    "blank",
]
Span = tuple[int, int, SlotKind]  # start, end, kind

HAN = "\u4e00-\u9fff"
D = "[0-9０-９]"
HAN_DIGITS = "一二两三四五六七八九十百千万亿零〇几数"
YEAR = rf"[12１２]{D}{{3}}"
TO = "[-－‐–—―~～〜至到]"
# An amount: thousands groups are bounded, so that a long row of them stays linear.
AMOUNT = rf"(?:{D}{{1,3}}(?:[,，]{D}{{3}}){{1,5}}(?!{D})|{D}++)(?:[.．]{D}++)?"
SCALE = "[十百千万亿]{0,3}"
ABOUT = "[余多]?"

# Units that follow Arabic figures. Sets of single characters are one test for the engine.
UNIT = (
    "(?:人次|件次|场次|户次|车次|班次|批次|频次|家次|页次|起次|人(?!民|大|均|工)|个半?月|个小时|"
    "个工作日|个季度|工作日|[小学课]时|分钟|秒钟?|公里|千米|平方公里|平方米|立方米|公斤|千克|千瓦时?|千伏|公顷|"
    "方面|周年|余?种|单元|字次|个|[件名场次项篇份宗家所支处期届批条例部位类起户幅间座台辆套年天周册本张枚"
    "块片组队班轮回遍趟站节课堂门首曲面杯尊颗棵株匹只米吨亩倍级档层楼栋幢号岁分款封卷盘桌句步帧艘架列箱"
    "袋盒瓶道股省市县区乡镇村校院国度大]|对(?!接))"
)
# Units that follow Chinese figures: fewer, for many a figure there is part of a word.
HAN_UNIT = (
    "(?:人次|件次|场次|户次|批次|个半?月|个小时|个工作日|工作日|[小学课]时|分钟|公里|千米|周年|个(?!百分点)|"
    "人(?![民大均才员])|届(?!.中全会|历次|中[央纪])|"
    "[件名场次项篇份宗家所支处期批条例部类种起户幅间座台辆套年天册本张枚块轮倍岁组位])"
)
ONE_UNIT = (
    "(?:人次|件次|个半?月|个小时|周年|[名例场项篇份宗届期](?!之))"  # 一件 and 一次 say little
)
ORDINAL_UNIT = "(?:季度|周年|[届期批次号轮版章节编卷站场位名组类天页])"
HAN_AMOUNT = (
    f"(?:[二两三四五六七八九][{HAN_DIGITS}]{{0,12}}|[一十][{HAN_DIGITS}]{{1,12}}|"
    f"[几数][十百千万亿]{{1,3}}|十(?=[余多]?{HAN_UNIT})|[百千万亿]{{1,2}}(?=[余多]))"
)
MONEY = "(?:元(?![素旦宵月])|美元|欧元|港元|港币|日元|英镑|澳元|卢布|块钱|人民币)(?:人民币)?"
TENTH = "成(?=[以左的多]|[，。、；,;]|$)"
# Numbers everyone calls; they are words, not facts.
HOTLINE = r"(?!(?:12368|12345|12348|12309|12337|12315|96110)(?!\d)|(?:110|119|120)(?=[报热指]))"

# In verbose mode, so a blank that is meant stands in brackets.
MONTH_DAY = (
    rf"(?:{D}{{1,2}}{TO})?{D}{{1,2}}[ ]?月(?:份|底|初|末|[上中下]旬|"
    rf"[ ]?(?:{D}{{1,2}}{TO})?{D}{{1,2}}[ ]?日(?:{TO}(?:{D}{{1,2}}月)?{D}{{1,2}}日)?)?"
)
HAN_MONTH = "(?:十[一二]?|[一二三四五六七八九])月"
HAN_DAY = "[一二三四五六七八九十]{1,3}日"
PERIOD = "(?:前?[1-4一二三四]个?季度|第[一二三四]季度|[上下]半年)"
CLOCK = rf"{D}{{1,2}}:{D}{{2}}(?::{D}{{2}})?"
DATE = (
    rf"{YEAR}[-－./．]{D}{{1,2}}[-－./．]{D}{{1,2}}(?:[ ]{CLOCK})?|"
    rf"(?:{YEAR}[ ]?年?{TO})?{YEAR}[ ]?年(?:[度底初末]|{PERIOD}|[ ]?{MONTH_DAY})?|"
    rf"(?:{D}{{2}}世纪)?{D}{{2}}年代|{D}{{1,2}}世纪|{MONTH_DAY}|"
    rf"(?:{D}{{1,2}}日?{TO})?{D}{{1,2}}日(?![内均])|{D}{{1,2}}[时点]{D}{{1,2}}分|{CLOCK}|"
    rf"[12]{D}{{1,2}}[xX×]{{1,2}}年(?:[度底初末]|[xX×]{{1,2}}月)?"
)

ARABIC = rf"""
    (?<![0-9０-９A-Za-z.．]){HOTLINE}(?:
      (?P<date>{DATE})
    | (?P<blank>[12]{D}{{1,2}}[xX×]{{1,2}}(?![A-Za-z]))
    | {AMOUNT}(?![A-Za-z])(?:{ABOUT}{SCALE}{TO}{AMOUNT})?(?:
          (?P<percent>{ABOUT}[ ]?(?:[%％‰﹪](?:{TO}{AMOUNT}[%％])?|个?百分点|{TENTH}))
        | {ABOUT}{SCALE}{ABOUT}[ ]?(?:
              (?P<money>{MONEY})
            | (?P<count>{UNIT}))
        | (?P<number>{ABOUT}{SCALE}{ABOUT}(?:/{D}+)?)))"""
HAN_FIGURE = rf"""
      (?P<date>[一二][〇○零一二三四五六七八九]{{3}}年(?:度|{PERIOD}|{HAN_MONTH}(?:{HAN_DAY})?)?
      | {HAN_MONTH}(?:份|{HAN_DAY}))
    | (?P<percent>[百千万]分之[{HAN_DIGITS}点]{{1,9}}|[一二两三四五六七八九]个百分点
      | [二两三四五六七八九]{TENTH})
    | (?P<money>{HAN_AMOUNT}{ABOUT}{SCALE}{MONEY})
    | (?P<count>一{ONE_UNIT}|{HAN_AMOUNT}{ABOUT}{HAN_UNIT}|(?<=[近上逾约])[百千万]{HAN_UNIT})
    | (?P<number>[{HAN_DIGITS}]{{1,4}}分之[{HAN_DIGITS}]{{1,4}}
      | (?:[二两三四五六七八九][百千万亿]|[一十][百千万亿])
        (?:[{HAN_DIGITS}]{{0,10}}[余多]|[{HAN_DIGITS}]{{2,10}}))"""
ORDINAL = rf"""
      (?P<article>第(?:[{HAN_DIGITS}]{{1,7}}|{D}{{1,4}})条(?:之[一二三四五六七八九])?
      (?:第[{HAN_DIGITS}0-9]{{1,3}}款)?(?:第?[（(]?[{HAN_DIGITS}0-9]{{1,3}}[)）]?项)?)
    | (?P<count>第(?:[{HAN_DIGITS}]{{1,6}}|{D}+){ORDINAL_UNIT})
    | (?P<number>第{D}+|(?<=[省市国县区居列名位院])第[一二三四五六七八九十]{{1,3}}
      (?=[，。；、,;.）)\s]|$))"""
TITLE = r"《[^《》\n]{1,80}(?:《[^《》\n]{1,80}》[^《》\n]{0,60}){0,2}》"
DOCUMENT = rf"""
      (?P<article>{TITLE}第[{HAN_DIGITS}0-9]{{1,7}}条(?:第[{HAN_DIGITS}0-9]{{1,3}}款)?)
    | (?P<document>{TITLE})"""
DOCKET = rf"""
    (?P<document>[〔\[（(](?:19|20)\d\d[〕\]）)]
      (?:[{HAN}]{{1,3}}\d{{0,5}}[{HAN}]{{1,3}})?第?\d{{1,6}}号)"""
SLOGAN = r"""
    (?P<slogan>“[^“”\n。！？!?；;]{1,20}”|「[^「」\n。！？]{1,20}」|『[^『』\n。！？]{1,20}』
      |"[^"\n。！？!?；;]{1,20}")"""
BLANK = rf"""
      (?P<date>(?<![A-Za-z])[xX×Ｘ]{{1,4}}年(?:[xX×Ｘ]{{1,2}}月(?:[xX×Ｘ]{{1,2}}日)?)?
      | (?<![A-Za-z])[xX×Ｘ]{{1,2}}月[xX×Ｘ]{{1,2}}日)
    | (?P<blank>[_＿]{{2,}}{UNIT}|[_＿]{{3,}}|[*＊]{{3,}}|[*＊]{{2}}(?=[省市县区镇乡村年月日件名])
      | (?<![A-Za-z0-9])[xX×Ｘ]{{1,8}}(?:[省市县区旗州盟镇乡村]|街道|社区)
      | (?<![A-Za-z0-9])(?:[xX]{{2,}}|[×Ｘ○]{{2,}}|[XＸ](?![光射线]))(?![A-Za-z0-9+])(?:[件人名]次?)?
      | 某某?(?:[省市县区旗州盟镇乡村院局]|街道|社区|公司)|某某
      | (?<=[{HAN}])%)"""
MONEY_SIGN = rf"(?P<money>[￥¥][ ]?{AMOUNT}{ABOUT}{SCALE}{ABOUT}元?)"

BY_FIRST = {
    character: re.compile(pattern, re.VERBOSE)
    for characters, pattern in (
        ("0123456789０１２３４５６７８９", ARABIC),
        (HAN_DIGITS, HAN_FIGURE),
        ("第", ORDINAL),
        ("《", DOCUMENT),
        ("〔[（(", DOCKET),
        ('“「『"', SLOGAN),
        ("_＿*＊xX×Ｘ○某%", BLANK),
        ("￥¥", MONEY_SIGN),
    )
    for character in characters
}
TRIGGER = re.compile(f"[{re.escape(''.join(BY_FIRST))}]")

# Formulas, idioms and titles of bodies that begin like a count and are none.
FIXED = re.compile(
    "两个(?:确立|维护|结合|大局|毫不动摇|一以贯之|务必|一百年|先行|格局|离不开|不放松)|"
    "三个(?:规定|务必|代表|善于|环节|效果|统一|自信|区分开来|注重|故事|一批|必须|导向|面向)|"
    "四个(?:意识|自信|全面|伟大|机关|善于|最严|服务|着力|扎实|革新|敢于|坚持|统筹)|"
    "[五六七八九十]个(?:一批|一|必须|坚持|注重|统筹|方面|没有变|结合|聚焦|统一|到位|着力|更加)|"
    "[三五]位一体|四套班子|五年规划|三会一课|三重一大|四级法院|两[会院委代]|三同步|两高|八项规定|"
    "十[一二三四五六七八九]?五(?:规划|时期|期间)?|两不愁|三农|四史|五化|六稳|六保|"
    "一(?:[是审线体级致切些定起带般直旦并律贯]|把手|站式|个|种|次性)|二(?:是|审|十大)|"
    "[三四五六七八九](?:是|要|则)|十[六七八九]大|二十大|几[个年次种]|数[据字量额]|百[姓年日]|千[家方]|万[一家]"
)


def find_patterns(text: str) -> Iterator[Span]:
    """Yield start, end and kind of what looks like a slot, ordered and disjoint.

    Chinese figures are candidates: whether they stand alone or inside a word is for the tokens
    to say.
    """
    position = 0
    while trigger := TRIGGER.search(text, position):
        start = trigger.start()
        first = text[start]
        if first in HAN_DIGITS and (fixed := FIXED.match(text, start)):
            position = fixed.end()
        elif found := BY_FIRST[first].match(text, start):
            position = found.end()
            if found.lastgroup and position > start:
                yield start, position, cast(SlotKind, found.lastgroup)
        else:
            position = start + 1
