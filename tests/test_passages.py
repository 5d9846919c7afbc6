import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents.passages import MAX_PASSAGE, split_paragraph

SENTENCE = "该院建立联席会议制度，定期会商疑难案件，统一裁判尺度，办案质量和效率同步提升。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SENTENCE, [SENTENCE]),
        (f"强化组织领导。{SENTENCE}", [f"强化组织领导。{SENTENCE}"]),
        (
            f"强化组织领导。{SENTENCE}抓实经验交流。{SENTENCE}",
            [f"强化组织领导。{SENTENCE}", f"抓实经验交流。{SENTENCE}"],
        ),
    ],
)
def test_paragraphs_are_cut_at_run_in_headings(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b, _ in split_paragraph(text)] == expected


def test_long_paragraphs_are_cut_at_sentence_ends_into_even_pieces() -> None:
    text = SENTENCE * 20
    pieces = [text[a:b] for a, b, _ in split_paragraph(text)]
    assert max(map(len, pieces)) <= MAX_PASSAGE * 1.15
    assert all(piece.endswith("。") for piece in pieces)


def test_the_pieces_of_a_long_stretch_share_its_run_in_heading() -> None:
    text = f"强化组织领导。{SENTENCE * 10}抓实经验交流。{SENTENCE}"
    pieces = split_paragraph(text)
    labels = [text[slice(*label)] for _, _, label in pieces if label]
    assert labels == ["强化组织领导。"] * (len(pieces) - 1) + ["抓实经验交流。"]
    assert len(pieces) > 2


def test_items_of_a_long_paragraph_stay_whole() -> None:
    items = [f"{number}是健全工作机制，{SENTENCE * 3}" for number in "一二三四"]
    text = SENTENCE + "".join(items)
    pieces = [text[a:b] for a, b, _ in split_paragraph(text, alone=False)]
    assert len(pieces) > 1
    assert all(piece[0] in "二三四" and piece[1] == "是" for piece in pieces[1:])


def test_a_heading_known_beforehand_keeps_its_length() -> None:
    text = f"一、加强审判，服务发展全市法院{SENTENCE}"
    assert split_paragraph(text, label=11)[0][2] == (0, 11)


def test_a_sentence_without_end_is_cut_at_clauses() -> None:
    text = "推进各项工作，" * 200
    pieces = [text[a:b] for a, b, _ in split_paragraph(text)]
    assert len(pieces) > 1
    assert all(piece.endswith("，") for piece in pieces)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["加强审判。", "一是", SENTENCE, "，", "。", "（一）", "短。"])),
    st.booleans(),
)
def test_pieces_tile_the_paragraph(parts: list[str], alone: bool) -> None:
    text = "".join(parts)
    pieces = split_paragraph(text, alone)
    assert "".join(text[a:b] for a, b, _ in pieces) == text
    assert all(label is None or label[0] <= a for a, _, label in pieces)
    opening = [(a, b, label) for a, b, label in pieces if label and label[0] == a]
    assert all(label[1] <= b for _, b, label in opening)
