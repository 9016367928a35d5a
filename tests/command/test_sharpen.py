"""`sharpen RUN`: a run beside many draws of a thinned world, which stay in a folder of their own."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from statistics import fmean

import pytest
from tiny_province import Lienthong, table, write_tiny

from sim.measure.cells import value_of
from sim.measure.payload import decode
from sim.measure.sharpening import sharp_mean
from sim.studies.journal import Journal
from sim.studies.manifest import opened

RUNS, DRAWS = 5, 9
TARGET = "electronic"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, and what sharpen made of it, with the thinned draws in a folder beside."""
    from sim.command import main as program

    folder = tmp_path_factory.mktemp("sharpen")
    tiny = write_tiny(folder)
    words = ["run", tiny, "--replications", RUNS, "--workers", "0", "--no-variance", "--out", folder / "done"]
    assert program.main([str(word) for word in words]) == 0
    words = [
        "sharpen",
        folder / "done",
        "--thinning",
        "3",
        "--draws",
        DRAWS,
        "--workers",
        "0",
        "--out",
        folder / "thin",
    ]
    assert program.main([str(word) for word in words]) == 0
    return folder


@pytest.fixture
def both(finished: Path, tmp_path: Path) -> Path:
    for name in ("done", "thin"):
        shutil.copytree(finished / name, tmp_path / name)
    return tmp_path


def drawn(folder: Path) -> list[tuple[float | None, dict[str, float]]]:
    run = opened(str(folder))
    with Journal.to_read(run.folder.path) as journal:
        measured = [decode(payload) for _, payload in journal.payloads(run.manifest["run_hash"])]
    return [(value_of(one, TARGET), dict(one.parameters)) for one in measured]


def test_the_thinned_draws_are_of_the_same_unknowns_and_correct_the_mean(both: Path) -> None:
    full, thin = drawn(both / "done"), drawn(both / "thin")
    assert (len(full), len(thin)) == (RUNS, DRAWS)
    assert [parameters for _, parameters in thin[:RUNS]] == [parameters for _, parameters in full]
    (row,) = table(both / "done", "sharpened_targets")
    values = [value or 0.0 for value, _ in full]
    assert float(row["plain_mean"]) == pytest.approx(fmean(values))
    assert (row["n"], row["draws"]) == (str(RUNS), str(DRAWS))
    plan = next(one for one in table(both / "done", "targets") if one["reading"] == "plan")
    before = [row[name] for name in ("plain_p", "plain_p_low", "plain_p_high")]
    assert before == [plan[name] for name in ("p_reached", "p_low", "p_high")], "what the run itself says"
    paired = [value or 0.0 for value, _ in thin]
    wanted = sharp_mean(values, paired[:RUNS], paired)
    assert wanted.is_sharper, "one in three goes along with all"
    assert float(row["mean"]) == pytest.approx(fmean(paired) + fmean(values) - fmean(paired[:RUNS]))
    assert float(row["half_width"]) == pytest.approx(wanted.half)
    assert row["state"] == ("sharper" if wanted.half < wanted.plain_half else "wider")
    note = (both / "thin" / "report.vi.html").read_text(encoding="utf-8")
    assert "Cứ 3 văn bản, hồ sơ chỉ mô phỏng một" in note


def test_asked_again_it_goes_on_and_tells_the_same(both: Path, lienthong: Lienthong) -> None:
    before = (both / "done" / "sharpened_targets.csv").read_bytes()
    words = ("sharpen", "done", "--thinning", "3", "--draws", str(DRAWS), "--workers", "0", "--out", "thin")
    again = lienthong(*words, "--json")
    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert (told["replications"], told["draws"], told["complete"]) == (RUNS, DRAWS, True)
    seconds = told["seconds"]
    assert seconds["thinned"] > 0
    assert (both / "done" / "sharpened_targets.csv").read_bytes() == before
    said = lienthong(*words, "--lang", "en").stdout
    (row,) = told["targets"]
    assert f"{RUNS} full replications, and {DRAWS} of a thinned world (one in 3" in said
    assert row["state"] in ("sharper", "wider")
    assert "No target is surer" not in said
    assert "Worth about" in said
    assert lienthong("report", "done").returncode == 0
    for lang in ("en", "vi"):
        told_again = lienthong(*words, "--lang", lang).stdout.splitlines()
        (line,) = [one.strip() for one in told_again if f"({TARGET})" in one]
        page = (both / "done" / f"report.{lang}.html").read_text(encoding="utf-8")
        assert html.escape(line) in page


def test_refused_are_too_few_a_thinned_run_and_another_thinning_in_its_folder(both: Path, lienthong: Lienthong) -> None:
    of_thinned = lienthong("sharpen", "thin", "--lang", "en")
    assert (of_thinned.returncode, "is thinned itself" in of_thinned.stderr) == (3, True), of_thinned.stderr
    other = lienthong("sharpen", "done", "--thinning", "4", "--workers", "0", "--out", "thin", "--lang", "en")
    assert (other.returncode, "Traceback" in other.stderr) == (3, False), other.stderr
    write_tiny(both)
    few = ("run", "tiny.toml", "--replications", "2", "--workers", "0", "--no-variance", "--out", "few")
    assert lienthong(*few).returncode == 0
    none_more = lienthong(
        "sharpen", "done", "--draws", str(RUNS), "--workers", "0", "--thinning", "2", "--out", "x", "--lang", "en"
    )
    assert (none_more.returncode, "more than 5 are needed" in none_more.stderr) == (3, True), none_more.stderr
    refused = lienthong("sharpen", "few", "--lang", "en")
    assert (refused.returncode, "extend" in refused.stderr) == (3, True), refused.stderr
