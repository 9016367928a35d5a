"""One-stop dossiers in the report: years and tiers, other provinces, punctuality drawn, what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.report.dossiers import (
    check_lines,
    check_note,
    dossier_checks_sheet,
    dossier_lines,
    dossiers_sheet,
    period_text,
)
from sim.report.figures.drawing import house_style
from sim.report.figures.punctuality import punctuality_pictures
from sim.report.obstacles import obstacle_passage
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.workbook import Quantity
from sim.results.money_tables import MoneyRow
from sim.results.run_tables import AgencyRow, CauseRow, ParameterRow, SeriesRow, TargetRow
from sim.results.service_tables import DossierCheckRow, DossierRow
from sim.results.words import LANGUAGES, Lang

EVIDENCE = dict.fromkeys(LANGUAGES, "")
COUNTS = {"filed": 8000.0, "fileable_share": 0.15, "online_share": 0.02, "assisted_share": 0.2}
ON_TIME = {"real_on_time_share": 0.7, "recorded_on_time_share": 0.98}


def dossier_row(year: int, tier: str, quantity: str, median: float | None) -> DossierRow:
    unit = "share" if quantity.endswith("share") else "dossiers"
    each = median / 16000 if median is not None and unit == "dossiers" else None
    ends = (None, None) if median is None else (median / 2, min(median * 1.2, 1.0) if unit == "share" else median * 2)
    return DossierRow(year, tier, quantity, unit, median, *ends, each, 20)


def check(name: str, observed: float, median: float | None, relation: str, derived: str = "") -> DossierCheckRow:
    return DossierCheckRow(
        observation_id=name,
        place_name="Vĩnh Phúc",
        period="2021-01/2021-03",
        measure="online_share",
        scope="tier:department",
        unit="share",
        observed=observed,
        observed_low=None,
        observed_high=None,
        year=2020,
        median=median,
        p05=median,
        p95=median,
        n=20,
        relation=relation,
        derived_parameter=derived,
        confidence="high",
        note_vi="ghi chú",
        note_en="note",
        source="báo",
    )


def target(base: TargetRow, name: str, measure: str, scope: str, median: float, threshold: float) -> TargetRow:
    return replace(
        base,
        target_id=name,
        title_vi=name,
        title_en=name,
        measure=measure,
        scope=scope,
        median=median,
        threshold=threshold,
        verdict="out of reach",
    )


def purchase(name: str, moves: str) -> ParameterRow:
    key = f"purchases.{name}.share"
    return ParameterRow(key, "1", 0.0, 0.1, 1.0, "fixed", "plan", "x", f"tên {name}", f"name of {name}", moves)


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> RunTables:
    """The made-up run with dossiers and four targets on them; the plan's other targets left out."""
    base = read_run_tables(table_folder)
    plain = base.targets[0]
    rows = [
        dossier_row(year, tier, quantity, value)
        for year in (2019, 2020)
        for tier in ("all", "district")
        for quantity, value in (COUNTS | ON_TIME).items()
    ]
    agencies = [
        AgencyRow(f"com.{i}", "commune", "Xã", "Commune", None, None, None, 0.0, 0.0, 0.0, 0.0, 20) for i in range(10)
    ]
    amounts = {"planned": 1000.0, "not_arrived": 300.0, "spent": 500.0, "under_way": 0.0, "returned": 150.0}
    money = [
        MoneyRow("II.2a", "all", "all", entry, amount, 0.9 * amount, 1.1 * amount, 20)
        for entry, amount in amounts.items()
    ]
    bought = purchase(
        "II.2a.onestop_commune_software", "onestop_agency_share;onestop_linked_share;online_service_agency_share"
    )
    other = purchase("II.2b.online_procedure", "service_level3_share;service_level4_share")
    late = [
        CauseRow(2020, "late_dossiers", cause, "dossiers", number, 0.0, 2 * number, 20, number / 100.0, 0.0, 1.0)
        for cause, number in (("officer", 60.0), ("outside_body", 40.0), ("leader", 0.0))
    ]
    return replace(
        base,
        targets=(
            target(plain, "b3", "dossier_online_share", "all", 0.02, 0.4),
            target(plain, "b4", "online_service_agency_share", "tier:commune", 0.3, 1.0),
            target(plain, "b5", "business_registration_online_share", "all", 0.2, 0.45),
            target(plain, "on_time", "dossier_on_time_share", "all", 0.7, 0.95),
        ),
        series=(
            *base.series,
            SeriesRow(date(2020, 12, 31), "citizen_online_share", "all", "true", "share", 0.12, 0.1, 0.1, 0.2, 0.2, 20),
        ),
        causes=(*base.causes, *late),
        agencies=tuple(agencies),
        money=tuple(money),
        parameters=(bought, other),
        dossiers=tuple(rows),
        dossier_checks=(
            check("first", 0.1, 0.15, "above", "dossiers.arrivals.per_head"),
            check("second", 0.2, 0.15, "below"),
        ),
    )


def test_all_years_together_then_the_last_year_by_tier(tables: RunTables) -> None:
    lines = dossier_lines(tables, "en")
    assert [(line.year, line.tier) for line in lines] == [
        ("2019", "Whole province"),
        ("2020", "Whole province"),
        ("2020", "District"),
    ]
    assert lines[0].filed == "8,000\n(4,000–16,000)"
    assert lines[0].per_inhabitant == "0.50"
    assert lines[0].shares[:4] == ("70.0%\n(35.0–84.0%)", "98.0%\n(49.0–100.0%)", "2.0%\n(1.0–2.4%)", "—")


