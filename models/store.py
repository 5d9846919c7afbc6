"""Models on disk: arrays and JSON, checked against a manifest; no pickle is ever read.

A model is a folder with ``manifest.json`` (format, class, versions, size and SHA-256 of the other
files), ``state.json`` and ``arrays.npz``. The shipped model lies flat in ``data/`` under another
manifest name.
"""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from taohua.documents.errors import TaohuaError

__all__ = ["Storable", "load", "save", "write_files"]

FORMAT = 1
MAX_BYTES = 2 * 1024**3  # a larger file is no model of ours
MANIFEST = "manifest.json"
# What may be loaded: a name in a manifest never reaches an import of its own choice.
CLASSES = {"ThemeClassifier": "taohua.models.themes"}

Arrays = dict[str, NDArray[Any]]


class Storable(Protocol):
    """What can be saved: its state as JSON values and arrays, and the way back."""

    def to_state(self) -> tuple[dict[str, Any], Arrays]:
        """Return JSON-able state and arrays."""
        ...

    @classmethod
    def from_state(cls, state: dict[str, Any], arrays: Arrays) -> Self:
        """Rebuild the object."""
        ...


def save(model: Storable, path: str | Path) -> Path:
    """Write `model` into the folder `path`, at once or not at all.

    The files are written beside the target and moved into place, so that a crash leaves the old
    model or the new one.

    Raises
    ------
    TaohuaError
        If `path` is a file, or a folder that holds something else than a model, or cannot be
        written.
    """
    if type(model).__name__ not in CLASSES:
        raise TaohuaError(f"a {type(model).__name__} cannot be saved; {', '.join(CLASSES)} can")
    target = _path(path)
    if target.exists() and not target.is_dir():
        raise TaohuaError(f"model path {str(target)!r} is a file; name a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).exists():
        raise TaohuaError(f"folder {str(target)!r} is not empty and holds no model; name another")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        fresh.chmod(0o755)
        try:
            write_files(model, fresh, MANIFEST, "state.json", "arrays.npz")
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise TaohuaError(f"model folder {str(target)!r} cannot be written: {error}") from error
    return target


def _path(path: str | Path) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise TaohuaError(f"path must be the path of a folder, got {path!r}")
    return Path(path)


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.replace(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    target.replace(old)  # an empty folder may be replaced by a folder
    try:
        fresh.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_files(model: Storable, folder: Path, manifest: str, state: str, arrays: str) -> None:
    """Write the three files of a model into an existing folder; bytes depend on the model only."""
    json_state, named = model.to_state()
    contents = {
        state: json.dumps(json_state, ensure_ascii=False, sort_keys=True).encode(),
        arrays: _npz(named),
    }
    head = {
        "format": FORMAT,
        "class": type(model).__name__,
        "taohua": _own_version(),
        "state": state,
        "arrays": arrays,
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
        },
    }
    contents[manifest] = (json.dumps(head, indent=1, sort_keys=True) + "\n").encode()
    for name, data in contents.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _npz(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _own_version() -> str:
    try:
        return version("taohua")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def load(path: str | Path, manifest: str = MANIFEST) -> Any:
    """Read the model in folder `path`.

    Raises
    ------
    TaohuaError
        If a file is missing, cut, altered or of another format; the message names the file.
    """
    folder = _path(path)
    if not folder.is_dir():
        raise TaohuaError(
            f"model folder {str(folder)!r} {'is a file' if folder.exists() else 'does not exist'};"
            " name a folder written by taohua train or taohua.save"
        )
    head = _read_manifest(folder / manifest)
    state = json.loads(_checked(folder, head, "state"))
    with np.load(io.BytesIO(_checked(folder, head, "arrays")), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    build: Callable[[dict[str, Any], Arrays], Any] = getattr(
        import_module(CLASSES[head["class"]]), head["class"]
    ).from_state
    try:
        return build(state, arrays)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise TaohuaError(
            f"model in {str(folder)!r} does not fit this version of taohua ({error}); train it anew"
        ) from error


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise TaohuaError(f"{str(path)!r} is missing; this folder holds no model of taohua")
    try:
        head = json.loads(path.read_bytes())
        known = {"format", "class", "state", "arrays", "files"} <= head.keys()
    except (ValueError, AttributeError):
        known = False
    if not known:
        raise TaohuaError(f"{str(path)!r} is damaged; copy the model again or train it anew")
    if head["format"] != FORMAT:
        raise TaohuaError(
            f"{str(path)!r} has format {head['format']!r}, this taohua reads {FORMAT};"
            " update taohua or train the model anew"
        )
    if head["class"] not in CLASSES:
        raise TaohuaError(
            f"{str(path)!r} holds a {head['class']!r}; allowed are {', '.join(CLASSES)}"
        )
    return dict(head)


def _checked(folder: Path, head: dict[str, Any], role: str) -> bytes:
    name = head[role]
    expected = head["files"].get(name) if isinstance(name, str) else None
    if not expected or Path(name).name != name:
        raise TaohuaError(f"manifest in {str(folder)!r} names a wrong file {name!r} for {role}")
    path = folder / name
    if not path.is_file():
        raise TaohuaError(f"{str(path)!r} is missing; copy the model again or train it anew")
    size = path.stat().st_size
    if size != expected["bytes"] or size > MAX_BYTES:
        raise TaohuaError(
            f"{str(path)!r} has {size} bytes, the manifest says {expected['bytes']};"
            " the file was cut or altered: copy the model again or train it anew"
        )
    data: bytes = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != expected["sha256"]:
        raise TaohuaError(
            f"{str(path)!r} was altered (its SHA-256 differs from the manifest);"
            " copy the model again or train it anew"
        )
    return data
