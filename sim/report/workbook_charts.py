"""The charts of a run's workbook, drawn by the spreadsheet itself from cells beside them, to be restyled at will."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.report.formatting import unit_kind
from sim.report.passage import target_labels
from sim.report.run_tables import RunTables
from sim.report.target_years import simulated_beside
from sim.report.words import is_of_money_alone, verdict_group, verdict_text
from sim.report.workbook import VERDICT_FILLS, safe_text
from sim.results.run_tables import SeriesRow, TargetRow, TargetYearRow, deciding_rows
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CHARTS = Words("Biểu đồ", "Charts")
TITLE = Words("Biểu đồ: khả năng đạt từng chỉ tiêu, và từng năm", "Charts: how likely each target is, and by year")
_CHANCE = Words("Tỷ lệ lần mô phỏng đạt chỉ tiêu", "Share of simulations that reach the target")
_CHANCE_OF_DRAWS = Words(
    "Tỷ lệ lần đạt chỉ tiêu (lần mô phỏng; chỉ tiêu tính riêng từ kinh phí: lần tính thử)",
    "Share of times that the target is reached (simulations; draws where computed from the money alone)",
)
_BAND = Words("khoảng 5–95%", "5–95% range")
_MEDIAN = Words("trung vị", "median")
_THRESHOLD = Words("ngưỡng", "threshold")
_YEAR = Words("năm", "year")
_NUMBERS = Words("Số liệu của biểu đồ", "Numbers behind the charts")
_DATA_COLUMN = 22
"""Charts stand to the left of it, their numbers from here on."""
_WIDTH, _HEIGHT = 430, 240
_ABREAST = 3
_ROW_HEIGHT = 20
_PRINTED_SCALE = 70
"""Per cent: three charts abreast and three below each other on a page."""
_OTHER_FILL = "#D9D9D9"
_FONT = {"name": "Arial", "size": 8}
_LETTERS_OF_A_LINE = 70


def write_charts(workbook: Workbook, sheet: Worksheet, tables: RunTables, language: Lang) -> None:
    """Fill a sheet with the chart of verdicts and one of each target year by year."""
    sheet.write_string(0, 0, TITLE.text(language))
    sheet.write_string(0, _DATA_COLUMN, _NUMBERS.text(language))
    judged = [row for row in deciding_rows(tables.targets) if row.p_reached is not None]
    labels = target_labels(tables.targets)
    row = _verdict_chart(workbook, sheet, judged, labels, language) if judged else 2
    rows_high = 1 + _HEIGHT // _ROW_HEIGHT
    by_target: dict[tuple[str, str], list[TargetYearRow]] = {}
    for one in tables.targets_by_year:
        by_target.setdefault((one.target_id, one.reading), []).append(one)
    data = 3 + len(judged)
    at = 0
    for target in deciding_rows(tables.targets):
        years = simulated_years(by_target.get((target.target_id, target.reading), []), tables.series)
        if len(years) < 2:
            continue
        name = _in_lines(f"{labels[target.target_id]}. {target.title(language)}")
        place = (row + rows_high * (at // _ABREAST), 0)
        offset = {"x_offset": 5 + (_WIDTH + 10) * (at % _ABREAST), "y_offset": 2}
        chart = _year_chart(workbook, sheet, (data, name), years, target, language)
        sheet.insert_chart(*place, chart, offset)
        data += len(years) + 2
        at += 1
    last = row + rows_high * (1 + max(at - 1, 0) // _ABREAST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(_PRINTED_SCALE)  # breaks between charts hold under a scale, not when fitted to pages
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    sheet.set_h_pagebreaks([row + rows_high * done for done in range(1, 1 + at // _ABREAST, _ABREAST)])
    sheet.print_area(0, 0, last, _DATA_COLUMN - 1)


def simulated_years(rows: Sequence[TargetYearRow], series: Sequence[SeriesRow]) -> list[TargetYearRow]:
    """The years that have a value, each from the simulations.

    The thousands of draws of the money alone, of which the verdict is made, would join another sample to the line, and
    what is delivered would seem to be taken back.
    """
    found = []
    for row in rows:
        if is_of_money_alone(row.state):
            one = simulated_beside(row, series)
            found += [] if one is None else [replace(row, median=one.median, p05=one.p05, p95=one.p95, n=one.n)]
        elif row.median is not None:
            found.append(row)
    return found


def _verdict_chart(
    workbook: Workbook, sheet: Worksheet, judged: Sequence[TargetRow], labels: Mapping[str, str], language: Lang
) -> int:
    """A bar for each target in the colour of its verdict; returns the row below it."""
    first = 2
    fills = []
    for at, row in enumerate(judged, first):
        label = f"{labels[row.target_id]}. {row.title(language)}"
        sheet.write_string(at, _DATA_COLUMN, safe_text(f"{label}: {verdict_text(row.verdict, language)}"))
        sheet.write_number(at, _DATA_COLUMN + 1, row.p_reached or 0.0)
        colour = VERDICT_FILLS.get(verdict_group(row.verdict), _OTHER_FILL)
        fills.append({"fill": {"color": colour}, "border": {"color": "#7B8794"}})
    last = first + len(judged) - 1
    words = _CHANCE_OF_DRAWS if any(is_of_money_alone(row.verdict) for row in judged) else _CHANCE
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": words.text(language),
            "categories": [sheet.name, first, _DATA_COLUMN, last, _DATA_COLUMN],
            "values": [sheet.name, first, _DATA_COLUMN + 1, last, _DATA_COLUMN + 1],
            "points": fills,
            "gap": 40,
        }
    )
    height = 90 + 26 * len(judged)
    chart.set_title({"name": words.text(language), "name_font": {**_FONT, "size": 11}})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": _FONT, "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_legend({"none": True})
    chart.set_size({"width": _ABREAST * (_WIDTH + 10), "height": height})
    sheet.insert_chart(1, 0, chart, {"x_offset": 5, "y_offset": 5})
    return 3 + height // _ROW_HEIGHT


def _year_chart(
    workbook: Workbook,
    sheet: Worksheet,
    place: tuple[int, str],
    years: Sequence[TargetYearRow],
    target: TargetRow,
    language: Lang,
) -> object:
    """The median of each year as a line in its band, and the threshold; the cells that it is drawn from."""
    top, name = place
    kind = unit_kind(target.measure)
    of_columns = (_YEAR, Words("5%", "5%"), _BAND, _MEDIAN, _THRESHOLD)
    for at, head in enumerate((name, *(words.text(language) for words in of_columns))):
        sheet.write_string(top, _DATA_COLUMN + at, safe_text(head))
    for at, one in enumerate(years, top + 1):
        low, high = one.p05 or 0.0, one.p95 or 0.0
        sheet.write_number(at, _DATA_COLUMN + 1, one.year)
        for column, value in enumerate((low, high - low, one.median, target.threshold), _DATA_COLUMN + 2):
            if value is not None:
                sheet.write_number(at, column, value)
    first, last = top + 1, top + len(years)

    def cells(column: int) -> list[object]:
        return [sheet.name, first, _DATA_COLUMN + column, last, _DATA_COLUMN + column]

    band = workbook.add_chart({"type": "area", "subtype": "stacked"})
    band.add_series({"name": "5%", "categories": cells(1), "values": cells(2), "fill": {"none": True}})
    pale = {"color": "#86AAD6", "transparency": 40}
    band.add_series({"name": _BAND.text(language), "categories": cells(1), "values": cells(3), "fill": pale})
    lines = workbook.add_chart({"type": "line"})
    blue = {"color": "#1F5FA8", "width": 2.25}
    lines.add_series({"name": _MEDIAN.text(language), "categories": cells(1), "values": cells(4), "line": blue})
    if target.threshold is not None:
        dashed = {"color": "#B3261E", "width": 1.25, "dash_type": "dash"}
        lines.add_series(
            {"name": _THRESHOLD.text(language), "categories": cells(1), "values": cells(5), "line": dashed}
        )
    band.combine(lines)
    band.set_title({"name": name, "name_font": {**_FONT, "size": 9}, "overlay": False})
    is_share = kind == "share"
    axis: dict[str, object] = {"num_font": _FONT, "num_format": "0%" if is_share else "#,##0", "min": 0}
    band.set_y_axis({**axis, **({"max": 1} if is_share else {})})
    band.set_x_axis({"num_font": _FONT})
    band.set_legend({"position": "bottom", "delete_series": [0], "font": _FONT})
    band.set_size({"width": _WIDTH, "height": _HEIGHT})
    return band


def _in_lines(text: str) -> str:
    """A title whole, in lines that a chart is wide enough for."""
    return "\n".join(textwrap.wrap(text, _LETTERS_OF_A_LINE))
