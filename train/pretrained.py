"""Fit the shipped model: ``python -m taohua.train.pretrained [FOLDER]``.

Reads ``data/passages.jsonl`` and writes ``pretrained.json``, ``pretrained.state.json`` and
``pretrained.npz`` into FOLDER, by default the package's own data folder.
"""

import json
import sys
from importlib.resources import as_file, files
from pathlib import Path

from taohua.models.store import write_files
from taohua.models.taxonomy import shipped_themes
from taohua.train.fit import Training, fit

__all__ = ["build"]


def build(folder: Path, n_jobs: int = 1) -> Training:
    """Fit the shipped model and write its files into `folder`."""
    with as_file(files("taohua.data").joinpath("passages.jsonl")) as passages:
        training = fit(passages, themes=shipped_themes(), n_jobs=n_jobs)
    names = ("pretrained.json", "pretrained.state.json", "pretrained.npz")
    write_files(training.model, folder, *names)
    return training


if __name__ == "__main__":
    with as_file(files("taohua.data")) as data:
        target = Path(sys.argv[1]) if len(sys.argv) > 1 else data
        print(json.dumps(build(target, n_jobs=-1).metrics, ensure_ascii=False, indent=1))
