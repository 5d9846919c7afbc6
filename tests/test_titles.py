import pytest

from taohua.documents.document import from_text

TITLE = "清河县人民法院工作报告"
BODY = "该院完善分案规则，压实办案责任，案件平均用时比上年缩短九天，改判率稳中有降，群众更加满意。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、抓好审判", "二、多措并举推进执行工作"),
        ("（一）抓好审判", "（二）多措并举推进执行工作"),
        ("1.抓好审判", "2.多措并举推进执行工作"),
    ],
)
def test_a_numbered_heading_is_no_second_line_of_the_title(first: str, second: str) -> None:
    report = from_text(f"{TITLE}\n{first}\n{BODY}\n{second}\n{BODY}")
    assert report.title == TITLE
    assert [section.heading for section in report.sections] == [first, second]


def test_a_title_over_two_lines_is_joined() -> None:
    assert from_text(f"{TITLE[:7]}\n工作报告\n{BODY}").title == f"{TITLE[:7]} 工作报告"
