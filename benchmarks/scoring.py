"""How fast reports are scored, from files to findings, and how long a cold start takes.

Run as ``python benchmarks/scoring.py [FOLDER...]``; without folders, the shipped examples. One
process, one core; themes, matches among all files of a folder, and shares are included.
"""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from record import record

REPEATS = 5


def folder_figures(paths: list[Path]) -> dict[str, Any]:
    """Seconds and MB/s of the best of several runs in one process, imports not counted."""
    import taohua

    size = sum(path.stat().st_size for path in paths) / 1e6
    taohua.score(paths[0])  # dictionaries and model are loaded once
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        scored = taohua.score(paths)
        runs.append(time.perf_counter() - start)
    found = scored.reports
    return {
        "reports": len(paths),
        "megabytes": round(size, 3),
        "passages": sum(len(report.passages) for report in found),
        "matches": sum(len(p.matches) for report in found for p in report.passages),
        "seconds_best": round(min(runs), 3),
        "seconds_all": [round(run, 3) for run in runs],
        "megabytes_per_second": round(size / min(runs), 3),
    }


def cold_start(path: Path) -> dict[str, Any]:
    """Seconds of ``taohua score FILE`` as a new process."""
    command = [Path(sys.executable).with_name("taohua"), "score", path]
    runs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        runs.append(time.perf_counter() - start)
    return {"seconds_best": round(min(runs), 3), "seconds_all": [round(run, 3) for run in runs]}


def model_load() -> dict[str, Any]:
    """Milliseconds to load the shipped model in a new process, imports not counted."""
    code = (
        "import time, taohua.models.themes as t, taohua.models.store, scipy.sparse\n"
        "s = time.perf_counter(); t.ThemeClassifier.pretrained()\n"
        "print((time.perf_counter() - s) * 1000)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
        for _ in range(REPEATS)
    ]
    return {"milliseconds_best": round(min(runs), 1)}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    args = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    examples = sorted(Path(str(files("taohua.data"))).glob("example_*.txt"))
    sets = {"shipped examples": examples} | {
        folder.name: sorted(folder.glob("*.txt")) for folder in args.folders
    }
    figures = {
        "cold_start": cold_start(examples[0]),
        "model_load": model_load(),
        "sets": {name: folder_figures(paths) for name, paths in sets.items()},
    }
    record("scoring", ", ".join(sets), figures)


if __name__ == "__main__":
    main()
