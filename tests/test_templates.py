import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents.errors import TaohuaError
from taohua.features.slots import mask
from taohua.models.templates import TemplateMiner

# Invented frames; {n} is a number, {p} a percentage, an asterisk starts a clause that may be left out.
FRAMES = [
    "今年以来受理涉渔纠纷{n}件，调解结案{n}件，*发放宣传手册{n}册，调解成功率达{p}%。",
    "依托码头驿站开展巡回办案{n}次，当庭兑付船员工资{n}万元，*接待来访渔民{n}人次，获得船东好评。",
    "组织青年干警走进社区讲解防骗知识{n}场，*邀请居民旁听庭审{n}次，提升老人识骗能力。",
]
OTHERS = [
    "图书角新添了散文与诗集，大家午休时常去翻阅。",
    "食堂改造后增设了清真窗口和低糖餐区。",
    "雨季来临前检修了屋顶并疏通了排水管道。",
    "档案室完成了十年旧卷的除尘与装订工作。",
]


def planted(seed, n_members=12):
    """Texts of all frames in random order, and the frame each comes from (None for others)."""
    chance = random.Random(seed)
    texts = [(other, None) for other in OTHERS]
    for frame in FRAMES:
        for _ in range(n_members):
            clauses = frame.split("，")
            kept = [c.lstrip("*") for c in clauses if c[0] != "*" or chance.random() < 0.5]
            text = "，".join(kept)
            while "{" in text:
                text = text.replace("{n}", str(chance.randint(2, 9000)), 1)
                text = text.replace("{p}", str(chance.randint(10, 99)), 1)
            texts.append((text, frame))
    chance.shuffle(texts)
    return [text for text, _ in texts], [frame for _, frame in texts]


@pytest.mark.parametrize("seed", range(4))
def test_planted_templates_are_found_whole(seed):
    texts, frames = planted(seed)
    templates = TemplateMiner().fit(texts).templates_
    expected = {tuple(n for n, f in enumerate(frames) if f == frame) for frame in FRAMES}
    assert {template.members for template in templates} == expected


def test_a_template_shows_its_frame_and_a_table_of_values():
    texts = [
        "全年新收海事案件120件，同比上升8.5%，审结率为全市第一。",
        "全年新收海事案件98件，同比下降3%，审结率为全市第三。",
        "全年新收海事案件1,204件，同比上升12%，审结率为全市第一。",
    ]
    (template,) = TemplateMiner().fit(texts).templates_
    assert template.frame == "全年新收海事案件{count}，同比{text}{percent}，审结率为全市{number}。"
    assert [slot.kind for slot in template.slots] == ["count", "text", "percent", "number"]
    assert template.slots[1].values == ("上升", "下降", "上升")
    assert template.values(2) == ("1,204件", "上升", "12%", "第一")
    assert (template.support, template.authors, template.members) == (3, 3, (0, 1, 2))
    assert template.example == texts[0]
    assert template.fixed == 16


def test_a_clause_that_some_leave_out_is_a_slot_that_may_be_empty():
    texts = [
        "打造海上流动法庭服务驻岛渔民，配备卫星电话，全年出海巡回办案30航次。",
        "打造海上流动法庭服务驻岛渔民，全年出海巡回办案12航次。",
        "打造海上流动法庭服务驻岛渔民，全年出海巡回办案7航次。",
    ]
    (template,) = TemplateMiner().fit(texts).templates_
    assert template.slots[0].values[1:] == ("", "")
    assert "配备卫星电话" in template.slots[0].values[0]


def test_equal_texts_are_a_template_without_slots():
    (template,) = TemplateMiner().fit([OTHERS[0]] * 3 + OTHERS[1:]).templates_
    assert (template.frame, template.slots, template.members) == (OTHERS[0], (), (0, 1, 2))
    assert template.render(()) == OTHERS[0]


def test_authors_count_once():
    texts = ["坚持每周开放日邀请渔村妇女观摩调解。"] * 4
    assert TemplateMiner().fit(texts, authors=["甲院", "甲院", "乙院", "甲院"]).templates_ == ()
    (template,) = TemplateMiner().fit(texts, authors=["甲院", "丙院", "乙院", "甲院"]).templates_
    assert (template.support, template.authors) == (4, 3)


