"""Files that are written whole, and never over what is read."""

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import SENTENCES

from taohua.cli import cli
from taohua.documents.errors import TaohuaError
from taohua.models.atomic import write_atomically
from taohua.output import Output


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_atomically(path, b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", 0o600)


def test_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        write_atomically(tmp_path / "a.json", b"new")
    finally:
        os.umask(old)
    assert mode_of(tmp_path / "a.json") == 0o600


def test_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TaohuaError, match="cannot be written: No space left on device"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_file_that_is_read_is_never_written(tmp_path: Path) -> None:
    report, link = tmp_path / "r.txt", tmp_path / "l.txt"
    report.write_text("\n".join(SENTENCES))
    link.symlink_to(report)
    for output in (report, link):
        with pytest.raises(TaohuaError, match="is one of the files to read; name another"):
            Output.of(None, output, "zh", [report])


def test_mistake_in_the_output_is_told_before_the_work(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["score", "missing.txt", "-o", str(tmp_path / "a.xlsx")])
    assert result.exit_code == 1
    assert "must end in one of" in result.stderr
    assert "missing.txt" not in result.stderr


@pytest.mark.parametrize("name", ["x[/red].txt", "二〇二四\x1b[2J.txt"])
def test_name_of_a_file_is_shown_not_obeyed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name.replace("/", "|")
    path.write_text("\n".join(SENTENCES))
    result = CliRunner().invoke(cli, ["score", str(path), str(tmp_path / "none[/x].txt")])
    assert "\x1b[2J" not in result.output
    assert result.exit_code == 1
    assert "none[/x].txt" in result.stderr


def test_name_that_is_no_text_can_stand_in_json(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bad\xff.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(SENTENCES))
    target = tmp_path / "found.json"
    result = CliRunner().invoke(cli, ["score", os.fsdecode(path), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert json.loads(target.read_bytes())["reports"][0]["source"] == os.fsdecode(path)


def test_files_of_one_text_are_said_to_be_so(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("\n".join(SENTENCES))
    result = CliRunner().invoke(cli, ["score", *map(str, paths), "--format", "json"])
    for report, other in zip(json.loads(result.stdout)["reports"], paths[::-1], strict=True):
        assert report["warnings"] == [f"the same text as {str(other)!r}: not compared with it"]
        assert all(passage["matches"] == [] for passage in report["passages"])
