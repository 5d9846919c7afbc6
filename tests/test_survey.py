"""Stock text of invented reports: what is reported once, where, and what is left out."""

from pathlib import Path

import pytest

from taohua.survey import Survey, survey

STOCK = "把渔港调解桌搬到船老大家门口"
LONGER = f"院领导带队{STOCK}"
OTHERS = [
    "图书角新添散文诗集供大家午休翻阅。",
    "食堂改造后增设清真窗口和低糖餐区。",
    "雨季来临前检修屋顶并疏通排水管道。",
    "档案室完成十年旧卷除尘与装订工作。",
]


def surveyed(folder: Path, passages: list[str]) -> Survey:
    paths = [folder / f"{n}.txt" for n in range(len(passages))]
    for path, passage in zip(paths, passages, strict=True):
        path.write_text(f"工作报告\n\n{passage}\n", "utf-8")
    return survey(paths)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        # a clause that is a sentence in some reports is given once, with all its documents
        ([f"{STOCK}。"] * 3 + [f"每月开放日，{STOCK}。"], {STOCK: 4}),
        # the longer of nested ones, and the shorter too if it has twice the support
        ([f"{LONGER}。"] * 3 + [f"{STOCK}。"], {LONGER: 3}),
        ([f"{LONGER}。"] * 3 + [f"{STOCK}。"] * 3, {LONGER: 3, STOCK: 6}),
        ([f"{STOCK}。"] * 2, {}),
    ],
)
def test_of_nested_templates_the_longest_is_given(
    tmp_path: Path, stretches: list[str], expected: dict[str, int]
) -> None:
    passages = [other + text for other, text in zip(OTHERS * 2, stretches, strict=False)]
    passages = [f"第{'甲乙丙丁戊己庚辛'[n]}处{text}" for n, text in enumerate(passages)]
    found = surveyed(tmp_path, passages)
    given = {t.frame: t.support for t in found.templates if STOCK in t.frame}
    assert given == expected
    for template in found.templates:
        for place, values in template.members:
            text = Path(place.document).read_text("utf-8")[place.start : place.end]
            assert values or text == template.frame


def test_alike_passages_are_pairs(tmp_path: Path) -> None:
    passages = [f"全年办结涉渔纠纷{n}件，兑付船员工资{n}万元，获得好评。" for n in (30, 45)]
    (pair,) = surveyed(tmp_path, [*passages, OTHERS[0]]).pairs
    assert pair.similarity == 1.0
    assert [Path(side.document).stem for side in (pair.left, pair.right)] == ["0", "1"]
