import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taohua.documents.errors import TaohuaError
from taohua.features.slots import MARKERS
from taohua.models.runs import Run, shared_runs

COUNT, PLACE = MARKERS["count"], MARKERS["place"]
CLAUSE = "把渔港巡回审判点建到码头边上"  # 14 characters
LONGER = CLAUSE + "让渔民少跑路少花钱"


@pytest.mark.parametrize(
    ("skeletons", "expected"),
    [
        # nothing, one passage, nothing shared, nothing long enough
        ([], []),
        (["", ""], []),
        ([CLAUSE], []),
        ([CLAUSE, "春天里万物生长江水奔流入海"], []),
        ([CLAUSE[:12] + "甲", CLAUSE[:12] + "乙"], []),
        # a clause in three, and what two of them share around it
        (
            ["甲" + LONGER, "乙" + CLAUSE + "丙", "丁" + LONGER],
            [Run(LONGER, ((0, 1), (2, 1))), Run(CLAUSE, ((0, 1), (1, 1), (2, 1)))],
        ),
        # whole passages, and copies within one passage only
        ([CLAUSE, CLAUSE, "别"], [Run(CLAUSE, ((0, 0), (1, 0)))]),
        ([CLAUSE + "，" + CLAUSE], []),
        # twice in one passage
        (
            [CLAUSE + "，又" + CLAUSE, "再" + CLAUSE],
            [Run(CLAUSE, ((0, 0), (0, 16), (1, 1)))],
        ),
        # punctuation around a run does not count
        ([f"甲，{CLAUSE}。乙", f"丙，{CLAUSE}。丁"], [Run(CLAUSE, ((0, 2), (1, 2)))]),
        # but counts as long as it is there
        (
            ["甲，渔港巡回审判点建到码头。", "乙，渔港巡回审判点建到码头。"],
            [Run("渔港巡回审判点建到码头", ((0, 2), (1, 2)))],
        ),
        (["甲渔港巡回审判点建到码头乙", "丙渔港巡回审判点建到码头丁"], []),
        # the same words between other marks
        (
            [f"{a}渔港巡回审判点建到码头{b}" for a, b in ("，。", "，。", "、；", "、；")],
            [Run("渔港巡回审判点建到码头", ((0, 1), (1, 1), (2, 1), (3, 1)))],
        ),
        (["，。；！？、：，。；！？、：甲", "，。；！？、：，。；！？、：乙"], []),
        # slots count as one character each, and too many of them are no run
        ([f"新收渔业纠纷{COUNT}诉前化解{COUNT}件"] * 2, 1),
        ([f"新收{COUNT}、{COUNT}、{COUNT}、{COUNT}、{COUNT}、审结{COUNT}"] * 2, 1),
        ([f"新收{COUNT}、{COUNT}、{COUNT}、{COUNT}、{COUNT}、{COUNT}"] * 2, []),
    ],
)
def test_runs_are_found_with_all_their_places(skeletons, expected):
    runs = shared_runs(skeletons)
    if isinstance(expected, int):
        assert len(runs) == expected
    else:
        assert list(runs) == expected


def test_a_run_names_its_passages_once():
    (run,) = shared_runs([CLAUSE + "，又" + CLAUSE, "再" + CLAUSE])
    assert run.passages == (0, 1)


def brute_force(skeletons, length):
    """What two passages share at places where they differ before and after."""
    found = set()
    for i, one in enumerate(skeletons):
        for j in range(i + 1, len(skeletons)):
            two = skeletons[j]
            for a in range(len(one)):
                for b in range(len(two)):
                    if a and b and one[a - 1] == two[b - 1]:
                        continue
                    size = 0
                    while one[a + size : a + size + 1] == two[b + size : b + size + 1] != "":
                        size += 1
                    if size >= length:
                        found.add(one[a : a + size])
    return found


def contexts(skeletons, text, distance):
    """The characters at a distance from all places of a text; the ends of passages all differ."""
    return {
        skeleton[start + distance] if 0 <= start + distance < len(skeleton) else (i, distance)
        for i, skeleton in enumerate(skeletons)
        for start in range(len(skeleton))
        if skeleton.startswith(text, start)
    }


@given(st.lists(st.text("甲乙丙", max_size=14), max_size=5), st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_runs_are_what_two_passages_share_and_cannot_extend(skeletons, length):
    runs = shared_runs(skeletons, length, min_fixed=0)
    assert {run.text for run in runs} >= brute_force(skeletons, length)
    for run in runs:
        assert len(contexts(skeletons, run.text, -1)) > 1
        assert len(contexts(skeletons, run.text, len(run.text))) > 1
        assert len(run.passages) > 1
        assert list(run.places) == sorted(set(run.places))
        for passage, start in run.places:
            assert skeletons[passage].startswith(run.text, start)


@given(st.lists(st.text("甲乙，" + COUNT, max_size=12), max_size=5))
@settings(max_examples=80, deadline=None)
def test_every_passage_that_holds_a_run_is_among_its_places(skeletons):
    for run in shared_runs(skeletons, 3, min_fixed=1):
        holders = tuple(i for i, skeleton in enumerate(skeletons) if run.text in skeleton)
        if len(run.text) < 3:  # with marks around it
            assert set(run.passages) <= set(holders)
        else:
            assert run.passages == holders
        places = zip(run.places, run.places[1:], strict=False)
        assert all(a[0] < b[0] or a[1] + len(run.text) <= b[1] for a, b in places)
        assert (run.text[0] + run.text[-1]).strip("，") == run.text[0] + run.text[-1]


def test_repetition_makes_no_explosion_of_places():
    runs = shared_runs(["好" * 400] * 3)
    assert max(len(run.text) for run in runs) == 400
    assert sum(len(run.places) for run in runs) < 3 * 400 * 7


@pytest.mark.parametrize(
    ("skeletons", "length", "message"),
    [
        (["甲"], 0, "length must be 1 or more, got 0"),
        ("甲", 13, "skeletons must be a list of texts, got one string"),
        (None, 13, "skeletons must be a list of texts, got NoneType"),
        (["甲", 3], 13, "skeletons must be strings, got int at position 1"),
    ],
)
def test_mistakes_are_named(skeletons, length, message):
    with pytest.raises(TaohuaError, match=message):
        shared_runs(skeletons, length)
