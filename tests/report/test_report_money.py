from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.report.headlines import headlines
from sim.report.money_section import money_section
from sim.report.rows import RunTables
from sim.report.simulated_money import money_notes, simulated_money, sum_amounts
from sim.report.tables import read_run_tables


@pytest.fixture(scope="module")
def tables(run_folder: Path) -> RunTables:
    return read_run_tables(run_folder)


def _until(tables: RunTables, last: date) -> RunTables:
    return replace(tables, manifest=replace(tables.manifest, horizon_end=last))


def test_a_shortened_horizon_counts_and_names_only_the_years_simulated(tables: RunTables) -> None:
    short = _until(tables, date(2017, 12, 31))
    label, value, detail = [(line.label, line.value, line.detail) for line in headlines(short, "vi")][3]
    inside = [row for row in tables.spending if row.year <= 2017]
    assert label == "Kinh phí đã chi, 2016–2017"
    assert value == "8.078,8 triệu đồng"
    assert sum(row.spent_median or 0.0 for row in inside) == pytest.approx(8078.8)
    assert detail.startswith("Kế hoạch 11.921,0 triệu đồng, được cấp 9.394,0 triệu đồng, cam kết chi ")
    assert detail.endswith("không tính các năm ngoài giai đoạn mô phỏng")


def test_a_horizon_that_ends_within_a_year_says_so(tables: RunTables) -> None:
    short = _until(tables, date(2018, 6, 30))
    money = simulated_money(short.spending, short.manifest)
    assert money.years == (2016, 2017, 2018)
    label = headlines(short, "en")[3].label
    assert label == "Money spent, 2016–2018 (simulated to 30 Jun 2018)"
    _, cut, left_out = money_notes(money, "vi")
    assert cut == "Mô phỏng dừng ngày 30/06/2018; kế hoạch năm 2018 vẫn tính cả năm."
    planned = sum_amounts(money.outside).planned
    assert f"{planned:.1f}" == "17381.0"
    assert left_out == "Không tính 17.381,0 triệu đồng ghi kế hoạch cho các năm 2019–2020, ngoài giai đoạn mô phỏng."


def test_one_year_left_out_is_said_in_the_singular(tables: RunTables) -> None:
    money = simulated_money(tables.spending, _until(tables, date(2019, 12, 31)).manifest)
    assert "cho năm 2020, ngoài" in money_notes(money, "vi")[-1]


def test_the_whole_horizon_leaves_nothing_out(tables: RunTables) -> None:
    money = simulated_money(tables.spending, tables.manifest)
    assert (money.outside, money.stopped) == ((), None)
    assert len(money_notes(money, "vi")) == 1


def test_money_planned_for_other_years_only_is_no_money_of_this_run(tables: RunTables) -> None:
    early = _until(tables, date(2015, 12, 31))
    early = replace(early, manifest=replace(early.manifest, horizon_start=date(2015, 1, 1)))
    assert money_section(early, "vi") is None
    assert all("Kinh phí" not in line.label for line in headlines(early, "vi"))


def test_the_tables_add_up_by_year_and_by_line(tables: RunTables) -> None:
    section = money_section(tables, "vi")
    assert section is not None
    assert section.columns == ("Kế hoạch", "Được cấp", "Cam kết chi", "Đã chi", "Nộp trả")
    assert [row.title for row in section.by_year] == ["2016", "2017", "2018", "2019", "2020", "Tổng cộng"]
    assert [row.total for row in section.by_year] == [False] * 5 + [True]
    assert section.by_year[-1].amounts == section.by_line[-1].amounts
    assert section.by_year[-1].amounts[0] == "37.752,5"
    years = [float(row.amounts[3].replace(".", "").replace(",", ".")) for row in section.by_year]
    assert sum(years[:-1]) == pytest.approx(years[-1], abs=0.3)


def test_an_amount_not_recorded_in_one_year_is_a_dash_there(tables: RunTables) -> None:
    mixed = tuple(replace(row, committed_median=None) if row.year == 2016 else row for row in tables.spending)
    section = money_section(replace(tables, spending=mixed), "vi")
    assert section is not None
    assert section.by_year[0].amounts[2] == "—"
    assert section.by_year[1].amounts[2] != "—"
