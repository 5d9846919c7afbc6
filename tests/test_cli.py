"""The command line as people use it: what it prints, writes, refuses."""

import csv
import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from factories import SENTENCES

from taohua.cli import cli
from taohua.models.kinds import KINDS

EXAMPLES = sorted(Path(str(files("taohua.data"))).glob("example_*.txt"))
QINGHE = [path for path in EXAMPLES if "qinghe" in path.name]


def run(*args: object, code: int = 0, **options: Any) -> Result:
    result = CliRunner().invoke(cli, [str(arg) for arg in args], **options)
    assert result.exit_code == code, result.output + result.stderr
    return result


def json_of(*args: object, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*args, "--format", "json", code=code).stdout)
    return found


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "县院 报告.txt"
    path.write_text("\n".join(SENTENCES), "utf-8")
    return path


def test_score_prints_title_themes_and_matches() -> None:
    printed = run("score", *QINGHE).stdout
    for expected in ("清河县人民法院2023年工作报告", "刑事与平安", "雷同", "构成", "本院"):
        assert expected in printed
    assert "抄袭" not in printed


def test_tables_speak_english_when_asked() -> None:
    printed = run("score", QINGHE[0], "--lang", "en").stdout
    assert "Criminal justice" in printed
    assert "Made of" in printed


def test_lines_fit_the_width_of_redirected_output() -> None:
    from rich.cells import cell_len

    assert max(map(cell_len, run("score", *EXAMPLES).stdout.splitlines())) <= 100


def test_json_has_the_documented_form() -> None:
    found = json_of("score", *EXAMPLES)
    assert found["schema"] == 1
    assert [report["source"] for report in found["reports"]] == [str(path) for path in EXAMPLES]
    for report, path in zip(found["reports"], EXAMPLES, strict=True):
        raw = path.read_text("utf-8")
        assert report["error"] is None
        assert tuple(report["shares"]) == KINDS
        assert sum(report["shares"].values()) == pytest.approx(1)
        assert "".join(raw[b["start"] : b["end"]] for b in report["blocks"]) == raw
        for section in report["sections"]:
            assert 0 <= section["start"] < section["end"] <= len(raw)
            assert isinstance(section["themes"], list)
        for passage in report["passages"]:
            assert raw[passage["start"] : passage["end"]] == passage["text"]
            assert sum(passage["shares"].values()) == pytest.approx(1)
            assert passage["boilerplate"]["label"] in ("true", "false", "unclear")
            for theme in passage["themes"]:
                assert theme["band"] in ("accept", "review")
                for span in theme["evidence"]:
                    assert raw[span["start"] : span["end"]] == span["text"]


def test_equal_spans_of_a_match_stand_in_both_files() -> None:
    found = json_of("score", *QINGHE)
    raw = {str(path): path.read_text("utf-8") for path in QINGHE}
    spans = [
        (report["source"], match["document"], span)
        for report in found["reports"]
        for passage in report["passages"]
        for match in passage["matches"]
        for span in match["spans"]
    ]
    assert {span["kind"] for _, _, span in spans} >= {"equal", "slot"}
    for own, other, span in spans:
        here = raw[own][span["start"] : span["end"]]
        there = raw[other][span["other_start"] : span["other_end"]]
        assert (here == there) == (span["kind"] == "equal")


def test_matches_name_direction_and_origin() -> None:
    first, second = json_of("score", *QINGHE)["reports"]
    for report, direction in ((first, "later"), (second, "earlier")):
        matches = [match for passage in report["passages"] for match in passage["matches"]]
        assert {match["direction"] for match in matches} == {direction}
        assert {match["origin"] for match in matches} == {"own"}


