"""One target's measure under every case, a panel each with its own band: how ways of going about it differ."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.comparison import CompareTables
from sim.report.figures.case_lines import CaseChart, CaseLine, case_charts, case_table
from sim.report.figures.drawing import Picture
from sim.report.figures.panels import Course, Grid, draw_grid, end_note
from sim.report.formatting import frequency_text, month_text, number_text
from sim.report.phrases import say
from sim.report.words import scope_text, term
from sim.results.words import Lang, Words

FEWEST_CASES, MOST_CASES = 3, 8
"""Two cases fit one picture with their bands; more than eight panels cannot be read on a page."""
SMALLEST_DIFFERENCE = 0.01
_FOOTNOTE = Words(
    "{measure}, {version}; {scope}; từng tháng {first} – {last}; trung vị và khoảng 5–95% của n = {n} lần mô phỏng "
    "cùng may rủi. {evidence}",
    "{measure}, {version}; {scope}; monthly, {first} – {last}; medians and 5–95% ranges of n = {n} simulations with "
    "the same luck. {evidence}",
)


def panel_pictures(tables: CompareTables, evidence: Mapping[Lang, str]) -> list[Picture]:
    """A picture for each target that the cases tell apart, when there are enough cases and not too many."""
    charts = [chart for chart in case_charts(tables) if FEWEST_CASES <= len(chart.lines) <= MOST_CASES]
    return [_picture(chart, tables, evidence) for chart in charts if _differ(chart)]


def _differ(chart: CaseChart) -> bool:
    """Whether the cases come to different ends, by what a reader could see."""
    ends = [line.last.median or 0.0 for line in chart.lines if line.last is not None]
    return max(ends) - min(ends) >= SMALLEST_DIFFERENCE * max(1.0 if chart.kind == "share" else max(ends), 1e-9)


def _picture(chart: CaseChart, tables: CompareTables, evidence: Mapping[Lang, str]) -> Picture:
    name = chart.name.replace("compare_", "panels_", 1)
    return Picture(
        name=name,
        data=case_table(chart),
        draw=lambda language: draw_grid(_grid(chart, tables, evidence[language], language), language),
        caption=lambda language: _title(chart, language) + ".",
        footnote=lambda language: _footnote(chart, evidence[language], language),
    )


def _title(chart: CaseChart, language: Lang) -> str:
    wording = Words("{target}: từng trường hợp", "{target}: case by case")
    return say(wording, language, target=chart.heading.text(language))


def _grid(chart: CaseChart, tables: CompareTables, evidence: str, language: Lang) -> Grid:
    return Grid(
        title=_title(chart, language),
        footnote=_footnote(chart, evidence, language),
        courses=tuple(_course(line, chart, tables, language) for line in chart.lines),
        kind=chart.kind,
        version=chart.version,
        threshold=chart.threshold,
        due=chart.due,
    )


def _course(line: CaseLine, chart: CaseChart, tables: CompareTables, language: Lang) -> Course:
    median = tuple(row.median for row in line.months)
    return Course(
        heading=line.case.title(language),
        note=_reached(line, chart, tables, language) or end_note(median, chart.kind, language),
        days=tuple(row.date for row in line.months),
        median=median,
        low=tuple(row.p05 for row in line.months),
        high=tuple(row.p95 for row in line.months),
    )


def _reached(line: CaseLine, chart: CaseChart, tables: CompareTables, language: Lang) -> str:
    """How often the case reaches the target, from the row of the reading that decides."""
    target = next((one for one in tables.targets if one.number == chart.target_number), None)
    row = target.rows.get(line.case.name) if target is not None else None
    if row is None or row.p_reached is None:
        return ""
    reached = frequency_text(row.p_reached, row.n, language)
    return say(Words("đạt ở {reached}", "reached in {reached}"), language, reached=reached)


def _footnote(chart: CaseChart, evidence: str, language: Lang) -> str:
    days = [row.date for line in chart.lines for row in line.months]
    return say(
        _FOOTNOTE,
        language,
        measure=term("measure", chart.measure, language),
        version=term("version", chart.version, language),
        scope=scope_text(chart.scope, language),
        first=month_text(min(days), language),
        last=month_text(max(days), language),
        n=number_text(max(row.n for line in chart.lines for row in line.months), 0, language),
        evidence=evidence,
    ).strip()
