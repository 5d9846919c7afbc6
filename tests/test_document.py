from pathlib import Path

import pytest

from taohua.documents.document import from_text, read
from taohua.documents.errors import TaohuaError

BODY = "清河县人民法院立足审判职能，主动延伸服务，多方联动化解矛盾，取得良好的法律效果和社会效果。"
PAGE = f"""当前位置：首页 > 要闻
清河法院：把服务送到田间
来源：清河日报  发布时间：2023-07-11 16:20
{BODY}
强化源头治理
{BODY}
清河县人民法院
2023年7月8日
"""


def test_a_report_names_its_title_court_date_and_origin() -> None:
    report = from_text(PAGE)
    assert report.title == "清河法院：把服务送到田间"
    assert report.court == "清河法院"
    assert report.date == "2023-07-11"  # publication before signature
    assert report.origin_text == "清河日报"
    assert [section.heading for section in report.sections] == ["强化源头治理"]
    assert [passage.section for passage in report.passages] == [None, 0]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"工作总结报告\n{BODY}\n清河县人民法院\n二〇二二年一月五日", "2022-01-05"),
        (f"今天是2024年5月1日 星期三\n清河法院工作总结\n{BODY}", ""),  # the day of the visit
        (f"清河法院工作报告\n——2023年1月10日在人代会上\n{BODY}", "2023-01-10"),
        (BODY, ""),
    ],
)
def test_the_date_of_a_report(text: str, date: str) -> None:
    assert from_text(text).date == date


def test_a_file_is_read_and_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    assert read(path).passages == from_text(PAGE).passages


def test_a_text_without_paragraph_or_chinese_says_so() -> None:
    assert from_text("关闭窗口").warnings == ("no paragraph of running text was found",)
    assert "not Chinese" in from_text("This is a report about courts and cases.").warnings[0]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match="absent"):
        read(tmp_path / "absent.txt")
