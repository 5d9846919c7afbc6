"""Figures of a model on labelled passages, checked against scikit-learn and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from factories import LABELS, TEXTS
from sklearn.metrics import average_precision_score, f1_score
from test_labels import labelled_file

from taohua.cli import cli
from taohua.documents.errors import TaohuaError
from taohua.models.store import save
from taohua.models.themes import ThemeClassifier
from taohua.train import evaluate
from taohua.train.labels import Labelled

FRESH = [
    Labelled("庭长把来访的老人请进接待室，当场答复。", ("petitions",), fields=(("year", "2020"),)),
    Labelled("扣划的案款当天就发到了申请人账上。", ("enforcement",), ("petitions",)),
    Labelled("支部借主题党日组织党员学习党章。", ("party_building",)),
    Labelled("河边的柳树今年长得很高。", ()),
    Labelled("书记讲了一堂党课，执行干警随后出发去划扣存款。", ("party_building", "enforcement")),
] * 2


@pytest.fixture(scope="module")
def model() -> ThemeClassifier:
    return ThemeClassifier(folds=4).fit(TEXTS, LABELS)


def test_figures_are_those_of_scikit_learn(model: ThemeClassifier) -> None:
    plain = [Labelled(row.text, row.themes) for row in FRESH[:5]]
    figures = evaluate.themes(model, plain)
    target = np.array([[name in row.themes for name in model.classes_] for row in plain])
    texts = [row.text for row in plain]
    given, probability = model.predict(texts), model.predict_proba(texts)
    assert figures["micro_f1"] == pytest.approx(f1_score(target, given, average="micro"))
    for j, name in enumerate(model.classes_):
        row = figures["themes"][name]
        expected = average_precision_score(target[:, j], probability[:, j])
        assert row["average_precision"]["value"] == pytest.approx(expected, abs=1e-4)
        assert row["f1"]["value"] == pytest.approx(f1_score(target[:, j], given[:, j]), abs=1e-4)
        low, high = row["f1"]["interval"]
        assert low <= row["f1"]["value"] <= high


def test_mentions_count_neither_way(model: ThemeClassifier) -> None:
    text = "来访群众在接待窗口登记后，由庭长逐案答复。"
    rows = [Labelled(text, (), ("petitions",)), Labelled("划扣存款三笔。", ("enforcement",))]
    assert model.predict([text])[0].any()
    figures = evaluate.themes(model, rows)
    assert not any(error["theme"] == "petitions" for error in figures["errors"])
    assert figures["empty_left_empty"] == 1


def test_slices_cover_length_cues_and_fields(model: ThemeClassifier) -> None:
    slices = evaluate.themes(model, FRESH)["slices"]
    assert slices["length 0-80"]["passages"] == len(FRESH)
    assert slices["year 2020"]["passages"] == 2
    assert slices["with a cue term"]["passages"] + slices["without any cue term"]["passages"] == 8


def test_reliability_counts_every_decision_once(model: ThemeClassifier) -> None:
    plain = [Labelled(row.text, row.themes) for row in FRESH]
    calibration = evaluate.themes(model, plain)["calibration"]
    assert sum(row["n"] for row in calibration["reliability"]) == len(plain) * 3
    assert 0 <= calibration["expected_calibration_error"] <= 1


def test_errors_come_surest_first_with_their_evidence(model: ThemeClassifier) -> None:
    wrong = [Labelled(text, ("petitions",)) for text in TEXTS[2:6]] + [Labelled(TEXTS[0], ())]
    errors = evaluate.themes(model, wrong)["errors"]
    distance = [
        error["probability"] if error["wrong"] == "given" else 1 - error["probability"]
        for error in errors
    ]
    assert errors
    assert distance == sorted(distance, reverse=True)
    assert all(span["text"] in error["text"] for error in errors for span in error["evidence"])


def test_theme_the_model_does_not_know_is_refused(model: ThemeClassifier) -> None:
    with pytest.raises(TaohuaError, match="does not know: row 1: 'weather'; it knows party_buil"):
        evaluate.themes(model, [Labelled("一段话", ("weather",))])


def test_command_prints_and_writes_the_figures(model: ThemeClassifier, tmp_path: Path) -> None:
    folder, labels = save(model, tmp_path / "m"), labelled_file(tmp_path / "x.jsonl")
    target = tmp_path / "figures.json"
    result = CliRunner().invoke(cli, ["evaluate", str(folder), str(labels), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert "micro-F1" in result.stdout
    assert json.loads(target.read_text("utf-8"))["passages"] == len(TEXTS)
