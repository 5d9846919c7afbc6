import json
import pickle
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.utils import get_tags
from sklearn.utils.validation import check_is_fitted

from taohua.documents.errors import TaohuaError
from taohua.features import terms
from taohua.features.estimator import Estimator
from taohua.features.segment import Segmenter
from taohua.features.tfidf import TfidfFeatures

TEXTS = [
    "全院执行干警冒雨腾退房屋三处，执行到位1,200万元。",
    "院长带头接访，化解信访积案九件；接访不走过场。",
    "党支部开展主题党日，党员干警重温誓词。",
    "",
    "……！",
    "执行到位的案款当日发放，执行干警不过夜。",
    "党支部书记讲党课，执行干警听党课。",
]


def reference(texts, chars=False, **params):
    """The same matrix from scikit-learn, with the names of its columns."""

    def words_and_bigrams(tokens):
        return [*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))]

    if chars:
        vectorizer = TfidfVectorizer(analyzer="char", lowercase=False, **params)
    else:
        vectorizer = TfidfVectorizer(analyzer=words_and_bigrams, **params)
        texts = [Segmenter().words(text) for text in texts]
    return vectorizer.fit_transform(texts).toarray(), vectorizer.get_feature_names_out()


PARAMS = [
    {},
    {"sublinear_tf": False},
    {"smooth_idf": False},
    {"norm": None},
    {"min_df": 2},
    {"min_df": 0.3},
    {"max_df": 2},
    {"max_df": 0.4, "smooth_idf": False},
    {"min_df": 2, "max_df": 3, "sublinear_tf": False, "norm": None},
]


@pytest.mark.parametrize("params", PARAMS, ids=str)
def test_rows_equal_those_of_scikit_learn(params):
    features = TfidfFeatures(**params)
    rows = features.fit_transform(TEXTS)
    expected, names = reference(TEXTS, **({"sublinear_tf": True} | params))
    assert sorted(features.vocabulary_) == sorted(names)
    columns = [features.vocabulary_[name] for name in names]
    np.testing.assert_allclose(rows.toarray()[:, columns], expected, atol=1e-6)
    assert rows.dtype == features.idf_.dtype == np.float32


@pytest.mark.parametrize("chars", [(1, 1), (1, 2), (2, 2)])
def test_characters_equal_those_of_scikit_learn(chars):
    texts = [*TEXTS, "法院 \n 工作\u3000\u3000𠀀"]
    features = TfidfFeatures(words=False, bigrams=False, chars=chars)
    rows = features.fit_transform(texts).toarray()
    expected, names = reference(texts, chars=True, ngram_range=chars, sublinear_tf=True)
    columns = [features.vocabulary_[name] for name in names]
    assert len(columns) == rows.shape[1]
    np.testing.assert_allclose(rows[:, columns], expected, atol=1e-6)


tokens = st.lists(st.sampled_from(["执行", "信访", "a", "。", " ", "党 建", ""]), max_size=12)


