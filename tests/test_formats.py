import contextlib
import io
import random
import warnings
import zipfile

import docx
import pytest
from files import W, make_docx, make_pdf, raw_docx, saved, zipped

from taohua.documents import formats, pdf, word
from taohua.documents.errors import TaohuaError, TaohuaWarning
from taohua.documents.formats import binary_format, is_web_page, metadata
from taohua.documents.pdf import pdf_text
from taohua.documents.read import Source, read_source
from taohua.documents.webpage import html_text
from taohua.documents.word import docx_text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>甲院</p>乙院<div>丙院</div>", "甲院\n乙院\n丙院"),
        ("甲<br>乙<br/><br>丙", "甲\n乙\n丙"),
        ("<p>甲<b>乙</b>\n  <i>丙</i></p>", "甲乙 丙"),
        ("<p>今年\n   收案</p><p>about\n 5</p>", "今年收案\nabout 5"),  # wrapped in the source only
        ("<p>\u3000\u3000甲&nbsp;&#12288;乙，,</p>", "\u3000\u3000甲\xa0\u3000乙，,"),
        ("甲<script>x('<p>')</script><style>p{}</style><noscript>n</noscript>乙", "甲乙"),
        ("甲<div hidden><p>x</p></div><p style='Display : none'>y</p><p>乙", "甲\n乙"),
        ("<ruby>审<rp>(</rp><rt>shěn</rt><rp>)</rp></ruby>判", "审判"),
        ("<pre>甲\n乙\n\n丙</pre>", "甲\n乙\n\n丙"),
        (
            "<table><tr><th>类别<th>收案<tr><td><p>民事</p><td><p>12</p></table>",
            "类别 收案\n民事 12",
        ),
        # a table that only arranges the page
        ("<table><tr><td><p>甲段</p><p>乙段</p><td>栏目</table>", "甲段\n乙段\n栏目"),
        ("<table><tr><td>外<td><table><tr><td>内<td>里</table></table>", "外 内 里"),
        ("<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>甲&a;乙", "]>\n甲&a;乙"),
        ("<?xml version='1.0' encoding='gb2312'?><html><body>甲</body></html>后", "甲\n后"),
    ],
)
def test_a_page_becomes_the_lines_a_visitor_sees(page, expected):
    assert html_text(page)[0] == expected


def test_a_deep_or_long_page_is_read_to_its_end():
    deep = "<div>" * 100_000 + "深" + "</div>" * 100_000 + "<p>后</p>"
    assert html_text(deep)[0] == "深\n后"
    assert html_text("<table><tr><td>" * 3000 + "深")[0] == "深"
    assert html_text("<p>" + "长" * 4_000_000 + "</p><p>后</p>")[0].endswith("长\n后")


def test_the_head_of_a_page_tells_title_date_and_origin():
    page = """<title>年终
        总结 - 某网</title><meta name="ArticleTitle" content="年终总结">
        <META NAME="PubDate" CONTENT="2024-3-05 10:00"><meta name="ContentSource" content="办公室">
        <meta name="Author" content="周某"><meta name="SiteName" content="柳溪县人民法院"><p>正文"""
    assert html_text(page) == (
        "正文",
        {
            "title": "年终总结",
            "date": "2024-03-05",
            "origin_text": "办公室",
            "byline": "周某",
            "court": "柳溪县人民法院",
        },
    )
    assert html_text("<title>年终\n 总结</title>文")[1] == {"title": "年终 总结"}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2023年12月1日", {"date": "2023-12-01"}),
        ("D:20231201093000+08'00'", {"date": "2023-12-01"}),
        ("2023-13-41", {}),
        ("去年底", {}),
        ("", {}),
    ],
)
def test_a_date_becomes_iso_or_is_left_out(date, expected):
    assert metadata(date=date, title=" ") == expected


