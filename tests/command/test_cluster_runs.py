"""`--executor dask://HOST:PORT`: the tables of a local run, from workers that do not see the run folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dask_processes import cluster_in
from tiny_province import Do, Lienthong


def test_without_the_extra_the_way_to_install_it_is_told_and_nothing_begun(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, out, err = do("run", tiny, "--executor", "dask://127.0.0.1:8786", "--out", "here")
    assert (code, out) == (6, "")
    assert err.startswith("the package distributed is not installed; install it with: pip install")
    assert '"distributed>=' in err
    assert not (tmp_path / "here").exists()


@pytest.mark.parametrize("text", ["127.0.0.1:8786", "dask://host", "dask://host:0", "dask://host:70000", "ssh://h:1"])
def test_an_address_that_is_none_is_refused(text: str, do: Do) -> None:
    code, out, err = do("run", "x", "--executor", text)
    assert (code, out) == (2, "")
    assert f'"{text}" is not dask://HOST:PORT; for example dask://10.0.0.5:8786' in err


@pytest.mark.slow
def test_where_nobody_answers_the_run_folder_stays_resumable(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.dask_cluster._SECONDS_TO_ANSWER", 0.5)
    words = ("run", tiny, "--replications", 2, "--out", "here", "--no-variance")
    code, out, err = do(*words, "--executor", "dask://127.0.0.1:9")
    assert (code, out) == (4, "")
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there; start one with" in err
    assert do(*words, "--workers", 0)[0] == 0
    assert (tmp_path / "here" / "targets.csv").is_file()


@pytest.mark.slow
def test_a_cluster_gives_the_tables_of_this_machine(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = ("run", tiny, "--replications", 6)
    (tmp_path / "cluster").mkdir()
    with cluster_in(tmp_path / "cluster") as cluster:
        address = cluster.address.replace("tcp://", "dask://")
        far = lienthong(*words, "--executor", address, "--out", "far")
        assert far.returncode == 0, far.stderr
        assert "chạy trên cụm tcp://127.0.0.1:" in far.stderr
    near = lienthong(*words, "--workers", 2, "--out", "near")
    assert near.returncode == 0, near.stderr
    tables = sorted(path.name for path in (tmp_path / "near").glob("*.csv"))
    assert [(tmp_path / "far" / name).read_bytes() for name in tables] == [
        (tmp_path / "near" / name).read_bytes() for name in tables
    ]
    assert len(tables) >= 10


def test_a_scenario_that_travels_gives_the_bytes_it_gives_where_it_lies(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.scenario.loading import load
    from sim.studies.case import case_of
    from sim.studies.folder import RunFolder
    from sim.studies.model_spec import ModelSpec, replicate
    from sim.studies.remote_spec import OtherProgramError, packed, replicate_packed

    case = case_of(load(tiny))
    folder = RunFolder.claim(tmp_path / "run", case.run_hash)
    case.write_into(folder)
    plain = case.cell(folder.path).spec
    assert isinstance(plain, ModelSpec)
    results = set()
    for spec in (plain, replace(plain, second_luck=True), replace(plain, sets=("budget.scale.I.1=2",))):
        near, far = replicate(spec, 3), replicate_packed(packed(spec), 3)
        assert near == far
        results.add(near)
    assert len(results) == 3, "the three differ, so that none of it was left behind"
    sent = packed(plain)
    monkeypatch.setattr("sim.studies.remote_spec.program", lambda: "another")
    with pytest.raises(OtherProgramError, match="this worker runs another"):
        replicate_packed(sent, 3)