@given(st.lists(tokens, min_size=1, max_size=8), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_tokens_give_the_counts_of_scikit_learn(token_lists, words, bigrams):
    if not (words or bigrams) or not any(len(tokens) > 1 for tokens in token_lists):
        return

    def analyze(tokens):
        pairs = pairwise(tokens)
        return [(t, "one") for t in tokens] * words + list(pairs) * bigrams

    expected = TfidfVectorizer(analyzer=analyze, sublinear_tf=True).fit_transform(token_lists)
    rows = TfidfFeatures(words, bigrams, pretokenized=True).fit_transform(token_lists)
    assert rows.shape == expected.shape
    by_value = [np.sort(matrix.toarray(), axis=1) for matrix in (rows, expected)]
    np.testing.assert_allclose(*by_value, atol=1e-6)


@pytest.mark.parametrize(
    "params",
    [{}, {"chars": (1, 2)}, {"hashed": True}, {"max_features": 5}, {"min_df": 2}],
    ids=str,
)
def test_rows_are_sorted_and_of_length_one_or_zero(params):
    features = TfidfFeatures(**params)
    rows = features.fit_transform(TEXTS)
    rows.has_sorted_indices = False  # make scipy look
    rows.sort_indices()
    assert (features.transform(TEXTS) != rows).nnz == 0
    norms = np.sqrt(rows.multiply(rows).sum(axis=1))
    np.testing.assert_allclose(norms[norms > 0], 1, atol=1e-6)
    assert rows.indices.dtype == np.int32
    assert norms[0] > 0
    assert norms[3] == 0


def test_chunks_do_not_show(monkeypatch):
    for params in ({}, {"hashed": True, "n_features": 4096}, {"chars": (1, 2), "max_features": 20}):
        whole = TfidfFeatures(**params).fit(TEXTS)
        with monkeypatch.context() as patch:
            patch.setattr(terms, "CHUNK_CHARACTERS", 30)
            parts = TfidfFeatures(**params).fit(TEXTS)
            np.testing.assert_array_equal(whole.idf_, parts.idf_)
            assert (whole.transform(TEXTS) != parts.transform(TEXTS)).nnz == 0


def test_words_unknown_at_transform_part_their_neighbours():
    features = TfidfFeatures(pretokenized=True).fit([["甲", "乙"], ["丙"]])
    row = features.transform([["甲", "新", "乙"]])
    assert set(features.get_feature_names_out()[row.indices]) == {"甲", "乙"}


def test_bigrams_run_across_punctuation():
    features = TfidfFeatures().fit(["法院，法官"])
    assert set(features.vocabulary_) == {"法院", "法官", "法院 法官"}
    assert features.transform(["法院　※法官"]).nnz == 3  # a mark that fit has not seen


def test_max_features_keeps_the_most_frequent():
    texts = [["甲"] * 3, ["乙"] * 2, ["丙"]]
    features = TfidfFeatures(bigrams=False, pretokenized=True, max_features=2).fit(texts)
    assert set(features.vocabulary_) == {"甲", "乙"}


def test_character_features_are_marked_beside_words():
    features = TfidfFeatures(bigrams=False, chars=(1, 1)).fit(["法院"])
    assert list(features.get_feature_names_out()) == ["法院", "char:法", "char:院"]


def test_any_function_can_cut_and_all_its_tokens_count():
    features = TfidfFeatures(bigrams=False, analyzer=str.split).fit(["<数> 件 ， 件"])
    assert set(features.vocabulary_) == {"<数>", "件", "，"}


def test_hashed_rows_have_the_same_similarities():
    plain = TfidfFeatures().fit_transform(TEXTS)
    hashed = TfidfFeatures(hashed=True).fit_transform(TEXTS)
    assert hashed.shape == (len(TEXTS), 2**20)
    np.testing.assert_allclose(
        (plain @ plain.T).toarray(), (hashed @ hashed.T).toarray(), atol=1e-6
    )


def test_hashed_columns_are_the_same_in_every_process():
    code = (
        "from taohua.features.tfidf import TfidfFeatures;"
        "print(*TfidfFeatures(hashed=True, n_features=1000).fit_transform(['执行信访案件']).indices)"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
        for _ in range(2)
    }
    rows = TfidfFeatures(hashed=True, n_features=1000).fit_transform(["执行信访案件"])
    assert runs == {" ".join(map(str, rows.indices)).encode() + b"\n"}


def test_forgotten_hashes_change_nothing(monkeypatch):
    features = TfidfFeatures(hashed=True).fit(TEXTS)
    before = features.transform(TEXTS)
    monkeypatch.setattr(terms, "MEMO", 3)
    assert (features.transform(TEXTS) != before).nnz == 0


@pytest.mark.parametrize("hashed", [False, True])
def test_background_idf_does_not_depend_on_the_texts(hashed):
    features = TfidfFeatures(idf="background", hashed=hashed)
    one = features.fit_transform(["法院执行信访积案"])
    many = features.fit(["法院执行信访积案", "法院"]).transform(["法院执行信访积案"])
    np.testing.assert_allclose(np.sort(one.data), np.sort(many.data))


def test_common_words_weigh_less_in_the_background():
    features = TfidfFeatures(idf="background", bigrams=False).fit(["的 工作 执行 腾退 魑魅"])
    idf = features.idf_[[features.vocabulary_[word] for word in ("的", "工作", "腾退", "魑魅")]]
    assert (np.diff(idf) > 0).all()


STORED = [{}, {"chars": (1, 2), "min_df": 2}, {"hashed": True, "n_features": 5000}]
STORED += [{"idf": "background"}, {"dtype": np.float64, "analyzer": Segmenter("jieba", ["三处"])}]


@pytest.mark.parametrize("params", STORED, ids=str)
def test_arrays_and_json_bring_the_features_back(params, tmp_path):
    features = TfidfFeatures(**params).fit(TEXTS)
    arrays, saved = features.to_arrays()
    np.savez(tmp_path / "features.npz", **arrays)
    with np.load(tmp_path / "features.npz", allow_pickle=False) as loaded:
        again = TfidfFeatures.from_arrays(dict(loaded), json.loads(json.dumps(saved)))
    new = [*TEXTS, "从未见过的㐀法院"]
    assert (again.transform(new) != features.transform(new)).nnz == 0
    assert again.n_documents_ == len(TEXTS)
    if not features.hashed:
        assert again.vocabulary_ == features.vocabulary_


def test_a_function_that_cuts_must_be_given_again():
    arrays, saved = TfidfFeatures(analyzer=str.split).fit(["甲 乙"]).to_arrays()
    with pytest.raises(TaohuaError, match="these features were fitted with a function"):
        TfidfFeatures.from_arrays(arrays, saved)
    again = TfidfFeatures.from_arrays(arrays, saved, analyzer=str.split)
    assert again.transform(["甲 乙"]).nnz == 3


def test_arrays_hold_only_words_that_are_used():
    arrays, _ = TfidfFeatures(min_df=2, bigrams=False).fit(TEXTS).to_arrays()
    assert len(arrays["token_lengths"]) == len(arrays["idf"])


def test_a_pickled_copy_gives_the_same_rows():
    for params in ({}, {"hashed": True}):
        features = TfidfFeatures(**params).fit(TEXTS)
        again = pickle.loads(pickle.dumps(features))
        assert (again.transform(TEXTS) != features.transform(TEXTS)).nnz == 0


BAD_TEXTS = [
    ("法院", "texts must be a list of texts, got one string"),
    ([None], "texts must be strings, got NoneType None at position 0"),
    (["法院", float("nan")], "texts must be strings, got float nan at position 1"),
    ([["法院"]], "texts must be strings, got list"),
    (5, "texts must be a list of texts, got int"),
]


@pytest.mark.parametrize(("texts", "message"), BAD_TEXTS)
def test_wrong_texts_are_named(texts, message):
    features = TfidfFeatures().fit(TEXTS)
    with pytest.raises(TaohuaError, match=message):
        features.transform(texts)
    with pytest.raises(TaohuaError, match=message):
        TfidfFeatures().fit(texts)


BAD_PARAMS = [
    ({"words": False, "bigrams": False}, "words, bigrams and chars are all off"),
    ({"chars": (1, 3)}, r"chars must be .* got \(1, 3\)"),
    ({"norm": "l1"}, "norm must be 'l2' or None, got 'l1'"),
    ({"idf": "none"}, "idf must be .* got 'none'"),
    ({"idf": "background", "chars": (1, 1)}, "idf='background' covers words only"),
    ({"dtype": np.int32}, "dtype must be float32 or float64"),
    ({"hashed": True, "n_features": 0}, r"n_features must be from 1 to 2\*\*24, got 0"),
    ({"hashed": True, "min_df": 2}, "min_df, max_df and max_features need hashed=False"),
    ({"min_df": 50}, "min_df=50, .* leave no feature of 7 texts"),
    ({"pretokenized": True}, r"texts must be lists of tokens \(pretokenized=True\), got str"),
]


@pytest.mark.parametrize(("params", "message"), BAD_PARAMS)
def test_wrong_parameters_are_named(params, message):
    with pytest.raises(TaohuaError, match=message):
        TfidfFeatures(**params).fit(TEXTS)


@pytest.mark.parametrize("hashed", [False, True])
def test_no_texts_and_texts_without_words_give_empty_rows(hashed):
    features = TfidfFeatures(hashed=hashed).fit(TEXTS)
    assert features.transform([]).shape == (0, len(features.idf_))
    assert TfidfFeatures(hashed=hashed).fit_transform(["", "。"]).nnz == 0
    assert TfidfFeatures(hashed=hashed).fit([]).transform(["法院"]).nnz == hashed


def test_arrays_and_generators_of_texts_are_read():
    rows = TfidfFeatures().fit_transform(TEXTS)
    for texts in (np.array(TEXTS), np.array(TEXTS, dtype=object), tuple(TEXTS), iter(TEXTS)):
        assert (TfidfFeatures().fit_transform(texts) != rows).nnz == 0


def test_use_before_fit_is_named():
    for method in ("get_feature_names_out", "to_arrays"):
        with pytest.raises(TaohuaError, match="this TfidfFeatures is not fitted: call fit first"):
            getattr(TfidfFeatures(), method)()
    with pytest.raises(TaohuaError, match="is not fitted"):
        TfidfFeatures().transform(TEXTS)
    with pytest.raises(TaohuaError, match="hashed features have no names"):
        TfidfFeatures(hashed=True).fit(TEXTS).get_feature_names_out()


def test_scikit_learn_can_clone_chain_and_inspect():
    features = TfidfFeatures(chars=(1, 1), analyzer=Segmenter(lexicon=None))
    copy = clone(features)
    assert copy is not features
    assert copy.get_params() == features.get_params()
    assert repr(copy) == "TfidfFeatures(chars=(1, 1), analyzer=Segmenter(engine='rjieba', 0 terms))"
    chained = make_pipeline(copy).fit(TEXTS)
    check_is_fitted(copy)
    assert chained.set_params(tfidffeatures__chars=None).fit_transform(TEXTS).shape[0] == len(TEXTS)
    tags = get_tags(copy)
    assert tags.input_tags.string
    assert tags.input_tags.one_d_array
    assert not tags.input_tags.two_d_array
    assert tags.no_validation


class Outer(Estimator):
    _kind = "classifier"

    def __init__(self, inner=None, depth=1):
        self.inner = inner
        self.depth = depth


def test_parameters_of_inner_estimators_have_double_names():
    outer = Outer(TfidfFeatures())
    assert outer.set_params(inner__min_df=3, depth=2).get_params()["inner__min_df"] == 3
    assert repr(outer) == "Outer(inner=TfidfFeatures(min_df=3), depth=2)"
    assert get_tags(outer).classifier_tags.multi_label
    for name in ("width", "depth__x", "inner__x"):
        with pytest.raises(TaohuaError, match="has no parameter"):
            outer.set_params(**{name: 1})


def test_features_do_not_import_scikit_learn():
    code = (
        "import sys; from taohua.features.tfidf import TfidfFeatures;"
        "TfidfFeatures().fit_transform(['法院']); sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
