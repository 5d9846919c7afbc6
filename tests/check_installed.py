"""Use an installed taohua as a newcomer does; run by `make wheel` outside the checkout."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import taohua

home = Path(taohua.__file__).parent
assert "site-packages" in home.parts, f"taohua comes from {home}, not from a wheel"
assert (home / "py.typed").exists()

example = sorted(files("taohua.data").glob("example_*.txt"))[0]
scored = taohua.score(example)
assert scored.reports[0].themes, "the example has themes"

command = [Path(sys.executable).with_name("taohua"), "score", example, "--format", "json"]
printed = subprocess.run(command, capture_output=True, check=True).stdout
assert json.loads(printed)["reports"][0]["passages"], "the command finds passages"
print(f"wheel: taohua {taohua.__version__} scores {Path(example).name}")
