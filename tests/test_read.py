import html
import io
import os
from pathlib import Path

import pytest
from files import make_docx, make_pdf, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents import read
from taohua.documents.decode import decode, decode_html
from taohua.documents.errors import TaohuaError
from taohua.documents.read import read_source

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SHORT = "全院法官紧盯结案任务，今年执行到位金额比去年多三成，当事人满意。"
SHORT_OLD = "全院法官緊盯結案任務，今年執行到位金額比去年多三成，當事人滿意。"
LONG = SHORT * 40 + "\n一、青石镇法庭：调解案件 1,204 件\n" * 30
LONG_OLD = SHORT_OLD * 40 + "\n一、青石鎮法庭：調解案件 1,204 件\n" * 30
PAGE = "<!DOCTYPE html><html><head><title>总结</title></head><body><p>抓审判</p></body></html>"


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (SHORT, SHORT_OLD, LONG, LONG_OLD) for encoding in ENCODINGS]
    + [(SHORT_OLD, "big5"), (LONG_OLD, "big5")],
)
def test_the_encoding_is_found_without_being_told(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ""),
        (b"plain ASCII, 42\n", "plain ASCII, 42\n"),
        ("联通".encode("gbk"), "联通"),  # also valid UTF-8, as two letters no report has
        ("上一".encode("utf-16-le"), "上一"),  # 上 holds the byte of a line end
        (b"<p>" + b"a" * 200_000 + "法院工作报告".encode("gbk"), None),  # Chinese beyond the sample
        ("裏恒".encode("cp950") + SHORT_OLD.encode("big5"), "裏恒" + SHORT_OLD),
    ],
)
def test_odd_bytes_are_decoded(data, expected):
    assert decode(data) == (expected or data.decode("gbk"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_cut_inside_a_character_is_read_with_a_replacement_at_the_end(encoding):
    assert decode((LONG + SHORT).encode(encoding)[:-1]) == LONG + SHORT[:-1] + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_broken_byte_spoils_one_place(encoding, tmp_path):
    data = SHORT.encode(encoding) + b"\xff\n" + LONG.encode(encoding)
    assert read_source(write(tmp_path, "a.txt", data)).text == f"{SHORT}\ufffd\n{LONG}"


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("gb2312", "gbk"),
        ("big5", "big5"),
        ("utf-8", "gbk"),  # the declaration is wrong and does not decode
        ("gb2312", "utf-8"),  # saved anew by an archive
        ("iso-8859-1", "gbk"),  # a server's default
        ("no-such-code", "utf-16"),
    ],
)
def test_a_page_is_decoded_by_what_it_is_rather_than_what_it_says(declared, real):
    page = f'<meta http-equiv=Content-Type content="text/html; charset={declared}">司法'
    assert decode_html(page.encode(real)) == page


