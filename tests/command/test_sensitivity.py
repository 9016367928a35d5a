"""`sensitivity`: from a new design, from a run and from a sweep that are there; what is missing is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tiny_province import Lienthong, table

OVER = ("--over", "budget.scale.I.1=0:2", "--over", "people.scan", "--over", "start.registry_only_share")


@pytest.mark.slow
def test_a_design_of_its_own_keeps_levers_and_unknowns_apart(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """Line I.1 buys nothing that carries a document: turning it on changes nothing at all."""
    ran = lienthong("sensitivity", tiny, *OVER, "--samples", 3, "--workers", 0, "--out", "s", LIENTHONG_LANG="en")
    assert ran.returncode == 0, ran.stderr
    rows = {row["key"]: row for row in table(tmp_path / "s", "effects")}
    assert {row["cells"] for row in rows.values()} == {"12"}
    assert (rows["budget.scale.I.1"]["role"], float(rows["budget.scale.I.1"]["effect"])) == ("lever", 0.0)
    assert (rows["people.scan"]["role"], rows["people.scan"]["method"]) == ("unknown", "morris")
    assert "no lever stands out" in ran.stdout
    for lang, said in (
        ("vi", "Mọi trường hợp gặp cùng một tương lai"),
        ("en", "All cells meet one and the same future"),
    ):
        assert said in (tmp_path / "s" / f"sensitivity.{lang}.html").read_text(encoding="utf-8")
    again = lienthong("sensitivity", "s", "--json")
    effects = [row["effect"] for row in json.loads(again.stdout)["effects"]]
    assert effects == pytest.approx([float(row["effect"]) for row in rows.values()], rel=1e-6)  # ten digits in tables


@pytest.mark.slow
def test_a_run_tells_what_it_hangs_on_without_simulating(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = ("--until", "2016-03-31", "--workers", 0, "--no-variance", "--out", "r")
    assert lienthong("run", tiny, "--replications", 5, *words).returncode == 0
    few = lienthong("sensitivity", "r", LIENTHONG_LANG="en")
    assert (few.returncode, "at least 12 are needed" in few.stderr) == (3, True)
    assert lienthong("extend", "r", "--replications", 9, "--workers", 0).returncode == 0
    before = (tmp_path / "r" / "runs.sqlite").read_bytes()
    ran = lienthong("sensitivity", "r", LIENTHONG_LANG="en")
    assert ran.returncode == 0, ran.stderr
    rows = table(tmp_path / "r", "effects")
    assert {row["method"] for row in rows} == {"pawn"}
    assert len(rows) > 100
    page = (tmp_path / "r" / "sensitivity.vi.html").read_text(encoding="utf-8")
    assert re.findall(r"[(](\d,\d+)–\1[)]", page) == [], "no interval where none was computed"
    assert (tmp_path / "r" / "runs.sqlite").read_bytes() == before
    assert "none of" in ran.stdout
    assert "by 14 simulations" in ran.stdout
    assert "extend r --replications 86" in ran.stdout
    assert lienthong("report", "r").returncode == 0  # the run's own report is still the run's


def test_the_missing_extra_is_named(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    stub = tmp_path / "without" / "SALib"
    stub.mkdir(parents=True)
    stub.joinpath("__init__.py").write_text('raise ModuleNotFoundError("No module named SALib", name="SALib")\n')
    ran = lienthong("sensitivity", tiny, *OVER, "--out", "s", LIENTHONG_LANG="en", PYTHONPATH=str(stub.parent))
    assert (ran.returncode, "SALib is not installed" in ran.stderr) == (6, True), ran.stderr
    assert not (tmp_path / "s").exists()


def test_effects_of_a_sweep_are_given_to_a_machine_and_to_a_notebook(
    tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    import lienthong as lt

    over = ("--over", "budget.scale.I.1=0:2:4", "--over", "documents.wrong_address_share=0 %:40 %:4")
    assert lienthong("sweep", tiny, *over, "--workers", 0, "--out", "cells").returncode == 0
    dry = lienthong("sensitivity", "cells", "--dry-run")
    assert (dry.returncode, "đọc 16 lần mô phỏng đã có trong cells" in dry.stdout) == (0, True), dry.stdout
    assert not (tmp_path / "cells" / "effects.csv").exists()
    looked = lienthong("sensitivity", "cells", "--json")
    assert looked.returncode == 0, looked.stderr
    effects = json.loads(looked.stdout)["effects"]
    frame = lt.open(tmp_path / "cells").effects
    assert [row["effect"] for row in effects] == list(frame["effect"])
    assert {row["key"] for row in effects} == {"budget.scale.I.1", "documents.wrong_address_share"}
