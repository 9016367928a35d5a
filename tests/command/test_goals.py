"""`goal` on a plan whose least money is known: four communes lack e-office, and one costs ten million."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_province import PURCHASE, Lienthong, started, table, write_tiny

from sim.scenario.sheet import columns
from sim.scenario.tables import Purchase

NEEDED = 40.0
"""Million VND: four communes without e-office, ten each, all of it from line I.1."""
TARGET = """
[[targets]]
id = "installed"
title = { vi = "Xã có văn phòng điện tử", en = "Communes with e-office" }
measure = "eoffice_installed_share"
scope = "tier:commune"
threshold = { value = "100 %", kind = "fixed", basis = "plan", source = "test" }
due = 2016-03-31
unit = "agency"
event = "state"
source = "test"
"""
CERTAIN = {
    "budget.central_reliability": '"100 %"',
    "budget.approval_month": "1",
    "budget.procurement": '"1 days"',
    "budget.sites_per_month": "1000",
    "budget.slip_share": '"0 %"',
    "budget.stop_share": '"0 %"',
    "budget.web_service_odds": '"100 %"',
}
SETS = [
    word for key, value in CERTAIN.items() for word in ("--set", f"{key}.value={value}", "--set", f'{key}.kind="fixed"')
]
SOUGHT = (*SETS, "--target", "installed", "--replications", 3, "--workers", 0)


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny province whose line I.1, 100 million, buys e-office for communes and nothing else."""
    folder = tmp_path_factory.mktemp("bought")
    path = write_tiny(folder)
    cost = {"kind": "eoffice_web_service", "unit_cost_million_vnd": "10", "unit_cost_low": "10", "unit_cost_high": "10"}
    row = ",".join((PURCHASE | cost | {"tiers": "commune"}).get(column, "") for column in columns(Purchase))
    (folder / "purchases.csv").write_text(",".join(columns(Purchase)) + f"\n{row}\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + TARGET, encoding="utf-8")
    return path


def test_the_least_money_is_found_and_checked_with_fresh_futures(
    bought: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    words = ("goal", bought, *SOUGHT, "--over", "budget.scale.I.1=0:2", "--samples", 20)
    ran = lienthong(*words, "--out", "g", "--json")
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert (answer["goal"]["verdict"], answer["status"]) == ("found", "done")
    assert 1 <= answer["goal"]["checks"] <= 4
    chosen = next(row for row in table(tmp_path / "g", "goal_points") if row["is_answer"] == "1")
    assert NEEDED <= float(chosen["cost_TW_million_vnd"]) <= 1.05 * NEEDED
    assert float(chosen["cost_million_vnd"]) == float(chosen["cost_TW_million_vnd"])
    assert (chosen["reached"], chosen["n"], chosen["fresh_reached"], chosen["fresh_n"]) == ("3", "3", "6", "6")
    for row in table(tmp_path / "g", "goal_points"):
        assert (row["reached"] == "3") == (float(row["cost_million_vnd"]) >= NEEDED - 1e-6)
    assert (tmp_path / "g" / "goal.vi.html").is_file()
    assert lienthong("report", "g").returncode == 0
    refused = lienthong("extend", "g", "--replications", 1, LIENTHONG_LANG="en")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "which chooses what to try" in refused.stderr


@pytest.mark.slow
def test_a_killed_search_goes_on_to_the_same_answer(bought: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = ("goal", bought, *SOUGHT, "--over", "budget.scale.I.1=0:2", "--samples", 9)
    assert lienthong(*words, "--out", "whole").returncode == 0
    process = started(tmp_path, *words, "--out", "killed")
    assert process.stderr is not None
    for line in process.stderr:
        if "đã thử" in line:
            break
    process.kill()
    process.communicate(timeout=60)
    assert lienthong(*words, "--out", "killed").returncode == 0
    whole = (tmp_path / "whole" / "goal_points.csv").read_bytes()
    assert (tmp_path / "killed" / "goal_points.csv").read_bytes() == whole
    assert lienthong(*words, "--out", "other", "--workers", 2).returncode == 0
    assert (tmp_path / "other" / "goal_points.csv").read_bytes() == whole


@pytest.mark.slow
def test_too_tight_bounds_are_infeasible_and_say_what_comes_closest(
    bought: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    words = ("--over", "budget.scale.I.1=0:0.3", "--over", "people.clerks_added=0:2", "--samples", 9)
    ran = lienthong("goal", bought, *SOUGHT, *words, "--out", "g", LIENTHONG_LANG="en")
    assert ran.returncode == 0, ran.stderr
    assert "Infeasible within the bounds given" in ran.stdout
    assert "target 2 (installed): reached in 0.0% of the futures, median 87.5%" in ran.stdout.lower()
    assert "has no price and counts as free" in ran.stdout
    assert {row["is_answer"] for row in table(tmp_path / "g", "goal_points")} == {"0"}
    assert {float(row["people.clerks_added"]) for row in table(tmp_path / "g", "goal_points")} <= {0.0, 1.0, 2.0}


CLERKS = ("--target", "installed", "--over", "people.clerks_added=0:2")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--over", "budget.scale.I.1=0:2"), 2, "name a --target"),
        (("--target", "instaled", "--over", "budget.scale.I.1=0:2"), 3, 'did you mean "installed"?'),
        ((*CLERKS, "--price", "people.clerk=1 VND"), 3, "not varied"),
        ((*CLERKS, "--price", "people.clerks_added=1"), 3, "no unit"),
        (("--target", "installed", "--over", "budget.scale.I.1=0:2", "--probability", "80"), 2, "not a probability"),
    ],
)
def test_what_cannot_be_sought_is_refused(
    bought: Path, words: tuple[str, ...], code: int, said: str, lienthong: Lienthong
) -> None:
    ran = lienthong("goal", bought, *words, LIENTHONG_LANG="en")
    assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr
