"""While a run goes on, its targets are shown as far as they are known, and said to be provisional."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tiny_province import Do

from sim.measure.cells import is_reached, value_of
from sim.measure.payload import decode
from sim.studies.journal import Journal
from sim.studies.manifest import read_manifest


def test_after_two_replications_one_line_says_how_the_targets_stand(tiny: Path, tmp_path: Path, do: Do) -> None:
    words = ("run", tiny, "--replications", 4, "--workers", 0, "--no-variance", "--out", "far", "--lang", "en")
    code, out, err = do(*words)
    assert code == 0
    manifest = read_manifest(tmp_path / "far")
    assert manifest is not None
    with Journal.to_read(tmp_path / "far") as journal:
        (cell,) = journal.cells()
        two = [decode(payload) for number, payload in journal.payloads(cell.cell_hash) if number < 2]
    value = median(value for one in two if (value := value_of(one, "electronic")) is not None)
    reached = sum(is_reached(one, "electronic") for one in two)
    (said,) = [line for line in err.splitlines() if "provisional" in line]
    assert said.startswith("provisional after 2 replications, no verdict yet (median; times reached): 1 (electronic) ")
    assert f"1 (electronic) {100 * value:.1f}%; {reached}/2" in said
    assert "provisional" not in out


def test_with_the_last_replication_comes_the_answer_itself(tiny: Path, do: Do) -> None:
    words = ("run", tiny, "--replications", 2, "--workers", 0, "--no-variance", "--out", "two", "--lang", "en")
    code, _, err = do(*words)
    assert code == 0
    assert "provisional" not in err
