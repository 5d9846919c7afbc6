from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from taohua.documents.errors import TaohuaError
from taohua.features.slots import mask
from taohua.features.tfidf import TfidfFeatures
from taohua.models.pairs import Pair
from taohua.models.similarity import Match, SimilarityIndex

# Invented; the first two fill in one template, the fifth repeats the third.
TEXTS = [
    "全年新收案件1200件，审结1100件，同比上升8%。",
    "全年新收案件860件，审结845件，同比上升12%。",
    "组织干警前往敬老院看望老人并送去米面。",
    "邀请渔民旁听海上碰撞纠纷的庭审。",
    "组织干警前往敬老院看望老人并送去米面。",
    "",
    "，。",
]
words = st.sampled_from(["审理", "渔船", "档案", "老人", "庭审", "30件", "45件", "，", "米面"])
some_texts = st.lists(words, max_size=6).map("".join)


def test_a_template_filled_in_twice_is_alike_with_slots():
    index = SimilarityIndex().fit(TEXTS)
    assert index.query(TEXTS[0], k=2) == [Match(0, 1.0), Match(1, 1.0)]
    assert list(index.pairs(0.8)) == [Pair(0, 1, 1.0), Pair(2, 4, 1.0)]


def test_without_slots_the_values_count():
    index = SimilarityIndex(slots=False).fit(TEXTS)
    assert list(index.pairs(0.8)) == [Pair(2, 4, 1.0)]
    (own, other) = index.query(TEXTS[0], threshold=0.1)
    assert own == Match(0, 1.0)
    assert other.id == 1
    assert 0.1 < other.similarity < 0.8


def test_matches_come_best_first_and_ties_in_order_of_addition():
    index = SimilarityIndex().fit(
        ["审理渔船", "审理", "审理", "庭审审理"], ids=["d", "c", "b", "a"]
    )
    assert [match.id for match in index.query("审理", threshold=0.1)] == ["c", "b", "d", "a"]
    assert [match.id for match in index.query("审理", k=1)] == ["c"]
    assert len(index.query("审理", k=None, threshold=0)) == 4


@pytest.mark.parametrize("text", ["", "，。", "雪豹翻越冰川"])
def test_a_text_without_known_words_matches_nothing(text):
    index = SimilarityIndex().fit(TEXTS[2:])
    assert index.query(text, threshold=1e-6) == []
    assert list(index.pairs(0.01).left) == [0]


def test_added_texts_are_found_and_removed_ones_are_not():
    index = SimilarityIndex().fit(TEXTS[:3])
    assert index.add(TEXTS[3:5]) is index
    assert index.query(TEXTS[4]) == [Match(2, 1.0), Match(4, 1.0)]
    assert index.remove([2]) is index
    assert index.query(TEXTS[4]) == [Match(4, 1.0)]
    assert (len(index), 2 in index, 4 in index, index.ids) == (4, False, True, [0, 1, 3, 4])


def test_default_ids_are_never_used_again():
    index = SimilarityIndex().fit(TEXTS[:2])
    index.remove([1]).add(TEXTS[2:3])
    assert index.ids == [0, 2]
    index.add(TEXTS[3:4], ids=[7]).add(TEXTS[4:5])
    assert index.ids == [0, 2, 7, 8]


def test_a_removed_id_may_be_given_to_another_text():
    index = SimilarityIndex().fit(TEXTS[2:4], ids=["x", "y"])
    index.remove(["x"]).add(["渔民旁听庭审"], ids=["x"])
    assert index.ids == ["y", "x"]
    assert index.query(TEXTS[2]) == []
    assert [match.id for match in index.query("渔民旁听庭审", threshold=0.1)] == ["x", "y"]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([0.0, 1.0], 2),
        ([False, True], 2),
        ([Fraction(4, 1), Decimal(6)], 7),
        ([np.float32(2.0), 0.5], 3),
        ([complex(0), complex(1)], 2),
        ([float("inf"), float("nan")], 0),
        (["0", -1.0], 0),
    ],
)
def test_default_ids_equal_none_that_is_taken(ids, expected):
    index = SimilarityIndex().fit(TEXTS[:2], ids=ids).add(TEXTS[2:3])
    assert len(index) == 3
    assert index.ids[-1] == expected


