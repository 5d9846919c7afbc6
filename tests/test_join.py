import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from taohua.documents.errors import TaohuaError
from taohua.models.join import head_join
from taohua.models.pairs import Pair, Pairs, cosine_pairs
from taohua.models.unit_rows import group_rows, unit_rows


def rows_of(table):
    dense = np.array(table, dtype=np.float64).reshape(len(table), -1)
    norms = np.linalg.norm(dense, axis=1, keepdims=True)
    unit = np.divide(dense, norms, out=np.zeros_like(dense), where=norms > 0)
    return csr_array(unit.astype(np.float32))


def brute_force(rows, threshold):
    dense = rows.toarray().astype(np.float64)
    norms = np.linalg.norm(dense, axis=1, keepdims=True)
    dense = np.divide(dense, norms, out=dense, where=norms > 0)
    similarity = np.round(dense @ dense.T, 6)
    n_rows = len(dense)
    return [
        (left, right, float(similarity[left, right]))
        for left in range(n_rows)
        for right in range(left + 1, n_rows)
        if similarity[left, right] >= threshold
    ]


counts = st.integers(0, 9).map(lambda n: max(0, n - 5))
tables = st.integers(1, 8).flatmap(
    lambda width: st.lists(
        st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=14
    )
)
thresholds = st.sampled_from([0.0, 1e-7, 1e-6, 0.05, 0.3, 0.5, 0.6, 0.8, 0.95, 1.0])


@given(tables, thresholds, st.sampled_from([1, 2]))
@settings(max_examples=150, deadline=None)
def test_the_join_equals_brute_force(table, threshold, n_jobs):
    rows = rows_of(table)
    pairs = cosine_pairs(rows, threshold, n_jobs=n_jobs)
    expected = brute_force(rows, threshold)
    assert list(pairs) == [Pair(*pair) for pair in expected]
    assert len(pairs) == len(expected)
    found = zip(pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True)
    assert list(found) == expected


@pytest.mark.parametrize("threshold", [0.1, 0.4, 0.7, 0.9])
def test_the_join_equals_brute_force_on_skewed_rows_in_small_blocks(threshold):
    random = np.random.default_rng(7)
    frequency = 1 / np.arange(1, 120)
    base = random.poisson(2 * frequency, (90, 119)) * np.log1p(1 / frequency)
    table = np.concatenate([base, base[:40] + random.poisson(0.05, (40, 119)), base[:20]])
    rows = rows_of(table)
    pairs = cosine_pairs(rows, threshold, memory=1 << 20)
    expected = brute_force(rows, threshold)
    assert [pair[:2] for pair in pairs] == [pair[:2] for pair in expected]
    np.testing.assert_allclose(pairs.similarity, [pair[2] for pair in expected], atol=1e-12)


def test_ties_at_the_threshold_are_found():
    rows = rows_of([[1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 0, 1], [3, 1, 4, 1, 5, 9], [3, 1, 4, 1, 5, 9]])
    assert list(cosine_pairs(rows, 0.8)) == [Pair(0, 1, 0.8), Pair(2, 3, 1.0)]
    assert list(cosine_pairs(rows, 1.0)) == [Pair(2, 3, 1.0)]
    assert list(cosine_pairs(rows, np.float32(0.8))) == [Pair(0, 1, 0.8), Pair(2, 3, 1.0)]


def test_equal_rows_are_exactly_alike_and_form_one_group():
    random = np.random.default_rng(3)
    row = random.random(500)
    pairs = cosine_pairs(rows_of([row] * 30), 1.0)
    assert len(pairs.joined.left) == 0
    assert len(pairs) == 435
    assert set(pairs.similarity) == {1.0}
    assert list(pairs) == [
        Pair(left, right, 1.0) for left in range(30) for right in range(left + 1, 30)
    ]


def test_empty_rows_resemble_nothing():
    rows = rows_of([[0, 0], [1, 0], [0, 0]])
    assert list(cosine_pairs(rows, 1e-6)) == []
    assert list(cosine_pairs(rows, 0)) == [Pair(0, 1, 0.0), Pair(0, 2, 0.0), Pair(1, 2, 0.0)]
    assert group_rows(unit_rows(rows)).tolist() == [0, 1, 2]


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (1, 5), (3, 0)])
def test_hardly_any_rows_give_no_pairs(shape):
    pairs = cosine_pairs(csr_array(shape, dtype=np.float32), 0.5)
    assert (len(pairs), list(pairs), pairs.clusters()) == (0, [], ())
    assert pairs.left.tolist() == pairs.similarity.tolist() == []


