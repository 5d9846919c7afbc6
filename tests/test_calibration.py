"""Probabilities and thresholds, judged by plain search."""

import numpy as np
import pytest

from taohua.models.calibration import best_threshold, platt, shrunk_thresholds, sigmoid


def f1(given: np.ndarray, labels: np.ndarray) -> float:
    return float(2 * (given & labels).sum() / max(given.sum() + labels.sum(), 1))


@pytest.mark.parametrize("seed", range(20))
def test_best_threshold_is_as_good_as_any(seed: int) -> None:
    rng = np.random.default_rng(seed)
    probabilities = rng.integers(0, 12, 40) / 12  # many ties
    labels = rng.random(40) < probabilities
    labels[0] = True
    found = f1(probabilities >= best_threshold(probabilities, labels), labels)
    best = max(f1(probabilities >= cut, labels) for cut in np.unique(probabilities))
    assert found == pytest.approx(best)


def test_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_platt_gives_the_observed_share() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(4000, 1))
    labels = rng.random((4000, 1)) < sigmoid(2 * scores - 1)
    slopes, offsets = platt(scores, labels, np.ones_like(labels))
    assert slopes[0] == pytest.approx(2, abs=0.25)
    assert offsets[0] == pytest.approx(-1, abs=0.2)


def test_theme_with_few_positives_takes_the_common_curve() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(500, 2))
    labels = rng.random((500, 2)) < sigmoid(3 * scores)
    labels[:, 1] = False
    labels[:3, 1] = True
    slopes, _ = platt(scores, labels, np.ones_like(labels))
    assert slopes[1] != slopes[0]
    assert slopes[1] > 0


def test_rows_that_do_not_count_change_nothing() -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(300, 1))
    labels = rng.random((300, 1)) < sigmoid(scores)
    counted = np.ones_like(labels)
    more = np.vstack([scores, [[50.0]]]), np.vstack([labels, [[False]]])
    ignored = np.vstack([counted, [[False]]])
    for a, b in zip(platt(scores, labels, counted), platt(*more, ignored), strict=True):
        np.testing.assert_allclose(a, b)


def test_threshold_of_a_rare_theme_stays_near_the_common_one() -> None:
    probabilities = np.array([[0.9, 0.05]] * 50 + [[0.1, 0.01]] * 50)
    labels = np.array([[True, False]] * 50 + [[False, False]] * 50)
    labels[0, 1] = True
    thresholds = shrunk_thresholds(probabilities, labels, np.ones_like(labels))
    assert thresholds[0] == pytest.approx(0.5, abs=0.05)
    assert abs(thresholds[1] - thresholds[0]) < 0.05