def test_line_ends_become_line_feeds_and_nothing_else_changes(tmp_path):
    path = write(tmp_path, "年度 总结.txt", "\ufeff一\r\n\r二\u2028三\u3000 \xa0，,\t\n ")
    source = read_source(path)
    assert source.text == "一\n\n二\n三\u3000 \xa0，,\t\n "
    assert (source.path, source.format, source.metadata) == (str(path), "txt", {})


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.TXT", SHORT, "txt"),
        ("a", SHORT, "txt"),
        ("a.md", "# 总结\n**亮点**", "md"),
        ("a.htm", "<p>抓审判</p>", "html"),
        ("a.html.txt", PAGE, "html"),
        ("a.txt", f"\n <!-- 存档 -->\n{PAGE}", "html"),
        ("a.txt", f"网页源码以 <html> 开头，例如：{PAGE}", "txt"),
        ("a.txt", PAGE.encode("utf-16"), "html"),
        ("a.docx", make_docx(["抓审判"]), "docx"),
        ("a.pdf", make_pdf([["抓审判"]]), "pdf"),
        ("a.pdf", b"\n\n" + make_pdf([["抓审判"]]), "pdf"),
    ],
)
def test_format_follows_from_name_and_content(name, data, expected, tmp_path):
    path = write(tmp_path, name, data)
    assert read_source(path).format == expected
    if expected in ("txt", "html", "docx", "pdf") and name != "a.htm":
        assert read_source("-", stdin=io.BytesIO(path.read_bytes())).format == expected


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", "\ufeff \r\n\u3000", "has no text"),
        ("a.html", "<!-- 无 -->", "has no text"),
        ("a.txt", bytes(range(256)) * 9, "is binary"),
        ("a.txt", b"ab\0cd", "is binary"),
        ("a.txt", "\0".join(dir(str)).encode(), "is binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.txt", b"\xff\xd8\xff\xe0", "a picture"),
        ("a.txt", make_pdf([["抓审判"]]), r"looks like a PDF; rename it to end in \.pdf"),
        ("a.md", make_docx(["抓审判"]), r"a Word document; rename it to end in \.docx"),
        ("a.docx", make_pdf([["抓审判"]]), "looks like a PDF"),
        ("a.docx", SHORT, "looks like plain text"),
        ("a.pdf", PAGE, r"rename it to end in \.txt or \.html"),
        ("a.html", SHORT, "looks like plain text"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as docx or pdf"),
        ("a.wps", b"x", "save it as docx or pdf"),
        ("a.xlsx", b"x", "save it as docx or pdf"),
        ("a.docx", b"\xd0\xcf\x11\xe0" * 99, "an old Office file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.docx", b"PK\x03\x04 and then nothing", "is a damaged docx"),
        ("a.docx", zipped(xl__workbook_xml="<x/>"), "an Excel workbook"),
        ("a.docx", zipped(notes="x"), "a zip archive; unpack it"),
        ("a.txt", b"{\\rtf1 x}", "an RTF document"),
        ("a.txt", b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web archive"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n", "a damaged PDF"),
    ],
)
def test_what_is_no_report_is_refused_by_name(name, data, says, tmp_path):
    path = write(tmp_path, name, data)
    with pytest.raises(TaohuaError, match=says) as caught:
        read_source(path)
    assert str(caught.value).startswith(f"'{path}' ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path):
    with pytest.raises(TaohuaError, match="does not exist"):
        read_source(tmp_path / "无.txt")
    with pytest.raises(TaohuaError, match="is a folder"):
        read_source(tmp_path)
    with pytest.raises(TaohuaError, match="check the path"):
        read_source("a\0b.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_before_it_makes_us_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(TaohuaError, match="is a pipe or device"):
        read_source(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "a.txt", SHORT)
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(TaohuaError, match=r"Permission denied.*permissions"):
        read_source(path)


def test_too_much_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path, "a.txt", SHORT)
    monkeypatch.setattr(read, "MAX_CHARACTERS", 10)
    with pytest.raises(TaohuaError, match=f"has {len(SHORT)} characters, allowed are 10"):
        read_source(path)
    monkeypatch.setattr(read, "MAX_BYTES", 20)
    with pytest.raises(TaohuaError, match="is larger than"):
        read_source(path)
    with pytest.raises(TaohuaError, match=r"^'-' is larger than"):
        read_source("-", stdin=io.BytesIO(path.read_bytes()))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text("审判执行调解案件工作、，。《》（）“”0127%A<&# ", min_size=1, max_size=30)
        .map(lambda text: " ".join(f"一二{text}".split()))
        .filter(lambda text: len(text) > 1),
        min_size=1,
        max_size=12,
    )
)
def test_one_report_gives_the_same_lines_in_every_format(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("报告")
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    files = {
        "a.txt": "\r\n".join(lines),
        "a.md": "\n\n".join(lines),
        "a.html": f"<html><body>{paragraphs}</body></html>".encode("gb18030"),
        "a.docx": make_docx(lines),
        "a.pdf": make_pdf([lines]),
    }
    for name, data in files.items():
        text = read_source(write(folder, name, data)).text
        assert [line for line in text.split("\n") if line.strip()] == lines, name


@pytest.mark.skipif(not CORPUS.exists(), reason="the large samples are not here")
def test_real_files_in_other_encodings_are_read():
    utf16 = CORPUS / "encodings" / "19th_utf16le_bom.txt"
    assert read_source(utf16).text == utf16.read_text("utf-16")
    assert decode(utf16.read_bytes()[2:]) == utf16.read_bytes().decode("utf-16")
    gb18030 = (CORPUS / "encodings" / "rmrb2018_gb18030.csv").read_bytes()
    assert decode(gb18030) == gb18030.decode("gb18030", errors="replace")
    for page in sorted((CORPUS / "party_html").glob("*.html.txt")):
        source = read_source(page)
        assert source.format == "html"
        assert source.metadata["title"]
        assert "{" not in source.text
