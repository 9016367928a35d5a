from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.report.headlines import headlines
from sim.report.money import money_notes, money_section, simulated_money
from sim.report.run_tables import RunTables


def _until(tables: RunTables, last: date) -> RunTables:
    return replace(tables, manifest=replace(tables.manifest, horizon_end=last))


def test_a_shortened_horizon_counts_and_names_only_the_years_simulated(tables: RunTables) -> None:
    short = _until(tables, date(2017, 12, 31))
    line = headlines(short, "vi")[3]
    assert line.label == "Kinh phí đã giải ngân, 2016–2017"
    assert line.detail.endswith("không tính các năm ngoài giai đoạn mô phỏng")
    section = money_section(short, "vi")
    assert section is not None
    assert [row.title for row in section.by_year if row.title.isdigit()] == ["2016", "2017"]


def test_a_horizon_that_ends_within_a_year_says_so(tables: RunTables) -> None:
    short = _until(tables, date(2018, 6, 30))
    money = simulated_money(short.spending, short.manifest)
    assert money.years == (2016, 2017, 2018)
    label = headlines(short, "en")[3].label
    assert label == "Money spent, 2016–2018 (simulated to 30 Jun 2018)"
    _, cut, left_out = money_notes(money, "vi")
    assert cut == "Mô phỏng dừng ngày 30/06/2018; kế hoạch năm 2018 vẫn tính cả năm."
    assert sum(row.planned_million_vnd for row in money.outside) == pytest.approx(17381.0)
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


def test_the_tables_show_each_total_with_its_range(tables: RunTables) -> None:
    section = money_section(tables, "vi")
    assert section is not None
    assert section.columns == (
        "Kế hoạch",
        "Được bố trí",
        "Cam kết chi",
        "Đã giải ngân",
        "Đang thực hiện",
        "Chưa cam kết khi hết kỳ",
    )
    sources = ["Ngân sách Trung ương hỗ trợ", "Vốn đầu tư phát triển", "Vốn sự nghiệp"]
    titles = [row.title for row in section.by_year]
    assert titles == ["2016", "2017", "2018", "2019", "2020", *sources, "Tổng cộng"]
    assert [row.total for row in section.by_year] == [False] * 8 + [True]
    assert section.by_year[-1] == section.by_line[-1]
    assert section.by_year[-1].amounts[3] == "24.279,8\n(21.852–26.708)"
    assert "\n" not in section.by_line[0].amounts[3]


def test_an_amount_not_recorded_in_one_year_is_a_dash_there(tables: RunTables) -> None:
    mixed = tuple(row for row in tables.money if (row.year, row.entry) != ("2016", "committed"))
    section = money_section(replace(tables, money=mixed), "vi")
    assert section is not None
    assert section.by_year[0].amounts[2] == "—"
    assert section.by_year[1].amounts[2] != "—"


def test_without_totals_nothing_is_added_up_instead(tables: RunTables) -> None:
    bare = replace(tables, money=())
    assert money_section(bare, "vi") is None
    assert all("Kinh phí" not in line.label for line in headlines(bare, "vi"))
