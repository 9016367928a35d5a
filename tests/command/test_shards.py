"""Shards run apart and merged are the undivided study, to the byte; what does not belong together is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tiny_province import Do

from sim.command import main as program
from sim.studies.cell import Cell
from sim.studies.execution import Shard
from sim.studies.journal import Journal

REPLICATIONS = 5


@pytest.fixture(scope="module")
def parts(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the undivided run `whole` and its shards `first` and `second`."""
    folder = tmp_path_factory.mktemp("parts")
    words = ["run", str(tiny), "--replications", str(REPLICATIONS), "--workers", "0"]
    assert program.main([*words, "--out", str(folder / "whole")]) == 0
    assert program.main([*words, "--shard", "1/2", "--out", str(folder / "first")]) == 0
    assert program.main([*words, "--shard", "2/2", "--out", str(folder / "second")]) == 0
    return folder


@pytest.fixture
def here(parts: Path, tmp_path: Path) -> Path:
    """A copy of those three in the folder the program runs in."""
    for name in ("whole", "first", "second"):
        shutil.copytree(parts / name, tmp_path / name)
    return tmp_path


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def test_every_replication_is_in_exactly_one_shard_and_stays_there_when_more_are_asked_for() -> None:
    for of in (1, 2, 3, 7):
        shards = [Shard(number, of) for number in range(1, of + 1)]
        for replication in range(40):
            assert sum(shard.holds(replication) for shard in shards) == 1
        sizes = [sum(shard.holds(replication) for replication in range(20)) for shard in shards]
        assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("text", ["0/2", "3/2", "1/0", "2", "1/2/3", "-1/2", "1 / 2", "٢/3", "1/99999", ""])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    assert Shard.read(text) is None


