import pickle
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents.errors import TaohuaError
from taohua.features.segment import Segmenter, Token, is_word

RUST, PYTHON = Segmenter("rjieba"), Segmenter("jieba")
SHARED = Path(__file__).parents[2] / "shared"

CASES = [
    # text, tokens
    ("", []),
    ("终本案件下降", ["终本案件", "下降"]),
    ("结案1,234.5件", ["结案", "1,234.5", "件"]),
    ("12,34件", ["12", ",", "34", "件"]),  # no thousands: the comma parts
    ("占98.6%", ["占", "98.6", "%"]),
    ("2021-2023年", ["2021", "-", "2023", "年"]),
    ("４Ｓ店", ["４Ｓ", "店"]),
    ("a_b+c&d#e", ["a", "_", "b", "+", "c", "&", "d", "#", "e"]),
    ("v2.0.1。", ["v2.0.1", "。"]),
    ("法院\r\n \u3000工作", ["法院", "\r", "\n", " ", "\u3000", "工作"]),
    ("\x00法院\x00\x00", ["\x00", "法院", "\x00", "\x00"]),  # the mark itself
    ("法\ud800院", ["法", "\ud800", "院"]),  # half a character, as broken files hold
    ("㐀𠀀鿖", ["㐀", "𠀀", "鿖"]),  # characters outside the dictionary's range
    ("互联网+审判", ["互联网+", "审判"]),  # a term that is not pure Chinese
    ("案-件比下降", ["案-件比", "下降"]),
]

characters = st.one_of(
    st.characters(),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from(
        list("的了在执行法院案件党建工作率同比0123456789.,%+-#&_ \r\n\x00，。、A股○〇\ud800")
    ),
)
terms = st.sampled_from([term for term, _ in RUST.terms])
texts = st.lists(st.one_of(st.text(characters, max_size=8), terms), max_size=8).map("".join)


@pytest.mark.parametrize(("text", "expected"), CASES)
@pytest.mark.parametrize("segmenter", [RUST, PYTHON], ids=["rjieba", "jieba"])
def test_tokens_follow_one_rule_in_both_engines(segmenter, text, expected):
    assert segmenter(text) == expected


@given(texts)
@settings(max_examples=300, deadline=None)
def test_both_engines_cut_alike_and_lose_no_character(text):
    tokens = RUST(text)
    assert tokens == PYTHON(text)
    assert "".join(tokens) == text
    assert all(tokens)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_offsets_point_at_the_tokens(text):
    tokens = RUST.tokens(text)
    assert [token.text for token in tokens] == RUST(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_words_leave_out_blanks_and_punctuation():
    assert RUST.words("法院， 法官。\n") == ["法院", "法官"]
    assert [token for token in "法院1％ ，①℃" if is_word(token)] == list("法院1①")


def test_tokens_carry_their_offsets():
    assert RUST.tokens("法院3件") == [Token("法院", 0, 2), Token("3", 2, 3), Token("件", 3, 4)]


def test_every_term_of_the_court_lexicon_is_one_token_in_both_engines():
    for term, _ in RUST.terms:
        assert RUST(term) == PYTHON(term) == [term]


def test_the_court_lexicon_is_clean():
    text = files("taohua.data").joinpath("lexicon.txt").read_text("utf-8")
    terms = [line.split()[0] for line in text.splitlines() if line and line[0] != "#"]
    assert len(terms) == len(set(terms)) > 500
    assert all(2 <= len(term) <= 16 for term in terms)


LEXICONS = [
    # lexicon, text, tokens
    (None, "三会一课", ["三会", "一课"]),
    (["三会一课 9", "4S店"], "4S店三会一课14S店", ["4S店", "三会一课", "14S", "店"]),
    (["桃庭花案"], "桃庭花案戊", ["桃庭花案", "戊"]),
    (["党建A"], "党建A党建AB", ["党建A", "党建", "AB"]),
    (["2024", "v1.5"], "20245v1.5", ["20245v1.5"]),  # never half of a number
]


@pytest.mark.parametrize(("lexicon", "text", "expected"), LEXICONS)
def test_own_words_work_in_both_engines(lexicon, text, expected):
    assert Segmenter("rjieba", lexicon)(text) == expected
    assert Segmenter("jieba", lexicon)(text) == expected


def test_a_word_file_gives_the_terms_of_its_lines(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# own words\n\n桃庭花案 30\n戊己庚辛\n", "utf-8-sig")
    segmenter = Segmenter(lexicon=path)
    assert segmenter.terms == (("戊己庚辛", None), ("桃庭花案", 30))
    assert segmenter == Segmenter(lexicon=segmenter.lexicon_lines)
    assert segmenter.lexicon_hash == Segmenter(lexicon=["戊己庚辛", "桃庭花案 30"]).lexicon_hash


def test_segmenters_do_not_share_their_words():
    own, plain = Segmenter(lexicon=["桃庭花案"]), Segmenter(lexicon=None)
    assert own("桃庭花案") == ["桃庭花案"]
    assert plain("桃庭花案") != ["桃庭花案"]


@pytest.mark.parametrize("segmenter", [RUST, PYTHON], ids=["rjieba", "jieba"])
def test_a_pickle_holds_terms_and_no_dictionary(segmenter):
    segmenter("法院")
    data = pickle.dumps(segmenter)
    assert len(data) < 100_000
    assert pickle.loads(data)("互联网+三会一课") == ["互联网+", "三会一课"]
    assert pickle.loads(data) == segmenter


MISTAKES = [
    ({"engine": "hanlp"}, "engine must be 'rjieba' or 'jieba', got 'hanlp'"),
    ({"lexicon": "missing-words.txt"}, "lexicon must be .* got 'missing-words.txt'"),
    ({"lexicon": ["法院 0"]}, "a line of the lexicon must be .* got '法院 0'"),
    ({"lexicon": ["法院 5 n"]}, "a line of the lexicon must be .* got '法院 5 n'"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_mistakes_are_named(arguments, message):
    with pytest.raises(TaohuaError, match=message):
        Segmenter(**arguments)


@pytest.mark.parametrize("text", [None, 1.5, b"abc", ["abc"]])
def test_only_strings_are_cut(text):
    with pytest.raises(TaohuaError, match="text must be a string, got"):
        RUST(text)


def test_the_default_engine_loads_no_jieba_and_jieba_is_silent():
    code = (
        "import sys; from taohua.features.segment import Segmenter; Segmenter()('法院');"
        "assert 'jieba' not in sys.modules and 'sklearn' not in sys.modules;"
        "Segmenter('jieba')('法院')"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(not SHARED.exists(), reason="needs the folder of real texts")
def test_both_engines_cut_real_reports_alike():
    lines = [
        line
        for folder in ("seeds", "corpus/party_branches", "corpus/court_2012")
        for file in sorted((SHARED / folder).glob("*.txt"))
        for line in file.read_text("utf-8", errors="surrogateescape").splitlines(keepends=True)
    ]
    assert lines
    for line in lines:
        assert RUST(line) == PYTHON(line)
