"""Panels side by side: each case or milestone on the same axes, with what it is held against."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_comparison import CASES, write_fake_comparison
from matplotlib.figure import Figure

from sim.report.comparison import CompareTables, read_compare_tables
from sim.report.figures.drawing import house_style
from sim.report.figures.panels import MOST_CASES, panel_pictures
from sim.results.words import LANGUAGES

EVIDENCE = dict.fromkeys(LANGUAGES, "")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> CompareTables:
    return read_compare_tables(write_fake_comparison(tmp_path_factory.mktemp("runs") / "compare"))


def drawn(tables: CompareTables, name: str) -> Figure:
    picture = next(one for one in panel_pictures(tables, EVIDENCE) if one.name == name)
    with house_style():
        return picture.draw("en")


def test_a_panel_for_each_case_and_none_for_the_place_left_over(tables: CompareTables) -> None:
    shown = [axes for axes in drawn(tables, "panels_a3").axes if axes.get_visible()]
    assert [axes.get_title(loc="left").splitlines()[0] for axes in shown] == [english for _, english in CASES.values()]
    assert [axes.get_title(loc="left").splitlines()[1] for axes in shown] == [
        "reached in 0 of 20 simulations",
        "reached in 6 of 20 simulations",
        "reached in 0 of 20 simulations",
    ]
    assert len(drawn(tables, "panels_a3").axes) == 4


def test_each_panel_draws_its_own_months_threshold_and_due_date(tables: CompareTables) -> None:
    shown = [axes for axes in drawn(tables, "panels_a2").axes if axes.get_visible()]
    for axes, case in zip(shown, CASES, strict=True):
        rows = [
            row
            for row in tables.series
            if (row.case.name, row.measure, row.version) == (case, "submission_electronic_share", "reported")
        ]
        line, threshold, due = axes.lines
        assert list(line.get_ydata()) == [row.median for row in sorted(rows, key=lambda row: row.date)]
        assert list(threshold.get_ydata()) == [0.95, 0.95]
        described = tables.described[-1].due
        assert described is not None
        assert list(due.get_xdata()) == [described.toordinal()] * 2
        assert axes.get_ylim() == shown[0].get_ylim()


def test_cases_that_nobody_could_tell_apart_get_no_panels(tables: CompareTables) -> None:
    flat = tuple(replace(row, median=0.5) for row in tables.series)
    assert panel_pictures(replace(tables, series=flat), EVIDENCE) == []


@pytest.mark.parametrize(("number", "pictures"), [(2, 0), (3, 2), (MOST_CASES, 2), (MOST_CASES + 1, 0)])
def test_two_cases_and_too_many_have_lines_only(tables: CompareTables, number: int, pictures: int) -> None:
    rows, series = [], []
    for at in range(number):
        case = {"cell": f"case{at}", "title_en": f"Case {at}"}
        like = tables.cases[at % 3].name
        rows += [replace(row, **case) for row in tables.rows if row.cell == like]
        series += [replace(row, **case) for row in tables.series if row.cell == like]
    found = panel_pictures(replace(tables, rows=tuple(rows), series=tuple(series)), EVIDENCE)
    assert len(found) == pictures
