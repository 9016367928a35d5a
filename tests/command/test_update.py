"""`update RUN --observed FILE`: figures taken in, what no replication meets named, every error of the file at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tiny_province import Lienthong, table

import lienthong as lt
from sim.measure.payload import decode
from sim.studies.journal import Journal
from sim.studies.manifest import opened

HEAD = "date,measure,scope,version,value,plus_minus,source\n"
RUNS = 6


@pytest.fixture(scope="module")
def finished(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sim.command import main as program

    folder = tmp_path_factory.mktemp("finished") / "done"
    words = ["run", str(tiny), "--replications", str(RUNS), "--workers", "0", "--no-variance", "--out", str(folder)]
    assert program.main(words) == 0
    return folder


@pytest.fixture
def done(finished: Path, tmp_path: Path) -> Path:
    shutil.copytree(finished, tmp_path / "done")
    return tmp_path / "done"


def of_replications(done: Path) -> list[tuple[float, float]]:
    """The reported share in February and the first target's value, by replication."""
    run = opened(str(done))
    with Journal.to_read(run.folder.path) as journal:
        measured = [decode(payload) for _, payload in journal.payloads(run.manifest["run_hash"])]
    found = []
    for one in measured:
        rows = one.series[(one.series["measure"] == "exchange_electronic_share") & (one.series["scope"] == "all")]
        rows = rows[(rows["version"] == "reported") & (rows["date"] == "2016-02-29")]
        outcome = one.outcome("electronic")
        assert outcome is not None
        assert outcome.value is not None
        found.append((float(rows["value"].iloc[0]), outcome.value))
    return found


def test_a_figure_that_one_replication_meets_makes_it_count_most(done: Path, lienthong: Lienthong) -> None:
    """The highest of February, known to a thousandth of the spread: its replication is all that is left."""
    pairs = of_replications(done)
    top, its_value = max(pairs)
    error = (top - min(pairs)[0]) / 1000
    line = f"2016-03-10,exchange_electronic_share,,,{top:.9f},{error:.9f},báo cáo"
    (done.parent / "so.csv").write_text(f"{HEAD}{line}\n", encoding="utf-8")
    answer = lienthong("update", "done", "--observed", "so.csv")
    assert answer.returncode == 0, answer.stderr
    row, target = table(done, "observed")[0], table(done, "updated_targets")[0]
    assert (row["state"], row["simulated_on"], row["version"]) == ("used", "2016-02-29", "reported")
    assert float(row["after_median"]) == pytest.approx(top)
    assert float(target["effective"]) == pytest.approx(1, abs=0.01)
    assert float(target["after_median"]) == pytest.approx(its_value)
    assert target["before_verdict"] == table(done, "targets")[0]["verdict"]
    assert "extend done --replications" in answer.stdout, "one replication's worth is too few"
    assert "quá ít để nói gì về chỉ tiêu" in answer.stdout
    assert "xác suất" not in answer.stdout
    assert "--options-from" not in answer.stdout, "no month is left that begins after the figure"
    assert {"observed", "updated_targets"} <= {line["table"] for line in table(done, "codebook")}
    written = lienthong("report", "done", "--excel-csv")
    assert written.returncode == 0
    assert "Mở trước, các chỉ tiêu: done/csv_excel/targets.csv" in written.stderr, "of thirty tables"
    shown = (done / "csv_excel" / "observed.csv").read_text(encoding="utf-8-sig")
    assert "đã dùng" in shown
    assert ";used;" not in shown
    frame = lt.open(done).update(done.parent / "so.csv")
    assert frame["effective"].iloc[0] == pytest.approx(float(target["effective"]))
    assert lienthong("extend", "done", "--replications", "1", "--workers", "0").returncode == 0
    assert not (done / "updated_targets.csv").exists(), "it was of fewer replications"


def test_a_file_of_published_figures_is_taken_too(done: Path, lienthong: Lienthong) -> None:
    """Its optimism comes off before a replication is weighed, and a figure on which a default rests weighs nothing."""
    pairs = of_replications(done)
    top = max(pairs)[0]
    error = (top - min(pairs)[0]) / 1000
    share = "exchange_electronic_share,all,reported"
    columns = "unit,optimism_low,optimism_high,confidence,feeds,definition_vi,definition_en"
    lines = [
        f"2016-02-29,{share},{top + 0.05:.9f},{error:.9f},x,share,0.05,0.05,low,,đếm,counts",
        f"2016-01-31,{share},0.01,{error:.9f},x,share,0,0,low,adoption.mandate,đếm,counts",
    ]
    (done.parent / "so.csv").write_text("\n".join([f"{HEAD.strip()},{columns}", *lines, ""]), encoding="utf-8")
    answer = lienthong("update", "done", "--observed", "so.csv")
    assert answer.returncode == 0, answer.stderr
    used, fed = table(done, "observed")
    assert (used["state"], fed["state"]) == ("used", "fed")
    assert float(used["after_median"]) == pytest.approx(top), "the replication that is 0.05 lower than its report"
    assert float(table(done, "updated_targets")[0]["effective"]) == pytest.approx(1, abs=0.01)
    assert "một giá trị mặc định dựa vào số này" in answer.stdout
    assert "calibrate done --observed so.csv" in answer.stdout
    assert "--options-from 2016-02-29 --no-variance --remedies 30min" in answer.stdout, "what could still help"
    (done.parent / "so.csv").write_text(f"{HEAD.strip()},unit\n{lines[0].rsplit(',', 7)[0]},hours\n", encoding="utf-8")
    refused = lienthong("update", "done", "--observed", "so.csv", "--lang", "en")
    assert (refused.returncode, "the run has it in share" in refused.stderr) == (3, True)


