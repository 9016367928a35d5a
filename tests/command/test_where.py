"""`report RUN --why TARGET --where DISTRICT`: one screen, names as people write them, and near names for the others."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tiny_province import Lienthong, table

from sim.command.console import wrapped
from sim.command.where import district_named, plain_name, target_named
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.why import why_text
from sim.report.why_agency import linked_when
from sim.results.columns import AgencyPlace
from sim.results.run_tables import deciding_rows
from sim.studies.refusals import InputRefusedError

NAMES = (
    ("dist.tuy_phuoc", "Huyện Tuy Phước", "Tuy Phước district"),
    ("dist.quy_nhon", "Thành phố Quy Nhơn", "Quy Nhơn city"),
    ("dist.an_nhon", "Thị xã An Nhơn", "An Nhơn town"),
    ("dist.dong", "Huyện Đồng Xuân", "Đồng Xuân district"),
)
PLACES = tuple(
    AgencyPlace(district_id, "district", f"UBND {vi}", en, district_id, vi, en) for district_id, vi, en in NAMES
)


@pytest.fixture(scope="module")
def finished(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two replications."""
    from sim.command import main as program

    folder = tmp_path_factory.mktemp("finished") / "done"
    words = ["run", str(tiny), "--replications", "2", "--workers", "0", "--no-variance", "--out", str(folder)]
    assert program.main(words) == 0
    return folder


