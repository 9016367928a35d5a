"""`compare` says which case is best, divides a joint gain, and tells what common luck is worth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_province import Lienthong, table


@pytest.mark.slow
def test_combined_options_are_all_simulated_and_their_gain_adds_up(
    tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    words = ("--options", "poll_5_min,faster_procurement", "--combine", "--indifference", "2 điểm")
    ran = lienthong("compare", tiny, *words, "--replications", 4, "--workers", 0, "--out", "c", LIENTHONG_LANG="en")
    assert ran.returncode == 0, ran.stderr
    folder = tmp_path / "c"
    cells = {row["cell"]: row for row in table(folder, "compare") if row["reading"] == "plan"}
    assert list(cells)[-1] == "options:poll_5_min+faster_procurement"
    ranking = table(folder, "ranking")
    assert {row["cell"] for row in ranking} == set(cells)
    assert {float(row["indifference"]) for row in ranking} == {0.02}
    assert [row["is_best"] for row in ranking].count("1") == 1
    parts = table(folder, "split")
    joint = float(cells["options:poll_5_min+faster_procurement"]["difference_mean"])
    assert sum(float(row["part_mean"]) for row in parts) == pytest.approx(joint, abs=1e-9)
    for row in parts:
        alone = float(cells[f"option:{row['option']}"]["difference_mean"])
        assert float(row["alone_mean"]) == pytest.approx(alone, abs=1e-9)
    again = lienthong("compare", tiny, *words, "--replications", 4, "--workers", 0, "--out", "c", "--json")
    assert [row["cell"] for row in json.loads(again.stdout)["ranking"]] == [row["cell"] for row in ranking]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--options", "poll_5_min", "--combine"), "--combine needs 2 to 5 options"),
        (("--options", "poll_5_min", "--indifference", "0"), "is not 0 to 50 percentage points"),
    ],
)
def test_what_cannot_be_combined_is_refused(
    tiny: Path, words: tuple[str, ...], said: str, lienthong: Lienthong
) -> None:
    ran = lienthong("compare", tiny, *words, LIENTHONG_LANG="en")
    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr
