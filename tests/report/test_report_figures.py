from __future__ import annotations

import csv
import math
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fake_run import GAP_MONTHS, LEFT_OUT_MONTH, series_records, target_row, write_fake_run
from fake_tables import OTHER_TABLES, row_of
from matplotlib.collections import FillBetweenPolyCollection

from sim.report.figures.causes import cause_groups, causes_table, causes_title, draw_causes
from sim.report.figures.drawing import DataTable, cell_text, house_style, lone_points, safe_name, table_text
from sim.report.figures.fan_chart import draw_fan, fan_pictures
from sim.report.figures.fan_data import FanChart, fan_chart, fan_table
from sim.report.figures.mandate_marks import mandate_marks, mark_labels
from sim.report.figures.money import draw_money, money_chart, money_table
from sim.report.figures.usage_levels import draw_usage, usage_footnote, usage_levels, usage_table
from sim.report.folder import run_pictures, write_report
from sim.report.manifest import manifest_from
from sim.report.run_tables import read_run_tables
from sim.results.run_tables import REPLICATIONS, SERIES, MandateRow, ReplicationRow
from sim.results.words import Lang

EVIDENCE: dict[Lang, str] = {"vi": "", "en": ""}


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _value(cell: str) -> float:
    return float(cell) if cell else math.nan


def _same(drawn: list[float], written: list[float]) -> bool:
    pairs = zip(drawn, written, strict=True)
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in pairs)


def _exchange_chart(run_folder: Path) -> FanChart:
    tables = read_run_tables(run_folder)
    chart = fan_chart(tables.targets[0], tables)
    assert chart is not None
    return chart


def test_the_fan_draws_exactly_its_csv(run_folder: Path) -> None:
    written = _csv(run_folder / "figures" / "target_a3.csv")
    with house_style():
        figure = draw_fan(_exchange_chart(run_folder), "", "vi")
    for axes, version in zip(figure.axes, ("reported", "true"), strict=True):
        months = [row for row in written if row["drawn"] == "month" and row["version"] == version]
        line = axes.lines[0]
        days = [date.fromordinal(round(x)).isoformat() for x in line.get_xdata()]
        assert days == [row["date"] for row in months]
        assert _same(list(line.get_ydata()), [_value(row["median"]) for row in months])
        corners = [shape.get_datalim(axes.transData).ymax for shape in axes.collections[:2]]
        assert corners[0] == max(float(row["p95"]) for row in months if row["p95"])
        assert corners[1] == max(float(row["p75"]) for row in months if row["p75"])
        at_due = next(row for row in written if row["drawn"] == "at_due" and row["version"] == version)
        assert [float(at_due["median"])] in [list(drawn.get_ydata()) for drawn in axes.lines]
        thresholds = [row["median"] for row in written if row["drawn"] == "threshold"]
        assert thresholds == ["0.95"]
        assert [0.95, 0.95] in [list(drawn.get_ydata()) for drawn in axes.lines]


def test_months_without_a_value_are_gaps_and_not_zero(run_folder: Path) -> None:
    chart = _exchange_chart(run_folder)
    with house_style():
        axes = draw_fan(chart, "", "en").axes[0]
    drawn = dict(zip((round(x) for x in axes.lines[0].get_xdata()), axes.lines[0].get_ydata(), strict=True))
    for day in (*GAP_MONTHS, LEFT_OUT_MONTH):
        assert math.isnan(drawn[date.fromisoformat(day).toordinal()])
    assert min(value for value in drawn.values() if not math.isnan(value)) > 0.1
    band = axes.collections[0]
    assert isinstance(band, FillBetweenPolyCollection)
    assert len(band.get_paths()) == 3, "the band must be broken at both gaps inside the period"
    assert all(vertex[1] > 0.05 for path in band.get_paths() for vertex in path.vertices)


def test_a_month_between_two_gaps_gets_a_marker() -> None:
    nan = math.nan
    assert lone_points([0.1, nan, 0.2, nan, 0.3, 0.4]) == [0, 2]


def test_the_true_version_stands_beside_the_reported(run_folder: Path) -> None:
    chart = _exchange_chart(run_folder)
    assert [panel.version for panel in chart.panels] == ["reported", "true"]
    assert [panel.at_due.reading for panel in chart.panels if panel.at_due] == ["plan", "true"]
    with house_style():
        titles = [axes.get_title(loc="left") for axes in draw_fan(chart, "", "vi").axes]
    assert titles == ["Theo báo cáo của cơ quan", "Thực tế (trong mô phỏng)"]


def test_causes_usage_and_money_draw_exactly_their_csv(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    groups = cause_groups(tables.causes)
    with house_style():
        axes = draw_causes(groups, "", "vi").axes[0]
    bars = [row for row in _csv(run_folder / "figures" / "causes.csv") if row["group"] == "not_electronic"]
    assert [bar.get_width() for bar in axes.patches] == [float(row["median"]) for row in bars if row["drawn"] == "bar"]
    marks = next(line for line in axes.lines if line.get_marker() == "|" and line.get_markersize() == 13)
    assert list(marks.get_xdata()) == [float(row["median"]) for row in bars if row["drawn"] == "first_year"]
    assert axes.get_yticklabels()[-1].get_text() == "ma_la_chua_biet"

    money = money_chart(tables.money, tables.spending, tables.manifest)
    assert money is not None
    with house_style():
        axes = draw_money(money, "", "vi").axes[0]
    written = _csv(run_folder / "figures" / "money.csv")
    columns = ("planned", "arrived", "committed", "spent", "under_way", "returned")
    heights = [float(row[f"{column}_million_vnd"]) for column in columns for row in written]
    assert [bar.get_height() for bar in axes.patches] == heights

    usage = usage_levels(tables.series)
    assert usage is not None
    with house_style():
        axes = draw_usage(usage, "", "vi").axes[0]
    rows = _csv(run_folder / "figures" / "eoffice_levels.csv")
    stacked = 0.0
    for level, area in enumerate(axes.collections):
        last = [row for row in rows if row["scope"] == f"level:{level}"][-1]
        stacked += float(last["median"])
        right_edge = max(x for x, _ in area.get_paths()[0].vertices)
        assert max(y for x, y in area.get_paths()[0].vertices if x == right_edge) == pytest.approx(stacked)


def test_csv_of_a_picture_is_the_table_it_was_drawn_from(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    usage, money = usage_levels(tables.series), money_chart(tables.money, tables.spending, tables.manifest)
    assert usage is not None
    assert money is not None
    expected: dict[str, DataTable] = {
        "target_a3": fan_table(_exchange_chart(run_folder)),
        "causes": causes_table(cause_groups(tables.causes)),
        "money": money_table(money),
        "eoffice_levels": usage_table(usage),
    }
    for name, table in expected.items():
        assert (run_folder / "figures" / f"{name}.csv").read_text(encoding="utf-8") == table_text(table)


def test_levels_of_use_are_means_that_add_up(tmp_path: Path) -> None:
    """Medians of shares do not: two simulations, in each of which every agency is at some level."""
    write_fake_run(tmp_path / "run")
    day, shares = (
        date(2018, 6, 30),
        {"0": (0.9, 0.1), "1": (0.1, 0.2), "2": (0.0, 0.3), "3": (0.0, 0.2), "4": (0.0, 0.2)},
    )
    months = sorted({row["date"] for row in series_records() if row["measure"] == "eoffice_level_share"})
    rows = [
        ReplicationRow(number, date.fromisoformat(str(month)), "eoffice_level_share", f"level:{level}", "true", share)
        for level, both in shares.items()
        for number, share in enumerate(both)
        for month in months
    ]
    other = ReplicationRow(0, day, "eoffice_linked_share", "all", "true", 0.5)
    REPLICATIONS.write(tmp_path / "run", (other, *rows))
    tables = read_run_tables(tmp_path / "run")
    usage = usage_levels(tables.series, tables.level_means)
    assert usage is not None
    assert usage.are_means
    at = usage.days.index(day)
    assert [mine[at] for mine in usage.share_by_level.values()] == pytest.approx([0.5, 0.15, 0.15, 0.1, 0.1])
    assert sum(mine[at] or 0.0 for mine in usage.share_by_level.values()) == pytest.approx(1.0)
    assert usage_table(usage).columns[-1] == "mean"
    assert "bình quân của n = 20" in usage_footnote(usage, "", "vi")


def test_a_month_where_one_level_is_blank_is_blank_for_all() -> None:
    records = series_records()
    for record in records:
        if record["scope"] == "level:3" and record["date"] == "2018-06-30":
            record["median"] = ""
    usage = usage_levels([row_of(SERIES, record) for record in records])
    assert usage is not None
    at = usage.days.index(date(2018, 6, 30))
    assert [shares[at] for shares in usage.share_by_level.values()] == [None] * 5
    assert usage.share_by_level["0"][at + 1] is not None


def test_same_tables_give_the_same_bytes(run_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for table in ("manifest.json", "targets.csv", "series.csv", *(table.file for table in OTHER_TABLES)):
        (copy / table).write_bytes((run_folder / table).read_bytes())
    paths = write_report(copy, languages=("vi",))
    assert {path.suffix for path in paths} == {".csv", ".svg", ".png", ".html", ".xlsx"}
    for path in paths:
        assert path.read_bytes() == (run_folder / path.relative_to(copy)).read_bytes(), path.name


def test_a_report_written_again_leaves_what_would_be_the_same(run_folder: Path, tmp_path: Path) -> None:
    """Not drawn again: what stands as it was written; drawn again: what was touched, and all once a table differs."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for table in ("manifest.json", "targets.csv", "series.csv", *(table.file for table in OTHER_TABLES)):
        (copy / table).write_bytes((run_folder / table).read_bytes())
    paths = [path for path in write_report(copy, languages=("vi",)) if path.suffix != ".html"]
    written = {path: path.read_bytes() for path in paths}
    changed, gone = copy / "figures" / "money.vi.svg", copy / "figures" / "target_a3.vi.png"
    changed.write_text("somebody's own", encoding="utf-8")
    gone.unlink()
    for path in written:
        if path.is_file():
            os.utime(path, (1, 1))
    write_report(copy, languages=("vi",))
    again = {path for path in written if path.stat().st_mtime > 1}
    assert {path.name.split(".")[0] for path in again} == {"money", "target_a3"}
    assert {path: path.read_bytes() for path in paths} == written
    for path in written:
        os.utime(path, (1, 1))
    table = copy / "targets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("0.95", "0.96"), encoding="utf-8")
    write_report(copy, languages=("vi",))
    assert all(path.stat().st_mtime > 1 for path in written)


def test_svg_carries_no_date_and_no_version_of_the_tool(run_folder: Path) -> None:
    text = (run_folder / "figures" / "target_a3.vi.svg").read_text(encoding="utf-8")
    assert "metadata" not in text
    assert "matplotlib.org" not in text.lower()


def test_every_picture_says_measure_scope_period_range_and_n(run_folder: Path) -> None:
    for picture in run_pictures(read_run_tables(run_folder)):
        footnote = picture.footnote("vi")
        assert "n = 20 lần mô phỏng" in footnote, picture.name
        assert "2016" in footnote
        assert "khoảng" in footnote
        assert "2 tham số giả định trong tổng số 5" in footnote
        assert any(words in footnote for words in ("toàn tỉnh", "toàn kế hoạch", "cấp tỉnh và cấp huyện"))


def test_a_target_without_series_has_no_picture(run_folder: Path) -> None:
    names = [picture.name for picture in run_pictures(read_run_tables(run_folder))]
    assert names == ["target_a3", "target_a2", "target_a4", "causes", "eoffice_levels", "money"]


def test_file_names_stay_inside_the_folder_and_apart(run_folder: Path) -> None:
    assert safe_name("../../etc/passwd") == "_etc_passwd"
    targets = tuple(target_row(target_id=target_id) for target_id in ("a/3", "a:3", "A 3"))
    tables = replace(read_run_tables(run_folder), targets=targets)
    names = [picture.name for picture in fan_pictures(tables, EVIDENCE)]
    assert names == ["target_a_3", "target_a_3_2", "target_A_3_3"]


def test_cells_a_spreadsheet_would_run_are_made_text() -> None:
    assert cell_text("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert cell_text("@x") == "'@x"
    assert cell_text(-0.5) == "-0.5"
    assert cell_text(None) == ""
    assert cell_text(math.nan) == ""


def test_a_due_date_after_the_horizon_widens_the_time_axis(run_folder: Path) -> None:
    late = target_row(due="2022-12-31")
    chart = fan_chart(late, replace(read_run_tables(run_folder), targets=(late,)))
    assert chart is not None
    with house_style():
        axes = draw_fan(chart, "", "vi").axes[0]
    assert axes.get_xlim()[1] > (date(2022, 12, 31) + timedelta(days=1)).toordinal()


def test_the_reported_start_stands_on_the_reported_panel_only(run_folder: Path) -> None:
    written = [row for row in _csv(run_folder / "figures" / "target_a3.csv") if row["drawn"] == "baseline"]
    assert [(row["version"], row["date"], row["median"], row["p05"], row["p95"]) for row in written] == [
        ("reported", "2016-01-31", "0.55", "0.5", "0.6")
    ]
    with house_style():
        reported, true = draw_fan(_exchange_chart(run_folder), "", "vi").axes
    assert [0.55] in [list(line.get_ydata()) for line in reported.lines]
    assert [0.55] not in [list(line.get_ydata()) for line in true.lines]


def test_a_starting_value_of_another_scope_is_not_drawn(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    elsewhere = tuple(replace(row, scope="tier:province") for row in tables.baselines)
    chart = fan_chart(tables.targets[0], replace(tables, baselines=elsewhere))
    assert chart is not None
    assert chart.baseline is None


def test_orders_of_the_horizon_are_lines_with_numbers_and_a_list(run_folder: Path) -> None:
    chart = _exchange_chart(run_folder)
    assert [mark.mandate.mandate_id for mark in chart.marks] == ["plan_900", "criterion", "resolution_17", "axis"]
    with house_style():
        figure = draw_fan(chart, "", "vi")
    written = [row["date"] for row in _csv(run_folder / "figures" / "target_a3.csv") if row["drawn"] == "mandate"]
    for axes in figure.axes:
        upright = [line for line in axes.lines if list(line.get_ydata()) == [0, 1] and line.get_linewidth() < 0.8]
        assert [date.fromordinal(line.get_xdata()[0]).isoformat() for line in upright] == written
        assert {"1", "2", "3, 4"} <= {text.get_text() for text in axes.texts}
    assert "chỉ đạo có hiệu lực 1–4: danh mục ở báo cáo" in [text.get_text() for text in figure.legends[0].texts]
    page = (run_folder / "report.vi.html").read_text(encoding="utf-8")
    listed = page[page.index('<section id="pictures">') : page.index("<figure>")]
    assert "1. 17/03/2017: Quyết định 900/QĐ-UBND" in listed
    assert "2. 01/09/2017: Tiêu chí thi đua (đo, xếp hạng từ 01/01/2018)" in listed
    assert "3. 07/03/2019: Nghị quyết 17/NQ-CP;" in listed
    assert "Chỉ thị 15" not in listed


def test_lines_a_year_apart_are_not_printed_as_one() -> None:
    tables = [MandateRow(str(year), "", "", date(year, 3, 1), None, "") for year in (2016, 2017, 2018)]
    marks = mandate_marks(tables, date(2016, 1, 1), date(2020, 12, 31))
    assert [label.text for label in mark_labels(marks, 1826)] == ["1", "2", "3"]
    assert [label.text for label in mark_labels(marks, 50_000)] == ["1, 2, 3"]
    assert mandate_marks(tables, None, None) == ()


def test_without_orders_and_start_the_chart_is_as_before(run_folder: Path) -> None:
    tables = replace(read_run_tables(run_folder), mandates=(), baselines=())
    chart = fan_chart(tables.targets[0], tables)
    assert chart is not None
    assert {row[0] for row in fan_table(chart).rows} == {"month", "at_due", "threshold"}
    with house_style():
        figure = draw_fan(chart, "", "vi")
    assert len(figure.legends[0].get_texts()) == 4


def test_money_has_no_committed_bar_where_it_is_not_recorded(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    older = [row for row in tables.money if row.entry not in {"committed", "under_way"}]
    money = money_chart(older, tables.spending, tables.manifest)
    assert money is not None
    shown = ("planned", "arrived", "spent", "returned")
    ends = ("million_vnd", "million_vnd_p05", "million_vnd_p95")
    assert money_table(money).columns == ("year", *(f"{name}_{end}" for name in shown for end in ends), "n")


def test_a_last_year_cut_short_is_not_set_against_a_whole_one(run_folder: Path) -> None:
    causes = read_run_tables(run_folder).causes
    cut = cause_groups(causes, date(2020, 6, 30))
    assert {bar.first for group in cut for bar in group.bars} == {None}
    assert causes_title(cut, "vi") == "Nguyên nhân: năm 2020 (mô phỏng đến 30/06/2020)"
    assert causes_title(cause_groups(causes, date(2019, 6, 30)), "en") == "Causes: 2020 against 2016"


def test_a_run_that_ends_with_a_year_is_not_cut() -> None:
    manifest = manifest_from({"horizon_end": "2020-12-31"})
    assert manifest.stopped is None
    assert manifest_from({"horizon_end": "2018-06-30"}).stopped == date(2018, 6, 30)
    assert manifest_from({}).stopped is None
