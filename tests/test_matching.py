"""What passages share, and whether it is a formula, a template or copied."""

import pytest
from factories import SENTENCES, make_located
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.features.slots import mask
from taohua.models.kinds import KINDS, Located, shared_stretches
from taohua.models.matching import PassageMatch, find_matches, shares

COPIED = "巡回法庭的同志清早进村，把桌椅摆在晒谷场边，就地审理了两家人争了多年的宅基地纠纷。"
FRAME = "截至{}，{}已在{}个乡镇设立联络点，选派{}名法官定期驻点办公，累计接待群众{}人次。"
FORMULA = "努力让人民群众在每一个司法案件中感受到公平正义"
SHARED_CLAUSE = "把调解的功夫下在矛盾还没有激化的时候"


def frame(month: int, court: str, towns: int, judges: int, visitors: int) -> str:
    return FRAME.format(f"2024年{month}月", court, towns, judges, visitors)


FILLED = [
    frame(6, "青禾县人民法院", 7, 12, 340),
    frame(9, "柳坪县人民法院", 11, 20, 1260),
    frame(11, "石桥区人民法院", 5, 9, 87),
]


def kinds_of(matches: list[PassageMatch]) -> set[str]:
    return {match.kind for match in matches}


def test_verbatim_passage_is_copied_from_end_to_end() -> None:
    found = find_matches(make_located(COPIED, COPIED, SENTENCES[0]))
    assert [match.other for match in found[0]] == [1]
    match = found[0][0]
    assert (match.kind, match.similarity) == ("copied", 1.0)
    assert (match.spans[0].start, match.spans[-1].end) == (0, len(COPIED))
    assert found[2] == []


def test_match_stands_on_both_sides_with_turned_spans() -> None:
    longer = SENTENCES[1] + COPIED
    here, there = find_matches(make_located(longer, COPIED))
    (a,), (b,) = here, there
    assert [(s.start, s.end, s.other_start, s.other_end) for s in a.spans] == [
        (s.other_start, s.other_end, s.start, s.end) for s in b.spans
    ]


def test_frame_with_other_values_in_three_courts_is_a_template() -> None:
    found = find_matches(make_located(*FILLED))
    for matches in found:
        assert kinds_of(matches) == {"template"}
        assert len(matches) == 2
        assert any(span.kind == "slot" for span in matches[0].spans)


def test_frame_with_other_values_in_two_courts_is_copied() -> None:
    found = find_matches(make_located(*FILLED[:2]))
    assert kinds_of(found[0]) == {"copied"}


def test_shipped_formula_is_never_copied() -> None:
    texts = [f"{SENTENCES[0]}{FORMULA}。", f"{SENTENCES[1]}{FORMULA}。"]
    found = find_matches(make_located(*texts))
    assert kinds_of(found[0]) == {"formula"}
    span = found[0][0].spans[0]
    assert texts[0][span.start : span.end] == FORMULA


def test_short_clause_of_three_authors_is_a_formula() -> None:
    texts = [sentence[:-1] + "，" + SHARED_CLAUSE + "。" for sentence in SENTENCES[:3]]
    found = find_matches(make_located(*texts))
    assert all(kinds_of(matches) == {"formula"} for matches in found)


def test_same_clause_of_one_author_is_no_formula() -> None:
    texts = [sentence[:-1] + "，" + SHARED_CLAUSE + "。" for sentence in SENTENCES[:3]]
    passages = [Located(text, i, "一家法院") for i, text in enumerate(texts)]
    assert kinds_of(find_matches(passages)[0]) == {"copied"}


def test_long_text_that_three_authors_share_is_still_copied() -> None:
    text = COPIED + SENTENCES[3]
    assert len(mask(text).text) > 40
    assert all(kinds_of(m) == {"copied"} for m in find_matches(make_located(text, text, text)))


def test_passages_of_one_document_do_not_match() -> None:
    passages = [Located(COPIED, 0, "甲"), Located(COPIED, 0, "甲"), Located(SENTENCES[0], 1, "乙")]
    assert find_matches(passages) == [[], [], []]


def test_formula_and_copy_in_one_passage_are_two_matches() -> None:
    text = f"{COPIED}{FORMULA}。"
    found = find_matches(make_located(text, text))[0]
    assert kinds_of(found) == {"copied", "formula"}


def test_run_of_thirteen_is_found_in_passages_that_have_nothing_else_in_common() -> None:
    clause = "扛着国徽翻过三道山梁去开庭"
    assert len(clause) == 13
    a = SENTENCES[0][:-1] + "，" + clause + "，" + SENTENCES[1] + SENTENCES[2]
    b = SENTENCES[3][:-1] + "，" + clause + "，" + SENTENCES[4]
    (match,) = find_matches(make_located(a, b))[0]
    assert a[match.spans[0].start : match.spans[-1].end].strip("，") == clause
    assert match.similarity < 0.6


def test_no_passages_give_no_matches() -> None:
    assert find_matches([]) == []
    assert find_matches(make_located("")) == [[]]


def test_shares_count_each_character_once() -> None:
    text = f"{COPIED}{FORMULA}。{SENTENCES[2]}"
    found = find_matches(make_located(text, COPIED + FORMULA, SENTENCES[0]))[0]
    counts = shares(text, found)
    assert sum(counts.values()) == len(text)
    assert counts["formula"] == len(FORMULA)
    assert counts["copied"] >= len(COPIED) - 1
    assert counts["own"] >= len(SENTENCES[2])


def test_shares_of_a_text_without_matches_are_its_own() -> None:
    assert shares("全院 读书", []) == {"formula": 0, "template": 0, "copied": 0, "own": 4}
    assert tuple(shares("", [])) == KINDS


def test_stretches_within_one_document_are_left_out() -> None:
    passages = [Located(COPIED, 0, "甲"), Located(COPIED, 0, "甲")]
    assert shared_stretches(passages, [mask(COPIED)] * 2, 13) == []


words = st.sampled_from([*SENTENCES, COPIED, FORMULA, SHARED_CLAUSE + "，", *FILLED, "。", " "])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(words, max_size=5).map("".join), max_size=4))
def test_spans_lie_inside_both_and_equal_ones_are_equal(texts: list[str]) -> None:
    for text, matches in zip(texts, find_matches(make_located(*texts)), strict=True):
        for match in matches:
            other = texts[match.other]
            for span in match.spans:
                assert 0 <= span.start <= span.end <= len(text)
                assert 0 <= span.other_start <= span.other_end <= len(other)
                if span.kind == "equal":
                    assert text[span.start : span.end] == other[span.other_start : span.other_end]
        assert sum(shares(text, matches).values()) == sum(not c.isspace() for c in text)


@pytest.mark.parametrize("n", [2, 3, 10])
def test_many_equal_passages_match_each_other(n: int) -> None:
    found = find_matches(make_located(*[COPIED] * n))
    assert [len({match.other for match in matches}) for matches in found] == [n - 1] * n
