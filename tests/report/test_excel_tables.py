"""Tables for a Vietnamese Excel: headings and states in words, the numbers those of the plain tables."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from sim.report.excel_tables import excel_text, in_words
from sim.report.words import TERMS, verdict_text
from sim.results.run_tables import CAUSES, TARGETS, TARGETS_BY_YEAR
from sim.scenario.table_days import day_orders, day_typed


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_headings_and_states_are_words_and_keep_their_names(table_folder: Path) -> None:
    rows = TARGETS.read(table_folder)
    found = read(excel_text(TARGETS, rows))
    headings = list(found[0])
    assert [name.rpartition("[")[2].rstrip("]") for name in headings] == [one.name for one in TARGETS.columns]
    assert all(name[0].isupper() for name in headings)
    verdict, median = (next(one for one in headings if one.endswith(f"[{name}]")) for name in ("verdict", "median"))
    assert [row[verdict] for row in found] == [verdict_text(row.verdict, "vi") if row.verdict else "" for row in rows]
    assert not {row[verdict] for row in found} & {"reachable", "at risk", "out of reach"}
    assert float(found[0][median].replace(",", ".").removesuffix("%")) == pytest.approx(100.0 * (rows[0].median or 0.0))
    assert found[0][median].endswith("%"), "a share, which Excel reads as one"
    due = next(one for one in headings if one.endswith("[n]"))
    assert "%" not in found[0][due]


def test_causes_are_words(table_folder: Path) -> None:
    found = read(excel_text(CAUSES, CAUSES.read(table_folder)))
    cause = next(one for one in found[0] if one.endswith("[cause]"))
    known = {row.cause for row in CAUSES.read(table_folder)} & TERMS["cause"].keys()
    assert len(known) > 5
    assert not {row[cause] for row in found} & known


def test_days_are_written_as_offices_write_them_and_read_back_as_they_were(run_folder: Path) -> None:
    """31/12/2020; a column of them is taken for day, month, year by what reads a planner's own tables."""
    rows = TARGETS_BY_YEAR.read(run_folder)
    found = read(excel_text(TARGETS_BY_YEAR, rows))
    said = [next(cell for name, cell in row.items() if name.endswith("[as_of]")) for row in found]
    assert all(re.fullmatch(r"\d{2}/\d{2}/\d{4}", day) for day in said)
    assert [day_typed(day) for day in said] == [row.as_of for row in rows]
    assert day_orders(said) == {"dmy"}


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("entry", "not_arrived", "không được bố trí"),
        ("quantity", "filed", "hồ sơ"),
        ("lacks", "eoffice", "văn phòng điện tử"),
        ("reason", "not_arrived", "kinh phí"),
        ("tiers", "office;outside", "ngoài tỉnh"),
        ("moves", "eoffice_linked_share;trained_share", ";"),
        ("unit", "dossiers", "hồ sơ"),
        ("tier", "all", "tất cả"),
        ("confidence", "high", "cao"),
    ],
)
def test_states_are_vietnamese_words(column: str, cell: str, words: str) -> None:
    shown = str(in_words(column, cell, {}))
    assert words in shown.casefold()
    assert cell not in shown.split(";")


def test_a_heading_is_no_list_of_what_may_stand_below_it() -> None:
    headings = next(csv.reader(io.StringIO(excel_text(TARGETS_BY_YEAR, ()).removeprefix("\ufeff")), delimiter=";"))
    assert "Tình trạng [state]" in headings
    assert not any("trống" in name for name in headings)