def test_sentences_and_clauses_are_located():
    texts = [
        f"{other}坚持把调解桌搬到养殖场边，全年化解纠纷{n}起；今后继续。"
        for n, other in zip((3, 44, 105), OTHERS, strict=False)
    ]
    (sentence,) = TemplateMiner(level="sentence").fit(texts).templates_
    assert sentence.frame == "坚持把调解桌搬到养殖场边，全年化解纠纷{count}"
    for n, (position, start, end) in enumerate(sentence.members):
        assert texts[position][start:end] == sentence.render(sentence.values(n))
    (clause,) = TemplateMiner(level="clause").fit(texts).templates_
    assert (clause.frame, clause.slots) == ("坚持把调解桌搬到养殖场边", ())


def test_of_nested_frames_the_longest_stays_unless_the_shorter_is_twice_as_frequent():
    shorter = "坚持把调解桌搬到养殖场边上去"
    longer = shorter + "并请老船长一同劝和"
    clauses = [shorter] * 5 + [longer] * 3

    def frames(texts):
        return {t.frame for t in TemplateMiner("clause", threshold=0.95).fit(texts).templates_}

    assert frames(clauses) == {longer}
    assert frames([*clauses, shorter]) == {longer, shorter}


def test_too_little_fixed_text_is_no_template():
    assert TemplateMiner().fit([f"受理{n}件，审结{n}件" for n in range(2, 9)]).templates_ == ()
    assert len(
        TemplateMiner(min_fixed=4).fit([f"受理{n}件，审结{n}件" for n in range(2, 9)]).templates_
    )


def test_no_chain_joins_what_is_unlike():
    chain = [
        "甲乙丙丁码头开展普法宣讲活动惠及渔民",
        "码头开展普法宣讲活动惠及渔民",
        "山村组织电影放映晚会慰问老人",
    ]
    for template in TemplateMiner(min_support=2).fit(chain).templates_:
        assert 2 not in template.members


@pytest.mark.parametrize("texts", [[], [""], ["", "", ""], ["。。。"] * 4, ["\n 　"] * 4])
@pytest.mark.parametrize("level", ["passage", "sentence", "clause"])
def test_texts_without_words_have_no_templates(texts, level):
    assert TemplateMiner(level=level).fit(texts).templates_ == ()


words = st.sampled_from(
    [
        "码头",
        "普法讲座",
        "30件",
        "45件",
        "，",
        "。",
        "2024年",
        "调解",
        "惠及渔民",
        "80%",
        "；",
        "<",
        "{count}",
        "\n",
    ]
)
texts_of_words = st.lists(words, min_size=1, max_size=8).map("".join)
varied = st.lists(
    st.one_of(texts_of_words, texts_of_words.map(lambda t: "坚持把法庭开到渔船边上去" + t)),
    max_size=12,
)


@given(varied, st.sampled_from(["passage", "sentence", "clause"]), st.sampled_from([0.3, 0.6]))
@settings(max_examples=100, deadline=None)
def test_every_member_is_rebuilt_from_frame_and_values(texts, level, threshold):
    miner = TemplateMiner(level=level, threshold=threshold, min_support=2, min_fixed=3).fit(texts)
    seen = set()
    for template in miner.templates_:
        assert template.fixed >= 3
        assert template.authors >= 2
        assert list(template.members) == sorted(template.members)
        assert len(set(template.members)) == template.support
        assert level != "passage" or not seen & set(template.members)
        seen |= set(template.members)
        if level != "passage":
            assert not template.frame.startswith("{text}")
            assert not template.frame.endswith("{text}")
        for n, member in enumerate(template.members):
            position, start, end = (member, 0, None) if isinstance(member, int) else member
            assert template.render(template.values(n)) == texts[position][start:end]


@given(varied, st.sampled_from(["passage", "sentence", "clause"]))
@settings(max_examples=40, deadline=None)
def test_masks_at_hand_change_nothing(texts, level):
    miner = TemplateMiner(level=level, min_support=2, min_fixed=3)
    masks = [mask(text) for text in texts]
    assert miner.fit(texts).templates_ == miner.fit(texts, masks=masks).templates_


STOCK = "把渔港调解桌搬到船老大家门口"


