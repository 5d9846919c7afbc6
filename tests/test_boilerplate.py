"""Rule R7: movable, carried by facts, or unclear."""

import pytest

from taohua.documents.errors import TaohuaError
from taohua.models.boilerplate import boilerplate

CASES = [
    ("全体干警提高站位，压实责任，推动工作再上新台阶。", "true"),
    ("坚持问题导向，完善机制，形成齐抓共管的良好局面。", "true"),
    ("上半年受理案件812件，审结760件，结案率93.6%。", "false"),
    ("5月12日，院长林某到桥头人民法庭调研，走访企业6家。", "false"),
    ("成立工作专班，建立6项机制，确保任务落到实处。", "unclear"),
    ("X市中级人民法院202x年审结案件____件，同比上升。", "unclear"),
    ("", "true"),
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_label_follows_the_facts(text: str, label: str) -> None:
    assert boilerplate(text).label == label


def test_facts_lie_in_the_raw_text() -> None:
    text = "全年調解　糾紛30件,发还案款1.2亿元。"
    facts = boilerplate(text).facts
    assert [fact.text for fact in facts] == ["30件", "1.2亿元"]
    assert all(fact.text == text[fact.start : fact.end] for fact in facts)


def test_more_facts_lower_the_score() -> None:
    scores = [boilerplate("审结" + "、".join(["案件20件"] * n)).score for n in range(1, 5)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_other_values_than_strings_are_refused() -> None:
    with pytest.raises(TaohuaError, match="text must be a string, got NoneType"):
        boilerplate(None)  # type: ignore[arg-type]
