import pytest

from taohua.documents.headings import heading_style, sentences
from taohua.documents.inline import inline_headings
from taohua.documents.runins import run_in_headings, supported

BODY = "该院建立联席会议制度，定期会商疑难案件，统一裁判尺度，办案质量和效率同步提升。"


@pytest.mark.parametrize(
    ("line", "style", "words"),
    [
        ("一、主要工作", "han", "主要工作"),
        ("（一） 依法履职", "han_bracket", "依法履职"),
        ("(十二)依法履职", "han_bracket", "依法履职"),
        ("1.优化环境", "arabic", "优化环境"),
        ("（3）优化环境", "arabic_bracket", "优化环境"),
        ("①优化环境", "circled", "优化环境"),
        ("01、突出一个字", "slab", "突出一个字"),
        ("02", "slab", ""),
        ("PART 01", "part", ""),
        ("第二部分 建设现状", "part", "建设现状"),
        ("第三节 队伍", "section", "队伍"),
        ("## 队伍建设", "markdown2", "队伍建设"),
        ("**队伍建设**", "bold", "队伍建设"),
        ("■ 立案更便捷", "bullet", "立案更便捷"),
        ("——坚决维护安全稳定", "dash", "坚决维护安全稳定"),
    ],
)
def test_styles_of_headings(line: str, style: str, words: str) -> None:
    found = heading_style(line)
    assert found is not None
    assert (found.style, found.words) == (style, words)


@pytest.mark.parametrize(
    "line", ["主要工作", "2023年工作", "1.5万件", "12月25日", "一审案件", "0.5个百分点", "01月05日"]
)
def test_lines_without_mark_have_no_style(line: str) -> None:
    assert heading_style(line) is None


def test_sentences_tile_the_text() -> None:
    text = "一句。“两句！”三句？没有结束"
    assert [text[a:b] for a, b in sentences(text)] == ["一句。", "“两句！”", "三句？", "没有结束"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"强化组织领导。{BODY}", ["强化组织领导。"]),
        (f"“一站式”服务解民忧。{BODY}", ["“一站式”服务解民忧。"]),
        (f"一是坚持政治建院。{BODY}", ["一是坚持政治建院。"]),
        (f"（一）坚持政治引领，把牢正确方向。{BODY}", ["（一）坚持政治引领，把牢正确方向。"]),
        (  # several in a paragraph; the third begins with 经, which is no conjunction here
            f"人员配备到位。{BODY}组织领导到位。{BODY}经费保障到位。{BODY}",
            ["人员配备到位。", "组织领导到位。", "经费保障到位。"],
        ),
        (  # behind an opening sentence
            f"{BODY}强化组织领导。{BODY}积极争取支持。{BODY}",
            ["强化组织领导。", "积极争取支持。"],
        ),
        (  # a bare row
            f"{BODY}强化党建引领。选优领导班子。优化干部结构。",
            ["强化党建引领。", "选优领导班子。", "优化干部结构。"],
        ),
        (
            f"{BODY}一是抓调解，化解在前端。{BODY}二是抓审判，公正在个案。{BODY}",
            ["一是抓调解，化解在前端。", "二是抓审判，公正在个案。"],
        ),
        (  # dense: of labels in a row the first has the others as its text
            f"提速数字建设。{BODY}落实数据制度。培育数据市场。{BODY}建好算力中心。培养算力人才。",
            ["提速数字建设。", "落实数据制度。"],
        ),
        (  # no list, though short sentences end it
            f"{BODY}{BODY}{BODY}强化党建引领。优化干部结构。",
            [],
        ),
        (
            "加强审判管理。推进司法改革。" * 80,
            ["加强审判管理。"],
        ),  # a page without line breaks proves nothing
        (  # counted, so each is one of its own
            f"{BODY}一是抓调解。多元化解。{BODY}二是抓审判。{BODY}",
            ["一是抓调解。", "二是抓审判。"],
        ),
        (f"调解并不顺利。{BODY}", []),  # tells
        (f"2023年审结案件三百件。{BODY}", []),  # a fact
        (f"他又出发了。{BODY}", []),
        (f"会议强调，要抓好落实。{BODY}", []),
        ("强化组织领导。", []),  # heads nothing
        (BODY, []),
    ],
)
def test_run_in_headings_of_a_paragraph(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in run_in_headings(text)] == expected


def test_first_sentences_support_each_other() -> None:
    couplet = f"科学分流，跑出办案快节奏。{BODY}"
    sibling = f"团队协作，下好整合一盘棋。{BODY}"
    assert supported([BODY, couplet, sibling]) == [False, True, True]
    assert supported([BODY, couplet, BODY]) == [False, False, False]  # alone: an ordinary sentence
    assert run_in_headings(couplet, alone=False) == []


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("一、依法惩治犯罪，守护群众平安", "各级法院审结刑事案件八千件，"),  # subject
        ("一、加强商事审判，促进经济发展", "商事审判关系经济全局，"),  # words of the heading again
        ("一、深化司法改革，释放内生动力", "坚决落实改革要求，"),  # adverb
        ("一、拓展公开渠道。", "依托网站及时发布信息，"),  # full stop
        ("一、队伍建设情况", "去年共举办培训班十期，"),
    ],
)
def test_headings_inside_a_line_end_where_the_text_begins(words: str, after: str) -> None:
    line = f"{words}{after}{BODY * 3}二、加强自身建设，锤炼过硬队伍全市法院{BODY * 2}"
    start, end = inline_headings(line)[0]
    assert line[start:end] == words


@pytest.mark.parametrize(
    "line",
    [
        f"要求如下：一、提高认识；二、明确责任；三、抓好落实。{BODY * 5}",  # a list
        f"{BODY * 3}三、加强自身建设，锤炼过硬队伍。{BODY * 3}",  # does not count from one
        f"一、提高认识。{BODY}",  # too short a line
    ],
)
def test_lists_and_single_numbers_inside_a_line_are_no_headings(line: str) -> None:
    assert inline_headings(line) == []
