"""`calibrate RUN --observed FILE`: the draws kept, what later runs draw from them, and what is refused."""

from __future__ import annotations

import csv
import json
import math
import shutil
from pathlib import Path

import pytest
from test_update import HEAD, of_replications
from tiny_province import Lienthong, table, write_tiny

import lienthong as lt
from sim.measure.payload import decode, encode
from sim.measure.weighing import weighted_band, weights_of
from sim.model.simulate import simulate
from sim.scenario.loading import load
from sim.scenario.places import SCENARIOS
from sim.studies.journal import Journal
from sim.studies.manifest import opened

RUNS = 6
OTHER_RANGE = """
[people.scan]
value = "9 minutes"
low = "5 minutes"
high = "15 minutes"
kind = "triangular"
basis = "assumed"
source = "test"
"""
USED = '\n[calibration]\ndraws = "calibrated/tinh-nho.csv"\n'


def parameters_of(folder: Path) -> list[dict[str, float]]:
    run = opened(str(folder))
    with Journal.to_read(run.folder.path) as journal:
        return [dict(decode(payload).parameters) for _, payload in journal.payloads(run.manifest["run_hash"])]


def runs(*words: str, replications: int = RUNS) -> tuple[str, ...]:
    return ("run", "tiny.toml", "--replications", str(replications), "--workers", "0", "--no-variance", *words)


def test_later_runs_draw_what_agreed_and_prior_leaves_it_out(tmp_path: Path, lienthong: Lienthong) -> None:
    """The highest of February, known to a thousandth of the spread: later runs have its unknowns, not its luck."""
    write_tiny(tmp_path)
    assert lienthong(*runs("--out", "done")).returncode == 0
    pairs = of_replications(tmp_path / "done")
    top = max(pairs)[0]
    error = (top - min(pairs)[0]) / 1000
    line = f"2016-02-29,exchange_electronic_share,,,{top:.9f},{error:.9f},báo cáo"
    (tmp_path / "so.csv").write_text(f"{HEAD}{line}\n", encoding="utf-8")
    answer = lienthong("calibrate", "done", "--observed", "so.csv")
    assert answer.returncode == 0, answer.stderr
    assert 'draws = "calibrated/tinh-nho.csv"' in answer.stdout
    assert "hẹp hơn thực tế" in answer.stdout, "one draw is too few"
    with (tmp_path / "calibrated" / "tinh-nho.csv").open(encoding="utf-8", newline="") as file:
        (kept,) = csv.DictReader(file)
    number = [share for share, _ in pairs].index(top)
    assert (int(kept["replication"]), float(kept["weight"])) == (number, pytest.approx(1))
    assert table(tmp_path / "done", "learnt")[0]["n"] == str(RUNS)

    with (tmp_path / "tiny.toml").open("a", encoding="utf-8") as file:
        file.write(USED)
    assert lienthong(*runs("--out", "later", replications=2)).returncode == 0
    agreed = parameters_of(tmp_path / "done")[number]
    assert parameters_of(tmp_path / "later") == [agreed, agreed]
    assert len(set(of_replications(tmp_path / "later"))) == 2, "luck is each replication's own"
    page = (tmp_path / "later" / "report.vi.html").read_text(encoding="utf-8")
    assert "Các yếu tố chưa biết lấy từ 1 lần tính phù hợp với số liệu đã báo cáo" in page
    set_by_hand = "Giá trị đặt bằng --set thay giá trị đã hiệu chỉnh của people.scan;"
    assert set_by_hand not in page
    number = ("--set", "people.scan=5 phút")
    ends = ("--set", "people.scan.low=3 phút", "--set", "people.scan.high=8 phút")
    assert set_by_hand in lienthong("check", "tiny.toml", *number).stdout.replace("\n", " ")
    ranged = lienthong("check", "tiny.toml", *number, *ends).stdout.replace("\n", " ")
    assert set_by_hand not in ranged, "with its range a number goes on being drawn"
    assert "Khoảng đặt bằng --set thay khoảng cũ của people.scan;" in ranged
    assert lienthong(*runs("--prior", "--out", "prior")).returncode == 0
    assert parameters_of(tmp_path / "prior") == parameters_of(tmp_path / "done")

    again = lienthong("calibrate", "later", "--observed", "so.csv", "--lang", "en")
    assert (again.returncode, "--prior" in again.stderr) == (3, True)
    taken = lienthong("calibrate", "prior", "--observed", "so.csv", "--lang", "en")
    assert (taken.returncode, "calibrated/tinh-nho.csv" in taken.stderr) == (3, True), taken.stderr
    new = lienthong("calibrate", "prior", "--observed", "so.csv", "--out", "moi.csv", "--json")
    assert json.loads(new.stdout)["kept"] == 1
    rough = lienthong(
        "calibrate", "prior", "--observed", "so.csv", "--out", "tho.csv", "--model-error", "80%", "--json"
    )
    answer_of = json.loads(rough.stdout)
    assert answer_of["kept"] == RUNS, "a model that may be off by 80 points refutes no draw"
    assert answer_of["effective"] == pytest.approx(RUNS, rel=0.2)
    nothing = lienthong("calibrate", "prior", "--out", "khac.csv", "--lang", "en")
    assert (nothing.returncode, "nothing reported of" in nothing.stderr) == (3, True)
    on_software = "2016-02-29,eoffice_installed_share,tier:commune,true,50 %,1 %,"
    (tmp_path / "cai_dat.csv").write_text(f"{HEAD}{on_software}\n", encoding="utf-8")
    cheap = lienthong("calibrate", "prior", "--observed", "cai_dat.csv", "--draws", "40", "--out", "re.csv", "--json")
    answer_of = json.loads(cheap.stdout)
    assert (answer_of["draws"], answer_of["kept"]) == (40, 40), "where no money moves a figure every draw agrees"
    assert {row["n"] for row in table(tmp_path / "prior", "learnt")} == {"40"}
    (tmp_path / "som.csv").write_text(f"{HEAD}{on_software.replace('02-29', '01-20')}\n", encoding="utf-8")
    early = lienthong("calibrate", "prior", "--observed", "som.csv", "--draws", "40", "--out", "s.csv", "--json")
    assert json.loads(early.stdout)["kept"] == 40, early.stderr
    needs = lienthong("calibrate", "prior", "--observed", "so.csv", "--draws", "40", "--out", "k.csv", "--lang", "en")
    assert (needs.returncode, "not decided by the money alone" in needs.stderr) == (3, True)
    frame = lt.open(tmp_path / "prior").calibrate(tmp_path / "so.csv", tmp_path / "so_tay.csv")
    assert list(frame["key"]) == [row["key"] for row in table(tmp_path / "done", "learnt")]
    assert "1 draws that agree" in lienthong("check", "tiny.toml", "--lang", "en").stdout

    outdated = "calibrated with other ranges"
    assert outdated not in lienthong("check", "tiny.toml", "--lang", "en").stdout
    with (tmp_path / "tiny.toml").open("a", encoding="utf-8") as file:
        file.write(OTHER_RANGE)
    assert outdated in lienthong("check", "tiny.toml", "--lang", "en").stdout


def test_figures_that_nothing_meets_calibrate_nothing(tmp_path: Path, lienthong: Lienthong) -> None:
    write_tiny(tmp_path)
    assert lienthong(*runs("--out", "done", replications=2)).returncode == 0
    (tmp_path / "so.csv").write_text(f"{HEAD}31/3/2016,exchange_electronic_share,,,100 %,0.1 %,\n", encoding="utf-8")
    answer = lienthong("calibrate", "done", "--observed", "so.csv", "--lang", "en")
    assert (answer.returncode, "no figure can be used" in answer.stderr) == (3, True)
    assert not (tmp_path / "calibrated").exists()
    as_excel = lienthong("calibrate", "done", "--observed", "so.csv", "--out", "a.xlsx")
    assert (as_excel.returncode, "phải có đuôi .csv" in as_excel.stderr) == (3, True)
    shutil.rmtree(tmp_path / "done")
    gone = lienthong("calibrate", "done", "--observed", "so.csv")
    assert gone.returncode == 3
    assert "Traceback" not in gone.stderr


@pytest.mark.slow
def test_calibrated_bands_hold_a_known_province_as_often_as_they_say(tmp_path: Path) -> None:
    """Eighty provinces drawn from the prior: each is measured once in February, with an error, and then foretold.

    Nine in ten of the 5-95 % bands of its share in March hold what it came to, or 0.9 (n - 1) / (n + 1) where a band is
    of n draws, as the positions of usual quantiles give it; too narrow and too wide both fail.
    """
    loaded, n, error = load(write_tiny(tmp_path)), 80, 0.05
    assert SCENARIOS not in loaded.path.parents
    pairs = []
    for number in range(n):
        measured = decode(encode(simulate(loaded, 11, number), loaded))
        rows = measured.series[measured.series["measure"] == "exchange_electronic_share"]
        rows = rows[(rows["scope"] == "all") & (rows["version"] == "true")]
        pairs.append(tuple(float(rows["value"].iloc[at]) for at in (-2, -1)))
    held, promised, noise = 0, 0.0, [((37 * number) % n + 0.5) / n for number in range(n)]
    for number, (february, march) in enumerate(pairs):
        others = [pair for at, pair in enumerate(pairs) if at != number]
        figure = february + error * _normal(noise[number])
        weights = weights_of([([one for one, _ in others], figure, 1.96 * error)], n - 1)
        band = weighted_band([one for _, one in others], weights)
        assert band.p05 is not None
        assert band.p95 is not None
        held += band.p05 <= march <= band.p95
        promised += 0.9 * (weights.effective - 1) / (weights.effective + 1)
    assert held == pytest.approx(promised, abs=4 * math.sqrt(0.9 * 0.1 * n))


def _normal(u: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(u)
