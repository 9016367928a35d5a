"""A declared table: what is written is what is read, and nothing else is taken for it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from subprocess import run
from typing import Annotated

import pytest

from sim.results.cell_text import clean_text
from sim.results.table import Column, Table, TableError
from sim.results.words import Words


@dataclass(frozen=True, slots=True)
class Bus:
    """A row with a column of every type."""

    line: Annotated[str, Column("tuyến", "line")]
    note: Annotated[str | None, Column("ghi chú", "note")]
    seats: Annotated[int, Column("số ghế", "seats", unit="seats")]
    late: Annotated[int | None, Column("số chuyến muộn", "late trips")]
    length: Annotated[float | None, Column("chiều dài", "length", unit="km")]
    since: Annotated[date | None, Column("từ ngày", "since")]
    electric: Annotated[bool, Column("chạy điện", "electric")]


@dataclass(frozen=True, slots=True)
class Trip:
    """A row whose middle columns are the scenario's."""

    number: Annotated[int, Column("số", "number")]
    values: Mapping[str, float]
    shares: Mapping[str, float | None]
    done: Annotated[bool, Column("xong", "done")]


BUSES = Table("buses", Bus, Words("Xe buýt", "Buses"))
TRIPS = Table("trips", Trip, Words("Chuyến", "Trips")).with_columns(
    values={"b": Column("b", "b"), "a": Column("a", "a")}, shares={"c": Column("c", "c", unit="share")}
)
ROWS = (
    Bus("T1", "chạy, cả đêm", 40, 3, 12.5, date(2016, 3, 31), electric=True),
    Bus("T2", None, 30, None, None, None, electric=False),
)
HEADER = "line,note,seats,late,length,since,electric"


def test_the_file_is_plain_csv(tmp_path: Path) -> None:
    assert BUSES.write(tmp_path, ROWS) == tmp_path / "buses.csv"
    lines = [HEADER, 'T1,"chạy, cả đêm",40,3,12.5,2016-03-31,1', "T2,,30,,,,0"]
    assert (tmp_path / "buses.csv").read_text(encoding="utf-8").splitlines() == lines


def test_what_is_written_is_read(tmp_path: Path) -> None:
    BUSES.write(tmp_path, ROWS)
    assert BUSES.read(tmp_path) == ROWS
    trips = (Trip(1, {"b": 2.5, "a": 1.0}, {"c": None}, done=True), Trip(2, {"b": 0.0, "a": 3.0}, {"c": 0.5}, False))
    TRIPS.write(tmp_path, trips)
    assert (tmp_path / "trips.csv").read_text(encoding="utf-8").splitlines()[0] == "number,b,a,c,done"
    assert TRIPS.read(tmp_path) == trips
    BUSES.write(tmp_path, ())
    assert BUSES.read(tmp_path) == ()


def test_the_guard_against_formulas_stays_in_the_file(tmp_path: Path) -> None:
    rows = tuple(replace(ROWS[0], line=line) for line in ("- Sở Nội vụ", "'- Sở", "'tis", "=1+1", "@a", "+"))
    BUSES.write(tmp_path, rows)
    assert "'- Sở Nội vụ," in (tmp_path / "buses.csv").read_text(encoding="utf-8")
    assert BUSES.read(tmp_path) == rows
    assert list(BUSES.read_frame(tmp_path)["line"]) == [row.line for row in rows]


def test_a_frame_has_types(tmp_path: Path) -> None:
    BUSES.write(tmp_path, ROWS)
    for frame in (BUSES.frame(ROWS), BUSES.read_frame(tmp_path)):
        kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
        assert kinds == {
            "line": "string",
            "note": "string",
            "seats": "int64",
            "late": "Int64",
            "length": "float64",
            "since": "datetime64[s]",
            "electric": "bool",
        }
        assert frame.since.dt.year[0] == 2016
        assert frame.late.isna().tolist() == [False, True]
        assert frame.seats.sum() == 70
    assert BUSES.frame(()).dtypes.to_dict() == BUSES.frame(ROWS).dtypes.to_dict()
    assert list(TRIPS.frame(()).columns) == ["number", "b", "a", "c", "done"]


