"""Every block of the READMEs runs, and prints what it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAKE = ("make demo", "make test")  # run by CI itself


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [body for found, body in BLOCK.findall(text) if found == language]


@pytest.mark.parametrize("name", READMES)
def test_python_blocks_run_one_after_the_other(name: str, tmp_path: Path) -> None:
    code = "\n".join(blocks(name, "python")).replace("/tmp/", f"{tmp_path}/")
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout


@pytest.mark.parametrize("name", READMES)
def test_console_blocks_print_what_they_show(name: str, tmp_path: Path) -> None:
    shown = 0
    for block in blocks(name, "console"):
        for command, *expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            if command in MAKE:
                continue
            shown += 1
            arguments = shlex.split(command.replace("/tmp/", f"{tmp_path}/"))
            assert arguments[0] == "taohua"
            taohua = Path(sys.executable).with_name("taohua")
            line = shlex.join([str(taohua), *arguments[1:]]).replace(
                "'data/example_*.txt'", "data/example_*.txt"
            )
            run = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, check=False)
            assert run.returncode == 0, run.stderr.decode()
            printed = [row.strip() for row in run.stdout.decode().splitlines()]
            for row in expected[0].splitlines():
                assert row.strip() == "…" or row.strip() in printed
    assert shown >= 4