def test_default_ids_are_not_used_again_after_floats_either():
    index = SimilarityIndex().fit(TEXTS[:2], ids=[0.0, 1.0])
    assert index.remove([1.0]).add(TEXTS[2:3]).ids == [0.0, 2]


operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(some_texts, max_size=5)),
        st.tuples(st.just("remove"), st.integers(0, 6)),
    ),
    max_size=8,
)


@given(st.lists(some_texts, max_size=6), operations, some_texts, st.sampled_from([0.0, 0.3, 0.6]))
@settings(max_examples=60, deadline=None)
def test_an_index_equals_one_built_afresh_with_the_same_features(
    first, operations, text, threshold
):
    index = SimilarityIndex().fit(first)
    kept = dict(enumerate(first))
    n_added = len(first)
    for name, argument in operations:
        if name == "add":
            index.add(argument)
            kept |= dict(enumerate(argument, n_added))
            n_added += len(argument)
        else:
            gone = list(kept)[argument : argument + 2]
            index.remove(gone)
            kept = {i: text for i, text in kept.items() if i not in gone}
    fresh = SimilarityIndex(features=index.features_).fit(kept.values(), ids=kept)
    assert index.ids == fresh.ids
    assert index.query(text, k=None, threshold=threshold) == fresh.query(
        text, k=None, threshold=threshold
    )
    assert list(index.pairs(threshold)) == list(fresh.pairs(threshold))


@given(st.lists(some_texts, min_size=1, max_size=8), some_texts, st.sampled_from([0.0, 0.4, 1.0]))
@settings(max_examples=60, deadline=None)
def test_a_query_equals_brute_force(texts, text, threshold):
    index = SimilarityIndex().fit(texts)
    features = index.features_
    rows = features.transform([mask(t).words for t in [text, *texts]]).toarray().astype(np.float64)
    similarity = np.minimum(np.round(rows[1:] @ rows[0], 6), 1)
    expected = {i: s for i, s in enumerate(similarity) if s >= threshold}
    found = dict(index.query(text, k=None, threshold=threshold))
    assert found == pytest.approx(expected, abs=2e-6)


def test_features_are_frozen_until_refit():
    index = SimilarityIndex().fit(TEXTS[:2])
    features = index.features_
    index.add(TEXTS[2:4])
    assert index.features_ is features
    assert index.query(TEXTS[2]) == []
    assert index.refit() is index
    assert index.query(TEXTS[2]) == [Match(2, 1.0)]
    assert index.ids == [0, 1, 2, 3]
    fresh = SimilarityIndex().fit(TEXTS[:4])
    assert list(index.pairs(0.1)) == list(fresh.pairs(0.1))


def test_fitted_features_are_used_as_they_are():
    features = TfidfFeatures(pretokenized=True).fit([["渔民"], ["渔民", "老人"]])
    index = SimilarityIndex(features=features).fit(TEXTS)
    assert index.features_ is features
    assert index.query("老人与渔民", threshold=0.1) == [
        Match(2, pytest.approx(0.81480, abs=1e-5)),
        Match(4, pytest.approx(0.81480, abs=1e-5)),
        Match(3, pytest.approx(0.57974, abs=1e-5)),
    ]


def test_words_may_come_as_lists_without_slots():
    index = SimilarityIndex(slots=False, features=TfidfFeatures(pretokenized=True)).fit(TEXTS)
    plain = SimilarityIndex(slots=False).fit(TEXTS)
    assert list(index.pairs(0.1)) == list(plain.pairs(0.1))