def test_comments_without_a_page_are_no_page():
    assert not is_web_page("<!-- 甲 -->" * 5000 + "文")
    assert is_web_page("<!-- 甲 -->" * 50 + "<HTML>")


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph(run("甲") + "<w:r><w:tab/></w:r>" + run("乙")), "甲\t乙"),
        (paragraph(run("甲"), "<w:tabs><w:tab w:pos='9'/></w:tabs>"), "甲"),
        (paragraph(run("甲") + "<w:r><w:br/></w:r>" + run("乙")), "甲\n乙"),
        (paragraph(run("甲")) + paragraph("") + paragraph(run("乙")), "甲\n\n乙"),
        # tracked changes
        (paragraph("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>" + run("留")), "留"),
        (paragraph(f"<w:ins>{run('增')}</w:ins><w:moveFrom>{run('移')}</w:moveFrom>"), "增"),
        (paragraph(run("前半"), "<w:rPr><w:del/></w:rPr>") + paragraph(run("后半")), "前半后半"),
        # wrappers that Word and WPS put around runs and paragraphs
        (paragraph(f"<w:smartTag>{run('甲')}</w:smartTag><w:hyperlink>{run('乙')}</w:hyperlink>"), "甲乙"),
        (f"<w:sdt><w:sdtContent>{paragraph(run('甲'))}</w:sdtContent></w:sdt>", "甲"),
        (paragraph(run("藏", "<w:vanish/>") + run("显", "<w:vanish w:val='0'/>")), "显"),
        (
            paragraph(f"<w:r><w:pict><w:txbxContent>{paragraph(run('框'))}</w:txbxContent></w:pict>"
                      f"</w:r>{run('文')}"),
            "框\n文",
        ),
    ],
)  # fmt: skip
def test_a_word_document_becomes_the_lines_a_reader_sees(body, expected):
    assert docx_text(raw_docx(body))[0] == expected


def test_tables_and_paragraphs_of_a_word_document_keep_their_order():
    document = docx.Document()
    document.add_heading("一、收案", level=1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["类别", "件数", "民事", "12"], strict=True):
        cell.text = text
    document.add_paragraph("后文")
    box = document.add_table(rows=1, cols=1).cell(0, 0)
    box.text = "框内一段"
    box.add_paragraph("框内二段")
    document.core_properties.title = "总结"
    document.core_properties.author = "研究室"
    text, about = docx_text(saved(document))
    assert text.split("\n") == ["一、收案", "类别 件数", "民事 12", "后文", "框内一段", "框内二段"]
    assert about["title"] == "总结"


def numbered(level, list_id=1):
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>"