@pytest.mark.parametrize("column", HEADER.split(","))
def test_a_renamed_column_is_an_error_that_names_it(tmp_path: Path, column: str) -> None:
    text = BUSES.text(ROWS)
    (tmp_path / "buses.csv").write_text(text.replace(column, "renamed", 1), encoding="utf-8")
    with pytest.raises(TableError, match=rf"^buses.csv:1 {column}: the table buses lacks this column$") as raised:
        BUSES.read(tmp_path)
    assert (raised.value.table, raised.value.column) == ("buses", column)
    assert raised.value.words.vi == f"buses.csv:1 {column}: bảng buses thiếu cột này"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (f"{HEADER},more", r"buses\.csv:1 more: the table buses has no such column"),
        (f"{HEADER},line", r"buses\.csv:1 line: the table buses has this column twice"),
        (HEADER.replace("line,note", "note,line"), r"buses\.csv:1 note: .* out of order; they are line, note"),
        ("", r"buses\.csv:1 line: the table buses lacks this column"),
    ],
)
def test_other_columns_are_refused(tmp_path: Path, header: str, message: str) -> None:
    (tmp_path / "buses.csv").write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(TableError, match=message):
        BUSES.read(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,1,,,,0", "line: missing"),
        ("T,,,,,,0", "seats: missing"),
        ("T,,1.5,,,,0", "seats: '1.5' is not a whole number"),
        ("T,,1,x,,,0", "late: 'x' is not a number"),
        ('T,,1,,"0,95",,0', "length: '0,95' is not a number"),
        ("T,,1,,inf,,0", "length: 'inf' is not finite"),
        ("T,,1,,nan,,0", "length: 'nan' is not finite"),
        ("T,,1,,,31/12/2020,0", "since: '31/12/2020' is not a date of the form yyyy-mm-dd"),
        ("T,,1,,,,maybe", "electric: 'maybe' is neither true nor false"),
        ("T,,1,,,,", "electric: missing"),
        ("T,,1,,,", "the line has 6 cells, the table buses has 7 columns"),
    ],
)
def test_a_bad_cell_names_file_line_and_column(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "buses.csv").write_text(f"{HEADER}\nT1,,1,,,,0\n{line}\n", encoding="utf-8")
    with pytest.raises(TableError) as raised:
        BUSES.read(tmp_path)
    assert str(raised.value) == f"buses.csv:3{' ' if line.count(',') == 6 or '0,95' in line else ': '}{message}"


def test_a_spreadsheet_may_have_saved_it(tmp_path: Path) -> None:
    (tmp_path / "buses.csv").write_text(f"\ufeff{HEADER}\r\nT1,,40.0,,1,,TRUE\r\n\r\n", encoding="utf-8")
    assert BUSES.read(tmp_path) == (Bus("T1", None, 40, None, 1.0, None, electric=True),)


def test_a_blank_where_none_may_be_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"buses\.csv: line may not be blank"):
        BUSES.text([Bus("", None, 1, None, None, None, electric=False)])
    with pytest.raises(ValueError, match=r"buses\.csv: nan cannot stand in a table"):
        BUSES.text([Bus("T", None, 1, None, float("nan"), None, electric=False)])


def test_the_codebook_says_what_each_column_holds() -> None:
    rows = [*BUSES.codebook(), *TRIPS.codebook()]
    assert [row.column for row in rows] == [*HEADER.split(","), "number", "b", "a", "c", "done"]
    kinds = ["text", "text", "integer", "integer", "number", "date", "boolean"]
    assert [row.type for row in rows[:7]] == kinds
    length = next(row for row in rows if row.column == "length")
    assert (length.table, length.unit, length.meaning_vi, length.meaning_en) == ("buses", "km", "chiều dài", "length")


def test_a_field_that_is_no_column_is_noticed() -> None:
    @dataclass(frozen=True)
    class Bare:
        line: str

    with pytest.raises(TypeError, match=r"bare\.line is not declared as a column"):
        _ = Table("bare", Bare, Words("", "")).columns
    with pytest.raises(ValueError, match="buses has no group of columns seats"):
        _ = BUSES.with_columns(seats={"x": Column("", "")}).columns
    with pytest.raises(ValueError, match="two columns have one name"):
        _ = TRIPS.with_columns(values={"number": Column("", "")}).columns


def test_text_is_composed_and_freed_of_controls() -> None:
    decomposed = unicodedata.normalize("NFD", "Đường truyền")
    assert decomposed != "Đường truyền"
    assert clean_text(decomposed) == "Đường truyền"
    assert clean_text("a\x1b[31mb\u202ec\nd") == "a [31mbc d"


def test_pandas_is_not_imported_before_a_frame_is_wanted() -> None:
    code = "import sys, sim.results.table; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_last_column_that_older_files_lack_is_read_as_blank(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Older:
        line: Annotated[str, Column("tuyến", "line")]
        seats: Annotated[int, Column("số ghế", "seats", unit="seats")]
        number: Annotated[int | None, Column("số", "number")] = None

    table = Table("buses", Older, Words("Xe buýt", "Buses"))
    (tmp_path / "buses.csv").write_text("line,seats\nT1,40\n", encoding="utf-8")
    assert table.read(tmp_path) == (Older("T1", 40),)
    (tmp_path / "buses.csv").write_text("line,seats,number\nT1,40,7\n", encoding="utf-8")
    assert table.read(tmp_path) == (Older("T1", 40, 7),)
    (tmp_path / "buses.csv").write_text("line\nT1\n", encoding="utf-8")
    with pytest.raises(TableError, match="lacks this column"):
        table.read(tmp_path)