def test_figures_that_check_the_model_come_first(tables: RunTables) -> None:
    first, second = check_lines(tables, "en")
    assert first.published == "20.0%"
    assert first.difference == "The simulation is lower; the median is 5.0 percentage points lower"
    assert first.derived == ""
    assert first.place == "Vĩnh Phúc, Jan 2021–Mar 2021 (high confidence)"
    assert second.derived.endswith("was derived from it: no check.")
    assert check_lines(tables, "vi")[1].difference == "Mô phỏng cao hơn; trung vị cao hơn 5,0 điểm phần trăm"
    assert "check the model: 1 of 2; within the simulated range: 0" in check_note(tables, "en")


def test_a_scenario_without_a_catalogue_has_no_dossiers_to_show_or_check(tables: RunTables) -> None:
    """Nothing filed is not the same as 0 dossiers, and checks nothing."""
    none = replace(tables, dossiers=tuple(dossier_row(2012, tier, "filed", 0.0) for tier in ("all", "commune")))
    assert dossier_lines(none, "en") == []
    assert tables.dossier_checks
    assert check_lines(none, "en") == []


def test_nothing_simulated_is_said(tables: RunTables) -> None:
    (line,) = check_lines(replace(tables, dossier_checks=(check("x", 0.2, None, ""),)), "en")
    assert line.difference == "Nothing simulated to compare"
    assert (line.simulated, line.published) == ("—", "20.0%")


def test_periods_that_are_no_months_stay_as_given() -> None:
    assert period_text("2021-08", "vi") == "08/2021"
    assert period_text("spring 2020", "en") == "spring 2020"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Target 1 (b3): in 2020, of 8,000 dossiers filed (median, n = 20) only 15.0% (7.5–18.0%) could be filed",
        ),
        ("en", "or on the national portals of business and of investment registration; 2.0% (1.0–2.4%) were"),
        ("en", "20.0% (10.0–24.0%) of these by an officer for the citizen"),
        ("en", "in Dec 2020 12.0% of the people"),
        (
            "en",
            "7 of 10 agencies are not on the system of online services yet (commune, medians).\nLine II.2a (of which ",
        ),
        ("en", "what follows is of the whole line): 1,000 million VND planned, of which"),
        ("en", "to the whole) 300 (270–330) did not arrive; 500 (450–550) spent; 150 (135–165) uncommitted at"),
        ("en", "of which (medians and 5–95% ranges, n = 20; medians of parts do not"),
        ("en", "Target 3 (b5): these are filed on a national portal run by the centre"),
        ("en", "Target 4 (on_time): truly late dossiers of 2020 spent most of their time with: officers of the"),
        ("en", "agency of intake (60.0%), body outside (tax, police, ministry) (40.0%); mean shares"),
        ("vi", "chỉ 15,0% (7,5–18,0%) nộp trực tuyến được: thuộc dịch vụ mức độ 3, 4"),
        ("vi", "cổng quốc gia về đăng ký doanh nghiệp và đầu tư"),
        ("vi", "còn 7 trong 10 cơ quan chưa vào hệ thống dịch vụ công trực tuyến"),
        ("vi", "cổng quốc gia do Trung ương vận hành"),
    ],
)
def test_the_closing_words_say_what_stands_in_the_way(tables: RunTables, language: Lang, words: str) -> None:
    passage = obstacle_passage(tables, language)
    assert passage is not None
    text = "\n".join(passage.points)
    assert words in text
    assert "II.2b" not in text
    assert "contracted and not delivered" not in text, "nothing is under way in any simulation"


def test_a_target_at_its_threshold_lacks_nothing(tables: RunTables) -> None:
    at = replace(tables, targets=(replace(tables.targets[1], threshold=0.3, verdict="undecided (4 more)"),))
    passage = obstacle_passage(at, "en")
    assert passage is not None
    assert passage.points == ("Target 1 (b4) – the median is at the threshold, not every simulation is.",)


def test_punctuality_is_drawn_by_tier_with_gaps_as_gaps(tables: RunTables) -> None:
    (picture,) = punctuality_pictures(tables, EVIDENCE)
    with house_style():
        figure = picture.draw("en")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Whole province", "District"]
    recorded, real = (container.lines[0].get_ydata() for container in figure.axes[0].containers)
    assert list(recorded) == [0.98, 0.98]
    assert list(real) == [0.7, 0.7]
    assert len(picture.data.rows) == 8
    blank = replace(tables, dossiers=(dossier_row(2019, "all", "real_on_time_share", None),))
    assert punctuality_pictures(blank, EVIDENCE) == []


def test_the_sheets_keep_every_row_as_numbers(tables: RunTables) -> None:
    years, checks = dossiers_sheet(tables), dossier_checks_sheet(tables)
    assert len(years.rows) == len(tables.dossiers)
    assert all(len(row) == len(years.columns) for row in years.rows)
    assert Quantity(8000.0, "count") in years.rows[0]
    assert all(len(row) == len(checks.columns) for row in checks.rows)
    assert Quantity(0.15, "share") in checks.rows[0]
    assert "dossiers.arrivals.per_head" in checks.rows[0]
