"""The plan's milestones side by side: how much of what it pays for has been delivered, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sim.report.figures.drawing import DataTable, Picture
from sim.report.figures.panels import Course, Grid, draw_grid
from sim.report.formatting import number_text
from sim.report.passage import target_labels
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.thresholds import limit_text
from sim.report.words import times_text
from sim.results.run_tables import SeriesRow, TargetRow, deciding_rows
from sim.results.words import Lang, Words

MILESTONE_PREFIX = "milestone("
_TITLE = Words(
    "Các mốc hoàn thành: phần kế hoạch chi trả đã được bàn giao",
    "Milestones: share delivered of what the plan pays for",
)
_FOOTNOTE = Words(
    "Từng tháng, toàn tỉnh; trung vị và khoảng 5–95% của n = {n} lần mô phỏng; dấu *: kế hoạch không nêu con "
    "số, ngưỡng là cách hiểu của mô hình. {evidence}",
    "Monthly, whole province; median and 5–95% range of n = {n} simulations; where marked *, the plan gives no "
    "figure and the threshold is the model's reading. {evidence}",
)


def milestone_pictures(tables: RunTables, evidence: Mapping[Lang, str]) -> list[Picture]:
    """One picture of all milestones; none when the plan has none, or nothing is known of their months."""
    targets = [row for row in deciding_rows(tables.targets) if row.measure.startswith(MILESTONE_PREFIX)]
    months = {row.target_id: _months(tables, row) for row in targets}
    shown = [row for row in targets if months[row.target_id]]
    if not shown:
        return []
    return [
        Picture(
            name="milestones",
            data=_data(shown, months),
            draw=lambda language: draw_grid(_grid(tables, shown, months, evidence[language], language), language),
            caption=lambda language: _TITLE.text(language) + ".",
            footnote=lambda language: _footnote(months, evidence[language], language),
        )
    ]


def _months(tables: RunTables, target: TargetRow) -> tuple[SeriesRow, ...]:
    mine = [row for row in tables.series if (row.measure, row.scope) == (target.measure, target.scope)]
    return tuple(sorted(mine, key=lambda row: row.date))


def _grid(
    tables: RunTables,
    shown: list[TargetRow],
    months: Mapping[str, tuple[SeriesRow, ...]],
    evidence: str,
    language: Lang,
) -> Grid:
    labels = target_labels(tables.targets)
    dues = {row.due for row in shown}
    thresholds = {row.threshold: limit_text(row, language) for row in shown}
    courses = tuple(
        Course(
            heading=f"{labels[row.target_id]}. {row.title(language)}",
            note=_note(row, language),
            days=tuple(month.date for month in months[row.target_id]),
            median=tuple(month.median for month in months[row.target_id]),
            low=tuple(month.p05 for month in months[row.target_id]),
            high=tuple(month.p95 for month in months[row.target_id]),
        )
        for row in shown
    )
    return Grid(
        title=_TITLE.text(language),
        footnote=_footnote(months, evidence, language),
        courses=courses,
        kind="share",
        version="true",
        threshold=next(iter(thresholds)) if len(thresholds) == 1 else None,
        limit=next(iter(thresholds.values())),
        due=next(iter(dues)) if len(dues) == 1 else None,
    )


def _note(row: TargetRow, language: Lang) -> str:
    reached = times_text(row, language)
    return say(Words("đạt ở {reached}", "reached in {reached}"), language, reached=reached)


def _footnote(months: Mapping[str, tuple[SeriesRow, ...]], evidence: str, language: Lang) -> str:
    runs = max((month.n for rows in months.values() for month in rows), default=0)
    return say(_FOOTNOTE, language, n=number_text(runs, 0, language), evidence=evidence).strip()


def _data(shown: list[TargetRow], months: Mapping[str, tuple[SeriesRow, ...]]) -> DataTable:
    columns = ("drawn", "target_id", "measure", "date", "median", "p05", "p95", "n")
    rows: list[tuple[str | float | date | None, ...]] = []
    for target in shown:
        what = (target.target_id, target.measure)
        rows += [("month", *what, row.date, row.median, row.p05, row.p95, row.n) for row in months[target.target_id]]
        rows.append(("threshold", *what, target.due, target.threshold, None, None, None))
    return DataTable(columns, tuple(rows))