def test_a_shard_has_no_tables_and_tells_how_to_merge(here: Path, do: Do) -> None:
    assert tables(here / "first") == {}
    assert not list((here / "first").glob("report*"))
    manifest = json.loads((here / "first" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["status"], manifest["shard"]) == ("partial", "1/2")
    assert (manifest["replications_asked"], manifest["replications_done"]) == (5, 3)
    code, out, _ = do("status", "first")
    assert code == 0
    assert out == "first  3/5 replications, shard 1/2  partial, resumable  Small province, to 31 Mar 2016\n"
    code, out, err = do("extend", "first", "--replications", 1)
    assert (code, out) == (3, "")
    assert "first: holds shard 1/2 only; merge the shards first" in err


def test_merged_shards_give_the_undivided_tables_whatever_their_order(here: Path, do: Do) -> None:
    code, out, err = do("merge", "second", "first", "--out", "merged", "--json")
    assert code == 0, err
    answer = json.loads(out)
    assert answer["replications"] == {"asked": 5, "done": 5, "failed": 0}
    assert answer["status"] == "done"
    assert tables(here / "merged") == tables(here / "whole")
    assert len(tables(here / "merged")) >= 10
    assert (here / "merged" / "report.vi.html").is_file()
    again = do("merge", "first", "second", "whole", "--out", "merged")
    assert again[0] == 0
    assert "took 0 simulations" in again[2], "what is there already is not taken twice"
    assert tables(here / "merged") == tables(here / "whole")


@pytest.mark.slow
def test_a_merge_with_a_shard_missing_counts_what_there_is_and_says_how_to_go_on(here: Path, do: Do) -> None:
    code, out, err = do("merge", "first", "--out", "merged", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["status"] == "partial"
    assert answer["replications"]["done"] == 3
    assert [target["n"] for target in answer["targets"]] == [3, 3, 3]
    assert "3 of 5 replications; still to run: 1, 3" in err
    resumed = do("run", "merged/scenario.resolved.toml", "--replications", 5, "--workers", 0, "--out", "merged")
    assert resumed[0] == 0
    assert tables(here / "merged") == tables(here / "whole")


def test_shards_of_different_studies_are_refused_with_what_differs_and_nothing_is_written(
    tiny: Path, here: Path, do: Do
) -> None:
    words = ("run", tiny, "--replications", 2, "--workers", 0, "--shard", "2/2")
    assert do(*words, "--seed", 5, "--out", "seed")[0] == 0
    assert do(*words, "--set", "network.poll_interval=6 min", "--out", "poll")[0] == 0
    code, out, err = do("merge", "first", "seed", "poll", "--out", "merged")
    assert (code, out) == (3, "")
    assert "seed: differs from first in seed\n" in err
    assert "poll: differs from first in content of the scenario\n" in err
    assert "only shards of the same command" in err
    assert not (here / "merged").exists()


def test_two_different_results_for_one_replication_are_refused_and_nothing_is_written(here: Path, do: Do) -> None:
    shutil.copytree(here / "first", here / "liar")
    (here / "liar" / "runs.sqlite").unlink()
    with Journal.to_read(here / "first") as honest, Journal.to_write(here / "liar") as liar:
        cells = [Cell(cell.label, cell.description, cell.seed, None) for cell in honest.cells()]
        for cell in cells:
            liar.add_cell(cell)
            for number, payload in honest.payloads(cell.cell_hash):
                liar.record_done(cell, number, 1.0, 1, payload[::-1] if number == 2 else payload)
    code, out, err = do("merge", "first", "second", "liar", "--out", "merged")
    assert (code, out) == (3, "")
    assert "liar/runs.sqlite: replication 2 of tinh-nho differs from " in err
    assert "Traceback" not in err
    assert not (here / "merged").exists()


def test_a_folder_without_a_run_and_one_from_another_program_are_refused(
    here: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "empty").mkdir()
    assert do("merge", "first", "empty", "--out", "merged")[2] == "empty: there is no run of lienthong in it\n"
    (here / "empty/manifest.json").write_text("{}", encoding="utf-8")
    assert (
        "empty: it keeps the tables and pictures of a run and not"
        in do("merge", "first", "empty", "--out", "merged")[2]
    )
    for module in ("case", "version"):
        monkeypatch.setattr(f"sim.studies.{module}.program_hash", lambda: "0123456789abcdef")
    code, _, err = do("merge", "first", "second", "--out", "merged")
    assert code == 3
    assert "first: changed since that run: the program (" in err
    assert "-> 0123456789abcdef)" in err
    assert not (here / "merged").exists()


@pytest.mark.slow
def test_a_comparison_in_shards_keeps_its_pairs(tiny: Path, tmp_path: Path, do: Do) -> None:
    words = ("compare", tiny, "--options", "poll_5_min", "--replications", 3, "--workers", 0)
    assert do(*words, "--out", "whole")[0] == 0
    for number in (1, 2):
        code, out, _ = do(*words, "--shard", f"{number}/2", "--out", f"part{number}", "--json")
        assert code == 0
        assert json.loads(out)["shard"] == {"number": number, "of": 2}
    code, _, err = do("merge", "part1", "part2", "--out", "merged")
    assert code == 0, err
    assert tables(tmp_path / "merged") == tables(tmp_path / "whole")
    assert "compare.csv" in tables(tmp_path / "merged")


def test_without_a_folder_named_shards_do_not_meet_in_one(tiny: Path, tmp_path: Path, do: Do) -> None:
    for number in (1, 2):
        assert do("run", tiny, "--replications", 2, "--workers", 0, "--shard", f"{number}/2")[0] == 0
    names = sorted(path.name.partition("@")[2][12:] for path in (tmp_path / "results").iterdir())
    assert names == ["-shard-1-of-2", "-shard-2-of-2"]
    dry = do("run", tiny, "--replications", 5, "--workers", 0, "--shard", "2/2", "--dry-run", "--json")
    assert json.loads(dry[1])["replications"] == {"asked": 2, "held": 1, "left": 1}


def test_a_sweep_is_shared_by_cells_and_its_merge_writes_the_undivided_tables(
    tiny: Path, tmp_path: Path, do: Do
) -> None:
    words = ("sweep", tiny, "--over", "budget.scale.I.1=0:2:5", "--workers", 0)
    assert do(*words, "--out", "whole")[0] == 0
    sizes = []
    for number in (1, 2):
        code, out, _ = do(*words, "--shard", f"{number}/2", "--out", f"part{number}")
        assert (code, out.splitlines()[0].partition(", in")[0]) == (
            0,
            f"shard {number}/2: {4 - number} of the {4 - number} simulations",
        )
        with Journal.to_read(tmp_path / f"part{number}") as journal:
            sizes.append(journal.verify())
    assert sizes == [3, 2]
    code, _, err = do("merge", "part1", "part2", "--out", "merged")
    assert code == 0, err
    assert "5/5" not in err, "nothing is simulated"
    assert "response.csv" in tables(tmp_path / "merged")
    assert tables(tmp_path / "merged") == tables(tmp_path / "whole")