LISTS = """
<w:abstractNum w:abstractNumId="5">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
  <w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="5"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>
"""
STYLES = f"""
<w:style w:styleId="a"><w:pPr>{numbered(0)}</w:pPr></w:style>
<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
<w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ([numbered(0), numbered(0)], ["一、文", "二、文"]),
        ([numbered(0), numbered(1), numbered(1), numbered(0), numbered(1)],
         ["一、文", "1 文", "2 文", "二、文", "1 文"]),
        ([numbered(0), numbered(1), numbered(2), numbered(2)], ["一、文", "1 文", "1.1 文", "1.2 文"]),
        ([numbered(2)], ["1.1 文"]),  # a level before the one above it
        ([numbered(3), numbered(0, 0), numbered(0, 99), numbered(8)], ["文"] * 4),
        ([numbered(0), numbered(0, 2), numbered(0, 2)], ["一、文", "十、文", "十一、文"]),
        (["<w:pStyle w:val='b'/>", "<w:pStyle w:val='c'/>", "<w:pStyle w:val='a'/>"],
         ["一、文", "文", "二、文"]),
    ],
)  # fmt: skip
def test_numbers_that_word_makes_are_part_of_the_text(properties, expected):
    body = "".join(paragraph(run("文"), each) for each in properties)
    text, _ = docx_text(raw_docx(body, numbering=LISTS, styles=STYLES))
    assert text.split("\n") == expected


def test_a_zip_bomb_is_refused_before_it_is_opened(monkeypatch):
    bomb = zipped(word__document_xml=f"<w:document xmlns:w='{W}'/>", x="0" * 30_000_000)
    with pytest.raises(TaohuaError, match="grows to"):
        docx_text(bomb)
    monkeypatch.setattr(word, "MAX_INFLATED", 1000)
    with pytest.raises(TaohuaError, match="grows to"):
        docx_text(make_docx(["甲"]))
    monkeypatch.setattr(formats, "MAX_ENTRIES", 3)
    with pytest.raises(TaohuaError, match="more than 3 entries"):
        binary_format(make_docx(["甲"]))


def test_a_zip_file_that_lies_about_its_size_is_refused():
    honest = make_docx(["甲" * 1000])
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(TaohuaError, match="damaged docx"):
        docx_text(lie)


def test_a_broken_picture_in_a_word_document_does_no_harm():
    document = zipped(word__document_xml=f"<w:document xmlns:w='{W}'/>", picture="甲" * 99)
    start = document.index(b"picture") + len("picture")
    assert docx_text(document[:start] + b"\xff" * 8 + document[start + 8 :]) == ("", {})


def test_a_word_document_with_strange_properties_is_read():
    document = zipped(word__document_xml=with_entities("", ""), docProps__core_xml="<x/>")
    assert docx_text(document) == ("甲", {})


def damaged(data, random):
    """Cut a stretch out, or change a byte; often near the end, where the table of a zip is."""
    data = bytearray(data)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(random.choice([0, max(0, len(data) - 1500)]), len(data))
        if random.random() < 0.4:
            del data[max(place, 4) : place + random.choice([1, 30, len(data)])]
        else:
            data[place] = random.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("seed", range(150))
def test_damage_of_any_kind_is_an_error_of_ours_or_does_no_harm(seed):
    data = damaged(make_docx(["强化审判管理"] * 9, title="总结"), random.Random(seed))
    with contextlib.suppress(TaohuaError):
        assert isinstance(read_source("-", stdin=io.BytesIO(data)), Source)


def test_entities_of_a_word_document_are_not_expanded():
    entities = "<!ENTITY a '笑'><!ENTITY b SYSTEM 'file:///etc/passwd'>"
    assert docx_text(zipped(word__document_xml=with_entities(entities, "&a;&b;"))) == ("甲", {})


def test_an_entity_bomb_in_a_word_document_does_not_go_off():
    entities = "<!ENTITY e0 '笑'>" + "".join(
        f"<!ENTITY e{level + 1} '{f'&e{level};' * 10}'>" for level in range(9)
    )
    try:
        text, _ = docx_text(zipped(word__document_xml=with_entities(entities, "&e9;")))
    except TaohuaError as error:  # newer versions of libxml2 notice it themselves
        text = str(error)
    assert "笑" not in text


def with_entities(entities, text):
    return (
        f"<!DOCTYPE x [{entities}]><w:document xmlns:w='{W}'><w:body><w:p><w:r>"
        f"<w:t>甲{text}</w:t></w:r></w:p></w:body></w:document>"
    )


@pytest.mark.parametrize(
    ("part", "says"),
    [("<w:document", "broken XML"), ("", "broken XML"), ("<a>" * 5000, "broken XML")],
)
def test_a_word_document_with_broken_xml_is_refused(part, says):
    with pytest.raises(TaohuaError, match=says):
        docx_text(zipped(word__document_xml=part))


def test_a_pdf_is_read_page_by_page_without_its_running_lines():
    pages = [
        ["柳溪县人民法院年报", f"正文{word}页", f"接着{word}行", f"— {number} —"]
        for number, word in enumerate("一二三四", start=1)
    ]
    text, about = pdf_text(make_pdf(pages, "/Title(Report)/CreationDate(D:20240305)"), "a.pdf")
    assert text == "\n".join(f"正文{word}页\n接着{word}行" for word in "一二三四")
    assert about == {"title": "Report"}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([["甲段文", "— 1 —"]], "甲段文"),
        (
            [["甲段文", "第1页 共2页"], ["乙段文", "12"]],
            "甲段文\n乙段文\n12",
        ),  # not the page's number
        ([["同一行"], ["同一行"]], "同一行\n同一行"),  # twice may be meant
    ],
)
def test_only_lines_that_surely_belong_to_the_page_are_cut(pages, expected):
    assert pdf_text(make_pdf(pages), "a.pdf")[0] == expected


def test_a_pdf_without_text_looks_scanned():
    with pytest.raises(TaohuaError, match="looks scanned; run OCR"):
        pdf_text(make_pdf([[], []]), "a.pdf")


def test_scanned_pages_among_others_are_reported(monkeypatch):
    monkeypatch.setattr(pdf, "_is_picture", lambda page: True)
    with pytest.warns(TaohuaWarning, match=r"'a\.pdf': 1 of 2 pages are pictures"):
        pdf_text(make_pdf([["甲段文"], []]), "a.pdf")


def test_a_blank_page_is_no_scanned_page():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pdf_text(make_pdf([["甲段文"], []]), "a.pdf")[0] == "甲段文"


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(TaohuaError, match="has 3 pages, allowed are 2"):
        pdf_text(make_pdf([["甲"]] * 3), "a.pdf")


def test_a_pdf_with_a_password_is_refused(monkeypatch):
    locked = make_pdf([["甲段文"]]).replace(
        b"/Info 7 0 R",
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]"
        % (b"11" * 32, b"22" * 32),
    )
    with pytest.raises(TaohuaError, match="password"):
        pdf_text(locked, "a.pdf")
