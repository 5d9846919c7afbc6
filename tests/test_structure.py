import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages import MarkedPage, block_at, kinds, marked_pages, take_apart

from taohua.documents.blanks import INVISIBLE
from taohua.documents.repair import repair
from taohua.documents.structure import Structure, structure

SHARED = Path(__file__).parents[2] / "shared"
PAGES = list(marked_pages())
PIECES = [
    "一、",
    "（二）",
    "1.",
    "01、",
    "一是",
    "加强工作",
    "清河县人民法院",
    "2023年1月5日",
    "来源：",
    "責任編輯:",
    "上图：",
    "。",
    "，",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\u3000",
    "\xa0",
    "質(zhì)",
    "。審理案件10件,结案9件。",
    "全力推进各项审判执行工作取得新的成效，" * 3,
    "关闭窗口",
    "**",
    "# ",
    "\ufeff",
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))

BLANK = re.compile(rf"[\s{INVISIBLE}]")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_gets_its_kind(page: MarkedPage) -> None:
    found = take_apart(page.raw)
    got = [(block_at(found, line.position).kind, line.text) for line in page.lines]
    assert got == [(line.kind, line.text) for line in page.lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_headings_open_sections_of_their_level(page: MarkedPage) -> None:
    found = take_apart(page.raw)
    for line in page.lines:
        if line.kind == "heading":
            section = next(s for s in found.sections if line.text.strip("#* ") in s.heading)
            assert (section.heading, section.level) == (section.heading, line.level)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_run_in_headings_open_passages_and_no_other_sentence_is_one(page: MarkedPage) -> None:
    found = take_apart(page.raw)
    marked = [words for line in page.lines for words in line.run_ins]
    got = [p.heading for p in found.passages if p.heading and p.text.startswith(p.heading)]
    assert got == marked
    assert set(marked) <= {section.heading for section in found.sections}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_passage_holds_chrome_or_advertisements(page: MarkedPage) -> None:
    found = take_apart(page.raw)
    outside = [line.position for line in page.lines if line.kind in ("chrome", "advertisement")]
    assert not [x for x in outside for p in found.passages if p.start <= x < p.end]


def check(raw: str, found: Structure) -> None:
    """Hold what is true of every text."""
    if found.blocks:
        assert (found.blocks[0].start, found.blocks[-1].end) == (0, len(raw))
        assert all(a.end == b.start for a, b in pairwise(found.blocks))
        assert all(block.start < block.end for block in found.blocks)
    else:
        assert not repair(raw).text.strip()
    for a, b in pairwise(found.passages):
        assert a.end <= b.start
    for passage in found.passages:
        block = block_at(found, passage.start)
        assert block.kind in ("lead", "body")
        assert passage.end <= block.end
        assert raw[passage.start : passage.end] == passage.text
        assert len(passage.offsets) == len(passage.repaired) + 1
        assert (passage.offsets[1:] >= passage.offsets[:-1]).all()
        assert passage.raw_span(0, len(passage.repaired)) <= (passage.start, passage.end)
        assert "\n" not in passage.repaired
        assert passage.section is None or passage.section < len(found.sections)
    for section, following in pairwise(found.sections):
        assert section.start <= following.start
    for section in found.sections:
        assert 0 <= section.start <= section.end <= len(raw)
        assert section.heading[:1] in raw[section.start : section.end]


@settings(max_examples=300, deadline=None)
@given(texts)
@example("")
@example(" \n\u3000\n")
@example("一、甲\n二、乙")
@example("工 作 报 告\n\n——在会议上\n")
def test_any_text_is_taken_apart_without_loss(raw: str) -> None:
    check(raw, take_apart(raw))


@settings(max_examples=100, deadline=None)
@given(texts)
@example("質(zhì)\r\ufeff")
@example("審理案件。\ue004\n結案九件\ue004")
def test_text_that_is_no_furniture_is_in_passages_or_headings(raw: str) -> None:
    found = take_apart(raw)
    for block in found.blocks:
        if block.kind in ("lead", "body"):
            words = BLANK.sub("", raw[block.start : block.end])
            inside = [p for p in found.passages if block.start <= p.start < block.end]
            assert BLANK.sub("", "".join(p.text for p in inside)) == words


@pytest.mark.parametrize(
    "raw",
    [
        "短行" + "\n短行" * 20_000,
        "一、加强工作\n全力推进审判执行各项工作。\n" * 5_000,
        "加强工作。开展各项工作，推进案件审理。" * 20_000,
        "一、加强工作。二、推进改革。" * 5_000,
        "办" * 500_000,
        "1、目录\n2、" + "." * 100_000 + "x",
    ],
    ids=["short lines", "headings", "one line", "one line of headings", "one word", "leaders"],
)
def test_large_texts_are_taken_apart(raw: str) -> None:
    found = take_apart(raw)
    assert (found.blocks[0].start, found.blocks[-1].end) == (0, len(raw))


def test_sections_reach_to_the_next_heading_of_their_level() -> None:
    raw = "一、甲项工作\n（一）子项\n正文在此，内容较多，足以成段。\n二、乙项工作\n正文在此，内容较多，足以成段。"
    sections = take_apart(raw).sections
    assert [(s.heading, s.level, raw[s.start : s.end].split("\n")[-1][:2]) for s in sections] == [
        ("一、甲项工作", 1, "正文"),
        ("（一）子项", 2, "正文"),
        ("二、乙项工作", 1, "正文"),
    ]
    assert sections[0].end < sections[2].start


def test_a_two_line_heading_is_one_section_and_keeps_inner_blanks() -> None:
    body = "该院完善制度机制，压实各方责任，推动审判质效持续向好，群众满意度稳步提升。"
    raw = f"01、抓实  管理\n\n在提升质效上下功夫\n{body}\n02、抓实  队伍\n\n在锤炼作风上下功夫\n{body}"
    assert [s.heading for s in take_apart(raw).sections] == [
        "01、抓实  管理 在提升质效上下功夫",
        "02、抓实  队伍 在锤炼作风上下功夫",
    ]


def test_a_run_in_heading_reaches_over_all_passages_to_the_next() -> None:
    body = "该院完善制度机制，压实各方责任，推动审判质效持续向好，群众满意度稳步提升。"
    raw = f"一、抓实管理\n强化组织领导。{body * 10}抓实经验交流。{body}"
    found = take_apart(raw)
    assert [s.heading for s in found.sections] == [
        "一、抓实管理",
        "强化组织领导。",
        "抓实经验交流。",
    ]
    *first, last = found.passages
    assert {passage.heading for passage in first} == {"强化组织领导。"}
    assert last.heading == "抓实经验交流。"
    assert (found.sections[1].start, found.sections[1].end) == (first[0].start, first[-1].end)
    assert {passage.section for passage in found.passages} == {0}


def test_a_table_of_contents_is_left_out() -> None:
    body = "该院完善制度机制，压实各方责任，推动审判质效持续向好，群众满意度稳步提升。"
    raw = f"一、抓实管理……3\n二、抓实队伍 ... 12\n一、抓实管理\n{body}\n二、抓实队伍\n{body}"
    assert [kind for kind, _ in kinds(raw)] == ["chrome", "chrome"] + ["heading", "body"] * 2


def test_the_parts_of_a_compilation_reach_from_court_to_court() -> None:
    page = next(page for page in PAGES if page.name == "compilation_numbered")
    found = take_apart(page.raw)
    assert [part.court for part in found.parts] == [
        "南江市中级人民法院",
        "东山区人民法院",
        "西坪县人民法院",
    ]
    assert {p.part for p in found.passages[1:]} == {0, 1, 2}
    assert found.passages[0].part is None


def test_headings_inside_a_line_open_sections_and_passages() -> None:
    below = "各级法院坚持依法审理各类案件，完善工作机制，加强业务指导，审判质量和效率稳步提高。"
    raw = (
        f"各位代表：过去一年，两级法院工作取得新的进展。一、做好刑事审判，守护群众平安刑事审判关系群众安危。{below}"
        f"二、做好民事审判，回应群众关切{below}三、加强自身建设，提升司法能力{below}{below}"
    )
    found = take_apart(raw)
    assert [section.heading for section in found.sections] == [
        "一、做好刑事审判，守护群众平安",
        "二、做好民事审判，回应群众关切",
        "三、加强自身建设，提升司法能力",
    ]
    assert {b.kind for b in found.blocks} == {"lead", "body"}


def test_a_line_that_continues_the_title_is_title() -> None:
    body = (
        "今年以来，该院立足审判职能，主动延伸服务，多方联动化解矛盾，取得良好的法律效果和社会效果。"
    )
    raw = f"多方联动解纷争\n用心用情促和谐\n某某县法院 张三\n{body}\n"
    assert [kind for kind, _ in kinds(raw)] == ["title", "title", "byline", "body"]


def seed_labels() -> dict[str, list[dict[str, object]]]:
    path = SHARED / "labels" / "seeds.jsonl"
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in path.read_text("utf-8").splitlines() if path.exists() else ():
        label = json.loads(row)
        rows[label["file"]].append(label)
    return rows


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled reports are not part of the package")
@pytest.mark.parametrize("name", sorted(seed_labels()))
def test_labelled_reports_are_read_as_their_labels_say(name: str) -> None:
    raw = (SHARED / "seeds" / name).read_text("utf-8")
    found = structure(raw, repair(raw))
    check(raw, found)
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", raw))
    right = 0
    labels = seed_labels()[name]
    for label in labels:
        match = lines[int(str(label["paragraph_index"]))]
        text = match[0].strip()
        start = match.start() + match[0].index(text[0])
        right += block_at(found, start).kind == label["kind"]
        if label["kind"] == "heading":
            assert any(text in s.heading or s.heading in text for s in found.sections), text
        if label["kind"] in ("chrome", "advertisement"):
            assert not any(p.start <= start < p.end for p in found.passages), text
        for words in label.get("run_in_headings", []):  # type: ignore[attr-defined]
            assert any(p.text.startswith(words) for p in found.passages), words
    assert right >= 0.95 * len(labels)
