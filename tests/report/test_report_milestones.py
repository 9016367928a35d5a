"""Targets without a figure in the report: their table, their picture, what is said of them, their sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.report.evidence_sheets import influence_sheet, variance_sheet
from sim.report.figures.drawing import house_style
from sim.report.figures.fan_chart import fan_pictures
from sim.report.figures.milestones import milestone_pictures
from sim.report.milestones import milestone_lines, milestone_note, milestones_sheet, stops_of
from sim.report.obstacles import obstacle_passage
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.run_workbook import mandates_sheet
from sim.report.target_years import years_table
from sim.report.words import term
from sim.results.money_tables import MilestoneRow
from sim.results.run_tables import NOT_DUE, SeriesRow, TargetYearRow
from sim.results.words import LANGUAGES, Lang

EVIDENCE = dict.fromkeys(LANGUAGES, "")
MEASURE = "milestone(c1)"


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> RunTables:
    """The made-up run with one milestone more: money that mostly did not come, in the last place of the plan."""
    base = read_run_tables(table_folder)
    target = replace(
        base.targets[0],
        target_id="c1",
        title_vi="Xây dựng Trung tâm",
        title_en="Centre built",
        measure=MEASURE,
        threshold=0.995,
        median=0.6,
        p05=0.4,
        p95=1.0,
        p_reached=0.1,
        verdict="out of reach",
        first_reached=None,
    )
    amounts = {"delivered": (9900.0, 0), "late": (0.0, 3), "stopped": (0.0, 0), "not_arrived": (6600.0, 15)}
    rows = tuple(
        MilestoneRow("c1", state, 16500.0, median, 0.0, 2 * median, largest, 18, 20)
        for state, (median, largest) in amounts.items()
    )
    months = tuple(
        SeriesRow(date(year, 12, 31), MEASURE, "all", "true", "share", share, share / 2, share, share, share, 20)
        for year, share in ((2018, 0.2), (2019, 0.4), (2020, 0.6))
    )
    return replace(base, targets=(*base.targets, target), series=(*base.series, *months), milestones=rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_milestone_has_by_year_the_number_of_its_verdict_and_that_of_the_simulations(
    tables: RunTables, language: Lang
) -> None:
    """On the day it is due both stand, each with what it is; in other years there is one."""
    alone = replace(tables.targets[-1], n=2500, verdict="out of reach (money alone, 2500 draws)")
    common = {"target_id": "c1", "title_vi": "Trung tâm", "title_en": "Centre", "measure": MEASURE, "scope": "all"}
    common |= {"reading": alone.reading, "window_months": None, "p05": 0.2, "p95": 1.0, "p_reached": 0.1}
    years = [
        TargetYearRow(**common, year=2019, as_of=date(2019, 12, 31), median=0.4, threshold=None, state=NOT_DUE, n=20),
        TargetYearRow(
            **common,
            year=2020,
            as_of=date(2020, 12, 31),
            median=0.3,
            threshold=0.995,
            state=alone.verdict or "",
            n=2500,
        ),
    ]
    table = years_table(replace(tables, targets=(alone,), targets_by_year=tuple(years)), language)
    assert table is not None
    ((*_, before, due),) = table.rows
    judged, simulated = due.replace(",", ".").splitlines()
    own, other = ("riêng kinh phí", "mô phỏng") if language == "vi" else ("money alone", "simulations")
    assert judged == f"✕ 30.0% (20.0–100.0%): {own}", "as among the verdicts"
    assert simulated == f"60.0% (30.0–60.0%): {other}"
    assert all(sign in table.note for sign in "✓▲✕?")
    assert len(before.splitlines()) == 1


@pytest.mark.parametrize(("counts", "said"), [((2500, 1000), "n = 1.000–2.500"), ((2500, 2500), "n = 2.500")])
def test_the_note_says_over_how_many_draws(tables: RunTables, counts: tuple[int, int], said: str) -> None:
    rows = tuple(replace(tables.milestones[0], n=count) for count in counts)
    assert f"{said};" in milestone_note(replace(tables, milestones=rows), "vi")


def test_obstacles_come_by_how_often_they_were_the_largest(tables: RunTables) -> None:
    assert [row.state for row in stops_of(tables.milestones)] == ["not_arrived", "late"]
    (line,) = milestone_lines(tables, "en")
    assert (line.label, line.title) == ("5 (c1)", "Centre built")
    assert line.planned == "16,500.0 million VND"
    assert line.stops == (
        "money did not arrive: 6,600 million VND (0–13,200), the largest obstacle in 15 of the 18 missed",
        "late (slipped, in procurement or under way): 0 million VND (0–0), the largest obstacle in 3 of the 18 missed",
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Chỉ tiêu 5 (c1): vướng mắc lớn nhất về kinh phí: kinh phí không được bố trí (15 trong 18"),
        ("en", "Target 5 (c1): what holds back most of the money: money did not arrive (15 of the 18"),
    ],
)
def test_the_closing_words_say_what_stops_it(tables: RunTables, language: Lang, words: str) -> None:
    passage = obstacle_passage(tables, language)
    assert passage is not None
    assert any(point.startswith(words) for point in passage.points)


def test_milestones_share_one_picture_and_have_no_fan(tables: RunTables) -> None:
    (picture,) = milestone_pictures(tables, EVIDENCE)
    with house_style():
        figure = picture.draw("en")
    axes, left_over = figure.axes
    assert not left_over.get_visible()
    assert axes.get_title(loc="left") == "5 (c1). Centre built\nreached in 2 of 20 simulations"
    line, threshold, _ = axes.lines
    assert list(line.get_ydata()) == [0.2, 0.4, 0.6]
    assert list(threshold.get_ydata()) == [0.995, 0.995]
    assert "target_c1" not in [one.name for one in fan_pictures(tables, EVIDENCE)]
    assert milestone_pictures(replace(tables, targets=tables.targets[:-1]), EVIDENCE) == []


def test_a_milestones_measure_is_read_by_its_name_before_the_bracket() -> None:
    assert term("measure", MEASURE, "en") == "Milestone: share delivered of what the plan pays for"
    assert term("measure", "moonshine(c1)", "en") == "moonshine(c1)"


def test_the_sheets_on_why_hold_every_row(tables: RunTables) -> None:
    milestones = milestones_sheet(tables)
    assert [row[0] for row in milestones.rows] == ["c1"] * 4
    assert [row[4] for row in milestones.rows][-1] == "money did not arrive"
    assert [row[1] for row in milestones.rows] == ["Xây dựng Trung tâm"] * 4
    assert len(influence_sheet(tables).rows) == len(tables.influence) > 0
    assert len(variance_sheet(tables).rows) == len(tables.variance) > 0
    assert [row[3] for row in mandates_sheet(tables).rows] == [row.start for row in tables.mandates]
    for sheet in (milestones, influence_sheet(tables), variance_sheet(tables), mandates_sheet(tables)):
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}
