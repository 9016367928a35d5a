"""Tables as spreadsheets save them are read where that is certain, and asked about where it is not."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from table_dialects import CSV_DIALECTS, rows_of, text_of, workbook

from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS

if TYPE_CHECKING:
    from conftest import Small

BINH_DINH = "binh_dinh_2016_2020"
BUDGET = "tables/budget.csv"
TABLES = ("agencies", "budget", "budget_totals", "purchases", "calendar_overrides", "start_states", "start_residuals")


@pytest.fixture(scope="module")
def shipped() -> LoadedScenario:
    return load(BINH_DINH)


def copied(tmp_path: Path, loaded: LoadedScenario) -> Path:
    root = tmp_path / "scenarios"
    shutil.copytree(SCENARIOS, root)
    assert len(loaded.table_files) == 9
    return root


@pytest.mark.parametrize("dialect", CSV_DIALECTS.values(), ids=CSV_DIALECTS)
def test_every_shipped_table_loads_the_same_from_every_dialect(
    dialect: object, tmp_path: Path, shipped: LoadedScenario
) -> None:
    root = copied(tmp_path, shipped)
    for path in shipped.table_files.values():
        assert callable(dialect)
        (root / path.relative_to(SCENARIOS)).write_bytes(dialect(rows_of(path)))
    again = load(BINH_DINH, root=root)
    assert again.content_hash == shipped.content_hash
    assert len(again.recognised) == (0 if dialect is CSV_DIALECTS["lines of an old Mac"] else 9)


def test_every_shipped_table_loads_the_same_from_a_workbook(tmp_path: Path, shipped: LoadedScenario) -> None:
    root = copied(tmp_path, shipped)
    for path in shipped.table_files.values():
        own = root / path.relative_to(SCENARIOS)
        own.with_suffix(".xlsx").write_bytes(workbook(rows_of(path)))
        own.unlink()
    for toml in root.rglob("*.toml"):
        toml.write_text(toml.read_text(encoding="utf-8").replace('.csv"', '.xlsx"'), encoding="utf-8")
    again = load(BINH_DINH, root=root)
    assert again.procedures == shipped.procedures
    for name in TABLES:  # the resolved settings differ by the names of the files
        assert getattr(again, name) == getattr(shipped, name)
    assert {line.en.partition(": ")[2] for line in again.recognised} == {'sheet "Bảng"'}


def test_a_plain_table_needs_no_word(small: Small, shipped: LoadedScenario) -> None:
    assert small.load().recognised == shipped.recognised == ()


def test_what_was_recognised_is_one_line_a_file(small: Small) -> None:
    text = "sep=;\nline_id;chapter;title_vi;title_en;source;year;amount_million_vnd;\n;;;;;;;\n"
    text += "I.1;I;Mạng;Network;TW;2016;100;\n;;;;;;;\nI.1;I;Mạng;Network;TW;2017;50,5;\nII.1;II;x;y;SN;2017;20;\n"
    before = small.load().budget
    small.write(BUDGET, text)
    loaded = small.load()
    assert [line.amount_million_vnd for line in loaded.budget] == [line.amount_million_vnd for line in before]
    assert [line.en for line in loaded.recognised] == [
        "scenarios/tables/budget.csv: semicolons, 2 blank rows skipped, 1 blank column skipped, decimal comma"
    ]
    assert [line.vi for line in loaded.recognised] == [
        "scenarios/tables/budget.csv: dấu chấm phẩy, bỏ qua 2 dòng trống, bỏ qua 1 cột trống, dấu phẩy thập phân"
    ]


def amounts(small: Small, *written: str) -> list[float]:
    """The amounts as the table of budget lines has them, read without totals to check them."""
    rows = [["line_id", "chapter", "title_vi", "title_en", "source", "year", "amount_million_vnd"]]
    rows += [["I.1", "I", "Mạng", "Network", "TW", str(2000 + n), text] for n, text in enumerate(written)]
    rows.append(["II.1", "II", "Chữ ký số", "Signatures", "SN", "2017", "0"])
    small.write(BUDGET, text_of(rows))
    small.write("tables/totals.csv", "scope,source,year,amount_million_vnd\nTOTAL,SN,total,0\n")
    return [line.amount_million_vnd for line in small.load().budget if line.source == "TW"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["12.50"], [12.5]),
        (["0.500"], [0.5]),
        (["1,5"], [1.5]),
        (["1 234", "1\u00a0234\u202f567"], [1234, 1234567]),
        (["1.234.567"], [1234567]),
        (["1,234,567"], [1234567]),
        (["1.234,5", "2.500"], [1234.5, 2500]),
        (["1,234.5", "2,500"], [1234.5, 2500]),
        (["1,5", "2.500"], [1.5, 2500]),
        (["1.234.567", "2.500"], [1234567, 2500]),
        (["0.125", "2.500"], [0.125, 2.5]),
        (["50.5", "1.375"], [50.5, 1.375]),
        (["１２３"], [123]),
        (["1e3", "1,5E+03"], [1000, 1500]),
        (["1234.567"], [1234.567]),
        ([" 75 "], [75]),
    ],
)
def test_what_a_column_leaves_no_doubt_of_is_read(small: Small, written: list[str], read: list[float]) -> None:
    assert amounts(small, *written) == read


@pytest.mark.parametrize(
    "written",
    [
        ["2.500"],
        ["2,500"],
        ["2.500", "3.000", "210"],
        ["50.5", "2.500"],
        ["50.5", "2,500"],
        ["1,5", "2,500"],
        ["1,5", "12.50", "2.500"],
        ["1.234.567", "1,234,567", "2.500"],
        ["＋２．５００"],
    ],
)
def test_what_could_be_a_thousandth_is_asked_once_a_column(small: Small, written: list[str]) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        amounts(small, *written)
    (asked,) = refused.value.errors
    assert (asked.code, asked.key) == ("E-UNIT-005", "amount_million_vnd")
    assert "2500" in asked.repair.en
    assert "2.5" in asked.repair.vi


def test_decimal_commas_elsewhere_in_a_file_decide_and_points_do_not(small: Small) -> None:
    small.edit("tables/agencies.csv", ",5000,21,3,0.7,", ',5.000,21,3,"0,7",')
    small.edit("tables/agencies.csv", "Dong commune,,21,3,0.7,", 'Dong commune,,21,3,"0,7",')
    assert [row.population for row in small.load().agencies if row.agency_id == "com.1"] == [5000]
    small.edit("tables/agencies.csv", '"0,7"', "0.7")
    small.edit("tables/agencies.csv", '"0,7"', "0.7")
    assert [(fault.code, fault.key) for fault in small.faults()] == [("E-UNIT-005", "population")]


def test_bounds_decide_where_they_leave_one_reading(small: Small) -> None:
    small.edit("tables/purchases.csv", "other,0.4,0.2,0.6", "other,0.400,0.200,1.000")
    small.edit("tables/budget.csv", "TW,2016,100", "TW,2.016,100")
    assert {line.year for line in small.load().budget} == {2016, 2017}
    assert [row.share_high for row in small.load().purchases if row.kind == "other"] == [1.0]


def test_percentages_are_shares(small: Small) -> None:
    small.edit("tables/purchases.csv", "other,0.4,0.2,0.6", 'other,40 %,"20,0%",60%')
    assert [(row.share_low, row.share, row.share_high) for row in small.load().purchases if row.kind == "other"] == [
        (0.2, 0.4, 0.6)
    ]


@pytest.mark.parametrize("text", ["2.500", "2,500", "1.375", '"2.500"', "2.500 s", "{ value = 2.500 }"])
def test_set_asks(small: Small, text: str) -> None:
    key = "network.retry_limit" if " s" not in text else "network.poll_interval"
    faults = small.faults(sets=[f"{key}={text}"])
    assert [fault.code for fault in faults] == ["E-UNIT-005"]
    assert faults[0].key.startswith(key)


def test_set_takes_what_is_certain(small: Small) -> None:
    loaded = small.load(sets=["network.retry_limit=2.50", "budget.scale.all=0.500", "people.draft=1.234.567 ms"])
    assert loaded.scenario.network.retry_limit.value == 2.5
    assert loaded.scenario.people.draft.value == 1234567


def test_bounds_settle_what_set_and_until_say(small: Small) -> None:
    for text, scale in (("1.375", 1.375), ("1,5", 1.5), ("0.125", 0.125), ("2.500", 2.5)):
        assert small.load(sets=[f"budget.scale.all={text}"]).scenario.budget.scale["all"] == scale
    (target,) = [one.id for one in small.load().scenario.targets][:1]
    loaded = small.load(sets=[f"targets.{target}.threshold=12.500 %"])
    assert loaded.scenario.targets[0].threshold.value == 0.125
    (asked,) = small.faults(sets=["budget.scale.all=250.000"])
    assert asked.code == "E-UNIT-005"
    for text, said in (("150%", "cần một số"), ("200", "phải từ 100 trở xuống"), ("-1", "phải từ 0 trở lên")):
        (refused,) = small.faults(sets=[f"budget.scale.all={text}"])
        assert said in refused.text("vi")
        assert "must" not in refused.text("vi")
    (bare,) = small.faults(sets=["budget.scale=1,5"])
    assert "budget.scale.all" in bare.text("vi")
    (blank,) = small.faults(sets=["people.scan="])
    assert blank.reason.en == "no value"


def test_a_header_repeated_inside_a_table_is_skipped_and_said(small: Small) -> None:
    text = (small.root / "tables/agencies.csv").read_text(encoding="utf-8")
    head, first, rest = text.split("\n", 2)
    before = small.load().agencies
    small.write("tables/agencies.csv", f"{head}\n{first}\n{head}\n{rest}")
    loaded = small.load()
    assert [row.agency_id for row in loaded.agencies] == [row.agency_id for row in before]
    assert any("1 repeated header row skipped" in one.en for one in loaded.recognised)


def test_totals_are_read_although_the_lines_cannot_be(small: Small) -> None:
    for table in (BUDGET, "tables/totals.csv"):
        small.write(table, "")
    assert [fault.code for fault in small.faults()] == ["E-TAB-001", "E-TAB-001"]


def test_a_table_that_is_not_there_names_the_one_that_is(small: Small) -> None:
    (small.root / BUDGET).rename(small.root / "tables/budget.xlsx")
    (absent,) = [fault for fault in small.faults() if fault.code == "E-FILE-001"]
    assert "budget.xlsx" in absent.repair.vi


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("start = 01/02/2016", "2016-01-02 or 2016-02-01"),
        ("start = 31/12/2016", "write the date as 2016-12-31"),
        ("unit = “delivery”", "curled"),
        ("unit = delivery", "must stand in"),
    ],
)
def test_what_word_and_habit_write_into_toml_is_told(small: Small, written: str, repair: str) -> None:
    small.edit("provinces/small.toml", "schema = 1", f"schema = 1\n{written}")
    (fault,) = small.faults()
    assert fault.code == "E-TOML-001"
    assert fault.place.endswith(":2")
    assert written in fault.text("vi")
    assert repair in fault.repair.en


def test_communes_left_by_deleted_districts_are_one_cause(small: Small) -> None:
    text = (small.root / "tables/agencies.csv").read_text(encoding="utf-8")
    small.write("tables/agencies.csv", "".join(line for line in text.splitlines(True) if ",district," not in line))
    (fault,) = [fault for fault in small.faults() if fault.code == "E-AGY-003"]
    assert fault.key == "parent_id"
    assert "two tiers" in fault.repair.en


def test_one_cause_is_one_line_with_its_rows(small: Small) -> None:
    text = (small.root / "tables/agencies.csv").read_text(encoding="utf-8")
    small.write("tables/agencies.csv", text.replace(",plan,test", ",plann,test"))
    (fault,) = small.faults()
    assert fault.rows == (2, 3, 4, 5, 6, 7)
    assert fault.text("en") == (
        'E-TAB-002 scenarios/tables/agencies.csv:2 basis: unknown word "plann"; did you mean "plan"? (6 rows: 2-7)'
    )


def test_what_follows_from_an_unread_cell_is_not_told(small: Small) -> None:
    small.edit(BUDGET, "2016,100", "2016,a hundred")
    small.edit("tables/agencies.csv", "dist.a,district", "dist.a,distrit")
    small.edit("tables/agencies.csv", "12,1,ftth,1,1,0", "12,1,ftth,1,0,1")
    told = {(fault.code, fault.key) for fault in small.faults()}
    assert told == {("E-TAB-002", "amount_million_vnd"), ("E-TAB-002", "tier"), ("E-AGY-005", "eoffice_linked")}


def test_days_of_a_spreadsheet(small: Small) -> None:
    rows = "31/12/2017,closed,a,b,reported\n07/01/2017 0:00,working,a,b,reported\n"
    small.write("tables/calendar.csv", f"date,kind,name_vi,decree,basis\n{rows}")
    loaded = small.load()
    assert [day.date.isoformat() for day in loaded.calendar_overrides] == ["2017-01-07", "2017-12-31"]
    assert "dates as day/month/year" in loaded.recognised[0].en


def test_code_pages_are_refused_by_name(small: Small) -> None:
    text = (small.root / BUDGET).read_text(encoding="utf-8").replace("Chữ ký số", "Tê\u0301t")
    small.write(BUDGET, text.replace("Mạng", "Tài").encode("cp1258"))
    fault = next(fault for fault in small.faults() if fault.code == "E-FILE-004")
    assert "Windows-1258" in fault.reason.vi
    assert "CSV UTF-8" in fault.repair.en


def test_breaks_hard_spaces_and_guards_in_texts(small: Small) -> None:
    small.edit(BUDGET, "Mạng,Network,TW,2016", '"Mạng\r\ntỉnh","\'- Network\u00a0one",TW,2016')
    line = next(line for line in small.load().budget if line.year == 2016)
    assert (line.title_vi, line.title_en) == ("Mạng tỉnh", "- Network one")


@pytest.mark.parametrize("note", ["Nguồn: Sở Nội vụ\n", "Tổng cộng,,,,,,170.5\n", "II. Đào tạo,,,,,,\nGhi chú: x\n"])
def test_notes_headings_and_sums_in_a_table_are_one_line(small: Small, note: str) -> None:
    small.write(BUDGET, (small.root / BUDGET).read_text(encoding="utf-8") + note)
    (fault,) = small.faults()
    assert (fault.code, fault.place) == ("E-TAB-004", f"scenarios/{BUDGET}:5")
    assert len(fault.rows) == (2 if note.count("\n") > 1 else 0)


@pytest.mark.parametrize("name", ["S? Tài chính", "Sá»Ÿ TÃ i chÃ­nh", "S\ufffd Tài chính"])
def test_names_that_lost_their_letters_are_told(small: Small, name: str) -> None:
    small.edit("tables/agencies.csv", "Sở Tài chính", name)
    (fault,) = small.faults()
    assert (fault.code, fault.key, "CSV UTF-8" in fault.repair.vi) == ("E-TAB-002", "name_vi", True)


def test_a_table_of_twenty_thousand_lines_is_asked_about_in_time(small: Small) -> None:
    rows = "".join(f"I.{n},I,Mạng,Network,TW,2016,{1 + n % 900}.500\n" for n in range(20_000))
    small.write(BUDGET, (small.root / BUDGET).read_text(encoding="utf-8").partition("\n")[0] + "\n" + rows)
    started = time.process_time()
    fault, *others = small.faults()
    assert time.process_time() - started < 5
    assert (fault.code, len(fault.rows)) == ("E-UNIT-005", 20_000)
    assert [one.code for one in others] == ["E-BUD-002"], "a total is of a line that was there before"


def test_lines_that_excel_did_not_part_are_parted(small: Small) -> None:
    """A comma table in an Excel that parts by semicolons is one column; saved, its lines with quotes are quoted."""
    small.edit(BUDGET, "Mạng,Network,TW,2016", '"Mạng, máy chủ","Network; servers",TW,2016')
    before = small.load().budget
    lines = (small.root / BUDGET).read_text(encoding="utf-8").splitlines()
    quoted = ['"' + line.replace('"', '""') + '"' if '"' in line or ";" in line else line for line in lines]
    small.write(BUDGET, "\r\n".join(quoted) + "\r\n")
    assert small.load().budget == before
    assert small.load().recognised[0].en.endswith(": 1 line in quotes as a whole")