def test_year_of_the_title_gives_the_direction_where_no_date_stands(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path, title in zip(paths, ("2022年工作报告", "2023年工作报告", "工作报告"), strict=True):
        path.write_text(f"柳坪县人民法院{title}\n{''.join(SENTENCES)}{title}。")
    first, second, undated = json_of("score", *paths)["reports"]
    found = {
        (report["title"][-9:-4], match["direction"])
        for report in (first, second, undated)
        for passage in report["passages"]
        for match in passage["matches"]
    }
    assert ("2022年", "later") in found
    assert ("2023年", "earlier") in found
    assert {direction for _, direction in found} == {"earlier", "later", "unknown"}


def test_no_match_is_given_twice() -> None:
    for report in json_of("score", *EXAMPLES)["reports"]:
        for passage in report["passages"]:
            seen = [json.dumps(match) for match in passage["matches"]]
            assert len(seen) == len(set(seen))


def test_json_lines_hold_a_report_each() -> None:
    lines = run("score", *QINGHE, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == [str(path) for path in QINGHE]


def test_csv_holds_a_passage_each(tmp_path: Path) -> None:
    target = tmp_path / "found.csv"
    run("score", *QINGHE, "-o", target)
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert {row["source"] for row in rows} == {str(path) for path in QINGHE}
    assert any(row["themes"] == "criminal_security" for row in rows)


def test_csv_cannot_carry_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("=HYPERLINK(1)法院今年受理案件三百件，审结二百九十件，其余正在审理之中。")
    (row,) = csv.DictReader(io.StringIO(run("score", path, "--format", "csv").stdout))
    assert row["text"].startswith("'=HYPERLINK")


def test_output_is_written_whole_and_nothing_else(tmp_path: Path, report: Path) -> None:
    target = tmp_path / "found.json"
    run("score", report, "-o", target)
    assert json.loads(target.read_text("utf-8"))["reports"][0]["passages"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.json", report.name]


def test_standard_input_is_read() -> None:
    text = "\n".join(SENTENCES).encode("gb18030")
    found = json.loads(run("score", "-", "--format", "json", input=text).stdout)
    assert found["reports"][0]["source"] == "-"
    assert len(found["reports"][0]["passages"]) == len(SENTENCES)


def test_file_without_line_breaks_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("".join(SENTENCES) * 8)
    (report,) = json_of("score", path)["reports"]
    assert len(report["passages"]) > 1


def test_other_language_is_scored_with_a_warning_and_without_themes(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("The court heard the case and the enforcement bureau sold the house. " * 5)
    (report,) = json_of("score", path)["reports"]
    assert report["warnings"] == ["the text is not Chinese: no themes are given"]
    assert [passage["themes"] for passage in report["passages"]] == [[]] * len(report["passages"])
    assert "not Chinese" in run("score", path).stdout


def bad_files(folder: Path) -> dict[str, Path]:
    empty, binary, folder_itself = folder / "empty.txt", folder / "photo.txt", folder / "dir.txt"
    empty.write_bytes(b"")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    folder_itself.mkdir()
    wrong, other = folder / "wrong.docx", folder / "old.wps"
    wrong.write_text("这是文字，不是文档。")
    other.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(64))
    named = (empty, binary, folder_itself, wrong, other, folder / "missing.txt")
    return {path.name: path for path in named}


def test_bad_files_are_named_and_the_others_scored(tmp_path: Path, report: Path) -> None:
    bad = bad_files(tmp_path)
    result = run("score", *bad.values(), report, "--format", "json", code=1)
    *failed, good = json.loads(result.stdout)["reports"]
    assert good["passages"]
    assert [item["source"] for item in failed] == [str(path) for path in bad.values()]
    lines = result.stderr.splitlines()
    assert len(lines) == len(bad)
    for name, line in zip(bad, lines, strict=True):
        assert line.startswith("taohua: ")
        assert name in line


def test_table_names_the_file_that_was_not_read(tmp_path: Path, report: Path) -> None:
    printed = run("score", tmp_path / "missing.txt", report, code=1).stdout
    assert "未能读取" in printed
    assert "missing.txt" in printed


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "found.docx"], "must end in one of .json .jsonl .csv .txt, or name --format"),
        (["-o", "nowhere/found.json"], "lies in no folder; make the folder first"),
        (["--model", "nowhere"], "model folder 'nowhere' does not exist"),
    ],
)
def test_user_mistakes_are_one_line_and_exit_code_1(
    report: Path, args: list[str], message: str
) -> None:
    result = run("score", report, *args, code=1)
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_usage_has_exit_code_2(report: Path) -> None:
    run("score", code=2)
    run("score", report, "--format", "yaml", code=2)
    run("unknown", code=2)


def test_boilerplate_finds_the_planted_templates() -> None:
    found = json_of("boilerplate", *EXAMPLES)
    frames = [template["frame"] for template in found["templates"] if template["slots"]]
    assert any("集中执行行动" in frame and "{count}" in frame for frame in frames)
    for template in found["templates"]:
        assert template["support"] >= 3
        for member in template["members"]:
            raw = Path(member["document"]).read_text("utf-8")
            assert 0 <= member["start"] < member["end"] <= len(raw)
            assert len(member["values"]) == len(template["slots"])
    assert found["pairs"]
    assert {report["source"] for report in found["reports"]} == {str(path) for path in EXAMPLES}


def test_boilerplate_prints_frames_and_paragraphs_without_a_fact() -> None:
    printed = run("boilerplate", *EXAMPLES).stdout
    assert "〔数量〕" in printed
    assert "无可核事实的段落" in printed


def test_boilerplate_of_one_file_has_no_template(report: Path) -> None:
    assert json_of("boilerplate", report)["templates"] == []
    assert "未发现" in run("boilerplate", report).stdout


def test_boilerplate_csv_holds_a_member_each() -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("boilerplate", *EXAMPLES, "--format", "csv").stdout))
    )
    assert len({row["frame"] for row in rows}) < len(rows)


def test_compare_shows_both_sides() -> None:
    printed = run("compare", *QINGHE).stdout
    for expected in ("2023年工作报告", "2024年工作报告", "431件", "402件"):
        assert expected in printed


def test_compare_of_unlike_reports_says_so(tmp_path: Path, report: Path) -> None:
    other = tmp_path / "b.txt"
    other.write_text("图书室新到一批小说，借阅的人从早到晚排着队。")
    assert "没有共同的段落" in run("compare", report, other).stdout


def test_compare_with_a_missing_file_stops(report: Path) -> None:
    assert "missing.txt" in run("compare", report, "missing.txt", code=1).stderr


def test_demo_scores_every_example() -> None:
    printed = run("demo").stdout
    assert all(path.name in printed for path in EXAMPLES)


def test_train_writes_a_model_that_scores(tmp_path: Path, report: Path) -> None:
    from test_labels import labelled_file

    labels = labelled_file(tmp_path / "labels.jsonl")
    printed = run("train", labels, "-o", tmp_path / "model", "--folds", 4).stdout
    assert "micro-F1" in printed
    assert json_of("score", report, "--model", tmp_path / "model")["reports"][0]["passages"]


@pytest.mark.parametrize(
    "command", ["score", "demo", "boilerplate", "compare", "train", "evaluate"]
)
def test_every_option_is_described(command: str) -> None:
    options = cli.commands[command].params
    assert all(option.help for option in options if option.param_type_name == "option")
    assert cli.commands[command].help
    assert command in run("--help").stdout