def test_rows_may_stand_for_texts():
    rows = csr_array(np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]], dtype=np.float32))
    index = SimilarityIndex().fit(rows, ids=["a", "b", "c"])
    assert index.query(rows[:1]) == [Match("a", 1.0), Match("b", 0.6)]
    index.add(rows[1:2], ids=["d"])
    assert list(index.pairs(0.9)) == [Pair("b", "d", 1.0)]
    index.remove(["a", "b", "c", "d"])
    assert (len(index), list(index.pairs(0)), index.query(rows[:1])) == (0, [], [])
    with pytest.raises(TaohuaError, match="must have 2 columns"):
        index.add(csr_array(np.eye(3)))
    with pytest.raises(TaohuaError, match="holds rows and takes nothing else"):
        index.query("文字")
    with pytest.raises(TaohuaError, match="holds rows and has no features"):
        index.refit()
    with pytest.raises(TaohuaError, match="must be one text or one row, got 2"):
        index.query(rows[:2])


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda i: i.add(["新"], ids=[0]), "ids must be new to the index, got 0 again"),
        (lambda i: i.add(["新", "旧"], ids=["a", "a"]), "got 'a' again"),
        (lambda i: i.add(["新"], ids=["a", "b"]), "one for each of 1 texts, got 2"),
        (lambda i: i.add(["新"], ids=[["a"]]), "must be hashable"),
        (lambda i: i.add("新"), "got one string: put it in a list"),
        (lambda i: i.add([None]), "must be strings, got NoneType at position 0"),
        (lambda i: i.add(csr_array(np.eye(2))), "holds texts and takes nothing else"),
        (lambda i: i.remove([9]), "ids must be in the index, got 9"),
        (lambda i: i.add(["新", "旧"], ids="ab"), "must be a list of ids, got 'ab'"),
        (lambda i: i.add(["新"], ids=[("a", [])]), "must be hashable"),
        (lambda i: i.remove("ab"), "must be a list of ids"),
        (lambda i: i.remove(5), "must be a list of ids, got 5"),
        (lambda i: i.remove([[5]]), "must be hashable"),
        (lambda i: i.pairs("0.5"), "threshold must be in .*, got '0.5'"),
        (lambda i: i.query("新", k="3"), "k must be 1 or more, or None for all, got '3'"),
        (lambda i: i.query("新", threshold=None), "threshold must be in"),
        (lambda i: SimilarityIndex().fit(None), "texts must be a list of texts, got NoneType"),
        (lambda i: i.query(3), "must be strings, got int"),
        (lambda i: i.query("新", k=0), "k must be 1 or more"),
        (lambda i: i.query("新", threshold=2), "threshold must be in"),
        (lambda i: i.pairs(-1), "threshold must be in"),
    ],
)
def test_mistakes_are_named_and_change_nothing(use, message):
    index = SimilarityIndex().fit(TEXTS[:2])
    with pytest.raises(TaohuaError, match=message):
        use(index)
    assert index.ids == [0, 1]
    assert index.query(TEXTS[0]) == [Match(0, 1.0), Match(1, 1.0)]


@pytest.mark.parametrize(
    "use",
    [
        len,
        lambda i: i.query("新"),
        lambda i: i.add(["新"]),
        lambda i: i.pairs(),
        lambda i: i.refit(),
    ],
)
def test_an_index_that_is_not_fitted_says_so(use):
    with pytest.raises(TaohuaError, match="not fitted: call fit first"):
        use(SimilarityIndex())
    assert repr(SimilarityIndex()) == "SimilarityIndex(slots=True, not fitted)"


def test_features_that_cannot_see_slots_are_refused():
    with pytest.raises(TaohuaError, match="pass TfidfFeatures\\(pretokenized=True\\)"):
        SimilarityIndex(features=TfidfFeatures()).fit(TEXTS)


def test_an_empty_index_may_be_filled_later():
    index = SimilarityIndex().fit([])
    assert (len(index), index.query("审理"), len(index.pairs(0))) == (0, [], 0)
    index.add(TEXTS).refit()
    assert len(index.query(TEXTS[0])) == 2


def test_ids_of_numpy_are_plain():
    index = SimilarityIndex().fit(TEXTS[:3], ids=np.array([4, 6, 8]))
    index.remove(np.array([6]))
    assert [type(name) for name in index.ids] == [int, int]
