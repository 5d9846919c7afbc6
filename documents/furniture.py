"""What stands around the text of a page: navigation, bylines, captions, advertisements."""

import re
from importlib.resources import files
from typing import Literal

__all__ = ["FurnitureKind", "find_date", "furniture_kind"]

FurnitureKind = Literal["chrome", "byline", "caption", "advertisement"]

MAX_FURNITURE = 120  # characters; a longer line is prose, whatever words it holds

# A line made of nothing but these words, signs, numbers and dates is chrome.
WIDGETS = files("taohua.data").joinpath("widgets.txt").read_text("utf-8").split()
_WIDGET = re.compile("|".join(map(re.escape, sorted(WIDGETS, key=len, reverse=True))))
_SIGNS = re.compile(
    r"[\s\d:：|｜>＞<＜/\\\-—_.,，。·•\[\]【】()（）《》〈〉«»→←↑↓▲▼★☆+*=&#%年月日时分秒]+"
)

DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
_TIME = r"(?:\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?[分秒]?)?"
_DATED_SITE = re.compile(rf"[\[(（【]?{DATE.pattern}{_TIME}[\])）】]?\s*[^\s，。、：；]{{0,14}}")

_MARKUP = re.compile(r"!\[[^\]]*\]\(|https?://\S+$|</?[a-z]+[^>]*>|={5,}|网址\s*[:：]")
_CHROME_START = re.compile(
    r"(?:您?(?:的|当前|现在)(?:所在)?(?:的)?位置(?:是)?|当前(?:所在)?(?:位置|栏目)|所在位置|您现在的位置)\s*[:：]?"
    r"|(?:发布|发表|更新|发稿|成文|印发|录入)?(?:时间|日期)\s*[:：]"
    r"|(?:上|下)一(?:篇|条|页)\s*[:：]?|(?:浏览|点击|阅读)(?:次数|量|数)?\s*[:：]"
    r"|(?:索引号|发文机关|发文字号|主题词|信息分类|文号|栏目|频道|标签|关键词|关键字|分类|Tags?)\s*[:：]"
    r"|(?:主办|承办|协办|主管)(?:单位)?\s*[:：]|(?:技术支持|网站标识码|邮编|邮政编码|地址|联系电话|电话|传真)\s*[:：]"
    r"|(?:第\s*\d+\s*页|\d+\s*/\s*\d+$|[-—－]\s*\d+\s*[-—－]$|第\d+页[_\s]第\d+页)",
    re.IGNORECASE,
)
_CHROME_INSIDE = re.compile(
    r"版权所有|ICP备|公网安备|公安备案|Copyright|All Rights Reserved|©|第\s*\d*\s*[N\d]?\s*位访[客问]|您是第|访问量"
    r"|打印\s*[|｜]?\s*字号|字号\s*[:：]\s*[|｜大]|字体\s*[:：]\s*[\[【]?大|设为首页|加入收藏|扫一扫|手机打开当前页|更新时间\s*[:：]"
    r"|网友投稿|小编(?:为|给)?大家|下面是小编|以下是小编|点击图片进入|未经授权.{0,6}转载|转载请注明|建议使用.{0,12}浏览器",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"预览(?:阅读)?(?:已)?结束|代笔|代写|付费阅读|开通(?:VIP|会员)|VIP|(?:仅供|限)(?:站内)?会员|会员(?:专享|下载)|下载后(?:查看|可)"
    r"|全文共\s*\d+\s*字|剩余\d+%|(?:开头|中间|以下)?部分(?:已)?省略\s*\d+\s*字|加(?:我)?微信|微信(?:号|客服)?\s*[:：]\s*\w+|客服"
    r"|QQ\s*(?:群|号)?\s*[:：]\s*\d+|👉|👈|☎|长按(?:识别|二维码)|扫码(?:关注|添加|下载|咨询)|关注(?:本站|我们的?)?公众号|点击(?:下方|上方)?(?:关注|领取|咨询)"
    r"|娱乐城|博彩|彩票平台|棋牌|真人视讯|返水|成人(?:影视|视频)|在线观看|久久精品|无码视频|优惠券|限时(?:特惠|优惠)|原价\s*\d|范文大全|海量范文",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:[△▲▼◆]\s*)?[(（【]?(?:上|下|左|右|前|后|首|题|配|本)?组?图(?:片|表)?(?:[一二三四五六七八九十\d]+|片)?(?:[:：]|为|是|[)）】]\s*\S)"
    r"|[△▲▼]\s*\S|(?:资料|新闻)(?:图片|照片)|图\d+[-.]?\d*\s"
)
_PHOTOGRAPHER = re.compile(r"(?:摄|摄影|供图)[)）]?\s*$|(?:摄影|图)\s*[:：/／]\s*\S{2,12}$")
_PICTURE_CREDIT = re.compile(
    r"(?:图片|照片|摄影|图)(?:来源)?\s*[:：丨|｜]\s*[\u4e00-\u9fff、 ]{2,30}"
)
_PERSON = r"[\u4e00-\u9fff]{1,3}(?:[·][\u4e00-\u9fff]{1,6})?(?:\s?[\u4e00-\u9fff]{1,2})?"
_BYLINE = re.compile(
    r"[(（【\[]?\s*(?:稿件|信息|文章|图文|文字)?(?:来\s*源|转自|转载自|摘自|作\s*者|撰\s*[稿文]|供\s*稿|通讯员|记\s*者|实习生|特约评论员|责任编辑|责\s*编|编\s*辑|编\s*审"
    r"|审\s*[核稿签定]|终\s*审|初\s*审|复\s*审|校\s*对|核\s*稿|签\s*发|主\s*编|总监制|监\s*制|策\s*划|统\s*筹|制\s*[作图]|排\s*版|美\s*编|图\s*文|文字?|供图|文/图|图/文|原标题|原题)"
    r"(?:单位|人)?\s*[:：/／丨|]\s*\S"
    rf"|[□■]?\s*[(（]?\s*(?:本报|本刊|本台|本网|[\u4e00-\u9fff]{{2,10}}(?:报|社|网|台|刊|客户端))?(?:讯|全媒体|首席|见习|特约|驻\S{{1,4}}|实习)*(?:记者|通讯员|评论员)"
    rf"\s*{_PERSON}(?:[\s、,，]+(?:(?:本报)?(?:记者|通讯员|实习生)\s*)?{_PERSON})*\s*[)）]?$"
)
_MEETING_NOTE = re.compile(
    rf"[(（—―－-]*\s*(?:{DATE.pattern}|[一二〇○零]{{4}}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日)"
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
_SIGNATURE_DATE = re.compile(
    rf"[(（]?\s*(?:{DATE.pattern}|[一二〇○零]{{4}}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日|\d{{2,4}}[xX×]*年[\dxX×]{{1,2}}月[\dxX×]{{1,2}}日)\s*[)）]?"
)

_NAMES_IN_BRACKETS = re.compile(
    r"[(（](?:[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}[\s、]*){1,4}[)）]"
)
_LABEL_BAR_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[|丨｜]\s*[\u4e00-\u9fff ]{2,24}")


def find_date(text: str) -> str:
    """Return the first full date of `text` as ``YYYY-MM-DD``, or an empty string."""
    match = DATE.search(text)
    if not match:
        return ""
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"


def is_widget(line: str) -> bool:
    """Tell whether little but widget words, signs and numbers stand on the line."""
    words = _WIDGET.findall(line)
    rest = _SIGNS.sub("", _WIDGET.sub("", line))
    if not rest or ("首页" in words and len(rest) <= 16):
        return True
    return " " in line and len(words) >= 2 and len(rest) <= 8  # widgets beside a site's name


def furniture_kind(line: str) -> FurnitureKind | None:
    """Tell what kind of page furniture a line is, or None for a line of the text itself.

    Decides by the line alone; where it stands is the business of the structure.
    """
    if _MARKUP.match(line):
        return "chrome"
    if len(line) > MAX_FURNITURE:
        return None
    if _ADVERTISEMENT.search(line):
        return "advertisement"
    if is_widget(line) or _CHROME_START.match(line) or _CHROME_INSIDE.search(line):
        return "chrome"
    if _PICTURE_CREDIT.fullmatch(line):
        return "byline"
    if _CAPTION.match(line) or (_PHOTOGRAPHER.search(line) and len(line) <= 80):
        return "caption"
    if _BYLINE.match(line) and len(line) <= 60:
        return "byline"
    for pattern, kind in _WHOLE_LINES:
        if pattern.fullmatch(line):
            return kind
    return None


_WHOLE_LINES: tuple[tuple[re.Pattern[str], FurnitureKind], ...] = (
    (_MEETING_NOTE, "byline"),
    (_MEETING_END, "byline"),
    (_OFFICE_HOLDER, "byline"),
    (_SIGNATURE_DATE, "byline"),
    (_NAMES_IN_BRACKETS, "byline"),
    (_LABEL_BAR_NAME, "byline"),
    (_DATED_SITE, "chrome"),
)
