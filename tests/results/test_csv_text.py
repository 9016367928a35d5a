"""CSV tables: the same bytes for the same values, and nothing a spreadsheet would run."""

import csv
import io

import pytest

from sim.results.csv_text import CsvValue, csv_cell, csv_text


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
