"""Models on disk: what is written comes back, and what was touched is refused by name."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from taohua.documents.errors import TaohuaError
from taohua.models.store import load, save
from taohua.models.themes import ThemeClassifier

TEXTS = [
    "老人来院反映判决，副院长当面听完并答应复查。",
    "信访专班约见来访人三次，旧案终于化解。",
    "被执行人的存款被划扣，钱款当天发还申请人。",
    "法拍成交一处厂房，申请执行人领到全部案款。",
    "支部大会学习党章，书记讲了一堂党课。",
    "全体党员到烈士陵园重温入党誓词。",
] * 3
LABELS = [
    ["petitions"],
    ["petitions"],
    ["enforcement"],
    ["enforcement"],
    ["party_building"],
    [],
] * 3


@pytest.fixture(scope="module")
def model() -> ThemeClassifier:
    return ThemeClassifier(folds=3).fit(TEXTS, LABELS)


def test_loaded_model_predicts_as_the_saved_one(model: ThemeClassifier, tmp_path: Path) -> None:
    loaded = load(save(model, tmp_path / "模型 一"))
    assert loaded.classes_.tolist() == model.classes_.tolist()
    np.testing.assert_allclose(loaded.predict_proba(TEXTS), model.predict_proba(TEXTS), atol=1e-3)


def test_same_model_gives_the_same_bytes(model: ThemeClassifier, tmp_path: Path) -> None:
    first, second = save(model, tmp_path / "a"), save(model, tmp_path / "b")
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes()


def test_saving_again_replaces_the_model(model: ThemeClassifier, tmp_path: Path) -> None:
    save(model, tmp_path / "m")
    save(model, tmp_path / "m")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m"]
    assert load(tmp_path / "m").classes_.tolist() == model.classes_.tolist()


def test_folder_with_other_files_is_left_alone(model: ThemeClassifier, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(TaohuaError, match="not empty and holds no model"):
        save(model, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_path_of_a_file_is_refused(model: ThemeClassifier, tmp_path: Path) -> None:
    (tmp_path / "m").write_text("a file")
    with pytest.raises(TaohuaError, match="is a file"):
        save(model, tmp_path / "m")
    with pytest.raises(TaohuaError, match="is a file"):
        load(tmp_path / "m")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match=r"nowhere' does not exist"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["manifest.json", "state.json", "arrays.npz"])
def test_missing_file_is_named(model: ThemeClassifier, tmp_path: Path, name: str) -> None:
    folder = save(model, tmp_path / "m")
    (folder / name).unlink()
    with pytest.raises(TaohuaError, match=rf"{name}' is missing"):
        load(folder)


@pytest.mark.parametrize("name", ["state.json", "arrays.npz"])
def test_cut_file_is_named(model: ThemeClassifier, tmp_path: Path, name: str) -> None:
    folder = save(model, tmp_path / "m")
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(TaohuaError, match=rf"{name}' has \d+ bytes.*cut or altered"):
        load(folder)


@pytest.mark.parametrize("name", ["state.json", "arrays.npz"])
def test_altered_file_is_named(model: ThemeClassifier, tmp_path: Path, name: str) -> None:
    folder = save(model, tmp_path / "m")
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(bytes(data))
    with pytest.raises(TaohuaError, match=rf"{name}' was altered"):
        load(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "has format 99, this taohua reads 1"),
        ({"class": "os.system"}, "holds a 'os.system'; allowed are"),
        ({"state": "../../etc/passwd"}, "names a wrong file"),
        ({"files": {}}, "names a wrong file"),
    ],
)
def test_manifest_cannot_ask_for_anything_else(
    model: ThemeClassifier, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    folder = save(model, tmp_path / "m")
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    with pytest.raises(TaohuaError, match=message):
        load(folder)


def test_damaged_manifest_is_named(model: ThemeClassifier, tmp_path: Path) -> None:
    folder = save(model, tmp_path / "m")
    (folder / "manifest.json").write_text("{")
    with pytest.raises(TaohuaError, match=r"manifest.json' is damaged"):
        load(folder)


def test_arrays_hold_no_pickle(model: ThemeClassifier, tmp_path: Path) -> None:
    folder = save(model, tmp_path / "m")
    with zipfile.ZipFile(folder / "arrays.npz") as archive:
        for name in archive.namelist():
            with archive.open(name) as file:
                version = np.lib.format.read_magic(file)
                read = np.lib.format.read_array_header_1_0
                assert version == (1, 0)
                assert not read(file)[2].hasobject


def test_what_cannot_be_saved_says_so(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match="a list cannot be saved; ThemeClassifier can"):
        save([], tmp_path / "m")  # type: ignore[type-var]
    with pytest.raises(TaohuaError, match="path must be the path of a folder, got None"):
        load(None)  # type: ignore[arg-type]
