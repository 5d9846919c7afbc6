"""Where and on what a figure was measured; every benchmark writes its results through here."""

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("jieba", "numpy", "rjieba", "scikit-learn", "scipy")


def machine() -> dict[str, Any]:
    """Return what the machine is, without its name."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        model = next(
            (x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), model
        )
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.system()}


def record(name: str, data: str, figures: dict[str, Any]) -> None:
    """Write figures to results/NAME.json with machine, data, date and versions, and print them."""
    whole = {
        "date": date.today().isoformat(),
        "machine": machine(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in PACKAGES},
        "data": data,
        **figures,
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
    print(text)