def test_what_nothing_meets_is_told_and_moves_nothing(done: Path, lienthong: Lienthong) -> None:
    (done.parent / "so.csv").write_text(
        f"{HEAD}31/3/2016,exchange_electronic_share,,,100 %,0.1 %,báo cáo\n", encoding="utf-8"
    )
    answer = lienthong("update", "done", "--observed", "so.csv", "--lang", "en")
    assert answer.returncode == 0, answer.stderr
    assert "it is NOT used" in answer.stdout
    assert "every target stands as before" in answer.stdout
    for target in table(done, "updated_targets"):
        assert [target[f"before_{name}"] for name in ("median", "p_reached", "verdict")] == [
            target[f"after_{name}"] for name in ("median", "p_reached", "verdict")
        ]
        assert float(target["effective"]) == pytest.approx(RUNS)


def test_a_blank_file_is_written_once_and_may_be_filled_in_part(done: Path, lienthong: Lienthong) -> None:
    assert lienthong("update", "done", "--blank", "so.csv", "--day", "2016-02-29").returncode == 0
    blank = (done.parent / "so.csv").read_text(encoding="utf-8")
    assert blank.startswith(HEAD)
    assert "2016-02-29,spent_million_vnd,all,,,," in blank
    as_excel = lienthong("update", "done", "--blank", "so.xlsx")
    assert (as_excel.returncode, "phải có đuôi .csv" in as_excel.stderr) == (3, True)
    assert not (done.parent / "so.xlsx").exists()
    again = lienthong("update", "done", "--blank", "so.csv")
    assert (again.returncode, "không ghi đè" in again.stderr) == (3, True)
    empty = lienthong("update", "done", "--observed", "so.csv")
    assert (empty.returncode, "chưa có số đo nào" in empty.stderr) == (3, True)
    (done.parent / "so.csv").write_text(
        blank.replace("spent_million_vnd,all,,,,", "spent_million_vnd,all,,0,1,"), encoding="utf-8"
    )
    filled = lienthong("update", "done", "--observed", "so.csv", "--json")
    assert filled.returncode == 0, filled.stderr
    assert [one["measure"] for one in json.loads(filled.stdout)["observed"]] == ["spent_million_vnd"]


def test_every_error_of_the_file_comes_at_once(done: Path, lienthong: Lienthong) -> None:
    lines = [
        "2031-01-01,exchange_electronic_share,,,40 %,5 %,",
        "2016-02-29,exchange_electronic_shar,,,40 %,5 %,",
        "2016-02-29,exchange_electronic_share,tier:communes,,40 %,5 %,",
        "2016-02-29,exchange_electronic_share,,said,40 %,5 %,",
        "2016-02-29,exchange_electronic_share,,,40,5 %,",
        "2016-02-29,exchange_electronic_share,,,40 %,0,",
        "2016-02-29,exchange_electronic_share,,true,41 %,5 %,",
        "2016-02-29,exchange_electronic_share,,true,42 %,5 %,",
    ]
    (done.parent / "so.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in done.rglob("*") if path.is_file()}
    answer = lienthong("update", "done", "--observed", "so.csv", "--lang", "en")
    assert answer.returncode == 3
    told = [(line.split()[1].rpartition(":")[2], line.split()[2]) for line in answer.stderr.splitlines()]
    assert told == [
        ("2", "date:"),
        ("3", "measure:"),
        ("4", "scope:"),
        ("5", "version:"),
        ("6", "value:"),
        ("7", "plus_minus:"),
        ("9", "value:"),
    ]
    assert {path: path.read_bytes() for path in done.rglob("*") if path.is_file()} == before
    (done / "money.csv").unlink()
    lacking = lienthong("update", "done", "--observed", "so.csv", "--lang", "en")
    assert (lacking.returncode, lacking.stderr.startswith("done: lacks money.csv: another version")) == (3, True)
    neither = lienthong("update", "done", "--lang", "en")
    assert (neither.returncode, neither.stderr.strip()) == (3, "name one of the three: --observed, --blank or --worth")


@pytest.mark.slow
def test_what_is_worth_measuring_is_named_only_where_it_stands_out(done: Path, lienthong: Lienthong) -> None:
    """Six replications cannot tell; with more, the same share a month before tells most of what March will be."""
    few = lienthong("update", "done", "--worth", "--day", "2016-02-29", "--lang", "en")
    assert (few.returncode, "No figure stands out from chance for: 1 (electronic)" in few.stdout) == (0, True)
    assert table(done, "worth_measuring") == []
    assert lienthong("extend", "done", "--replications", "24", "--workers", "0").returncode == 0
    many = lienthong("update", "done", "--worth", "--day", "15/3/2016", "--json")
    assert many.returncode == 0, many.stderr
    rows = json.loads(many.stdout)["worth_measuring"]
    assert [one["rank"] for one in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["measure"] == "exchange_electronic_share"
    assert (rows[0]["measured_on"], rows[0]["version"], rows[0]["n"]) == ("2016-02-29", "reported", 30)
    left = [one["spread_left"] for one in rows]
    assert left == sorted(left, reverse=True)
    assert left[0] < 0.7
    late = lienthong("update", "done", "--worth", "--day", "2016-03-31", "--lang", "en")
    assert (late.returncode, "no target due after 2016-03-31" in late.stderr) == (3, True)
    beyond = lienthong("update", "done", "--worth", "--day", "2017-03-31", "--lang", "en")
    assert (beyond.returncode, "the run has" in beyond.stderr) == (3, True)
