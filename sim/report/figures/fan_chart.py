"""A target's measure over the months: median and bands, the threshold and the due date, reported beside true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    RED,
    DataTable,
    Picture,
    blank_figure,
    day_numbers,
    draw_legend_below,
    gap,
    lone_points,
    safe_name,
    time_axis,
    value_axis,
)
from sim.report.formatting import (
    BLANK,
    UnitKind,
    date_text,
    month_text,
    number_text,
    threshold_text,
    unit_kind,
    unit_text,
)
from sim.report.headlines import chance_text, value_text
from sim.report.language import Language, Words, in_language
from sim.report.phrases import SENTENCES, capital, say
from sim.report.rows import SeriesRow, TargetRow, deciding_rows
from sim.report.words import scope_text, term, verdict_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_VERSIONS = ("reported", "true")
_LEGEND = (
    Words("khoảng 5–95%", "5–95% range"),
    Words("khoảng 25–75%", "25–75% range"),
    Words("trung vị", "median"),
    Words("giá trị xét tại thời hạn (khoảng 5–95%)", "value judged at the due date (5–95% range)"),
)
_COLOURS = {"reported": BLUE, "true": GREEN}


@dataclass(frozen=True, slots=True)
class FanPanel:
    """One version of the measure: every month of the period, months without a value included, and its value at due."""

    version: str
    months: tuple[SeriesRow, ...]
    at_due: TargetRow | None


@dataclass(frozen=True, slots=True)
class FanChart:
    """One target with the panels that can be drawn for it."""

    target: TargetRow
    kind: UnitKind
    panels: tuple[FanPanel, ...]


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_end(index: int) -> date:
    following = index + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def with_missing_months(rows: Sequence[SeriesRow]) -> tuple[SeriesRow, ...]:
    """The rows in order of date, with a blank row for each month that has none, so that no line bridges it."""
    ordered = sorted(rows, key=lambda row: row.date)
    present = {_month_index(row.date) for row in ordered}
    blanks = [
        SeriesRow(
            date=_month_end(index),
            measure=ordered[0].measure,
            scope=ordered[0].scope,
            version=ordered[0].version,
            unit=ordered[0].unit,
            median=None,
            p05=None,
            p25=None,
            p75=None,
            p95=None,
            n=0,
        )
        for index in range(min(present), max(present))
        if index not in present
    ]
    return tuple(sorted([*ordered, *blanks], key=lambda row: row.date))


def fan_chart(target: TargetRow, targets: Sequence[TargetRow], series: Sequence[SeriesRow]) -> FanChart | None:
    """The chart of one deciding row, or None when the series table has nothing on its measure and scope."""
    rows = [row for row in series if (row.measure, row.scope) == (target.measure, target.scope)]
    identity = (target.target_id, target.measure, target.scope)
    same = [row for row in targets if (row.target_id, row.measure, row.scope) == identity]
    truly = next((row for row in same if row.reading == "true"), None)
    at_due = {"true": truly, "reported": None if target.reading == "true" else target}
    panels = [
        FanPanel(version, with_missing_months(months), at_due[version])
        for version in _VERSIONS
        if (months := [row for row in rows if row.version == version])
    ]
    return FanChart(target, unit_kind(target.measure, rows[0].unit), tuple(panels)) if panels else None


def fan_table(chart: FanChart) -> DataTable:
    """Every number the chart draws: months, the value at the due date, the threshold."""
    columns = ("drawn", "measure", "scope", "version", "date", "median", "p05", "p25", "p75", "p95", "n")
    named = (chart.target.measure, chart.target.scope)
    rows: list[tuple[str | float | date | None, ...]] = []
    for panel in chart.panels:
        rows += [
            ("month", *named, panel.version, row.date, row.median, row.p05, row.p25, row.p75, row.p95, row.n)
            for row in panel.months
        ]
        if panel.at_due is not None:
            due = panel.at_due
            rows.append(("at_due", *named, panel.version, due.due, due.median, due.p05, None, None, due.p95, due.n))
    target = chart.target
    rows.append(("threshold", *named, "", target.due, target.threshold, None, None, None, None, None))
    return DataTable(columns, tuple(rows))


def fan_footnote(chart: FanChart, evidence: str, language: Language) -> str:
    """Measure, scope, period, what the bands are, n, and how much of it is assumed."""
    months = [row for panel in chart.panels for row in panel.months]
    first, last = min(row.date for row in months), max(row.date for row in months)
    sentence = Words(
        "{measure}; {scope}; từng tháng {first} – {last}; trung vị và khoảng 25–75%, 5–95% của n = {n} lần mô phỏng; "
        "chỗ đứt quãng: dưới 30 lượt. {evidence}",
        "{measure}; {scope}; monthly, {first} – {last}; median, 25–75% and 5–95% ranges of n = {n} simulations; "
        "gaps: fewer than 30 items. {evidence}",
    )
    return say(
        sentence,
        language,
        measure=term("measure", chart.target.measure, language),
        scope=scope_text(chart.target.scope, language),
        first=month_text(first, language),
        last=month_text(last, language),
        n=number_text(max(row.n for row in months), 0, language),
        evidence=evidence,
    ).strip()


def fan_caption(chart: FanChart, language: Language) -> str:
    """The target, its value at the due date, its chance and its verdict, in one sentence."""
    row = chart.target
    return say(
        SENTENCES["fan_caption"],
        language,
        title=row.title(language),
        threshold=threshold_text(row.threshold, chart.kind, language),
        due=date_text(row.due, language),
        reading=term("reading", row.reading, language),
        value=value_text(row, language),
        chance=chance_text(row, language),
        verdict=verdict_text(row.verdict, language) or BLANK,
    )


def draw_fan(chart: FanChart, evidence: str, language: Language) -> Figure:
    """Draw the chart: one panel a version, sharing the axes."""
    footnote = fan_footnote(chart, evidence, language)
    figure = blank_figure(chart.target.title(language), footnote, 9.0, 4.3, legend_below=True)
    grid = figure.subplots(1, len(chart.panels), sharex=True, sharey=True, squeeze=False)
    for axes, panel in zip(grid[0], chart.panels, strict=True):
        _draw_panel(axes, panel, language)
        _draw_target(axes, chart, language)
    days = [row.date for panel in chart.panels for row in panel.months] + (
        [chart.target.due] if chart.target.due else []
    )
    first_axes = grid[0][0]
    time_axis(first_axes, min(days), max(days))
    value_axis(first_axes, chart.kind, language)
    if chart.kind in {"hours", "million_vnd"}:
        first_axes.set_ylabel(unit_text(chart.kind, language))
    handles = [
        Patch(facecolor=GREY, alpha=0.3, linewidth=0),
        Patch(facecolor=GREY, alpha=0.65, linewidth=0),
        Line2D([], [], color=INK, linewidth=1.8),
        Line2D([], [], color=INK, marker="D", markersize=5, linestyle="none"),
    ]
    draw_legend_below(figure, handles, [in_language(words, language) for words in _LEGEND])
    return figure


def _draw_panel(axes: Axes, panel: FanPanel, language: Language) -> None:
    colour = _COLOURS[panel.version]
    days = day_numbers([row.date for row in panel.months])
    median = [gap(row.median) for row in panel.months]
    axes.fill_between(
        days,
        [gap(row.p05) for row in panel.months],
        [gap(row.p95) for row in panel.months],
        color=colour,
        alpha=0.16,
        linewidth=0,
    )
    axes.fill_between(
        days,
        [gap(row.p25) for row in panel.months],
        [gap(row.p75) for row in panel.months],
        color=colour,
        alpha=0.32,
        linewidth=0,
    )
    lone = lone_points(median)
    axes.plot(
        days,
        median,
        color=colour,
        linewidth=1.8,
        marker="o",
        markersize=3,
        markevery=lone,
    )
    axes.set_title(capital(term("version", panel.version, language)))
    due = panel.at_due
    if due is None or due.due is None or due.median is None:
        return
    below = 0.0 if due.p05 is None else max(0.0, due.median - due.p05)
    above = 0.0 if due.p95 is None else max(0.0, due.p95 - due.median)
    axes.errorbar(
        day_numbers([due.due]),
        [due.median],
        yerr=[[below], [above]],
        color=INK,
        marker="D",
        markersize=5,
        capsize=4,
        linestyle="none",
    )


def _draw_target(axes: Axes, chart: FanChart, language: Language) -> None:
    target = chart.target
    if target.threshold is not None:
        axes.axhline(target.threshold, color=RED, linewidth=1.1, linestyle=(0, (6, 3)))
        text = in_language(Words("ngưỡng ", "threshold "), language) + threshold_text(
            target.threshold, chart.kind, language
        )
        axes.annotate(
            text,
            (0.01, target.threshold),
            xycoords=("axes fraction", "data"),
            xytext=(0, -3),
            textcoords="offset points",
            color=RED,
            fontsize=8,
            va="top",
        )
    if target.due is not None:
        axes.axvline(day_numbers([target.due])[0], color=INK, linewidth=0.9, linestyle=":")
        axes.annotate(
            in_language(Words("hạn ", "due "), language) + date_text(target.due, language),
            (day_numbers([target.due])[0], 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(-4, 0),
            textcoords="offset points",
            fontsize=8,
            ha="right",
        )


def fan_pictures(
    targets: Sequence[TargetRow], series: Sequence[SeriesRow], evidence: dict[Language, str]
) -> list[Picture]:
    """One picture a target that has a series; targets whose ids give the same file name are numbered."""
    pictures: list[Picture] = []
    taken: set[str] = set()
    for target in deciding_rows(targets):
        chart = fan_chart(target, targets, series)
        if chart is None:
            continue
        base = f"target_{safe_name(target.target_id)}"
        name = next(name for name in (base, *(f"{base}_{k}" for k in range(2, 1000))) if name.casefold() not in taken)
        taken.add(name.casefold())
        pictures.append(_picture(name, chart, evidence))
    return pictures


def _picture(name: str, chart: FanChart, evidence: dict[Language, str]) -> Picture:
    return Picture(
        name=name,
        data=fan_table(chart),
        draw=lambda language: draw_fan(chart, evidence[language], language),
        caption=lambda language: fan_caption(chart, language),
        footnote=lambda language: fan_footnote(chart, evidence[language], language),
    )
