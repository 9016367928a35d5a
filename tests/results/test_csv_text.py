"""CSV tables: the same bytes for the same values, and nothing a spreadsheet would run."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.results.csv_text import EXCEL, CsvValue, csv_cell, csv_text, unguarded


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (0, "0"),
        (-5, "-5"),
        (10**20, "100000000000000000000"),
        (True, "true"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333333333"),
        (-0.0, "0"),
        (-2.5, "-2.5"),
        (3.0, "3"),
        (1234567.125, "1234567.125"),
        (1e-7, "1e-07"),
        ("95 %", "95 %"),
        ("Đạt", "Đạt"),
    ],
)
def test_values_as_they_stand_in_a_cell(value: str | float | None, expected: str) -> None:
    assert csv_cell(value) == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_could_be_a_formula_is_neutralised(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    assert csv_cell(text) == f"'{text}"
    table = csv_text([text], [[text]])
    assert list(csv.reader(io.StringIO(table, newline=""))) == [[f"'{text}"], [f"'{text}"]]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text("=+-@\t\r\n＝'aĐ ", max_size=6))
def test_reading_takes_off_what_writing_put_in_front_and_nothing_else(text: str) -> None:
    cell = csv_cell(text)
    assert unguarded(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@pytest.mark.parametrize(
    ("text", "cell"), [("- Sở", "'- Sở"), ("'- Sở", "''- Sở"), ("'tis", "'tis"), ("''=1", "'''=1"), ("'", "'")]
)
def test_texts_that_begin_with_an_apostrophe_are_told_apart(text: str, cell: str) -> None:
    assert (csv_cell(text), unguarded(cell)) == (cell, text)


def test_a_table_for_excel_has_the_mark_semicolons_and_decimal_commas() -> None:
    rows: list[list[CsvValue]] = [["Xã Cát Hải; Phù Cát, 'a'", 0.5, 3, None], ["- Sở", -1234.25, 0, 'nói "có"']]
    written = csv_text(["tên", "tỷ lệ", "số", "note"], rows, EXCEL).encode()
    lines = ["tên;tỷ lệ;số;note", "\"Xã Cát Hải; Phù Cát, 'a'\";0,5;3;", '\'- Sở;-1234,25;0;"nói ""có"""', ""]
    assert written == b"\xef\xbb\xbf" + "\r\n".join(lines).encode()
    read = pd.read_csv(io.BytesIO(written), sep=";", decimal=",", encoding="utf-8-sig")
    assert list(read["tỷ lệ"]) == [0.5, -1234.25]
    assert [unguarded(name) for name in read["tên"]] == ["Xã Cát Hải; Phù Cát, 'a'", "- Sở"]


def test_the_whole_table_reads_back_as_written() -> None:
    rows: list[list[CsvValue]] = [
        ["UBND xã Cát Hải, huyện Phù Cát", 0.95, None],
        ['"trích yếu"', -1, "dòng một\ndòng hai"],
        ["", 7, "a\rb"],
    ]
    table = csv_text(["tên", "value", "note"], rows)
    assert list(csv.reader(io.StringIO(table, newline=""))) == [
        ["tên", "value", "note"],
        ["UBND xã Cát Hải, huyện Phù Cát", "0.95", ""],
        ['"trích yếu"', "-1", "dòng một\ndòng hai"],
        ["", "7", "a\rb"],
    ]
    assert table.startswith('tên,value,note\n"UBND xã Cát Hải, huyện Phù Cát",0.95,\n')


def test_control_characters_and_broken_letters_are_replaced() -> None:
    assert csv_cell("a\x00b\x1b[31mc\x7f") == "a\ufffdb\ufffd[31mc\ufffd"
    assert csv_cell("a\ud800b") == "a?b"


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="cannot stand in a table"):
        csv_text(["x"], [[bad]])


def test_a_row_of_one_empty_cell_is_still_a_row() -> None:
    assert list(csv.reader(io.StringIO(csv_text(["x"], [[None], ["y"]]), newline=""))) == [["x"], [""], ["y"]]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under a header of 1"):
        csv_text(["x"], [[1, 2]])
