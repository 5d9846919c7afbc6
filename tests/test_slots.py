"""What counts as a slot, kind by kind, and that masking loses nothing."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents.errors import TaohuaError
from taohua.documents.gazetteer import gazetteer
from taohua.features.segment import Segmenter
from taohua.features.slots import MARKERS, find_slots, mask, unmask
from taohua.train.places import build_places, main

SHARED = Path(__file__).parents[2] / "shared"

# Text, and its slots as "kind value"; values of one row are parted by " | ".
TABLE = [
    # number
    ("诉前调解平台编号为20871", "number 20871"),
    ("人均结案数位列全省第三。", "number 第三"),
    ("约三分之一当庭履行", "number 约三分之一"),
    ("满意度达9.6，较前一年高", "number 9.6"),
    ("约3/4由速裁团队办理", "number 约3/4"),
    ("走访群众两千余，征求意见", "number 两千余"),
    ("新增信用档案1,234,567，均已核验", "number 1,234,567"),
    ("覆盖人口２３万", "number ２３万"),
    # percent
    ("调解率升至63.8%", "percent 63.8%"),
    ("服判息诉率为 97.3 %", "percent 97.3 %"),
    ("改判率下降百分之二十一点五", "percent 百分之二十一点五"),
    ("同比提高4.2个百分点", "percent 4.2个百分点"),
    ("增幅保持在5%—8%之间", "percent 5%—8%"),
    ("近六成的纠纷化解在诉前", "percent 近六成"),
    ("自动履行率８１．５％", "percent ８１．５％"),
    ("下降两个百分点", "percent 两个百分点"),
    # money
    ("追回欠薪312.5万元", "money 312.5万元"),
    ("发放司法救助金近40万元", "money 近40万元"),
    ("挽回损失6亿余元", "money 6亿余元"),
    ("兑现货款三百八十万元", "money 三百八十万元"),
    ("标的额2.3亿美元", "money 2.3亿美元"),
    ("退赔人民币5000元", "money 5000元"),
    ("缴纳￥1,200元", "money ￥1,200元"),
    # date
    ("2021年受理", "date 2021年"),
    ("2021年上半年受理", "date 2021年上半年"),
    ("2021年3月至5月集中清理", "date 2021年3月 | date 5月"),
    ("7月9日至11日开展轮训", "date 7月9日至11日"),
    ("1至10月收案平稳", "date 1至10月"),
    ("2019-2021年连续下降", "date 2019-2021年"),
    ("发布于2021-04-06 10:30", "date 2021-04-06 10:30"),
    ("二〇二一年六月一日起施行", "date 二〇二一年六月一日"),
    ("201x年以来", "date 201x年"),
    ("X年X月X日开庭", "date X年X月X日"),
    ("三月份集中宣判", "date 三月份"),
    ("上世纪90年代建成", "date 90年代"),
    # count
    ("审结51402件", "count 51402件"),
    ("接访17件次、29人次", "count 17件次 | count 29人次"),
    ("化解2万余件", "count 2万余件"),
    ("推出33项具体举措", "count 33项"),
    ("举办三场发布会", "count 三场"),
    ("走访企业两百余家", "count 两百余家"),
    ("选派一名助理", "count 一名"),
    ("第12期简报", "count 第12期"),
    ("第九届论坛", "count 第九届"),
    ("惠及近千人次", "count 近千人次"),
    ("用时缩短6.5天", "count 6.5天"),
    ("巡回审判约80余场次", "count 约80余场次"),
    ("设立10至15个站点", "count 10至15个"),
    ("附近5个村庄", "count 5个"),  # 近 belongs to 附近
    ("会签文件 28 份", "count 28 份"),  # blanks from a PDF
    # article
    ("依照第十八条第二款", "article 第十八条第二款"),
    ("适用《反家庭暴力法》第23条", "article 《反家庭暴力法》第23条"),
    ("违反第一百零三条之一", "article 第一百零三条之一"),
    # document
    ("印发《繁简分流细则》", "document 《繁简分流细则》"),
    ("印发《关于转发《听证规程》的通知》", "document 《关于转发《听证规程》的通知》"),
    ("文号为〔2021〕17号", "document 〔2021〕17号"),
    ("见（2021）皖0102民初77号判决", "document （2021）皖0102民初77号"),
    # slogan: figures inside are part of it
    ("打造“清风廉苑”品牌", "slogan “清风廉苑”"),
    ("坚持“1+3+N”模式", "slogan “1+3+N”"),
    ("推行「首问负责」", "slogan 「首问负责」"),
    ('推行"首问负责"', 'slogan "首问负责"'),
    # court
    ("桐庐县人民法院", "court 桐庐县人民法院"),
    ("绍兴中院与诸暨法院", "court 绍兴中院 | court 诸暨法院"),
    ("安徽省六安市金安区人民法院", "court 安徽省六安市金安区人民法院"),
    ("赴浙江高院学习", "court 浙江高院"),
    ("成都铁路运输法院", "court 成都铁路运输法院"),
    ("南京市第二中级人民法院", "court 南京市第二中级人民法院"),
    ("桐庐县法院分水法庭", "court 桐庐县法院分水法庭"),
    ("王府人民法庭开展普法", "court 王府人民法庭"),
    ("X市中级人民法院", "court X市中级人民法院"),
    ("朝阳中院", "court 朝阳中院"),  # an everyday word without 中院
    # place
    ("在浙江省绍兴市柯桥区召开", "place 浙江省绍兴市柯桥区"),
    ("对口支援喀什", "place 喀什"),
    ("铜陵、朝阳和淮南", "place 铜陵 | place 朝阳 | place 淮南"),
    ("深入桐庐县分水镇", "place 桐庐县分水镇"),
    ("和平区成立调解中心", "place 和平区"),
    # organisation
    ("联合绍兴轻纺集团", "organisation 绍兴轻纺集团"),
    ("与安徽大学共建", "organisation 安徽大学"),
    ("人行绍兴支行", "organisation 人行绍兴支行"),
    # person
    ("院长周岚到庭旁听", "person 周岚"),
    ("记者 丁晓棠", "person 丁晓棠"),
    ("被告人李某某当庭认罪", "person 李某某"),
    ("通讯员：许文茜 沈倩", "person 许文茜 | person 沈倩"),
    ("张某诉王某乙借款案", "person 张某 | person 王某乙"),
    # blank
    ("X市着力推进", "blank X市"),
    ("XX镇设立站点", "blank XX镇"),
    ("全年受理____件", "blank ____件"),
    ("×××同志主持", "blank ×××"),
    ("某县开展试点", "blank 某县"),
    ("结案率%，位次前移", "blank %"),
    ("***作了汇报", "blank ***"),
    # overlaps: the longer wins, quotations and titles swallow
    ("《2021年度绍兴法院白皮书》", "document 《2021年度绍兴法院白皮书》"),
    ("三台县落实三项机制", "place 三台县 | count 三项"),
]

# No slot at all: fixed expressions, generic bodies, words with figures in them.
NOTHING = [
    "一是强基，二是提质，三要增效",
    "一审、二审与再审衔接",
    "一站式多元解纷",
    "三会一课与三个规定",
    "捍卫两个确立，落实第一议题",
    "四级法院、两级法院",
    "一把手负总责，五化并举",
    "十四五时期、一带一路",
    "统一标准，防止万一，千方百计",
    "今年以来，去年同期",
    "党的二十大以来，二十届三中全会后",
    "最高人民法院指出",
    "市中院、省法院、县法院",
    "全市法院与各人民法庭",
    "环境资源法庭和速裁法庭",
    "设立中心法庭、巡回法庭、旅游法庭，建设示范人民法庭",
    "市中级人民法院党组",
    "各乡镇和社区",
    "我国与中国式现代化",
    "促进和平发展，建设平安家园",
    "县总工会、市司法局",
    "院长高度重视，法官全面阅卷",
    "法官助理和书记员座谈会",
    "5G网络与G60走廊",
    "拨打12368热线",
    "一次性告知，一体化推进",
    "突出一个重点，解决一批难题",
    "要求、标准、机制",
    "",
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_slots_are_found_with_their_kind(text: str, expected: str) -> None:
    assert " | ".join(f"{slot.kind} {slot.value}" for slot in find_slots(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_fixed_expressions_and_generic_bodies_are_no_slots(text: str) -> None:
    assert find_slots(text) == []


def test_the_table_has_every_kind() -> None:
    assert {row.split(" ")[0] for _, slots in TABLE for row in slots.split(" | ")} == set(MARKERS)


def test_two_fillings_of_one_template_have_one_skeleton() -> None:
    first = mask("2021年，桐庐法院审结案件4012件，同比上升3.5%。")
    second = mask("2022年，诸暨法院审结案件2万余件，同比上升百分之十一。")
    assert first.text == second.text
    assert first.tokens == second.tokens
    assert first.text == (
        f"{MARKERS['date']}，{MARKERS['court']}审结案件{MARKERS['count']}，"
        f"同比上升{MARKERS['percent']}。"
    )


def test_masked_tokens_name_the_slots_and_words_leave_out_punctuation() -> None:
    masked = mask("2021年，审结4012件。")
    assert masked.tokens == ("<date>", "，", "审结", "<count>", "。")
    assert masked.words == ["<date>", "审结", "<count>"]


def test_offsets_lead_from_the_skeleton_to_the_text() -> None:
    masked = mask("共审结4012件，好")
    assert masked.offsets.dtype == np.int32
    assert masked.offsets.tolist() == [0, 1, 2, 3, 8, 9, 10]


def test_markers_in_the_text_do_no_harm() -> None:
    text = f"{MARKERS['count']}件{MARKERS['date']}2021年"
    assert unmask(mask(text)) == text


def test_a_segmenter_can_be_given() -> None:
    plain = Segmenter(lexicon=None)
    assert mask("审结12件", plain).tokens == ("审结", "<count>")
    assert find_slots("审结12件", plain) == find_slots("审结12件")


def test_letters_keep_a_figure_from_being_a_slot() -> None:
    assert find_slots("12G与4K直播") == []


PIECES = [
    "2021年", "3月", "12件", "，", "一", "二十", "三", "个", "法院", "中院", "法庭", "县", "桐庐", "朝阳",
    "院长", "张", "某", "周岚", "《", "》", "“", "”", '"', "X", "市", "__", "*", "%", "第", "条", "近",
    "万", "元", "亿余", "集团", "大学", "镇", "社区", "1,234", ".", "-", "至", "\n", " ", "\ufdd0", "\ue000", "😀",
]  # fmt: skip
TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


@settings(max_examples=250, deadline=None)
@given(TEXT)
def test_unmasking_gives_the_text_back(text: str) -> None:
    masked = mask(text)
    assert unmask(masked) == text
    assert masked == mask(text)
    assert list(masked.slots) == find_slots(text)


@settings(max_examples=250, deadline=None)
@given(TEXT)
def test_slots_are_ordered_disjoint_and_inside(text: str) -> None:
    slots = find_slots(text)
    assert all(0 <= slot.start < slot.end <= len(text) for slot in slots)
    assert all(slot.value == text[slot.start : slot.end] for slot in slots)
    assert all(left.end <= right.start for left, right in pairwise(slots))


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_tokens_and_offsets_agree_with_the_skeleton(text: str) -> None:
    masked = mask(text)
    values = iter(masked.slots)
    assert masked.offsets[-1] == len(text)
    assert len(masked.offsets) == len(masked.text) + 1
    tags = [f"<{slot.kind}>" for slot in masked.slots]
    assert "".join(tags) in "".join(token for token in masked.tokens if token in set(tags))
    for position, character in enumerate(masked.text):
        start, end = masked.offsets[position : position + 2]
        assert text[start:end] == character or text[start:end] == next(values).value


@pytest.mark.parametrize(
    "unit", ["1", "1,111,", "《", "一", "二分之", "X", "中级", "“", "（2021）", "_"]
)
def test_long_repetitions_are_read_in_one_go(unit: str) -> None:
    text = unit * 20_000  # a quadratic expression would take minutes
    assert unmask(mask(text)) == text


def test_the_gazetteer_knows_full_and_short_names_and_tells_everyday_words() -> None:
    names = gazetteer()
    assert {"安徽省", "安徽", "霍邱县", "霍邱", "桓仁满族自治县", "桓仁", "桓仁县"} <= names.bare
    assert {"朝阳", "和平", "东方", "平安"} <= names.context
    assert not names.bare & names.context
    assert not {"中国", "资源", "城市", "会同"} & (names.bare | names.context)


def test_the_gazetteer_is_built_from_divisions_and_a_dictionary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    divisions = {"安徽省": {"六安市": ["霍邱县", "和平区"], "省直辖县级行政区划": ["县"]}}
    built = build_places(
        divisions, "和平 7998 nz\n分水镇 3 ns\n安徽六安 2 ns\n百强县 9 ns\n霍邱 3 nr"
    )
    _, bare, context = built.rstrip().split("\n\n")
    assert set(bare.split("\n")) == {
        *("安徽省", "安徽", "六安市", "六安", "霍邱县", "霍邱", "和平区", "分水镇", "安徽六安"),
        *("香港特别行政区", "香港", "澳门特别行政区", "澳门", "台湾省", "台湾"),
    }
    assert context.split("\n") == ["和平"]
    monkeypatch.setattr("taohua.train.places.files", lambda package: tmp_path)
    (tmp_path / "dict.txt").write_text("和平 7998 nz", "utf-8")
    (tmp_path / "pca.json").write_text(json.dumps(divisions), "utf-8")
    main([str(tmp_path / "pca.json")])
    assert "霍邱" in (tmp_path / "places.txt").read_text("utf-8").split("\n")
    with pytest.raises(TaohuaError, match="needs one argument"):
        main([])


@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not here")
def test_masking_real_pages_loses_nothing() -> None:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        masked = mask(text)
        assert unmask(masked) == text
        assert len(masked.text) < len(text)
