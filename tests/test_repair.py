"""Repair mends what is broken, leaves what is whole, and knows where everything was."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taohua.documents import annotated, traditional
from taohua.documents.edits import Traced
from taohua.documents.repair import STEPS, repair

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

CLEAN = """某市中级人民法院工作情况
一、抓实审判管理
（一）突出“快”字，少走弯路。全年收案1.2万件，结案率达到96.5%，平均用时缩短3.5天；其中12:30以后立案的占8%。
坚持问题导向  补齐短板弱项""".replace("  ", " ")

PROSE = (
    "这一年，我们把大量精力放在基层，走村入户听意见，回来一条一条地改，群众看在眼里，口碑慢慢好了起来。"
    "立案窗口增加了两个，午间也有人值班，远道而来的当事人不用再等半天；诉讼费可以扫码交，材料可以在网上补。"
    "办案的同志白天开庭、晚上写判决，遇到拿不准的问题，几个人围在一起讨论到深夜，第二天照样准时坐到审判席上。"
    "执行工作最难，也最见功夫，年轻人跑外地查财产，一去就是十几天，带回来的除了线索，还有一身疲惫和满脸笑容。"
)


def wrapped(text: str, width: int) -> list[str]:
    """Break lines as a program does: at the margin, no mark at the start of a line."""
    lines = []
    while text:
        size = width
        while size < len(text) and text[size] in "，。；、":
            size -= 1
        lines.append(text[:size])
        text = text[size:]
    return lines


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # blanks
        ("　　各级法院\xa0", "各级法院"),
        ("坚持以干为先\xa0 敢闯敢试", "坚持以干为先 敢闯敢试"),
        ("工 作 报 告", "工作报告"),
        ("目　录", "目录"),
        ("院长　李　明", "院长 李 明"),  # a name set wide is no spaced title
        ("\ufeff零\u200b宽\xad字", "零宽字"),
        ("抓审判。\ue004\n抓执行\ue004 ", "抓审判。\n抓执行"),  # icons of a site's font
        (
            "李\ue863明，\ue004\ue004\na\ue004",
            "李\ue863明，\ue004\ue004\na\ue004",
        ),  # a rare character
        ("(一)　突出主业", "（一）突出主业"),
        ("1. 突出主业", "1.突出主业"),
        ("推进 3 项改革，增长 9.5 %。", "推进3项改革，增长9.5%。"),
        ("2024-05-06 10:20:30 打印", "2024-05-06 10:20:30 打印"),
        ("首页 | 新闻 | English", "首页 | 新闻 | English"),
        ("甲\r\n乙\r丙\x0c丁", "甲\n乙\n丙\n丁"),
        # width and radicals
        ("Ａ１％，９．５％", "A1%，9.5%"),
        ("６，６００个，１９５４，１９５５", "6,600个，1954，1955"),
        ("⼯作⻓期", "工作长期"),
        # punctuation
        ("第一,学习;第二,落实:", "第一，学习；第二，落实："),
        ("约1,000件，比例3:2", "约1,000件，比例3:2"),
        ("100%,全部办结", "100%，全部办结"),
        ("见http://a.b/c?d=1,2,请看", "见http://a.b/c?d=1,2，请看"),
        ("(2023)某01民初5号", "（2023）某01民初5号"),
        ("f(x), g(y)", "f(x), g(y)"),
        ("（一)实(二）", "（一）实（二）"),
        ("![](图 1.png)", "![](图 1.png)"),
        ('开展"回头看"活动', "开展“回头看”活动"),
        ('开展"回头看活动', '开展"回头看活动'),  # nobody knows where it closes
        ('“党建+"品牌', "“党建+”品牌"),
        ("it's 好的", "it's 好的"),
        ("他说'好'", "他说‘好’"),
        ("「一站式」『一次办』", "“一站式”‘一次办’"),
        ("约翰•史密斯", "约翰·史密斯"),
        ("怎么办?马上办!", "怎么办？马上办！"),
        ("水库、?水灌区", "水库、?水灌区"),  # a lost character asks nothing
        # doubled marks
        ("学习,,贯彻，，落实。。", "学习，贯彻，落实。"),
        ("等等。。。", "等等。。。"),
        # masks
        ("D建引领，D员带头，D的二十大", "党建引领，党员带头，党的二十大"),
        ("X组书记、D支部、全面从严治D", "党组书记、党支部、全面从严治党"),
        ("X市D区D座，3D建模，D组选手", "X市D区D座，3D建模，D组选手"),
        # traditional
        ("堅持黨建引領，本著對人民負責，著力於審判", "坚持党建引领，本着对人民负责，着力于审判"),
        ("顯著成效、專著與著作，聚合著力點", "显著成效、专著与著作，聚合着力点"),
        ("這裏、之後、乾警、什麼、瞭解、乾坤", "这里、之后、干警、什么、了解、乾坤"),
        ("法官劉喆說", "法官劉喆說"),  # two characters are a name or a slip
    ],
)
def test_a_defect_is_mended_and_its_double_left_alone(raw: str, text: str) -> None:
    assert repair(raw).text == text


def test_clean_text_passes_through_untouched() -> None:
    repaired = repair(CLEAN)
    assert repaired.text == CLEAN
    assert repaired.log == ()
    assert (repaired.offsets == np.arange(len(CLEAN) + 1)).all()


def test_a_few_traditional_characters_in_simplified_text_stay() -> None:
    text = PROSE * 2 + "審判員劉國強"
    assert repair(text).text == text


def test_simplified_text_needs_neither_opencc_nor_pypinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traditional, "_simplified", pytest.fail)
    monkeypatch.setattr(annotated, "_readings", pytest.fail)
    assert repair(PROSE + "喆").text == PROSE + "喆"


@pytest.mark.parametrize("width", [25, 32, 45])
def test_lines_broken_at_a_margin_are_joined(width: int) -> None:
    paragraphs = [PROSE, PROSE[60:], PROSE[30:]]
    raw = "工作总结\n" + "\n".join("\n".join(wrapped(text, width)) for text in paragraphs)
    repaired = repair(raw)
    stops = repaired.text.replace("\n", "")
    assert stops == "工作总结" + "".join(paragraphs)
    # A line end after a full stop may be a paragraph's; all the others are gone.
    assert all(line.endswith("。") for line in repaired.text.split("\n")[1:])
    assert repaired.text.startswith("工作总结\n")


def test_a_page_number_inside_a_sentence_goes_with_the_line_break() -> None:
    lines = wrapped(PROSE, 30)
    lines[3:3] = ["", "— 3 —", ""]
    repaired = repair("\n".join(lines))
    assert "3" not in repaired.text
    assert repaired.text.replace("\n", "") == PROSE


@pytest.mark.parametrize(
    "raw",
    [
        "\n".join(["某月某日召开会议", "传达学习讲话精神", "研究部署下一步工作"] * 4),  # poster
        "\n".join(["某某法院召开年度工作总结会议部署新一年任务" + str(n) for n in range(9)]),
        "\n".join(["一年三百六十五天，天天都在基层一线奔走忙碌。"] * 9),  # paragraphs of one length
        "\n".join(PROSE.replace("。", "。\n").split()),
    ],
)
def test_short_lines_lists_and_paragraphs_keep_their_line_ends(raw: str) -> None:
    assert repair(raw).text == raw


def test_headings_in_wrapped_text_keep_their_line() -> None:
    lines = wrapped(PROSE, 30)
    raw = "\n".join([*lines, "二、下一步打算", *lines, "（一）再上台阶", *lines])
    assert {"二、下一步打算", "（一）再上台阶"} <= set(repair(raw).text.split("\n"))


def test_the_log_names_steps_and_raw_positions() -> None:
    raw = "　甲,,乙Ａ"
    log = {entry.step: entry.positions for entry in repair(raw).log}
    assert log == {"blanks": (0,), "width": (5,), "punctuation": (2, 3), "doubled": (2,)}


def test_what_is_removed_belongs_to_the_character_before() -> None:
    repaired = repair("　　甲子　乙　\n丙")
    assert repaired.text == "甲子 乙\n丙"
    assert repaired.offsets.tolist() == [0, 3, 4, 5, 7, 8, 9]
    assert repaired.raw_span(3, 4) == (5, 7)


@pytest.mark.parametrize("raw", ["", "　", "\u200b \u200b", "\n", "\ud800甲,乙"])
def test_odd_texts_do_no_harm(raw: str) -> None:
    repaired = repair(raw)
    assert repaired.offsets[-1] == len(raw)
    assert len(repaired.offsets) == len(repaired.text) + 1


def test_edits_on_no_text_are_no_edits() -> None:
    assert Traced.of("").apply([])[0].text == ""


SPECIAL = "一二工作著着後發務審D党建组员的X书记件年 　\t\u200b\n\n,.;:?!()（），。；：？！、\"'“”‘’「』·•１Ａ"
SPECIAL += "\ue004．％%－-/0129aFJ?áè&"
TOKENS = [
    "(wù)",
    "(huì )",
    "會(huì)",
    "?wù)J",
    "談",
    "D建",
    "X组书记",
    "(一)",
    "——",
    "……",
    "http://a.b/",
]
TOKENS += [PROSE[:28] + "\n", PROSE[30:58] + "\n", "— 3 —\n", "3\n", "一、总结\n", "\ufffd", "\r\n"]
TEXTS = st.one_of(
    st.text(alphabet=SPECIAL, max_size=60),
    st.lists(st.one_of(st.sampled_from(TOKENS), st.sampled_from(SPECIAL)), max_size=40).map(
        "".join
    ),
    st.text(max_size=40),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("（((会(huì))))")
@example('"”"“甲"')
def test_repair_is_idempotent_and_every_character_has_its_place(raw: str) -> None:
    repaired = repair(raw)
    again = repair(repaired.text)
    assert again.text == repaired.text
    assert again.log == ()
    offsets = repaired.offsets
    assert offsets.dtype == np.int32
    assert offsets.shape == (len(repaired.text) + 1,)
    assert (np.diff(offsets) >= 0).all()
    assert offsets[-1] == len(raw)
    assert not repaired.text or offsets[0] == 0
    for entry in repaired.log:
        assert all(0 <= place < len(raw) for place in entry.positions)
        assert all(left < right for left, right in pairwise(entry.positions))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(STEPS))
def test_edits_of_a_step_are_ordered_disjoint_and_never_longer(raw, step) -> None:
    done = 0
    for start, end, replacement in step(raw):
        assert done <= start < end <= len(raw)
        assert len(replacement) <= end - start
        done = end


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not here")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_only_the_traditional_seed_has_pinyin(path: Path) -> None:
    steps = {entry.step: entry.count for entry in repair(path.read_text("utf-8")).log}
    expected = 57 if path.name.startswith("002") else 0
    assert steps.get("pinyin", 0) == expected
    assert ("traditional" in steps) == bool(expected)
    assert "broken_gbk" not in steps
