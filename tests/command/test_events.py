"""`events` writes the log of one replication of a run in three formats, and tells at once all that it cannot."""

from __future__ import annotations

import csv
import json
import sqlite3
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from tiny_province import Do, Lienthong

import lienthong as lt
from sim.results.words import Words
from sim.studies import event_log, version
from sim.studies.refusals import InputRefusedError

PACKAGES = cast("dict[str, str]", version.surroundings()["packages"])
XES = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def finished(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of four replications of the tiny province's first six weeks; a shard has no report to write."""
    from sim.command import main as program

    folder = Path(tmp_path_factory.mktemp("finished")) / "out"
    some = ("--until", "2016-02-10", "--replications", 4, "--shard", "1/2", "--workers", 0, "--no-variance")
    assert program.main([*map(str, ("run", tiny, *some, "--out", folder)), "--lang", "en"]) == 0
    return folder


def test_every_format_tells_the_same_events(finished: Path, do: Do, tmp_path: Path) -> None:
    common = ("events", finished, "--sample", "3%", "--replication", 2, "--json", "--format")
    code, out, err = do(*common, "csv", "--out", "log.csv")
    answer = json.loads(out)
    assert (code, err) == (0, "simulating one replication again, and recording it\n")
    assert answer["is_the_kept_result"] is True
    assert (answer["replication"], answer["sample"], answer["file"]) == (2, 0.03, "log.csv")
    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == answer["counts"]["events"] > 300
    assert {row["activity"] for row in rows} >= {"Document drafted", "Document signed", "Document handled"}
    assert all(row["time"].endswith("+07:00") for row in rows)
    assert do(*common, "xes", "--out", "log.xes")[0] == 0
    events = ET.parse(tmp_path / "log.xes").getroot().iterfind(f"{XES}trace/{XES}event")  # noqa: S314 - our own file
    told = [{line.get("key"): line.get("value") for line in event} for event in events]
    ends = [event for event in told if event["lifecycle:transition"] == "complete"]
    assert sorted((e["time:timestamp"], e["activity_code"]) for e in ends) == sorted(
        (row["time"], row["activity_code"]) for row in rows
    )
    assert do(*common, "ocel2", "--out", "log.sqlite")[0] == 0
    with sqlite3.connect(tmp_path / "log.sqlite") as database:
        assert database.execute("SELECT count(*) FROM event").fetchone()[0] == len(rows)
    assert {path.name for path in tmp_path.iterdir()} == {"log.csv", "log.xes", "log.sqlite"}, "nothing is left behind"


def test_a_log_in_vietnamese_goes_into_the_folder_and_is_not_overwritten(finished: Path, lienthong: Lienthong) -> None:
    words = ("events", finished, "--format", "csv", "--sample", "4 %", "--from", "1/2/2016", "--until", "2016-02-05")
    told = lienthong(*words)
    path = finished / "events" / "replication_0.csv"
    assert told.returncode == 0
    assert told.stdout.startswith(f"{path}\n")
    assert "sự kiện, " in told.stdout
    assert "không đối chiếu được với kết quả đã lưu" in told.stderr
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["activity"] for row in rows} >= {"Soạn thảo văn bản", "Lãnh đạo ký văn bản"}
    assert {row["time"][:10] for row in rows} <= {f"2016-02-0{day}" for day in range(1, 6)}
    again = lienthong(*words)
    assert (again.returncode, again.stdout) == (3, "")
    assert again.stderr.splitlines()[-1] == f"{path}: đã có tệp này; chọn tệp khác bằng --out FILE"


def test_a_frame_in_a_notebook(finished: Path) -> None:
    run = lt.open(finished)
    frame = run.events(2, 0.02, first=date(2016, 2, 1))
    assert str(frame["time"].dt.tz) == "UTC+07:00"
    assert frame["time"].min().date() >= date(2016, 2, 1)
    assert frame["time"].is_monotonic_increasing
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        run.events(share=50)


@pytest.mark.parametrize(
    ("words", "english", "vietnamese"),
    [
        (("--format", "ocel"), "did you mean", "có phải"),
        (("--format", "csv", "--sample", "0%"), "above 0% and up to 100%; for example", "trên 0% đến 100%; ví dụ"),
        (("--format", "csv", "--sample", "200%"), "above 0% and up to 100%; for example", "trên 0% đến 100%; ví dụ"),
        (("--format", "csv", "--sample", "0.01"), "above 0% and up to 100%; for example", "trên 0% đến 100%; ví dụ"),
        (
            ("--format", "csv", "--from", "31/2/2016"),
            '"31/2/2016" is not a day; for',
            "“31/2/2016” không phải một ngày",
        ),
        ((), "--format", "--format"),
    ],
)
def test_words_that_say_nothing_are_refused(
    finished: Path, lienthong: Lienthong, words: tuple[str, ...], english: str, vietnamese: str
) -> None:
    for lang, text in (("en", english), ("vi", vietnamese)):
        told = lienthong("events", finished, *words, "--lang", lang)
        assert (told.returncode, told.stdout) == (2, "")
        assert text in told.stderr


