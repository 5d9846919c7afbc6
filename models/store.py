"""Models on disk: arrays and JSON, checked against a manifest; no pickle is ever read.

A model is a folder with ``manifest.json`` (format, class, version, and name, size and SHA-256 of
the other two files), a JSON file of its state and an ``.npz`` file of its arrays. The shipped model
lies flat in ``data/`` under other names.
"""

import hashlib
import io
import json
import os
import re
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from taohua.documents.errors import TaohuaError
from taohua.models.atomic import write_atomically

__all__ = ["METRICS", "Storable", "load", "save", "write_files"]

FORMAT = 1
MAX_BYTES = 2 * 1024**3  # a larger file is no model of ours
MANIFEST = "manifest.json"
METRICS = "metrics.json"
OWN_NAME = re.compile(r"(?:state|arrays)-[0-9a-f]{12}\.(?:json|npz)")
# What reading a damaged or foreign state can raise.
DAMAGE = (ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, BadZipFile)
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
    """Write `model` into the folder `path`.

    State and arrays are named after their content and the manifest is replaced last, so that a
    crash leaves the old model or the new one.

    Raises
    ------
    TaohuaError
        If `path` is a file, or a folder that holds anything but a model, or cannot be written.
    """
    if type(model).__name__ not in CLASSES:
        raise TaohuaError(f"a {type(model).__name__} cannot be saved; {', '.join(CLASSES)} can")
    target = _path(path)
    if target.exists() and not target.is_dir():
        raise TaohuaError(f"model path {str(target)!r} is a file; name a folder")
    old = _own_files(target) if target.is_dir() else set()
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TaohuaError(f"folder {str(target)!r} cannot be made: {error.strerror}") from error
    state, arrays = _contents(model)
    names = f"state-{_sha256(state)[:12]}.json", f"arrays-{_sha256(arrays)[:12]}.npz"
    _write(model, target, MANIFEST, dict(zip(names, (state, arrays), strict=True)))
    for name in old - {MANIFEST, METRICS, *names}:
        (target / name).unlink(missing_ok=True)
    return target


def _own_files(folder: Path) -> set[str]:
    """Return the names in a folder that a model may replace: none but those of models."""
    names = {path.name for path in folder.iterdir()}
    if names and not all(name in (MANIFEST, METRICS) or OWN_NAME.fullmatch(name) for name in names):
        raise TaohuaError(f"folder {str(folder)!r} holds other files than a model; name another")
    return names


def _path(path: str | Path) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise TaohuaError(f"path must be the path of a folder, got {path!r}")
    return Path(path)


def write_files(model: Storable, folder: Path, manifest: str, state: str, arrays: str) -> None:
    """Write the three files of a model under names of your own; bytes depend on the model only."""
    _write(model, folder, manifest, dict(zip((state, arrays), _contents(model), strict=True)))


def _contents(model: Storable) -> tuple[bytes, bytes]:
    state, arrays = model.to_state()
    return json.dumps(state, ensure_ascii=False, sort_keys=True).encode(), _npz(arrays)


def _write(model: Storable, folder: Path, manifest: str, contents: dict[str, bytes]) -> None:
    state, arrays = contents
    head = {
        "format": FORMAT,
        "class": type(model).__name__,
        "taohua": _own_version(),
        "state": state,
        "arrays": arrays,
        "files": {
            name: {"bytes": len(data), "sha256": _sha256(data)} for name, data in contents.items()
        },
    }
    for name, data in contents.items():
        write_atomically(folder / name, data)
    write_atomically(
        folder / manifest, (json.dumps(head, indent=1, sort_keys=True) + "\n").encode()
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
    state, data = _checked(folder, head, "state"), _checked(folder, head, "arrays")
    build: Callable[[dict[str, Any], Arrays], Any] = getattr(
        import_module(CLASSES[head["class"]]), head["class"]
    ).from_state
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return build(json.loads(state), arrays)
    except DAMAGE as error:
        raise TaohuaError(
            f"model in {str(folder)!r} does not fit this version of taohua ({error}); train it anew"
        ) from error


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise TaohuaError(f"{str(path)!r} is missing; this folder holds no model of taohua")
    head = _parsed(path)
    if not isinstance(head, dict) or not {"format", "class", "state", "arrays"} <= head.keys():
        raise TaohuaError(f"{str(path)!r} is damaged; copy the model again or train it anew")
    if head["format"] != FORMAT:
        raise TaohuaError(
            f"{str(path)!r} has format {head['format']!r}, this taohua reads {FORMAT};"
            " update taohua or train the model anew"
        )
    if not isinstance(head["class"], str) or head["class"] not in CLASSES:
        raise TaohuaError(
            f"{str(path)!r} holds a {head['class']!r}; allowed are {', '.join(CLASSES)}"
        )
    return head


def _parsed(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except ValueError as error:
        if isinstance(error, TaohuaError):
            raise
        return None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TaohuaError(f"{str(path)!r} cannot be read: {error.strerror}") from error


def _checked(folder: Path, head: dict[str, Any], role: str) -> bytes:
    name = head[role]
    known = head.get("files")
    expected = known.get(name) if isinstance(known, dict) and isinstance(name, str) else None
    if not isinstance(expected, dict) or Path(name).name != name:
        raise TaohuaError(f"manifest in {str(folder)!r} names a wrong file {name!r} for {role}")
    path = folder / name
    if not path.is_file():
        raise TaohuaError(f"{str(path)!r} is missing; copy the model again or train it anew")
    size = path.stat().st_size
    if size != expected.get("bytes") or size > MAX_BYTES:
        raise TaohuaError(
            f"{str(path)!r} has {size} bytes, the manifest says {expected.get('bytes')};"
            " the file was cut or altered: copy the model again or train it anew"
        )
    data = _read(path)
    if _sha256(data) != expected.get("sha256"):
        raise TaohuaError(
            f"{str(path)!r} was altered (its SHA-256 differs from the manifest);"
            " copy the model again or train it anew"
        )
    return data
