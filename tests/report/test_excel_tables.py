"""Tables for a Vietnamese Excel: headings and states in words, the numbers those of the plain tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sim.report.excel_tables import excel_text
from sim.report.words import TERMS, verdict_text
from sim.results.run_tables import CAUSES, TARGETS, TARGETS_BY_YEAR


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


def test_a_heading_is_no_list_of_what_may_stand_below_it() -> None:
    headings = next(csv.reader(io.StringIO(excel_text(TARGETS_BY_YEAR, ()).removeprefix("\ufeff")), delimiter=";"))
    assert "Tình trạng [state]" in headings
    assert not any("trống" in name for name in headings)
