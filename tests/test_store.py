"""Models on disk: what is written comes back, and what was touched is refused by name."""

import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from factories import LABELS, TEXTS

from taohua.documents.errors import TaohuaError
from taohua.models import store
from taohua.models.store import load, save
from taohua.models.themes import ThemeClassifier


@pytest.fixture(scope="module")
def model() -> ThemeClassifier:
    return ThemeClassifier(folds=3).fit(TEXTS, LABELS)


def file_of(folder: Path, kind: str) -> str:
    (found,) = folder.glob(f"{kind}*")
    return found.name


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
    with pytest.raises(TaohuaError, match="holds other files than a model"):
        save(model, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_manifest_of_another_program_is_left_alone(model: ThemeClassifier, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"manifest_version": 3}')
    (tmp_path / "precious.js").write_text("mine")
    with pytest.raises(TaohuaError, match="holds other files than a model"):
        save(model, tmp_path)
    assert (tmp_path / "precious.js").read_text() == "mine"


def test_another_model_takes_the_place_of_the_first(model: ThemeClassifier, tmp_path: Path) -> None:
    save(model, tmp_path / "m")
    other = ThemeClassifier(folds=3, C=0.1).fit(TEXTS, LABELS)
    folder = save(other, tmp_path / "m")
    assert len(list(folder.iterdir())) == 3
    assert load(folder).C == 0.1


def test_crash_before_the_manifest_leaves_the_old_model(
    model: ThemeClassifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save(model, tmp_path / "m")
    real = store.write_atomically

    def crash(path: Path, data: bytes) -> None:
        if path.name == "manifest.json":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(store, "write_atomically", crash)
    with pytest.raises(KeyboardInterrupt):
        save(ThemeClassifier(folds=3, C=0.1).fit(TEXTS, LABELS), folder)
    assert load(folder).C == model.C


def test_path_of_a_file_is_refused(model: ThemeClassifier, tmp_path: Path) -> None:
    (tmp_path / "m").write_text("a file")
    with pytest.raises(TaohuaError, match="is a file"):
        save(model, tmp_path / "m")
    with pytest.raises(TaohuaError, match="is a file"):
        load(tmp_path / "m")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaohuaError, match=r"nowhere' does not exist"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("kind", ["manifest", "state", "arrays"])
def test_missing_file_is_named(model: ThemeClassifier, tmp_path: Path, kind: str) -> None:
    folder = save(model, tmp_path / "m")
    name = file_of(folder, kind)
    (folder / name).unlink()
    with pytest.raises(TaohuaError, match=rf"{name}' is missing"):
        load(folder)


@pytest.mark.parametrize("kind", ["state", "arrays"])
def test_cut_file_is_named(model: ThemeClassifier, tmp_path: Path, kind: str) -> None:
    folder = save(model, tmp_path / "m")
    name = file_of(folder, kind)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(TaohuaError, match=rf"{name}' has \d+ bytes.*cut or altered"):
        load(folder)


@pytest.mark.parametrize("kind", ["state", "arrays"])
def test_altered_file_is_named(model: ThemeClassifier, tmp_path: Path, kind: str) -> None:
    folder = save(model, tmp_path / "m")
    name = file_of(folder, kind)
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
        ({"files": []}, "names a wrong file"),
        ({"class": ["x"]}, "allowed are"),
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


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("arrays", b"no archive"),
        ("state", b"no json"),
        ("state", b"[]"),
        ("state", b'{"params": {"weather": 1}}'),
    ],
)
def test_foreign_content_with_a_right_checksum_is_refused(
    model: ThemeClassifier, tmp_path: Path, kind: str, data: bytes
) -> None:
    folder = save(model, tmp_path / "m")
    name = file_of(folder, kind)
    (folder / name).write_bytes(data)
    head = json.loads((folder / "manifest.json").read_text())
    head["files"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(head))
    with pytest.raises(TaohuaError, match="does not fit this version"):
        load(folder)


def test_state_of_the_wrong_shape_is_refused(model: ThemeClassifier) -> None:
    state, arrays = model.to_state()
    for change in ({"slopes": [1.0]}, {"thresholds": [float("nan")] * 3}, {"intercept": []}):
        with pytest.raises(ValueError, match="must be 3 numbers"):
            ThemeClassifier.from_state(state | change, arrays)
    with pytest.raises(ValueError, match="weights have the shape"):
        ThemeClassifier.from_state(state, arrays | {"coef": arrays["coef"][1:]})


def test_damaged_manifest_is_named(model: ThemeClassifier, tmp_path: Path) -> None:
    folder = save(model, tmp_path / "m")
    (folder / "manifest.json").write_text("{")
    with pytest.raises(TaohuaError, match=r"manifest.json' is damaged"):
        load(folder)


def test_arrays_hold_no_pickle(model: ThemeClassifier, tmp_path: Path) -> None:
    folder = save(model, tmp_path / "m")
    with zipfile.ZipFile(folder / file_of(folder, "arrays")) as archive:
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
