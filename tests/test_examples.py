"""The reuse planted in the example reports is found, and called what it is."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import taohua
from taohua.scored import Scored
from taohua.survey import Survey, survey

FOLDER = Path(str(files("taohua.data")))
PATHS = sorted(FOLDER.glob("example_*.txt"))
PLANTED = json.loads((Path(__file__).parent / "planted.json").read_text("utf-8"))
Place = tuple[str, int, int]


@pytest.fixture(scope="module")
def scored() -> Scored:
    return taohua.score(PATHS)


@pytest.fixture(scope="module")
def surveyed() -> Survey:
    return survey(PATHS)


def place(member: list[str]) -> Place:
    file, first, last = member
    path = FOLDER / file
    text = path.read_text("utf-8")
    start = text.index(first)
    return str(path), start, text.index(last, start) + len(last)


def covered(scored: Scored, own: Place, other: str, kinds: set[str]) -> float:
    """Share of a stretch that matches of these kinds with another document cover."""
    path, start, end = own
    (report,) = (report for report in scored.reports if report.source == path)
    found: set[int] = set()
    for passage in report.passages:
        for match in passage.matches:
            if match.document == other and match.kind in kinds:
                for span in match.spans:
                    found.update(range(max(span.start, start), min(span.end, end)))
    return len(found) / (end - start)


def of_kind(kind: str) -> list[Any]:
    entries = [entry for entry in PLANTED if entry["kind"] == kind]
    assert entries
    return [pytest.param(entry["members"], id=entry["note"][:40]) for entry in entries]


@pytest.mark.parametrize("members", of_kind("copied"))
def test_copied_passages_match_on_both_sides(scored: Scored, members: list[list[str]]) -> None:
    places = [place(member) for member in members]
    for own in places:
        for other in places:
            if own != other:
                # a formula inside a copied passage is still a formula
                kinds = {"copied", "template", "formula"}
                assert covered(scored, own, other[0], kinds) > 0.7


@pytest.mark.parametrize("members", of_kind("template"))
def test_templates_are_called_templates(scored: Scored, members: list[list[str]]) -> None:
    places = [place(member) for member in members]
    for own in places:
        for other in places:
            if own[0] != other[0]:
                assert covered(scored, own, other[0], {"template"}) > 0.8


@pytest.mark.parametrize("members", of_kind("template"))
def test_templates_are_mined_with_all_their_members(
    surveyed: Survey, members: list[list[str]]
) -> None:
    places = {place(member) for member in members}
    for template in surveyed.templates:
        inside = {
            own
            for own in places
            for found, _ in template.members
            if found.document == own[0] and found.start <= own[1] and own[2] <= found.end
        }
        if inside == places:
            assert len(template.slots) >= 4
            return
    pytest.fail("no template holds every planted member")


def test_formulas_are_not_called_copied(scored: Scored) -> None:
    for entry in PLANTED:
        if entry["kind"] == "formula":
            for member in entry["members"]:
                own = place(member)
                for report in scored.reports:
                    assert covered(scored, own, report.source, {"copied"}) == 0


def test_every_theme_occurs(scored: Scored) -> None:
    found = {name for report in scored.reports for name in report.themes}
    assert found == set(taohua.ThemeClassifier.pretrained().classes_)


def test_every_kind_occurs(scored: Scored) -> None:
    for kind in ("formula", "template", "copied", "own"):
        assert any(report.shares[kind] > 0 for report in scored.reports)