@pytest.mark.parametrize("level", ["sentence", "clause"])
@pytest.mark.parametrize(
    ("others", "support"),
    [
        # a word before or after the clause is no part of it
        (["必须" + STOCK], 9),
        (["我们要" + STOCK, STOCK + "去"], 10),
        # one text with a word inside is no member
        ([STOCK.replace("搬到", "及时搬到")], 8),
        ([STOCK.replace("船老大", "老船工")], 8),
    ],
)
def test_one_outlier_opens_no_slot(level, others, support):
    texts = [f"{STOCK}。{other}。" for other in OTHERS * 2] + [f"{other}。" for other in others]
    found = {
        t.frame: t for t in TemplateMiner(level=level).fit(texts, range(len(texts))).templates_
    }
    template = found[STOCK]
    assert (template.slots, template.support) == ((), support)
    for position, start, end in template.members:
        assert texts[position][start:end] == STOCK


def test_a_clause_of_enough_authors_stands_beside_a_frame_of_twice_as_many():
    frame = "把渔港调解桌{text}搬到船老大家门口并请老支书陪同劝和"
    verbs = ["及时", "及时", "及时", "主动", "耐心", "逐户", "全程", "当场", "分批"]
    texts = [frame.replace("{text}", verb) for verb in verbs]
    miner = TemplateMiner("clause", threshold=0.4)
    assert {t.frame: t.support for t in miner.fit(texts).templates_} == {frame: 9, texts[0]: 3}
    assert [t.frame for t in miner.fit(texts[:5]).templates_] == [texts[0]]


def test_a_slot_keeps_its_marks_and_its_clause():
    texts = [f"弘扬“同舟，共济{n}”渔港精神鼓励船员互助" for n in "甲乙丙"]
    (template,) = TemplateMiner("clause").fit(texts).templates_
    assert template.frame == "弘扬{slogan}渔港精神鼓励船员互助"


def test_free_text_does_not_outweigh_what_is_fixed():
    inside = ["海鸥掠过灯塔", "山风吹动经幡", "细雨打湿茶园", "骆驼走出沙丘", "列车驶过草原"]
    texts = [f"渔港调解{a}船员{b}当庭兑付{c}" for a, b, c in permutations(inside, 3)]
    for template in TemplateMiner("sentence", threshold=0.1, min_fixed=4).fit(texts).templates_:
        free = [v for slot in template.slots if slot.kind == "text" for v in slot.values]
        assert len("".join(free)) <= template.fixed * template.support


def test_templates_do_not_depend_on_the_run():
    texts, _ = planted(9)
    assert TemplateMiner().fit(texts).templates_ == TemplateMiner(n_jobs=2).fit(texts).templates_


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"level": "word"}, "level must be 'passage', 'sentence' or 'clause', got 'word'"),
        ({"min_support": 0}, "min_support must be 1 or more, got 0"),
        ({"min_fixed": 0}, "min_fixed must be 1 or more"),
        ({"min_support": "3"}, "min_support must be 1 or more, got '3'"),
        ({"threshold": 1.5}, "threshold must be in"),
        ({"threshold": "x"}, "threshold must be in .*, got 'x'"),
    ],
)
def test_parameters_out_of_range_are_named(parameters, message):
    with pytest.raises(TaohuaError, match=message):
        TemplateMiner(**parameters).fit(["甲"])


def test_mistakes_in_the_texts_are_named():
    with pytest.raises(TaohuaError, match="authors must be one for each of 1 texts, got 2"):
        TemplateMiner().fit(["甲"], authors=["乙", "丙"])
    with pytest.raises(TaohuaError, match="texts must be strings, got NoneType at position 1"):
        TemplateMiner().fit(["甲", None])
    with pytest.raises(TaohuaError, match="got one string"):
        TemplateMiner().fit("甲乙")
    with pytest.raises(TaohuaError, match="texts must be a list of texts, got NoneType"):
        TemplateMiner().fit(None)
    with pytest.raises(TaohuaError, match="authors must be a list, one for each text, got '甲'"):
        TemplateMiner().fit(["甲"], authors="甲")
    with pytest.raises(TaohuaError, match="masks must be one for each of 1 texts, got 0"):
        TemplateMiner().fit(["甲"], masks=[])
    (template,) = TemplateMiner().fit([OTHERS[0]] * 3).templates_
    with pytest.raises(TaohuaError, match="values must be one per slot, 0, got 1"):
        template.render(["甲"])
