"""Advertisements: paid previews, ghost-writers, follow-us lines, gambling and adult spam."""

import re

__all__ = ["is_advertisement"]

MAX_LINE = 400  # characters; rows of spam links reach about 300
MIN_SENTENCE = 16  # a longer line with a full stop is a sentence, which may name one such thing

_SELLS = re.compile(
    r"预览(?:阅读)?(?:已)?结束|代笔|代写(?![诉起文书材])|付费(?:阅读|查看|下载)|开通(?:VIP|会员)|VIP|(?:仅供|限)(?:站内)?会员|会员(?:专享|下载|免费)"
    r"|下载(?:后(?:查看|可)|收益|全文|本文|原文)|全文共\s*\d+\s*字|剩余\s*\d+%|内容未显示|(?:开头|中间|以下)?部分(?:已)?省略\s*\d+\s*字"
    r"|加(?:我)?微信|微信(?:号|客服)?\s*[:：]\s*\w+|(?:在线|联系|咨询)客服|客服\s*(?:QQ|微信|热线|[:：])|QQ\s*(?:群|号)?\s*[:：]\s*\d+|[👉👈☎☞]|优惠券|限时(?:特惠|优惠)|原价\s*\d|范文大全|海量范文"
    r"|长按(?:识别|二维码|扫码|关注)|扫码(?:关注|添加|下载|咨询|加)|蓝字|关注(?:本站|我们|我们的)?(?:微信)?公众号|(?:点击|欢迎|记得).{0,6}关注(?!度)"
    r"|点击(?:下方|上方)?(?:领取|咨询)|点个.{0,4}(?:赞|在看)|[“「]在看[”」]|一键三连",
    re.IGNORECASE,
)
_SPAM = re.compile(
    r"娱乐(?:城|场|平台|官网)|博彩|彩票|六合彩|时时彩|百家乐|棋牌|真人|返水|投注|彩金|注册送|皇冠|葡京|赌场|开奖"
    r"|成人|在线(?:观看|播放|视频)|久久|国产|精品|无码|免费视频|亚洲|\bav|[一二三]区[一二三]区",
    re.IGNORECASE,
)
_SPAM_ALONE = re.compile(
    r"娱乐城|真人(?:视讯|荷官)|注册送|成人(?:影视|视频|网站)|久久精品|国产精品|无码"
)
_SENTENCE = re.compile(r"[。！？；]")


def is_advertisement(line: str) -> bool:
    """Tell whether the line sells something or is spam.

    In a sentence of some length one such word proves nothing, since courts report on gamblers
    and on customers; a bare line needs only one.
    """
    if len(line) > MAX_LINE:
        return False
    sells = len({match[0] for match in _SELLS.finditer(line)})
    spam = len({match[0] for match in _SPAM.finditer(line)})
    if _SENTENCE.search(line) and len(line) >= MIN_SENTENCE:
        return sells >= 2 or spam >= 4
    return sells >= 1 or spam >= 2 or bool(_SPAM_ALONE.search(line))