@pytest.fixture
def done(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, as `done` in `tmp_path`."""
    shutil.copytree(finished, tmp_path / "done")
    return tmp_path / "done"


@pytest.mark.parametrize("where", ["dist.1", "Huyện 1", "huyen 1", "1", "District 1"])
def test_one_command_answers_why_and_where(done: Path, lienthong: Lienthong, where: str) -> None:
    before = {path: path.read_bytes() for path in done.rglob("*") if path.is_file()}
    answer = lienthong("report", "done", "--why", "electronic", "--where", where)
    assert (answer.returncode, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert lines[0] == "Chỉ tiêu 1 (electronic): Văn bản điện tử"
    row = next(row for row in table(done, "targets_by_district") if row["district_id"] == "dist.1")
    assert lines[3].startswith(f"Huyện 1: trung vị {float(row['median']):.1%}".replace(".", ","))
    assert "Mới có 2 lần mô phỏng" in lines[2]
    assert len(wrapped(answer.stdout, 100).splitlines()) <= 25
    assert before == {path: path.read_bytes() for path in done.rglob("*") if path.is_file()}


def test_one_agency_is_told_from_when_it_is_linked(done: Path, lienthong: Lienthong) -> None:
    """By its id or its name; the month is that of the table, and one that never is linked is said so."""
    rows = [row for row in table(done, "agencies_by_quarter") if row["tier"] == "commune"]
    agency = rows[0]
    said = lienthong("report", "done", "--why", "1", "--where", agency["agency_id"])
    assert said.returncode == 0, said.stderr
    assert lienthong("report", "done", "--why", "1", "--where", agency["name_vi"]).stdout == said.stdout
    assert f"{agency['name_vi']}, {agency['district_vi']}\n" in said.stdout
    month = agency["connected_from"]
    expected = f"{month[5:7]}/{month[:4]}" if month >= "2016" else "từ đầu kỳ" if month else "không liên thông"
    assert f"Liên thông văn phòng điện tử: {expected}" in said.stdout


@pytest.mark.parametrize(
    ("shares", "since", "said"),
    [
        ((0.0, 0.0, 0.0), None, "not linked within the period (0 of 10)"),
        ((1.0, 1.0, 1.0), date(2015, 12, 31), "from the start"),
        ((0.1, 0.6, 1.0), date(2016, 5, 31), "May 2016 (Q1 2016 – Q3 2016; 10 of 10 in the period)"),
        ((0.0, 0.6, 0.9), date(2016, 6, 30), "Jun 2016 (Q2 2016 – after the period; 9 of 10 in the period)"),
        ((0.0, 0.1, 0.4), None, "not sure within the period: 4 of 10 have it, the first by Q2 2016"),
    ],
)
def test_when_an_agency_is_linked_has_a_range(
    finished: Path, shares: tuple[float, ...], since: date | None, said: str
) -> None:
    row = read_run_tables(finished).agencies_by_quarter[0]
    quarters = [
        replace(row, quarter=quarter, connected_share=share, connected_from=since, n=10)
        for quarter, share in enumerate(shares, start=1)
    ]
    assert linked_when(quarters, date(2016, 1, 1), "en") == said


def test_the_answer_s_numbers_are_those_of_the_table(done: Path, lienthong: Lienthong) -> None:
    """Deliveries of the district's agencies, and how much of that is electronic, add up over the table's rows."""
    answer = lienthong("report", "done", "--why", "1", "--where", "dist.2", LIENTHONG_LANG="en").stdout
    mine = [row for row in table(done, "agencies_by_quarter") if row["district_id"] == "dist.2"]
    sent = sum(float(row["deliveries_mean"]) for row in mine)
    electronic = sum(float(row["electronic_mean"]) for row in mine)
    assert f"{electronic / sent:.1%} of {sent:,.0f} deliveries by 5 agencies" in answer
    assert re.search(r"mean \(above: medians[^)]*\) of Q1 2016: ", answer), "means do not pass for the medians above"


def test_without_a_district_all_of_them_stand_in_order(done: Path, lienthong: Lienthong) -> None:
    answer = json.loads(lienthong("report", "done", "--why", "1", "--json").stdout)
    assert (answer["target_id"], answer["district_id"]) == ("electronic", None)
    rows = sorted(table(done, "targets_by_district"), key=lambda row: float(row["median"]))
    named = [line for line in answer["lines"] if line.startswith("  ")]
    assert [line.split(":")[0].strip() for line in named] == [row["district_vi"] for row in rows]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--why", "electronik"), 'there is no target "electronik"; did you mean "electronic"? Targets: 1 (elec'),
        (("--why", "7"), '--why: there is no target "7". Targets: 1 (electronic)'),
        (
            ("--why", "1", "--where", "dist.3"),
            '--where: there is no district, department or commune "dist.3". Districts: District 1',
        ),
        (
            ("--why", "1", "--where", ""),
            'commune "". Districts: District 1 (dist.1), District 2 (dist.2), Agencies of the province (departments)',
        ),
        (("--where", "dist.1"), "--where goes with --why"),
    ],
)
def test_what_is_not_there_is_refused(done: Path, lienthong: Lienthong, words: tuple[str, ...], said: str) -> None:
    answer = lienthong("report", "done", *words, LIENTHONG_LANG="en")
    assert answer.returncode == 3
    assert answer.stdout == ""
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_target_keeps_its_number_where_the_period_is_cut_short(
    tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    """The second target of the plan is the only one due by then: it is number 2 still, in tables, answers, refusals."""
    shutil.copytree(tiny.parent, tmp_path / "own")
    scenario = tmp_path / "own" / tiny.name
    plan = scenario.read_text(encoding="utf-8")
    target = plan[plan.index("[[targets]]") :].partition("\n\n")[0]
    early = target.replace('"electronic"', '"early"').replace("2016-03-31", "2016-02-29")
    scenario.write_text(f"{plan.rstrip()}\n\n{early}\n", encoding="utf-8")
    until, small = ("--until", "2016-02-29"), ("--replications", 2, "--workers", 0)
    ran = lienthong("run", scenario, *until, *small, "--no-variance", "--out", "cut")
    assert ran.returncode == 0, ran.stderr
    assert {(row["target_id"], row["number"]) for row in table(tmp_path / "cut", "targets")} == {("early", "2")}
    assert "2 (early)" in ran.stdout
    assert lienthong("report", "cut", "--why", "2").stdout.startswith("Chỉ tiêu 2 (early)")
    assert "không có chỉ tiêu “1”. Các chỉ tiêu: 2 (early)" in lienthong("report", "cut", "--why", "1").stderr
    extended = lienthong("extend", "cut", "--replications", 1, "--workers", 0)
    assert "2 (early)" in extended.stdout, extended.stderr
    swept = lienthong("sweep", scenario, *until, *small, "--over", "budget.scale.I.1=1:2:2", "--out", "swept")
    assert [row["number"] for row in table(tmp_path / "swept", "aims")] == ["2"]
    assert "2 (early)" in swept.stdout


@pytest.mark.parametrize(
    ("text", "district_id"),
    [
        ("dist.tuy_phuoc", "dist.tuy_phuoc"),
        ("Tuy Phước", "dist.tuy_phuoc"),
        ("tuy phuoc", "dist.tuy_phuoc"),
        ("UBND huyện Tuy Phước", "dist.tuy_phuoc"),
        ("tp. Quy Nhơn", "dist.quy_nhon"),
        ("quy nhon city", "dist.quy_nhon"),
        ("AN NHƠN", "dist.an_nhon"),
        ("đồng xuân", "dist.dong"),
        ("dong xuan", "dist.dong"),
        ("Sở, ban, ngành", "province"),
        ("Cơ quan cấp tỉnh (sở, ban, ngành)", "province"),
        ("province", "province"),
    ],
)
def test_a_district_is_known_by_any_of_its_names(text: str, district_id: str) -> None:
    office = AgencyPlace("office", "office", "Văn phòng", "Office", None, None, None)
    assert district_named(text, (office, *PLACES)) == district_id


def test_near_names_are_offered_and_two_of_one_name_told_apart() -> None:
    with pytest.raises(InputRefusedError, match=r'did you mean "Tuy Phước district"\? Districts: Tuy Phước'):
        district_named("Tuy Phuok", PLACES)
    commune = replace(PLACES[0], agency_id="comm.1", tier="commune", name_vi="UBND xã Phước Hòa", name_en=None)
    with pytest.raises(InputRefusedError) as refused:
        district_named("Phuoc Hoa 2", (*PLACES, commune))
    assert refused.value.words.vi.startswith(
        "--where: không có huyện, sở hay xã nào tên “Phuoc Hoa 2”; có phải “UBND xã Phước Hòa”? Các huyện: Huyện Tuy "
    )
    twin = replace(PLACES[2], agency_id="dist.an_nhon_2", district_id="dist.an_nhon_2", district_vi="Huyện An Nhơn")
    with pytest.raises(InputRefusedError, match=r"may be .*\(dist\.an_nhon\), .*\(dist\.an_nhon_2\); write the id"):
        district_named("An Nhơn", (*PLACES, twin))
    assert plain_name("Thị xã  An_Nhơn") == "an nhon"


def many_communes(tables: RunTables) -> RunTables:
    """The same, each of a district's communes thrice."""
    more = [
        replace(row, agency_id=f"{row.agency_id}.{number}", name_vi=f"UBND xã Đông Nam Trung Tâm {number}")
        for row in tables.agencies_by_quarter
        for number in range(6)
        if row.tier == "commune"
    ]
    return replace(tables, agencies_by_quarter=(*tables.agencies_by_quarter, *more))


def test_a_district_of_many_communes_still_fits_a_screen(finished: Path) -> None:
    tables = many_communes(read_run_tables(finished))
    target = target_named("1", deciding_rows(tables.targets))
    for language in ("vi", "en"):
        text = why_text(tables, target, "dist.1", language)
        assert len(wrapped(text, 100).splitlines()) <= 29, (
            "a screen, and two lines each on the assumed order, on recipients"
        )
        assert "agencies_by_quarter.csv" not in text, "every commune is named, the worst first"
    assert "Đông Nam Trung Tâm 5" in why_text(tables, target, "dist.1", "vi")
