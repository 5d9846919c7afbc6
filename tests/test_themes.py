"""The theme classifier: its contract, its errors, and the shipped model."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from factories import LABELS, TEXTS
from sklearn.base import clone

from taohua.documents.errors import TaohuaError
from taohua.models.store import load
from taohua.models.taxonomy import shipped_themes
from taohua.models.themes import ThemeClassifier
from taohua.train.pretrained import build


@pytest.fixture(scope="module")
def model() -> ThemeClassifier:
    return ThemeClassifier(folds=4).fit(TEXTS, LABELS)


def test_classes_stand_in_the_order_of_the_shipped_themes(model: ThemeClassifier) -> None:
    assert model.classes_.tolist() == ["party_building", "enforcement", "petitions"]


def test_training_texts_get_their_labels_back(model: ThemeClassifier) -> None:
    expected = [[name in row for name in model.classes_] for row in LABELS]
    assert model.predict(TEXTS).tolist() == expected


def test_probabilities_have_the_shape_and_range_of_the_contract(model: ThemeClassifier) -> None:
    found = model.predict_proba(TEXTS[:3])
    assert found.shape == (3, 3)
    assert ((found >= 0) & (found <= 1)).all()
    assert model.predict_proba([]).shape == (0, 3)


def test_prediction_is_probability_at_or_above_the_threshold(model: ThemeClassifier) -> None:
    given = model.predict_proba(TEXTS) >= model.thresholds_
    assert (model.predict(TEXTS) == given).all()


def test_fit_twice_gives_the_same_weights(model: ThemeClassifier) -> None:
    again = clone(model).fit(TEXTS, LABELS)
    assert (again.coef_ == model.coef_).all()
    assert (again.thresholds_ == model.thresholds_).all()


def test_number_of_jobs_changes_nothing(model: ThemeClassifier) -> None:
    assert (ThemeClassifier(folds=4, n_jobs=2).fit(TEXTS, LABELS).coef_ == model.coef_).all()


def test_punctuation_of_half_width_and_traditional_characters_change_nothing(
    model: ThemeClassifier,
) -> None:
    half, full = "划扣存款三笔,案款发到申请人手里.", "划扣存款三笔，案款发到申请人手里."
    np.testing.assert_allclose(model.predict_proba([half]), model.predict_proba([full]))


def test_mentions_count_neither_way() -> None:
    mentions = [["petitions"] if row == ["enforcement"] else [] for row in LABELS]
    ignoring = ThemeClassifier(folds=4, mixtures=0).fit(TEXTS, LABELS, mentions)
    plain = ThemeClassifier(folds=4, mixtures=0).fit(TEXTS, LABELS)
    assert (ignoring.coef_[:, 0] == plain.coef_[:, 0]).all()
    assert (ignoring.coef_[:, 2] != plain.coef_[:, 2]).any()


def test_single_label_predicts_one_name_each() -> None:
    labels = [row[0] if row else "none" for row in LABELS]
    model = ThemeClassifier(single_label=True, folds=4).fit(TEXTS, labels)
    assert model.predict(TEXTS).tolist() == labels
    np.testing.assert_allclose(model.predict_proba(TEXTS).sum(axis=1), 1)


def test_groups_stay_on_one_side_of_a_fold() -> None:
    groups = [i // 8 for i in range(len(TEXTS))]
    assert ThemeClassifier(folds=4).fit(TEXTS, LABELS, groups=groups).support_.tolist() == [8] * 3


def test_explanation_points_into_the_text(model: ThemeClassifier) -> None:
    text = "　划扣存款三笔,案款隔日就发到了申请人手里。"
    spans = model.explain(text)["enforcement"]
    assert spans
    assert all(span.text == text[span.start : span.end] for span in spans)
    assert abs(spans[0].weight) == max(abs(span.weight) for span in spans)
    assert sum(span.weight for span in spans) > 0


@pytest.mark.parametrize(
    ("texts", "labels", "options", "message"),
    [
        ("一段话", [["a"]], {}, "got one text; put it in a list"),
        (["一", 2], [["a"], []], {}, "texts must be strings, got int at position 1"),
        (["一", "二"], [["a"]], {}, "labels must be as many as texts, got 1 for 2"),
        (["一", "二"], ["a", "b"], {}, "labels must be a list of theme ids"),
        (["一", "二"], [[], []], {}, "labels hold no theme"),
        (["一", "二"], [["a"], ["a"]], {}, "theme 'a' has no text against it"),
        (["一", " "], [["a"], []], {}, "texts must not be empty, got empty ones at 1"),
        (None, [], {}, "texts must be a list of texts, got NoneType"),
        (["一", "二"], [None, []], {}, "labels must be a list of theme ids"),
        (["一", "二"], [["a"], []], {"groups": [1, 1]}, "at least two texts of different groups"),
        (["一", "二"], [["a"], []], {"headings": ["x"]}, "headings must be as many as texts"),
        (["一", "二"], [["a"], []], {"mentions": [[]]}, "mentions must be as many as texts"),
        (["一", "二"], [["a"], []], {"mentions": ["b", "c"]}, "mentions must be a list of theme"),
        (["一", "二"], [["a"], []], {"mentions": [[], ["a"]]}, "theme 'a' has no text against it"),
        (["一", "二"], [["a"], []], {"groups": [1]}, "groups must be as many as texts"),
        (
            ["一", "二"],
            [["a"], []],
            {"headings": ["x", None]},
            "headings must be strings, got None",
        ),
    ],
)
def test_bad_labels_are_refused(
    texts: list[str], labels: list[list[str]], options: dict[str, list[object]], message: str
) -> None:
    with pytest.raises(TaohuaError, match=message):
        ThemeClassifier().fit(texts, labels, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("labels", [[["a"], ["b"]], [None, "a"]])
def test_single_label_wants_one_name_each(labels: list[object]) -> None:
    with pytest.raises(TaohuaError, match="labels must be one theme id each"):
        ThemeClassifier(single_label=True).fit(["一", "二"], labels)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"C": -1}, "C must be above 0, got -1"),
        ({"mixtures": -1}, "mixtures must be 0 or more, got -1"),
        ({"folds": 1}, "folds must be 2 or more, got 1"),
        ({"n_jobs": 0}, "n_jobs must be 1 or more, or -1 for all cores, got 0"),
    ],
)
def test_parameters_outside_their_range_are_refused(params: dict[str, int], message: str) -> None:
    with pytest.raises(TaohuaError, match=message):
        ThemeClassifier(**params).fit(TEXTS, LABELS)


def test_judge_gives_what_predict_gives() -> None:
    labels = [row[0] if row else "none" for row in LABELS]
    for model in (
        ThemeClassifier(folds=4).fit(TEXTS, LABELS),
        ThemeClassifier(single_label=True, folds=4).fit(TEXTS, labels),
    ):
        judged = [{theme.id for theme in themes} for themes in model.judge(TEXTS)]
        given = model.decide(model.predict_proba(TEXTS))
        assert judged == [set(model.classes_[row]) for row in given]


def test_unfitted_classifier_says_so() -> None:
    with pytest.raises(TaohuaError, match="not fitted: call fit first"):
        ThemeClassifier().predict(["一"])


def test_unknown_theme_cannot_be_explained(model: ThemeClassifier) -> None:
    with pytest.raises(TaohuaError, match="unknown theme 'weather'; known are party_building"):
        model.explain("一段话", ["weather"])


def test_pretrained_model_knows_all_shipped_themes() -> None:
    model = ThemeClassifier.pretrained()
    assert model.classes_.tolist() == list(shipped_themes())


def test_fitting_the_pretrained_model_anew_leaves_the_shipped_one_alone() -> None:
    ThemeClassifier.pretrained().fit(TEXTS, LABELS)
    assert ThemeClassifier.pretrained().classes_.tolist() == list(shipped_themes())


def test_pretrained_model_is_what_a_refit_gives(tmp_path: Path) -> None:
    build(tmp_path)
    fresh = load(tmp_path, manifest="pretrained.json")
    shipped = ThemeClassifier.pretrained()
    lines = files("taohua.data").joinpath("passages.jsonl").read_text("utf-8").splitlines()
    texts = lines[::5]  # any text will do
    assert (fresh.predict(texts) == shipped.predict(texts)).all()
    np.testing.assert_allclose(fresh.thresholds_, shipped.thresholds_, atol=1e-6)


def test_scoring_does_not_import_scikit_learn() -> None:
    code = (
        "import sys, taohua\n"
        "taohua.ThemeClassifier.pretrained().explain('全年执结案件九十件，案款全部发还。')\n"
        "sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
