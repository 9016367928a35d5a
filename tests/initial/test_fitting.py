"""Fitting by rejection on toys whose truth is known."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from initial_toys import TRUTH, reporting, stumbling, toy_cell, try_candidates, wordy

from sim.studies.executors import InProcess
from sim.studies.fitting import FEWEST_KEPT, Band, Candidate, Tried, distance, fit
from sim.studies.replications import local_executor
from sim.studies.worker import Model

USE = Band("use", TRUTH - 0.05, TRUTH + 0.05)


def tried(folder: Path, number: int, model: Model = reporting) -> Tried:
    """Candidates of the toy, one after another in this process."""
    folder.mkdir(parents=True, exist_ok=True)
    (found,) = try_candidates([(toy_cell(), number)], folder, InProcess(model))
    return found


def made_up(number: int, value: float | None, **more: float | None) -> Candidate:
    return Candidate(number, {"share": 0.5}, {"use": value, **more}, {})


def test_the_truth_is_among_what_is_kept_and_the_range_is_narrower(tmp_path: Path) -> None:
    """Reports within 0.05 of 0.3, noise of 0.02: the kept shares are about 0.25 to 0.35 of a prior from 0 to 1."""
    candidates = tried(tmp_path, 300).candidates
    found = fit([USE], candidates, ())
    shares = sorted(one.candidate.state["share"] for one in found.kept)
    assert len(shares) == found.inside > 15
    assert shares[0] < TRUTH < shares[-1]
    assert shares[-1] - shares[0] < 0.25
    assert sum(shares) / len(shares) == pytest.approx(TRUTH, abs=0.02)
    prior = [candidate.state["share"] for candidate in candidates]
    assert max(prior) - min(prior) > 0.9
    assert all(USE.miss(one.candidate.values["use"]) == one.distance == 0.0 for one in found.kept)


def test_a_band_nothing_reaches_is_impossible_and_left_out(tmp_path: Path) -> None:
    """Half of a share is never above one half; the best that any state gives is told, and the rest is fitted."""
    candidates = tried(tmp_path, 200).candidates
    wide = [Candidate(0, {"share": 1.0}, {"use": 1.0, "half": 0.5}, {})]
    half = Band("half", 0.6, 0.7)
    found = fit([USE, half], candidates, wide)
    assert found.impossible == {"half"}
    assert found.beyond == frozenset()
    assert found.nearest["half"].values["half"] == 0.5
    alone = fit([USE], candidates, wide)
    assert found.kept == alone.kept
    assert len(found.kept) >= FEWEST_KEPT


def test_a_band_only_wide_candidates_reach_contradicts_the_ranges(tmp_path: Path) -> None:
    candidates = tried(tmp_path, 200).candidates
    wide = [Candidate(0, {"share": 1.3}, {"use": 1.3, "half": 0.65}, {})]
    found = fit([USE, Band("half", 0.6, 0.7)], candidates, wide)
    assert (found.impossible, found.beyond) == (frozenset(), {"half"})
    best = found.nearest["half"]
    assert best in candidates
    assert best.values["half"] == max(candidate.values["half"] or 0.0 for candidate in candidates)
    assert found.kept == fit([USE], candidates, wide).kept


def test_few_inside_are_made_up_to_ten_by_the_nearest() -> None:
    """Of forty values 0.0, 0.1, 0.2... two are inside: ten are kept, of equals the first first."""
    candidates = [made_up(number, number / 10) for number in range(40)]
    found = fit([Band("use", 0.95, 1.15)], candidates, ())
    assert found.inside == 2
    assert [one.candidate.number for one in found.kept] == [10, 11, 9, 12, 8, 13, 7, 14, 6, 15]
    assert [one.distance for one in found.kept[:4]] == pytest.approx([0.0, 0.0, 0.25, 0.25])
    few = fit([Band("use", 0.95, 1.15)], candidates[8:13], ())
    assert [one.candidate.number for one in few.kept] == [10, 11, 9, 12, 8]


def test_no_candidate_inside_two_bands_leaves_the_nearest_in_widths_of_the_bands() -> None:
    """One band is met at 0.2, the other at 0.8; half-way costs (0.3/0.1, 0.3/0.2): root of 9 and 2.25."""
    use, half = Band("use", 0.1, 0.2), Band("half", 0.8, 1.0)
    candidates = [made_up(number, number / 20, half=number / 20) for number in range(21)]
    found = fit([use, half], candidates, ())
    assert found.inside == 0
    assert not found.impossible | found.beyond
    assert distance([use, half], candidates[10]) == pytest.approx(math.sqrt(9 + 2.25))
    costs = {n: math.hypot(max(n / 20 - 0.2, 0.0, 0.1 - n / 20) / 0.1, max(0.8 - n / 20, 0.0) / 0.2) for n in range(21)}
    wanted = sorted(costs, key=lambda n: (costs[n], n))[:3]
    assert [one.candidate.number for one in found.kept] == wanted
    assert [one.distance for one in found.kept] == pytest.approx([costs[n] for n in wanted])


def test_ten_inside_are_enough_and_nobody_else_is_kept() -> None:
    candidates = [made_up(number, 0.5 if number < FEWEST_KEPT else 0.61) for number in range(200)]
    found = fit([Band("use", 0.4, 0.6)], candidates[::-1], ())
    assert [one.candidate.number for one in found.kept] == list(range(FEWEST_KEPT))
    fewer = fit([Band("use", 0.4, 0.6)], candidates[1:], ())
    assert (fewer.inside, len(fewer.kept)) == (FEWEST_KEPT - 1, FEWEST_KEPT)


def test_what_was_not_counted_is_never_kept_and_a_band_never_counted_is_impossible() -> None:
    candidates = [made_up(number, None if number % 2 else 0.5, half=None) for number in range(40)]
    found = fit([Band("use", 0.4, 0.6), Band("half", 0.0, 1.0)], candidates, [made_up(0, 0.5, half=None)])
    assert found.impossible == {"half"}
    assert [one.candidate.number for one in found.kept] == list(range(0, 40, 2))
    with pytest.raises(ValueError, match="no candidate"):
        fit([USE], [], [])


def test_what_the_past_refutes_is_never_kept_and_is_counted_by_reason() -> None:
    """Of forty that are inside, ten drowned, five of them with refusals besides; no band is reached by those alone."""
    drowned, both = ("registry:office",), ("registry:office", "refusals")
    candidates = [
        replace(made_up(number, 0.5), refuted=both if number < 5 else drowned if number < 10 else ())
        for number in range(40)
    ]
    found = fit([Band("use", 0.4, 0.6)], candidates, ())
    assert [one.candidate.number for one in found.kept] == list(range(10, 40))
    assert (found.inside, found.refuted) == (30, {"refusals": 5, "registry:office": 10})
    alone = [replace(made_up(0, 0.9), refuted=drowned), *candidates[10:]]
    assert fit(
        [Band("high", 0.8, 1.0)], [replace(one, values={"high": one.values["use"]}) for one in alone], ()
    ).impossible
    with pytest.raises(ValueError, match="no candidate"):
        fit([Band("use", 0.4, 0.6)], candidates[:10], ())
    again = [Candidate(3, {"share": 0.5}, {"use": 0.5}, {}, both), Candidate(4, {"share": 0.5}, {"use": 0.5}, {})]
    assert [json.loads(one.encoded()).get("refuted") for one in again] == [list(both), None]


@pytest.mark.parametrize(
    ("value", "miss"), [(0.1, 1.0), (0.2, 0.0), (0.25, 0.0), (0.3, 0.0), (0.35, 0.5), (None, math.inf)]
)
def test_misses_are_counted_in_widths_of_the_band(value: float | None, miss: float) -> None:
    assert Band("use", 0.2, 0.3).miss(value) == pytest.approx(miss)


def test_the_same_candidates_from_any_number_of_workers(tmp_path: Path) -> None:
    found = []
    for workers in (0, 1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        executor = local_executor(reporting, workers)
        try:
            found.append(try_candidates([(toy_cell("stated"), 12), (toy_cell("wide"), 5)], folder, executor))
        finally:
            executor.stop()
    assert found[0] == found[1] == found[2]
    stated, wide = found[0]
    assert [candidate.number for candidate in stated.candidates] == list(range(12))
    assert len(wide.candidates) == 5
    assert stated.candidates[0] != wide.candidates[0]


def test_more_candidates_leave_the_first_ones_as_they_were(tmp_path: Path) -> None:
    few, many = tried(tmp_path / "few", 5), tried(tmp_path / "many", 9)
    assert many.candidates[:5] == few.candidates
    again = tried(tmp_path / "many", 5)
    assert again == few


def test_candidates_that_fail_are_told_and_left_out(tmp_path: Path) -> None:
    found = tried(tmp_path, 8, stumbling)
    assert [candidate.number for candidate in found.candidates] == [0, 1, 2, 4, 5, 6]
    assert [failure.number for failure in found.failures] == [3, 7]
    assert "candidate 3 contradict" in found.failures[0].error


def test_a_model_that_returns_something_else_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="candidate 0 came back"):
        tried(tmp_path, 2, wordy)
