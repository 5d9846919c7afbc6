"""Names of courts: alone on a line, and in running text."""

import re
from collections import Counter

from taohua.documents.gazetteer import gazetteer

__all__ = ["court_before_colon", "find_court", "is_court_name"]

_LEVEL = r"(?:最高|高级|中级|基层)?人民法院|(?:铁路运输|海事|知识产权|互联网|金融|军事|林业)(?:中级|高级)?法院"
_NAME = re.compile(rf"(?:[\u4e00-\u9fff]{{2,15}}(?:{_LEVEL}|中院|高院|法院)|最高人民法院)")
_FORMAL = re.compile(
    rf"((?:[\u4e00-\u9fff]{{2,14}}?|[Xx×某]{{1,3}})(?:省|市|县|区|州|旗|盟|自治区)|[\u4e00-\u9fff]{{2,3}})({_LEVEL})"
)
_SHORT = re.compile(r"([\u4e00-\u9fff]{2,4})(中院|高院|法院)")
# Function words and verbs end where a name begins.
_NOT_NAME = re.compile(
    r"^.*(?:[的和与及在向对由被经为以是从到把将让使于并但或等各我该某其这那]|全(?=[省市县区])|现任|会同|联合|指导|指定|召开|支持|推动|带领|组织|走进|来到|关于|通过|获评|帮助|协助|获得|报送|成立)"
)
_CLAUSE = re.compile(
    "[的在向对被把让了是与及]|走进|来到|指导|召开|支持|代表|院长|法官|干警|关于|各级|两级|全[国省市县]"
)
_COMMON = re.compile("人民|全国|中国|各级|两级|法官|审判|[简下]称")
_DIVISION = re.compile("[省市县区州旗盟]$")
_GENERIC = re.compile(
    r"(?:全国|中国|我国|海事|审判|[省市县区州本全]|自治区|人民|上级|上下级|基层|两级|各级|三级|中级|高级|地方|下级|辖区|外地|异地|先进|智慧|数字|学习型|优秀)+"
)


def is_court_name(line: str) -> bool:
    """Tell whether the line is the name of a court and nothing else."""
    return len(line) <= 20 and bool(_NAME.fullmatch(line)) and not _CLAUSE.search(line)


def court_before_colon(line: str) -> str:
    """Return the court whose name and a colon begin the line, or an empty string."""
    name, colon, rest = line.partition("：")
    return name if colon and rest and is_court_name(name) else ""


def find_court(*texts: str) -> str:
    """Return the court that the first of `texts` naming one names most often, or "".

    A name ends its place in 省, 市, 县 and the like, or the gazetteer is sure of the place; other
    short names, such as 青藤法院 and 平安法院, must stand twice.
    """
    doubtful: Counter[str] = Counter()
    for text in texts:
        for pattern in (_FORMAL, _SHORT):
            names: Counter[str] = Counter()
            for match in pattern.finditer(text):
                name, sure = _trim(match)
                if name and sure:
                    names[name] += 1
                elif name and pattern is _SHORT and not _COMMON.search(name):
                    doubtful[name] += 1
            if names:
                return names.most_common(1)[0][0]
    return next((name for name, count in doubtful.most_common(1) if count >= 2), "")


def _trim(match: re.Match[str]) -> tuple[str, bool]:
    """Return the name without the words before it, and whether its place is one."""
    place, known = _NOT_NAME.sub("", match[1]), gazetteer()
    sure = bool(_DIVISION.search(place))
    for name in (place[start:] for start in range(len(place) - 1)):
        if name in known or name == "最高":
            sure = sure or name not in known.context or _is_named(match)
            return (place if _DIVISION.search(place) else name) + match[2], sure
    if len(place) < 2 or _GENERIC.fullmatch(place):
        return "", False
    return place + match[2], sure


def _is_named(match: re.Match[str]) -> bool:
    """Tell whether words like 平安 are a name here: no court of a slogan has a level or speaks."""
    return match[2].startswith("中级") or match.string.startswith("：", match.end())
