"""Scenarios far out that the checker accepts: they end in a record or in a message, never in a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from worlds import Provinces, fixed, small_province

from sim.model.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from worlds import Provinces, fixed, small_province
from sim.model.simulate import simulate
loaded = Provinces(Path(sys.argv[1])).load(small_province(2, 1, 2), sets=sys.argv[2:])
print(simulate(loaded, 1, 0, certain=True).tally["jobs_created"])
"""


def test_work_longer_than_the_calendar(tmp_path: Path) -> None:
    """A signature that takes 900 days, by a leader who then leaves on a journey."""
    sets = (
        "people.service_shape=constant",
        fixed("people.sign_wet", "900 days"),
        fixed("people.leader_absence_share", "50 %"),
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "far"), *sets],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 1000


@pytest.mark.parametrize(
    "sets",
    [
        [fixed(f"post.{distance}", "900 days") for distance in ("local", "district", "commune", "outside")],
        [fixed("network.ftth.faults_per_year", "100 /year"), fixed("network.ftth.repair", "9000 days")],
        [fixed("network.power_faults_per_year", "0.01 /year")],
        [fixed("network.ftth.up", "1 bit/s")],
        [fixed("people.leader_absence_share", "95 %"), fixed("people.leader_absence_days", "365")],
    ],
    ids=["post takes years", "lines never repaired", "one cut in a century", "one bit a second", "leaders always away"],
)
def test_what_outlasts_the_horizon_is_still_on_its_way(provinces: Provinces, sets: list[str]) -> None:
    record = simulate(provinces.load(small_province(2, 1, 2), sets=sets), 1, 0, certain=True)
    assert record.tally["jobs_created"] > record.tally["jobs_finished"] > 0
    assert record.pending.sum() > 0
