"""What stands around the text of a page: navigation, bylines, captions, advertisements."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from taohua.documents.adverts import is_advertisement
from taohua.documents.dates import DATE, FULL_DATE

__all__ = ["FurnitureKind", "furniture_kind"]

FurnitureKind = Literal["chrome", "byline", "caption", "advertisement"]

MAX_FURNITURE = 120  # characters; a longer line is prose, whatever words it holds
MAX_BYLINE = 60
MAX_CAPTION = 80

_SIGNS = re.compile(
    r"[\s\d:：|｜>＞<＜/\\\-—_.,，。·•\[\]【】()（）《》〈〉«»→←↑↓▲▼★☆+*=&#%年月日时分秒]+"
)
_SLAB = re.compile(r"0\d|\d{1,2}月\d{1,2}日")  # a number over a heading; a date over a sentence

_TIME = r"(?:\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?[分秒]?)?"
_DATED_SITE = re.compile(rf"[\[(（【]?{DATE}{_TIME}[\])）】]?\s*[^\s，。、：；]{{0,14}}")
_DATED_CREDIT = re.compile(rf"{DATE}{_TIME}[\s|｜]*(?:来源|作者|编辑|浏览|点击|阅读)")
_DATED_NAME = re.compile(rf"[^\s，。、：；]{{2,20}}\s*{DATE}{_TIME}(?:\s*发表于\S{{2,4}})?")

_MARKUP = re.compile(
    r"!\[[^\]]*\]\(|(?:[\u4e00-\u9fff]{2,6}[:：]\s*)?https?://\S+$|</?[a-z]+[^>]*>|<!--|-{3,}$|\W*END\W*$"
    r"|={5,}|网址\s*[:：]"
    r"|\S+\.(?:png|jpe?g|gif|webp)$|\S*wx_fmt=",
    re.IGNORECASE,
)
_CHROME_START = re.compile(
    r"(?:您?(?:的|当前|现在)(?:所在)?(?:的)?位置(?:是)?|当前(?:所在)?(?:位置|栏目)|所在位置|您现在的位置)\s*[:：]?"
    rf"|(?:发布|发表|更新|发稿|成文|印发|录入|上传)(?:时间|日期)\s*[:：]|(?:时间|日期)\s*[:：]\s*(?:{DATE}|$)"
    r"|(?:上|下)一(?:篇|条|页)\s*[:：]?|(?:浏览|点击|阅读)(?:次数|量|数)?\s*[:：]"
    r"|(?:索引号|发文机关|发文字号|主题词|信息分类|文号|栏目|频道|标签|关键词|关键字|分类|Tags?)\s*[:：]"
    r"|(?:主办|承办|协办|主管)(?:单位)?\s*[:：]|(?:技术支持|网站标识码|邮编|邮政编码|地址|联系电话|电话|传真)\s*[:：]"
    r"|(?:第\s*\d+\s*页|\d+\s*/\s*\d+$|[-—－]\s*\d+\s*[-—－]$|第\d+页[_\s]第\d+页)"
    r"|(?:阅读|浏览|点击|人气|播放)(?:量|数)?\s*[:：]?\s*[\d.]+\s*万?\+?次?$|[←→]"
    r"|(?:下辖|辖区|下级)法院\s*[:：]|-\s*(?:文档编号|上传时间|格式|页数|大小)\s*[:：]",
    re.IGNORECASE,
)
_CHROME_INSIDE = re.compile(
    r"版权所有|ICP备|公网安备|公安备案|Copyright|All Rights Reserved|©|第\s*\d*\s*[N\d]?\s*位访[客问]|您是第|访问量"
    r"|打印\s*[|｜]?\s*字号|字号\s*[:：]\s*[|｜大]|字体\s*[:：]\s*[\[【]?大|设为首页|加入收藏|扫一扫|手机打开当前页|更新时间\s*[:：]"
    r"|网友投稿|小编(?:为|给)?大家|下面是小编|以下是小编|点击图片进入|未经授权.{0,6}转载|转载请注明|建议使用.{0,12}浏览器|仅代表.{0,8}(?:作者|本人|机构)|不代表.{0,6}(?:本站|本网|观点|立场)",
    re.IGNORECASE,
)
_NUMBER_OF_PAPER = re.compile(  # 法发〔2023〕5号, 第12期, 总第86期
    r"\S{0,8}[〔\[(（]\d{4}[〕\])）]\d{1,4}号|[(（]?(?:\d{4}年)?(?:总)?第\s*\d{1,4}\s*期[)）]?"
    r"|[(（].{0,12}总第\s*\d{1,4}\s*期[)）]"
)
_CAPTION = re.compile(
    r"(?:[△▲▼◆]\s*)?[(（【]?(?:上|下|左|右|前|后|首|题|配|本)?组?图(?:片|表)?(?:[一二三四五六七八九十\d]+|片)?(?:[:：]|为|是|[)）】]\s*\S)"
    r"|[△▲▼]\s*\S|(?:资料|新闻)(?:图片|照片)|图\d+[-.]?\d*\s"
)
_PHOTOGRAPHER = re.compile(r"(?:摄|摄影|供图)[)）]?\s*$|(?:摄影|图)\s*[:：/／]\s*\S{2,12}$")
_SCENE = re.compile(r"[^\s，。、：；]{2,16}(?:现场|合影|合照|留影|剪影)")
_PICTURE_CREDIT = re.compile(
    r"(?:图片|照片|摄影|图)(?:来源)?\s*[:：丨|｜]\s*[\u4e00-\u9fff、 ]{2,30}"
)
_CREDIT_LABEL = (
    r"(?:稿件|信息|文章|图文|文字)?(?:来\s*源|转自|转载自|摘自|作\s*者|撰\s*[稿文]|供\s*稿|通讯员|记\s*者|实习生|特约评论员|责任编辑|责\s*编|编\s*辑|编\s*审"
    r"|审\s*[核稿签定]|终\s*审|初\s*审|复\s*审|校\s*对|核\s*稿|签\s*发|主\s*编|总监制|监\s*制|策\s*划|统\s*筹|制\s*[作图]|排\s*版|美\s*编|图\s*文|文字?|供图|文/图|图/文|原标题|原题"
    r"|抄?[报送]|整理)(?:单位|人)?"
)
# A value that asks or tells something is an answer in an interview, no name.
_CREDIT = re.compile(rf"[(（【\[]?\s*{_CREDIT_LABEL}\s*[:：/／丨|]\s*(?P<value>[^\s:：].*)")
_EMPTY_CREDIT = re.compile(r"(?:发布|发表|更新)?(?:时间|日期)\s*[:：]")
_PERSON = r"[\u4e00-\u9fff]{1,3}(?:[·][\u4e00-\u9fff]{1,6})?(?:\s?[\u4e00-\u9fff]{1,2})?"
_OFFICE = r"[\u4e00-\u9fff]{2,10}(?:报|社|网|台|刊|客户端|周末|周刊)"
_REPORTER = re.compile(
    rf"[□■]?\s*(?:[\u4e00-\u9fff\d]{{2,24}}(?:讯|电)\s*)?[(（]?\s*(?:本报|本刊|本台|本网|{_OFFICE})?"
    r"(?:讯|全媒体|首席|见习|特约|驻\S{1,4}|实习)*\s*(?:记者|通讯员|评论员)"
    rf"\s*{_PERSON}(?:[\s、,，]+(?:(?:本报)?(?:记者|通讯员|实习生)\s*)?{_PERSON})*\s*[)）]?"
)
_HAN_NUMBER = "[一二三四五六七八九十]"
_MEETING_NOTE = re.compile(
    rf"[(（—―－-]*\s*{FULL_DATE}"
    r"\s*(?:在.{0,40}(?:会议|大会|座谈会|研讨会)上?(?:的\S{1,8})?|在[\u4e00-\u9fff\d]{2,24})[)）]?(?:\s.{0,20})?"
)
_MEETING_END = re.compile(
    r"[(（]?[—―－-]{0,2}\s*\S{0,30}(?:代表大会|委员会|全委会)\S{0,16}(?:会议|大会)上[)）]?"
)
_OFFICE_HOLDER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16}(?:法院|政府|检察院|委员会)?)?"
    r"(?:代?院长|代?省长|代?市长|代?县长|代?区长|(?:自治区)?(?:代)?主席|党组书记、(?:代?院长)|检察长|主任)"
    rf"\s+{_PERSON}"
)
_MASKED_DATE = r"\d{2,4}[xX×]*年[\dxX×]{1,2}月[\dxX×]{1,2}日"
_SIGNATURE_DATE = re.compile(
    rf"[(（]?\s*(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{FULL_DATE}|{_MASKED_DATE})\s*[)）]?"
)
_NAMES_IN_BRACKETS = re.compile(
    r"[(（](?:[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}[\s、]*){1,4}(?:[/／]\S{2,4})?[)）]"
)
_NAME = r"[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,2}"
_BLANK_CREDIT = re.compile(
    r"(?:来源|作者|编辑|责编|审核|校对|供稿|撰稿|供图|摄影|图文|文字|制图|通讯员|记者)\s+"
    r"(?:[\u4e00-\u9fff]{2,4}(?:\s[\u4e00-\u9fff]{2,4})*|[\u4e00-\u9fff]{2,14}(?:院|报|社|网|部|室))"
)
_AUTHOR_BOX = re.compile(rf"[□■◎]\s*{_NAME}(?:\s+{_NAME})*")
_LABEL_BAR_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[|丨｜]\s*[\u4e00-\u9fff ]{2,24}")


@cache
def _widget() -> re.Pattern[str]:
    words = files("taohua.data").joinpath("widgets.txt").read_text("utf-8").split()
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def is_widget(line: str) -> bool:
    """Tell whether little but widget words, signs and numbers stand on the line."""
    words = _widget().findall(line)
    rest = _SIGNS.sub("", _widget().sub("", line))
    if not rest or ("首页" in words and len(rest) <= 16):
        return not _SLAB.fullmatch(line)
    return " " in line and len(words) >= 2 and len(rest) <= 8  # widgets beside a site's name


def is_credit(line: str) -> bool:
    """Tell whether the line says who wrote, edited or published the text."""
    if len(line) > MAX_BYLINE:
        return False
    match = _CREDIT.match(line)
    if match and not _EMPTY_CREDIT.match(match["value"]):
        return not re.search(r"[。？！?!；]|，.*，", match["value"])
    return bool(_REPORTER.fullmatch(line))


def furniture_kind(line: str) -> FurnitureKind | None:
    """Tell what kind of page furniture a line is, or None for a line of the text itself.

    Decides by the line alone; where it stands is the business of the structure.
    """
    if _MARKUP.match(line):
        return "chrome"
    if is_advertisement(line):
        return "advertisement"
    if len(line) > MAX_FURNITURE:
        return None
    if is_credit(line) and "网友" not in line:
        return "byline"
    for pattern, kind in _WHOLE_LINES:
        if pattern.fullmatch(line):
            return kind
    if is_widget(line) or _CHROME_START.match(line) or _CHROME_INSIDE.search(line):
        return "chrome"
    if _DATED_SITE.fullmatch(line) or _DATED_CREDIT.match(line):
        return "chrome"
    if _is_caption(line):
        return "caption"
    return None


def _is_caption(line: str) -> bool:
    if _SCENE.fullmatch(line):
        return True
    return len(line) <= MAX_CAPTION and bool(_CAPTION.match(line) or _PHOTOGRAPHER.search(line))


_WHOLE_LINES: tuple[tuple[re.Pattern[str], FurnitureKind], ...] = (
    (_PICTURE_CREDIT, "byline"),
    (_MEETING_NOTE, "byline"),
    (_MEETING_END, "byline"),
    (_OFFICE_HOLDER, "byline"),
    (_SIGNATURE_DATE, "byline"),
    (_NAMES_IN_BRACKETS, "byline"),
    (_DATED_NAME, "byline"),
    (_LABEL_BAR_NAME, "byline"),
    (_AUTHOR_BOX, "byline"),
    (_BLANK_CREDIT, "byline"),
    (_NUMBER_OF_PAPER, "chrome"),
)
