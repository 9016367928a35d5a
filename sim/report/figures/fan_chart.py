"""A target's measure over the months: median and bands, the threshold and the due date, reported beside true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    Picture,
    blank_figure,
    day_numbers,
    draw_due_date,
    draw_legend_below,
    draw_threshold,
    free_name,
    gap,
    lone_points,
    safe_name,
    time_axis,
    value_axis,
)
from sim.report.figures.fan_data import FanChart, FanPanel, fan_chart, fan_table, has_baseline, reported_on
from sim.report.figures.mandate_marks import draw_mandates, numbers_text
from sim.report.figures.milestones import MILESTONE_PREFIX
from sim.report.formatting import BLANK, date_text, month_text, number_text, unit_text
from sim.report.headlines import chance_text, value_text
from sim.report.measure_words import with_outside_note
from sim.report.phrases import SENTENCES, capital, say
from sim.report.run_tables import RunTables
from sim.report.thresholds import limit_notes, limit_text
from sim.report.words import scope_text, term, verdict_text
from sim.results.evidence_tables import BaselineRow
from sim.results.hindcast_tables import HindcastRow
from sim.results.run_tables import deciding_rows
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEGEND = (
    Words("khoảng 5–95%", "5–95% range"),
    Words("khoảng 25–75%", "25–75% range"),
    Words("trung vị", "median"),
    Words("giá trị xét tại thời hạn (khoảng 5–95%)", "value judged at the due date (5–95% range)"),
)
_ORDERS = Words("chỉ đạo có hiệu lực {numbers}: danh mục ở báo cáo", "orders in force {numbers}: listed in the report")
_COLOURS = {"reported": BLUE, "true": GREEN}
_WIDTH_INCHES, _HEIGHT_INCHES = 6.2, 3.9
"""Two such pictures stand side by side on a page, and are read without a lens."""


def fan_footnote(chart: FanChart, evidence: str, language: Lang) -> str:
    """Measure, scope, period, what the bands are, n, and how much of it is assumed."""
    months = chart.months
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
        scope=scope_text(chart.target.scope, language, chart.groups),
        first=month_text(first, language),
        last=month_text(last, language),
        n=number_text(max(row.n for row in months), 0, language),
        evidence=" ".join([*(f"{note}." for note in limit_notes([chart.target], language)), evidence]),
    ).strip()


def fan_caption(chart: FanChart, language: Lang) -> str:
    """The target, its value at the due date, its chance and its verdict, in one sentence."""
    row = chart.target
    return say(
        SENTENCES["fan_caption"],
        language,
        title=f"{chart.label}. {with_outside_note(row.title(language), row.measure, language)}",
        threshold=limit_text(row, language),
        due=date_text(row.due, language),
        reading=term("reading", row.reading, language),
        value=value_text(row, language),
        chance=chance_text(row, language),
        verdict=verdict_text(row.verdict, language) or BLANK,
    )


def draw_fan(chart: FanChart, evidence: str, language: Lang) -> Figure:
    """Draw the chart: one panel a version, sharing the axes."""
    handles, labels = _legend(chart, language)
    columns = 2
    figure = blank_figure(
        f"{chart.label}. {with_outside_note(chart.target.title(language), chart.target.measure, language)}",
        fan_footnote(chart, evidence, language),
        _WIDTH_INCHES,
        _HEIGHT_INCHES,
        legend_rows=-(-len(handles) // columns),
    )
    grid = figure.subplots(1, len(chart.panels), sharex=True, sharey=True, squeeze=False)
    first, last = chart.days
    for axes, panel in zip(grid[0], chart.panels, strict=True):
        _draw_panel(axes, panel)
        if chart.target.threshold is not None:
            draw_threshold(axes, chart.target.threshold, limit_text(chart.target, language), language)
        if chart.target.due is not None:
            draw_due_date(axes, chart.target.due, language)
        if chart.baseline is not None and has_baseline(chart, panel):
            _draw_baseline(axes, chart.baseline, panel.months[0].date)
        _draw_reported(axes, reported_on(chart, panel))
        axes.set_title(capital(term("version", panel.version, language)), pad=14 if chart.marks else None)
        draw_mandates(axes, chart.marks, (last - first).days)
    first_axes = grid[0][0]
    time_axis(first_axes, first, last)
    value_axis(first_axes, chart.kind, language)
    if chart.kind in {"hours", "million_vnd"}:
        first_axes.set_ylabel(unit_text(chart.kind, language))
    draw_legend_below(figure, handles, labels, columns)
    return figure


def _legend(chart: FanChart, language: Lang) -> tuple[list[Artist], list[str]]:
    handles: list[Artist] = [
        Patch(facecolor=GREY, alpha=0.3, linewidth=0),
        Patch(facecolor=GREY, alpha=0.65, linewidth=0),
        Line2D([], [], color=INK, linewidth=1.8),
        Line2D([], [], color=INK, marker="D", markersize=5, linestyle="none"),
    ]
    words = list(_LEGEND)
    if chart.baseline is not None:
        handles.append(Line2D([], [], color=INK, marker="s", markersize=6, markerfacecolor="white", linestyle="none"))
        words.append(Words("số báo cáo lúc xuất phát (khoảng)", "reported at the start (band)"))
    if chart.reported:
        handles.append(Line2D([], [], color=INK, marker="X", markersize=7, linestyle="none"))
        words.append(Words("số đã báo cáo sau đó (sai số)", "reported later (its error)"))
    if chart.marks:
        handles.append(Line2D([], [], color=GREY, linewidth=0.8))
        words.append(_ORDERS)
    numbers = numbers_text(chart.marks)
    return handles, [say(one, language, numbers=numbers) for one in words]


def _draw_baseline(axes: Axes, stated: BaselineRow, day: date) -> None:
    value = stated.reported or 0.0
    below = 0.0 if stated.low is None else max(0.0, value - stated.low)
    above = 0.0 if stated.high is None else max(0.0, stated.high - value)
    axes.errorbar(
        day_numbers([day]),
        [value],
        yerr=[[below], [above]],
        color=INK,
        marker="s",
        markersize=6,
        markerfacecolor="white",
        capsize=4,
        linestyle="none",
        zorder=4,
    )


def _draw_reported(axes: Axes, rows: Sequence[HindcastRow]) -> None:
    for row in rows:
        axes.errorbar(
            day_numbers([row.measured_on]),
            [row.value],
            yerr=[[row.plus_minus], [row.plus_minus]],
            color=INK,
            marker="X",
            markersize=7,
            capsize=4,
            linestyle="none",
            zorder=5,
        )


def _draw_panel(axes: Axes, panel: FanPanel) -> None:
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
    axes.plot(days, median, color=colour, linewidth=1.8, marker="o", markersize=3, markevery=lone)
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


def fan_pictures(tables: RunTables, evidence: dict[Lang, str]) -> list[Picture]:
    """One picture a target that has a series; targets whose ids give the same file name are numbered.

    Milestones have a picture of their own, all in one.
    """
    pictures: list[Picture] = []
    taken: set[str] = set()
    for target in deciding_rows(tables.targets):
        chart = None if target.measure.startswith(MILESTONE_PREFIX) else fan_chart(target, tables)
        if chart is not None:
            pictures.append(_picture(free_name(f"target_{safe_name(target.target_id)}", taken), chart, evidence))
    return pictures


def _picture(name: str, chart: FanChart, evidence: dict[Lang, str]) -> Picture:
    return Picture(
        name=name,
        data=fan_table(chart),
        draw=lambda language: draw_fan(chart, evidence[language], language),
        caption=lambda language: fan_caption(chart, language),
        footnote=lambda language: fan_footnote(chart, evidence[language], language),
    )