def test_all_that_cannot_be_is_told_at_once(finished: Path, lienthong: Lienthong, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("kept", encoding="utf-8")
    days = ("--from", "2019-01-01", "--until", "2016-01-31")
    words = ("events", finished, "--format", "csv", "--replication", 7, *days, "--out", "there.csv", "--lang")
    told = lienthong(*words, "en")
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.splitlines()[1:] == [
        f"{finished}: --replication: there is no replication 7; choose one of: 0, 2",
        "--from 2019-01-01: is not simulated; choose a day from 2015-12-01 to 2016-02-10",
        "--until 2016-01-31: is before --from 2019-01-01; swap the two",
        "there.csv: is there already; name another with --out FILE",
    ]
    told = lienthong(*words, "vi")
    assert told.stderr.splitlines()[1:] == [
        f"{finished}: --replication: chưa có lần chạy 7; chọn một trong: 0, 2",
        "--from 01/01/2019: ngoài thời gian mô phỏng; chọn từ 01/12/2015 đến 10/02/2016",
        "--until 31/01/2016: trước --from 01/01/2019; đổi lại hai ngày",
        "there.csv: đã có tệp này; chọn tệp khác bằng --out FILE",
    ]
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "kept"


def test_a_run_of_another_version_is_refused(finished: Path, do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("case", "version"):
        monkeypatch.setattr(f"sim.studies.{module}.program_hash", lambda: "0" * 16)
    code, out, err = do("events", finished, "--format", "csv")
    assert (code, out) == (3, "")
    was = json.loads((finished / "manifest.json").read_text(encoding="utf-8"))["program_hash"]
    changed = f"changed since that run: the program ({was} -> {'0' * 16})"
    assert f"{changed}; use the version that ran it, or run it anew" in err


def test_what_has_changed_since_a_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    now = version.surroundings()
    manifest = {**now, "program_hash": version.program_hash()}
    assert version.changed_since(manifest).en == "the scenario in the folder"
    packages = {name: "99.0" if name in ("numpy", "matplotlib") else found for name, found in PACKAGES.items()}
    monkeypatch.setattr(version, "surroundings", lambda: {**now, "python": "3.99.1", "packages": packages})
    told = f"Python ({now['python']} -> 3.99.1), numpy ({PACKAGES['numpy']} -> 99.0)"
    assert version.changed_since(manifest).vi == told, "matplotlib decides no result"


@pytest.mark.slow
def test_a_large_file_is_told_before(finished: Path, do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected is what comes, by a seventh more or less."""
    monkeypatch.setattr("sim.studies.event_log.LARGE_BYTES", 1)
    told: list[tuple[float, float]] = []
    monkeypatch.setattr(
        "sim.studies.event_log._large", lambda *expected: told.append(expected) or Words("lớn", "large")
    )
    for form in ("ocel2", "xes", "csv"):
        code, out, err = do("events", finished, "--format", form, "--sample", "20%", "--out", form, "--json")
        assert (code, err.splitlines()[1:2]) == (0, ["large"])
        assert told[-1][0] == pytest.approx(json.loads(out)["counts"]["events"], rel=0.15)
        assert told[-1][1] == pytest.approx((tmp_path / form).stat().st_size, rel=0.15)


def test_a_large_file_is_told_in_numbers() -> None:
    said = event_log._large(12_345_678, 7_400_000_000)
    assert "12.3 million events, 7.4 GB" in said.en
    assert "12,3 triệu sự kiện, 7,4 GB" in said.vi


def test_a_file_made_by_somebody_else_meanwhile_is_kept(tmp_path: Path) -> None:
    whole, path = tmp_path / "whole", tmp_path / "log.csv"
    whole.write_text("ours", encoding="utf-8")
    path.write_text("theirs", encoding="utf-8")
    with pytest.raises(InputRefusedError, match="is there already"):
        event_log.put_in_place(whole, path)
    assert path.read_text(encoding="utf-8") == "theirs"
    path.unlink()
    event_log.put_in_place(whole, path)
    assert (path.read_text(encoding="utf-8"), whole.exists()) == ("ours", False)


def test_a_case_that_is_not_there_is_named(finished: Path, do: Do) -> None:
    code, _, err = do("events", finished, "--format", "csv", "--cell", "baselime")
    assert code == 3
    assert 'there is no case "baselime"' in err


def test_a_folder_that_is_not_there_is_named(finished: Path, do: Do) -> None:
    code, _, err = do("events", finished, "--format", "csv", "--out", "nowhere/log.csv")
    assert code == 3
    assert "nowhere/log.csv" in err
    assert "its folder does not exist" in err
