from importlib.resources import files

import numpy as np
import pytest

from taohua.documents.errors import TaohuaError
from taohua.features.background import Background, shipped_background
from taohua.features.grams import hash_grams, hash_tokens
from taohua.train.background import build, main, passages

TEXTS = ["法院立案", "法院信访", "立案，信访，立案", "法院信访"]  # the last one occurs again


def frequency(background, *grams):
    found = []
    for gram in grams:
        hashes = hash_tokens(gram.split())
        both = hash_grams(hashes[:1], hashes[1:]) if len(hashes) > 1 else hash_grams(hashes)
        found += background.document_frequency(both).tolist()
    return found


def test_passages_that_hold_a_gram_are_counted_once_each():
    background = build(TEXTS, "three passages", min_df=1)
    assert background.n_documents == 3
    grams = ("法院", "立案", "信访", "法院 信访", "信访 立案", "信访 法院", "缺席")
    assert frequency(background, *grams) == [2, 2, 2, 1, 1, 0, 0]


def test_rare_grams_are_left_out():
    background = build(TEXTS, "", min_df=2)
    assert frequency(background, "法院", "法院 信访") == [2, 0]


def test_the_file_brings_everything_back_without_pickle(tmp_path):
    path = tmp_path / "background.npz"
    background = build(TEXTS, "三个段落", min_df=1)
    background.save(path)
    again = Background.load(path)
    np.testing.assert_array_equal(again.hashes, background.hashes)
    np.testing.assert_array_equal(again.frequency, background.frequency)
    assert (again.n_documents, again.description) == (3, "三个段落")


def test_an_unknown_format_is_refused(tmp_path):
    path = tmp_path / "background.npz"
    np.savez(path, format=np.uint32(9))
    with pytest.raises(TaohuaError, match="background format must be 1, got 9"):
        Background.load(path)


def test_no_text_gives_an_empty_background():
    background = build([], "")
    assert frequency(background, "法院") == [0]


@pytest.mark.parametrize("n_columns", [1, 7, 1 << 20])
def test_columns_add_up_their_hashes_but_never_exceed_the_passages(n_columns):
    background = build(TEXTS, "", min_df=1)
    columns = background.by_column(n_columns)
    assert columns.shape == (n_columns,)
    assert columns.max() <= background.n_documents
    hashes = background.hashes.astype(np.int64) % n_columns
    assert (columns[hashes] >= np.minimum(background.frequency, 3)).all()


def test_long_lines_are_cut_into_whole_sentences(tmp_path):
    sentence = "执行干警连夜腾退房屋，" * 15 + "无一上访。"
    (tmp_path / "report.txt").write_text(f"标题\n\n{sentence * 4}\n", "utf-8")
    found = list(passages([tmp_path / "report.txt"]))
    assert found == ["标题", sentence * 2, sentence * 2]


def test_the_command_writes_the_file_and_says_what_it_counted(tmp_path, capsys):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"法院执行第{number}件\n", "utf-8")
    output = tmp_path / "out.npz"
    main([str(tmp_path), "-o", str(output), "--files", "2", "--min-df", "1"])
    assert capsys.readouterr().out.startswith("2 passages, ")
    assert f"{tmp_path.name} (2 files); counted 2" in Background.load(output).description


def test_a_folder_without_text_is_named(tmp_path):
    with pytest.raises(TaohuaError, match=r"folder must hold .txt or .md files, got"):
        main([str(tmp_path)])


def test_the_shipped_background_is_small_and_orders_words_by_use():
    background = shipped_background()
    assert files("taohua.data").joinpath("background.npz").stat().st_size < 3_000_000
    assert (np.diff(background.hashes.astype(np.int64)) > 0).all()
    assert background.frequency.max() <= background.n_documents
    common, rare, absent = frequency(background, "的", "腾退", "魑魅魍魉")
    assert common > rare > absent == 0
