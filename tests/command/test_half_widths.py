"""`run --half-width` adds whole batches until every measure is known closely enough, and the same line goes on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tiny_province import Do, Lienthong


@pytest.mark.slow
def test_replications_are_added_until_both_are_known(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = ("--half-width", "electronic=30", "--half-width", "p:electronic=19 điểm", "--no-variance", "--workers", 0)
    ran = lienthong("run", tiny, "--replications", 5, *words, "--out", "r", LIENTHONG_LANG="en")
    assert ran.returncode == 0, ran.stderr
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    done = manifest["replications_done"]
    assert (manifest["status"], done % 10) == ("done", 0)
    with (tmp_path / "r" / "targets.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["reading"] == "plan")
    assert int(row["n"]) == done >= 20
    assert float(row["p_high"]) - float(row["p_low"]) <= 2 * 0.19
    assert f"95% half-widths after {done} replications" in ran.stderr
    again = lienthong("run", tiny, "--replications", 5, *words, "--out", "r", LIENTHONG_LANG="en")
    assert "already there" in again.stderr


def test_a_width_out_of_reach_is_told_after_the_first_batch(
    tiny: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four replications, here the most, leave a probability at least ±24 points open, whatever they are."""
    monkeypatch.setattr("sim.studies.sequential.MOST", 4)
    monkeypatch.setattr("sim.studies.half_widths.MOST", 4)
    words = ("--half-width", "p:electronic=0.05", "--half-width", "electronic=99", "--no-variance", "--workers", 0)
    code, _, told = do("run", tiny, "--replications", 2, *words, "--out", "r")
    assert code == 0, told
    assert told.count("narrower than 4 replications") == 1
    assert "--half-width p:electronic=0.05 (±" in told
    assert "0.05 a twentieth of one point" in told
    assert "stopped at the most, 4" in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--half-width", "electronc=2"), 3, 'did you mean "electronic"?'),
        (("--half-width", "electronic=2 days"), 3, "wrong unit"),
        (("--half-width", "electronic=0"), 3, "greater than 0"),
        (("--half-width", "electronic=2", "--shard", "1/2"), 2, "does not go with --shard"),
    ],
)
def test_what_cannot_be_met_is_refused(
    tiny: Path, words: tuple[str, ...], code: int, said: str, lienthong: Lienthong
) -> None:
    ran = lienthong("run", tiny, *words, LIENTHONG_LANG="en")
    assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr
