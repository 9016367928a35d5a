"""`hindcast`: what was reported beside a run, told where the run is outside it; predictions written once."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from tiny_province import Lienthong, table

import lienthong as lt

HEAD = (
    "date,measure,scope,version,value,unit,plus_minus,optimism_low,optimism_high,confidence,feeds,definition_vi,"
    "source\n"
)
SHARE = "exchange_electronic_share"
FIGURES = HEAD + "".join(
    f"{line}\n"
    for line in (
        f"2016-02-29,{SHARE},all,reported,0.999,share,0.001,0,0,high,,đếm lượt gửi,báo cáo",
        "2016-02-29,spent_million_vnd,all,true,50,million_vnd,2000,0,0,low,,kho bạc,báo cáo",
        f"2016-03-31,{SHARE},all,true,0.5,share,0.1,0,0.1,low,adoption.mandate,đếm lượt gửi,báo cáo",
        "2019-12-31,spent_million_vnd,all,true,50,million_vnd,20,0,0,low,,chưa tới,báo cáo",
    )
)
ASKED = "scenario,date,window,measure,scope,definition_vi,definition_en\n" + "".join(
    f"tinh-nho,{line},vi,en\n"
    for line in (
        f"2016-03-31,day,{SHARE},all",
        f"2016-03-31,year,{SHARE},all",
        "2016-12-31,year,dossier_online_share,all",
        "2016-03-31,day,dossier_online_share,all",
        "2016-03-31,year,deliveries_count,all",
    )
)


@pytest.fixture(scope="module")
def finished(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose province has published figures, as one in scenarios/observations has."""
    from sim.command import main as program

    folder = tmp_path_factory.mktemp("hindcast")
    (folder / "tinh-nho.csv").write_text(FIGURES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sim.scenario.measured_file.OBSERVATIONS", folder)
        words = ["run", tiny, "--replications", "3", "--workers", "0", "--no-variance", "--out", folder / "done"]
        assert program.main([str(word) for word in words]) == 0
    return folder / "done"


@pytest.fixture
def done(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sim.scenario.measured_file.OBSERVATIONS", finished.parent)
    shutil.copytree(finished, tmp_path / "done")
    return tmp_path / "done"


def test_a_run_says_at_once_where_it_does_not_fit(done: Path, lienthong: Lienthong) -> None:
    states = {(row["measure"], row["measured_on"]): row["state"] for row in table(done, "hindcast")}
    assert states == {
        (SHARE, "2016-02-29"): "outside",
        ("spent_million_vnd", "2016-02-29"): "inside",
        (SHARE, "2016-03-31"): "fed",
    }
    page = (done / "report.vi.html").read_text(encoding="utf-8")
    assert "Mô hình chưa khớp với số đo" in page
    assert 'id="hindcast"' in page
    shown = lienthong("report", "done", "--lang", "en").stdout
    told = next(line for line in shown.replace("\n", " ").split("The model ") if line.startswith("does not fit"))
    assert "take the verdict of target 1 (electronic)" in told
    assert "Predicted and reported" in (done / "report.en.html").read_text(encoding="utf-8")
    points = [row for row in table(done / "figures", "target_electronic") if row["drawn"] == "reported"]
    assert [(row["version"], row["date"], row["label"]) for row in points] == [
        ("reported", "2016-02-29", "outside"),
        ("true", "2016-03-31", "fed"),
    ]
    assert lienthong("report", "done", "--excel-csv").returncode == 0
    excel = (done / "csv_excel" / "hindcast.csv").read_text(encoding="utf-8-sig")
    assert "NGOÀI dải 5–95%" in excel
    assert ";outside;" not in excel
    assert "hindcast" in {row["table"] for row in table(done, "codebook")}
    assert lt.open(done).hold_against(at=date(2016, 2, 29))["state"].tolist() == ["outside", "inside"]


def test_measures_of_no_target_are_told_as_they_stand_on_the_last_day(
    done: Path, tiny: Path, lienthong: Lienthong
) -> None:
    words = ("run", tiny, "--replications", "3", "--workers", "0", "--no-variance", "--out", "done", "--json")
    rows = {(row["measure"], row["scope"], row["version"]): row for row in table(done, "series")}  # the last day stays
    key = ("internal_online_circulation_share", "tiers:province+district", "reported")
    told = {
        (row["measure"], row["scope"], row["version"]): row for row in json.loads(lienthong(*words).stdout)["last_day"]
    }
    assert told[key]["date"] == "2016-03-31"
    assert [told[key][name] for name in ("median", "p05", "p95")] == [
        pytest.approx(float(rows[key][name])) for name in ("median", "p05", "p95")
    ]
    assert {"eoffice_agency_share", "email_user_share", "key_database_count"} <= {measure for measure, _, _ in told}
    full = lienthong("report", "done", "--details", "--lang", "en").stdout
    assert "Measures at the end of Mar 2016: median (5–95%)" in full
    median = f"{100 * float(rows[key]['median']):.1f}%"
    said = " ".join(full.split("Documents that circulate online inside agencies:")[1].split())
    assert f"province and district {median} (" in said[:400]


def test_each_figure_is_foretold_from_the_others(done: Path, lienthong: Lienthong) -> None:
    answer = lienthong("hindcast", "done", "--leave-one-out", "--model-error", "100%", "--lang", "en", "--json")
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)["left_out"]
    assert [(row["measure"], row["others"], row["before_state"]) for row in rows] == [
        (SHARE, 1, "inside"),  # the model may be off by all there is, and what feeds a default is passed over
        ("spent_million_vnd", 1, "inside"),
    ]
    assert all(1.0 < row["effective"] <= 3.0 for row in rows)
    text = lienthong("hindcast", "done", "--leave-one-out", "--lang", "en").stdout
    assert "Each figure left out in turn" in text
    assert "A figure that no replication comes near weighs nothing." in text, "0.999 +- 0.001 is met by none"
    assert "left_out" in {row["table"] for row in table(done, "codebook")}
    assert lienthong("report", "done", "--excel-csv").returncode == 0
    excel = (done / "csv_excel" / "left_out.csv").read_text(encoding="utf-8-sig")
    assert "không có số khác để dựa vào" in excel, "the money's only other figure is met by none"
    assert lienthong("hindcast", "done").returncode == 0
    assert not (done / "left_out.csv").exists(), "it may be of other figures than those beside it now"
    wrong = lienthong("hindcast", "done", "--model-error", "10%", "--lang", "en")
    assert (wrong.returncode, "only together with --leave-one-out" in wrong.stderr) == (3, True)
    (done.parent / "mot_so.csv").write_text("".join(FIGURES.splitlines(keepends=True)[:2]), encoding="utf-8")
    one = lienthong("hindcast", "done", "--leave-one-out", "--observed", "mot_so.csv", "--lang", "en")
    assert (one.returncode, "needs two that can be scored" in one.stderr) == (3, True)


def test_hindcast_scores_what_was_reported_by_a_day(done: Path, lienthong: Lienthong) -> None:
    answer = lienthong("hindcast", "done", "--at", "29/2/2016", "--json")
    assert answer.returncode == 0, answer.stderr
    content = json.loads(answer.stdout)
    assert (content["scored"], content["inside"], len(content["hindcast"])) == (2, 1, 2)
    outside = next(row for row in content["hindcast"] if row["state"] == "outside")
    assert outside["rank"] == 4, "above all three"
    assert outside["crps"] == pytest.approx(0.999 - outside["median"], rel=0.5)
    assert outside["straight_line"] is None
    (used,) = [row for row in content["elsewhere"] if row["measure"] == "money_used_share"]
    assert (used["value"], used["n"]) == (0.302, 3), "the money of any plan stands beside Project 112"
    text = lienthong("hindcast", "done").stdout
    assert "Nơi khác, không chấm điểm" in text
    assert "NGOÀI dải 5–95%" in text
    assert "không phải kiểm chứng: giá trị mặc định adoption.mandate dựa vào số này" in text
    assert "1 trên 2 số chấm được. Dưới 10 số" in text


def test_a_file_of_update_is_taken_and_two_figures_give_a_line(done: Path, lienthong: Lienthong) -> None:
    (done.parent / "so.csv").write_text(
        "date,measure,scope,version,value,plus_minus,source\n"
        f"2016-01-31,{SHARE},all,true,30 %,5 %,\n2016-02-29,{SHARE},all,true,40 %,5 %,\n",
        encoding="utf-8",
    )
    answer = lienthong("hindcast", "done", "--observed", "so.csv", "--lang", "en")
    assert answer.returncode == 0, answer.stderr
    first, second = table(done, "hindcast")
    assert first["straight_line"] == ""
    start = next(
        row for row in table(done, "series") if (row["measure"], row["scope"], row["version"]) == (SHARE, "all", "true")
    )
    grown = 0.3 + (0.3 - float(start["median"])) * 29 / 31
    assert float(second["straight_line"]) == pytest.approx(grown, abs=1e-6)
    assert 0.0 < float(second["logistic"]) < 1.0
    assert "a straight line from the simulated start through the figure before" in answer.stdout
    assert "report done" in answer.stdout.splitlines()[-1]
    (done.parent / "so.csv").write_text("date,measure,scope,version,value,plus_minus,source\n", encoding="utf-8")
    none = lienthong("hindcast", "done", "--observed", "so.csv", "--lang", "en")
    assert (none.returncode, "no figure up to 2016-03-31" in none.stderr) == (3, True)


def test_without_figures_of_its_own_other_places_are_all_there_is(
    done: Path, tmp_path: Path, lienthong: Lienthong, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.scenario.measured_file.OBSERVATIONS", tmp_path)
    answer = lienthong("hindcast", "done", "--lang", "en")
    assert answer.returncode == 0
    assert "nothing reported of tinh-nho is known" in answer.stderr
    assert "No figure can be scored yet." in answer.stdout
    assert "Money spent of money planned (whole province), Việt Nam 2001-01/2007-12: 30.2%" in answer.stdout


def test_a_starting_value_is_no_observation_and_an_option_is_not_what_happened(
    done: Path, finished: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tinh-nho.csv").write_text(
        f"{HEAD}2015-12-31,{SHARE},all,true,0.5,share,0.1,0,0,low,,bắt đầu,báo cáo\n", encoding="utf-8"
    )
    monkeypatch.setattr("sim.scenario.measured_file.OBSERVATIONS", tmp_path)
    answer = lienthong("hindcast", "done", "--lang", "en")
    assert answer.returncode == 3
    assert "tinh-nho.csv:2 date: is a starting value" in answer.stderr
    monkeypatch.setattr("sim.scenario.measured_file.OBSERVATIONS", finished.parent)
    words = ("run", tiny, "--replications", "2", "--workers", "0", "--no-variance", "--until", "2016-02-29")
    assert lienthong(*words, "--set", "people.scan=6 phút", "--out", "other").returncode == 0
    assert not (tmp_path / "other" / "hindcast.csv").exists()


def test_a_scenario_is_simulated_to_the_day_and_predictions_are_written_once(
    tiny: Path, finished: Path, tmp_path: Path, lienthong: Lienthong, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.scenario.measured_file.OBSERVATIONS", finished.parent)
    (tmp_path / "asked.csv").write_text(ASKED, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.asked_predictions.PREDICTIONS_ASKED", tmp_path / "asked.csv")
    words = ("hindcast", tiny, "--at", "2016-02-29", "--replications", "2", "--workers", "0", "--out", "to_day")
    answer = lienthong(*words, "--lang", "en")
    assert answer.returncode == 0, answer.stderr
    assert "2 reported figures beside 2 replications (to_day)" in answer.stdout
    assert (
        json.loads((tmp_path / "to_day" / "manifest.json").read_text(encoding="utf-8"))["horizon_end"] == "2016-02-29"
    )
    shutil.copytree(finished, tmp_path / "done")
    answer = lienthong("hindcast", "done", "--predict", "du_bao.csv", "--lang", "en")
    assert answer.returncode == 0, answer.stderr
    with (tmp_path / "du_bao.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["measure"], row["window"], row["version"], row["state"]) for row in rows]
    assert told == [
        (SHARE, "day", "true", "predicted"),
        (SHARE, "day", "reported", "predicted"),
        (SHARE, "year", "true", "predicted"),
        (SHARE, "year", "reported", "predicted"),
        ("dossier_online_share", "year", "", "beyond_horizon"),
        ("dossier_online_share", "day", "", "not_simulated"),
        ("deliveries_count", "year", "true", "predicted"),
    ]
    series = [row for row in table(tmp_path / "done", "series") if (row["measure"], row["scope"]) == (SHARE, "all")]
    last = next(row for row in series if (row["date"], row["version"]) == ("2016-03-31", "true"))
    assert [rows[0][name] for name in ("median", "p05", "p95")] == [last[name] for name in ("median", "p05", "p95")]
    assert (
        rows[0]["model_version"].rpartition("+")[2]
        == json.loads((tmp_path / "done" / "manifest.json").read_text(encoding="utf-8"))["program_hash"]
    )
    assert "hindcast done --predict du_bao.csv" in rows[0]["command"]
    assert float(rows[-1]["median"]) > 100
    again = lienthong("hindcast", "done", "--predict", "du_bao.csv", "--lang", "en")
    assert (again.returncode, "du_bao.csv" in again.stderr) == (3, True)