def test_unsorted_repeated_and_zero_entries_are_put_right_without_touching_the_input():
    data, columns = [0.5, 0.0, 0.5, 1.0, 0.5, 0.5], [3, 1, 3, 3, 0, 0]
    messy = csr_array((data, columns, [0, 3, 4, 6]), shape=(3, 4))
    assert list(cosine_pairs(messy, 0.5)) == [Pair(0, 1, 1.0)]
    assert messy.nnz == 6
    assert messy.indices.tolist() == columns


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (csr_array([[0.6, -0.8]]), "0 or more"),
        (csr_array([[np.nan, 1.0]]), "0 or more"),
        (csr_array([[np.inf, 1.0]]), "0 or more"),
        (csr_array([[1.0, 0.0], [3.0, 4.0]]), "got 5 in row 1"),
        (np.eye(2), "sparse array"),
        ([[1.0]], "sparse array"),
        (csr_array([1.0, 0.0]), "two dimensions"),
    ],
)
def test_rows_that_are_no_unit_rows_are_refused(rows, message):
    with pytest.raises(TaohuaError, match=message):
        cosine_pairs(rows, 0.5)


def test_rows_with_other_columns_are_refused():
    with pytest.raises(TaohuaError, match="must have 3 columns"):
        unit_rows(csr_array(np.eye(2)), n_columns=3)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_outside_the_unit_interval_is_refused(threshold):
    with pytest.raises(TaohuaError, match=r"threshold must be in \[0, 1\]"):
        cosine_pairs(rows_of([[1.0]]), threshold)


def test_the_number_of_threads_must_be_positive():
    with pytest.raises(TaohuaError, match="n_jobs must be 1 or more, got 0"):
        cosine_pairs(rows_of([[1.0]]), 0.5, n_jobs=0)


def test_pairs_beyond_the_memory_are_refused_before_they_are_made():
    rows = csr_array(np.eye(600, dtype=np.float32))
    with pytest.raises(TaohuaError, match=r"179700 pairs.*raise threshold= or memory="):
        head_join(unit_rows(rows), 0, memory=1 << 20)
    alike = rows_of(np.ones((400, 1)))
    pairs = cosine_pairs(alike, 0.5, memory=1 << 20)
    assert len(pairs) == 79800
    with pytest.raises(TaohuaError, match="do not fit in memory"):
        _ = pairs.left


def test_ids_stand_for_positions():
    rows = rows_of([[1, 0], [1, 0], [0, 1], [9, 1]])
    pairs = cosine_pairs(rows, 0.9, ids=["b", "a", ("c", 1), "d"])
    assert pairs.left.tolist() == ["b", "b", "a"]
    assert pairs.right.tolist() == ["a", "d", "d"]
    assert cosine_pairs(rows, 0.9, ids=[7, 5, 3, 1]).right.dtype == np.int64
    assert repr(pairs) == "Pairs(3 at 0.9 or above, of 4 ids)"


@given(tables, thresholds, thresholds)
@settings(max_examples=60, deadline=None)
def test_a_higher_threshold_needs_no_new_join(table, one, two):
    rows = rows_of(table)
    low, high = sorted([one, two])
    assert list(cosine_pairs(rows, low).rethreshold(high)) == list(cosine_pairs(rows, high))


def test_a_lower_threshold_needs_a_new_join():
    pairs = cosine_pairs(rows_of([[1.0]]), 0.7)
    with pytest.raises(TaohuaError, match=r"threshold must be at least 0\.7"):
        pairs.rethreshold(0.6)


def test_a_cluster_names_its_medoid_and_its_least_similar_pair():
    angles = np.radians([0, 30, 60, 30])
    table = np.stack([np.cos(angles), np.sin(angles), np.zeros(4)], axis=1)
    rows = rows_of([*table, [0, 0, 1]])
    (cluster,) = cosine_pairs(rows, 0.8, ids=list("abcde")).clusters()
    assert cluster.members == ("a", "b", "c", "d")
    assert cluster.medoid == "b"
    assert cluster.least == Pair("a", "c", 0.5)  # chained, though far below the threshold


@given(tables, st.sampled_from([0.3, 0.6, 0.8]))
@settings(max_examples=60, deadline=None)
def test_clusters_are_the_connected_components(table, threshold):
    rows = rows_of(table)
    pairs = cosine_pairs(rows, threshold)
    component = list(range(len(table)))
    for left, right, _ in brute_force(rows, threshold):
        old, new = component[right], component[left]
        component = [new if value == old else value for value in component]
    expected = [
        tuple(i for i, value in enumerate(component) if value == label)
        for label in dict.fromkeys(component)
    ]
    clusters = pairs.clusters()
    assert [c.members for c in clusters] == [members for members in expected if len(members) > 1]
    everything = {(left, right): s for left, right, s in brute_force(rows, 0)}
    for cluster in clusters:
        inside = {pair: s for pair, s in everything.items() if set(pair) <= set(cluster.members)}
        assert cluster.least.similarity == min(inside.values())
        assert inside[cluster.least[:2]] == cluster.least.similarity
        assert cluster.medoid in cluster.members


def test_large_chains_are_searched_in_blocks_for_their_least_pair():
    angles = np.linspace(0, np.pi / 2, 200)
    rows = rows_of(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    (cluster,) = Pairs.clusters(cosine_pairs(rows, 0.999, memory=1 << 16))
    assert (cluster.least, len(cluster.members)) == (Pair(0, 199, 0.0), 200)


def test_a_data_frame_needs_pandas(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(TaohuaError, match="pip install pandas"):
        cosine_pairs(rows_of([[1.0]]), 0.5).to_pandas()
