"""Labelled passages from files: good rows come back, bad ones are listed."""

import json
from pathlib import Path

import pytest
from factories import LABELS, TEXTS

from taohua.documents.errors import TaohuaError
from taohua.train.fit import fit
from taohua.train.labels import Labelled, read_labels


def write_jsonl(path: Path, rows: list[object]) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_jsonl_rows_come_back(tmp_path: Path) -> None:
    row = {"text": "甲", "themes": ["a"], "mentions": ["b"], "heading": "一", "voice": "v"}
    path = write_jsonl(tmp_path / "x.jsonl", [row, {"text": "乙", "themes": []}])
    assert read_labels(path) == [
        Labelled("甲", ("a",), ("b",), "一", "v", (("voice", "v"),)),
        Labelled("乙", ()),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_a_spreadsheet_comes_back(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    text = "text,themes,mentions\n法院执结案件并发还案款,enforcement; petitions,\n全院读书,,a\n"
    path.write_bytes(text.encode(encoding))
    assert read_labels(path) == [
        Labelled("法院执结案件并发还案款", ("enforcement", "petitions")),
        Labelled("全院读书", (), ("a",)),
    ]


def test_every_bad_row_is_listed_with_its_number(tmp_path: Path) -> None:
    rows = [
        {"text": "好", "themes": []},
        {"text": "", "themes": []},
        "{broken",
        {"text": "无主题"},
        {"text": "串", "themes": "a"},
        [1],
    ]
    with pytest.raises(TaohuaError, match="bad rows") as caught:
        read_labels(write_jsonl(tmp_path / "x.jsonl", rows))
    message = str(caught.value)
    assert "row 1:" not in message
    for expected in (
        "row 2: text must be a non-empty string, got ''",
        "row 3: is no JSON",
        "row 4: themes is missing",
        "row 5: themes must be a list of theme ids, got 'a'",
        "row 6: must be an object, got list",
    ):
        assert expected in message


def test_long_list_of_bad_rows_is_cut(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match="and 5 more"):
        read_labels(write_jsonl(tmp_path / "x.jsonl", [{"text": ""}] * 25))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", "a", "must end in .jsonl or .csv"),
        ("x.jsonl", "\n", "holds no labelled passage"),
    ],
)
def test_unusable_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(TaohuaError, match=message):
        read_labels(tmp_path / name)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match="cannot be read: No such file"):
        read_labels(tmp_path / "x.jsonl")


def labelled_file(path: Path) -> Path:
    rows = [{"text": t, "themes": row} for t, row in zip(TEXTS, LABELS, strict=True)]
    return write_jsonl(path, list(rows))


def test_fit_saves_model_and_metrics(tmp_path: Path) -> None:
    training = fit(labelled_file(tmp_path / "x.jsonl"), tmp_path / "model", folds=4)
    metrics = json.loads((tmp_path / "model" / "metrics.json").read_text("utf-8"))
    assert metrics == training.metrics
    assert metrics["passages"] == len(TEXTS)
    assert metrics["themes"]["petitions"]["positives"] == 8
    assert 0 <= metrics["micro_f1"] <= 1


def test_single_label_rows_have_one_theme_each(tmp_path: Path) -> None:
    rows = [{"text": "甲", "themes": ["a"]}, {"text": "乙", "themes": []}]
    path = write_jsonl(tmp_path / "x.jsonl", list(rows))
    with pytest.raises(TaohuaError, match="exactly one theme, not so row 2"):
        fit(path, single_label=True)


def test_line_separator_inside_a_text_stays_inside(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", [{"text": "甲\u2028乙", "themes": []}])
    assert read_labels(path) == [Labelled("甲\u2028乙", ())]


def test_row_without_a_group_is_one_of_its_own(tmp_path: Path) -> None:
    rows = [
        {"text": t, "themes": row, "group": "" if i % 2 else "g"}
        for i, (t, row) in enumerate(zip(TEXTS, LABELS, strict=True))
    ]
    path = write_jsonl(tmp_path / "x.jsonl", list(rows))
    assert fit(path, folds=4).metrics["passages"] == len(TEXTS)


def test_unknown_theme_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", [{"text": "甲", "themes": ["weather"]}])
    with pytest.raises(TaohuaError, match="unknown themes in row 1: 'weather'; allowed are enfor"):
        fit(path, tmp_path / "model", themes=["enforcement"])
    assert not (tmp_path / "model").exists()
