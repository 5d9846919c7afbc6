"""Where a text names a person: beside a title (院长, 记者, 被告人), or masked as in 张某某."""

import re
from collections.abc import Iterator, Sequence

from taohua.features.places import GLUE, is_han, is_lexical, word_set
from taohua.features.slot_patterns import Span

__all__ = ["TITLES", "case_names", "persons_around"]

TITLES = word_set(
    "院长 副院长 庭长 副庭长 法官 法官助理 书记员 审判长 审判员 执行员 人民陪审员 陪审员 局长 副局长 书记 副书记 "
    "主任 副主任 市长 副市长 县长 副县长 省长 副省长 区长 镇长 乡长 主席 副主席 记者 通讯员 律师 检察长 检察官 "
    "所长 副所长 支队长 大队长 队长 干警 法警 政委 部长 副部长 会长 教授 校长 厅长 组长 副组长 处长 科长 "
    "董事长 总经理 经理 同志 作者 责任编辑 编辑 审核 被告人 被告 原告 上诉人 当事人 申请人 被申请人 被执行人 "
    "村民 居民 先生 女士 人大代表 政协委员 调解员 网格员 供稿 撰稿 摄影"
)
# Titles that stand after a name; 法官 and the like stand before it far more often.
TITLES_AFTER = word_set(
    "院长 副院长 庭长 副庭长 法官 局长 副局长 书记 主任 副主任 市长 县长 省长 区长 镇长 主席 记者 律师 "
    "检察长 检察官 所长 队长 部长 会长 教授 校长 厅长 同志 先生 女士"
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦"
    "褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊承习"
)
FREQUENT = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔"
    "钟谭陆汪范廖贾夏韦邹孟熊秦邱尹薛闫侯陶黎贺郝龚邵钱覃戴"
)
COMPOUND = word_set("欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 夏侯")
SEPARATORS = frozenset("：: \u3000、")
VERBS = frozenset("作摄说等受称介道表在为主率带致的到和与对予副上任应被向从就代宣以讲谈告指是于")
CASE_NAME = re.compile(f"[{''.join(sorted(SURNAMES))}]某(?:某|[甲乙丙丁])?(?![省市县区镇乡村])")


def case_names(text: str) -> Iterator[Span]:
    """Yield persons without their given name, as decisions write them: 王某, 李某甲."""
    for found in CASE_NAME.finditer(text):
        yield found.start(), found.end(), "person"


def persons_around(tokens: Sequence[str], starts: Sequence[int], i: int) -> Iterator[Span]:
    """Yield the persons around the title that is token `i`."""
    if tokens[i] in TITLES_AFTER and i and _is_name(tokens[i - 1]):
        yield starts[i - 1], starts[i], "person"
    j = i + 1
    while j < len(tokens):
        while j < len(tokens) and tokens[j] in SEPARATORS:
            j += 1
        count, width = _name(tokens, j)
        if not count:
            return
        yield starts[j], starts[j] + width, "person"
        j += count
        if width < starts[j] - starts[j - count] or (
            j < len(tokens) and tokens[j] not in SEPARATORS
        ):
            return


def _name(tokens: Sequence[str], j: int) -> tuple[int, int]:
    """Return how many tokens from `j` on hold a name, and its length; 0 if there is none.

    jieba guesses new words: it may cut a name after the surname or the second character, or add
    the verb that follows.
    """
    if j >= len(tokens):
        return 0, 0
    token, after = tokens[j], [*tokens[j + 1 : j + 3], "", ""]
    if _is_name(token):
        if len(token) == 3 and token[2] in VERBS:
            return 1, 2
        if len(token) == len(after[0]) == 2 and after[0][1] in VERBS and not is_lexical(after[0]):
            return 2, 3
        is_cut = len(token) == 2 and len(after[0]) == 1 and after[0] not in GLUE
        return (2, 3) if is_cut and is_han(after[0]) and _closes(after[1]) else (1, len(token))
    if token in FREQUENT and after[0] and is_han(after[0]) and after[0][0] not in GLUE:
        if len(after[0]) == 2 and not is_lexical(after[0]):
            return 2, 3
        if len(after[0]) == 1 and _closes(after[1]):
            return 2, 2
    return 0, 0


def _closes(token: str) -> bool:
    """Tell whether a token can end a name: a mark, a title, or the end of the text."""
    return not token[:1].isalnum() or token in TITLES


def _is_name(token: str) -> bool:
    """Tell whether a token looks like a name of two or three characters (four if compound)."""
    if not 2 <= len(token) <= 4 or not is_han(token):
        return False
    if token[:2] in COMPOUND:
        return len(token) > 2 and not is_lexical(token)
    return (
        len(token) < 4
        and token[0] in SURNAMES
        and not (len(token) == 2 and token[1] in VERBS)
        and not is_lexical(token)
    )
