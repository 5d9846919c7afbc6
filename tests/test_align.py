from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taohua.documents.errors import TaohuaError
from taohua.features.slots import mask
from taohua.models.align import Span, align

# Invented.
BOAT = "把渔港巡回审判点建到码头边上"
ELDER = "为高龄老人开辟绿色窗口并上门立案"
TREES = "组织青年干警上山补种侧柏树苗"


def show(a, b, min_length=13):
    """Spans as (kind, text in a, text in b)."""
    return [
        (span.kind, a[span.start : span.end], b[span.other_start : span.other_end])
        for span in align(a, b, min_length)
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # nothing to align
        ("", "", []),
        ("", BOAT, []),
        (BOAT, ELDER, []),
        (BOAT[:12], "甲" + BOAT[:12] + "乙", []),
        # the same text, however short
        ("码头", "码头", [("equal", "码头", "码头")]),
        (BOAT + "。", BOAT + "。", [("equal", BOAT + "。", BOAT + "。")]),
        # slots with other values, and with the same
        (
            "全年调解渔业纠纷30件，兑现工资12.5万元。",
            "全年调解渔业纠纷45件，兑现工资12.5万元。",
            [
                ("equal", "全年调解渔业纠纷", "全年调解渔业纠纷"),
                ("slot", "30件", "45件"),
                ("equal", "，兑现工资12.5万元。", "，兑现工资12.5万元。"),
            ],
        ),
        # a word replaced, a word inserted
        (
            f"{BOAT}，{ELDER}",
            f"{BOAT[:7]}流动{BOAT[7:]}，{ELDER[:6]}便捷{ELDER[8:]}",
            [
                ("equal", "把渔港巡回审判", "把渔港巡回审判"),
                ("edit", "", "流动"),
                ("equal", "点建到码头边上，为高龄老人开", "点建到码头边上，为高龄老人开"),
                ("edit", "辟绿", "便捷"),
                ("equal", "色窗口并上门立案", "色窗口并上门立案"),
            ],
        ),
        # clauses that changed places
        (
            f"{BOAT}，{ELDER}",
            f"{ELDER}，{BOAT}",
            [("equal", BOAT, BOAT), ("equal", ELDER, ELDER)],
        ),
        # a clause inside other text
        (f"春暖花开，{BOAT}。", f"今年{BOAT}，深受好评", [("equal", BOAT, BOAT)]),
        # two clauses with a long insertion between
        (
            f"{BOAT}，{ELDER}。",
            f"{BOAT}，另行安排三名书记员每逢初一十五驻点值守受理，{ELDER}。",
            [("equal", BOAT, BOAT), ("equal", f"，{ELDER}。", f"，{ELDER}。")],
        ),
        # a clause that stands twice in one text is matched once
        (f"{BOAT}，{TREES}，{BOAT}", f"{BOAT}。", [("equal", BOAT, BOAT)]),
        # words of letters and digits are never cut
        (
            "热线12368全天候响应渔民诉求并登记",
            "热线12345全天候响应渔民诉求并登记",
            [
                ("equal", "热线", "热线"),
                ("edit", "12368", "12345"),
                ("equal", "全天候响应渔民诉求并登记", "全天候响应渔民诉求并登记"),
            ],
        ),
    ],
)
def test_shared_stretches_become_spans(a, b, expected):
    assert show(a, b) == expected


def test_a_repeated_phrase_stays_with_its_neighbours():
    a = f"{BOAT}，切实方便群众，{ELDER}；{TREES}，切实方便群众"
    b = f"{TREES}，切实方便群众；{BOAT}，切实方便群众，{ELDER}"
    assert show(a, b) == [
        ("equal", f"{BOAT}，切实方便群众，{ELDER}", f"{BOAT}，切实方便群众，{ELDER}"),
        ("equal", f"{TREES}，切实方便群众", f"{TREES}，切实方便群众"),
    ]


def test_a_slot_inside_an_edit_is_found():
    a = f"{BOAT}，办结涉海纠纷30件，{ELDER}"
    b = f"{BOAT}，化解邻里矛盾45件，{ELDER}"
    assert ("slot", "30件", "45件") in show(a, b)


def test_the_least_length_counts_the_skeleton():
    a, b = "甲调解渔业纠纷1234567件乙", "丙调解渔业纠纷7654321件丁"
    assert align(a, b) == []
    assert len(align(a, b, min_length=7)) == 2


def test_masked_texts_need_not_be_masked_again():
    a, b = f"{BOAT}30件", f"{BOAT}45件"
    assert (
        align(mask(a), mask(b))
        == align(a, b)
        == [
            Span(0, 14, 0, 14, "equal"),
            Span(14, 17, 14, 17, "slot"),
        ]
    )


@pytest.mark.parametrize("min_length", [0, -1])
def test_the_least_length_must_be_positive(min_length):
    with pytest.raises(TaohuaError, match="min_length must be 1 or more"):
        align("甲", "乙", min_length)


pieces = st.sampled_from(
    [BOAT, ELDER, TREES, "30件", "45件", "，", "。", "2024年", "切实方便群众", "甲", "好" * 9, "A1"]
)
texts = st.lists(pieces, max_size=9).map("".join)
noise = st.text("好甲乙，1A件\U000f0000\ufdd0", max_size=30)


@given(texts | noise, texts | noise, st.sampled_from([1, 4, 13]))
@example("\U000f0000" + BOAT, "A1" + BOAT, 13)
@settings(max_examples=250, deadline=None)
def test_spans_lie_inside_both_texts_in_order_and_apart(a, b, min_length):
    spans = align(a, b, min_length)
    check(a, b, spans)
    back = align(b, a, min_length)
    check(b, a, back)


def check(a, b, spans):
    last = 0
    for span in spans:
        assert last <= span.start <= span.end <= len(a)
        last = span.end
        one, two = a[span.start : span.end], b[span.other_start : span.other_end]
        assert one or two
        assert (one == two) is (span.kind == "equal")
        if span.kind == "slot":
            assert one
            assert two
    others = sorted((span.other_start, span.other_end) for span in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(others))
    assert all(0 <= start <= end <= len(b) for start, end in others)


@given(texts | noise)
@settings(max_examples=100, deadline=None)
def test_a_text_aligned_with_itself_is_covered(text):
    expected = [Span(0, len(text), 0, len(text), "equal")] if text else []
    assert align(text, text) == expected


@given(texts, st.integers(0, 60), st.sampled_from(["忽然", "，", "77件"]))
@settings(max_examples=100, deadline=None)
def test_an_insertion_leaves_the_rest_aligned(text, place, word):
    text = BOAT + text + ELDER
    place = min(place, len(text))
    longer = text[:place] + word + text[place:]
    aligned = sum(s.end - s.start for s in align(text, longer) if s.kind != "edit")
    assert aligned >= len(text) - 20  # what a number beside the insertion may take along


@pytest.mark.parametrize("unit", ["好", "好坏", "依法审理"])
def test_repetition_takes_no_forever(unit):
    text = unit * (4000 // len(unit))
    spans = align(text + "甲", "乙" + text[: -len(unit)])
    assert sum(span.end - span.start for span in spans if span.kind == "equal") > 3900
