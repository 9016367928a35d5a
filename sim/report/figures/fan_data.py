"""What a target's chart shows: its months reported and true, the value judged, the reported start, the orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sim.report.figures.drawing import DataTable
from sim.report.figures.mandate_marks import MandateMark, mandate_marks
from sim.report.formatting import UnitKind, unit_kind
from sim.report.passage import target_labels
from sim.report.run_tables import RunTables
from sim.results.evidence_tables import BaselineRow
from sim.results.hindcast_tables import HindcastRow
from sim.results.run_tables import SeriesRow, TargetRow
from sim.results.words import Words

_VERSIONS = ("reported", "true")


@dataclass(frozen=True, slots=True)
class FanPanel:
    """One version of the measure: every month of the period, months without a value included, and its value at due."""

    version: str
    months: tuple[SeriesRow, ...]
    at_due: TargetRow | None


@dataclass(frozen=True, slots=True)
class FanChart:
    """One target, what it is called, its panels, the reported starting value and the orders in force."""

    target: TargetRow
    label: str
    kind: UnitKind
    panels: tuple[FanPanel, ...]
    baseline: BaselineRow | None = None
    marks: tuple[MandateMark, ...] = ()
    reported: tuple[HindcastRow, ...] = ()
    """What was reported later of the very measure and scope."""
    groups: Mapping[str, Words] = field(default_factory=dict)
    """Titles of the groups of agencies that scopes name."""

    @property
    def months(self) -> tuple[SeriesRow, ...]:
        """The months of all panels."""
        return tuple(row for panel in self.panels for row in panel.months)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day on the time axis: all months, and the due date."""
        days = [row.date for row in self.months] + ([self.target.due] if self.target.due else [])
        return min(days), max(days)


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


def fan_chart(target: TargetRow, tables: RunTables) -> FanChart | None:
    """The chart of one deciding row, or None when the series table has nothing on its measure and scope.

    The reported starting value is shown only where it has the very measure and scope of the target.
    """
    what = (target.measure, target.scope)
    rows = [row for row in tables.series if (row.measure, row.scope) == what]
    same = [row for row in tables.targets if (row.target_id, row.measure, row.scope) == (target.target_id, *what)]
    truly = next((row for row in same if row.reading == "true"), None)
    at_due = {"true": truly, "reported": None if target.reading == "true" else target}
    panels = tuple(
        FanPanel(version, with_missing_months(months), at_due[version])
        for version in _VERSIONS
        if (months := [row for row in rows if row.version == version])
    )
    if not panels:
        return None
    stated = [row for row in tables.baselines if (row.measure, row.scope) == what and row.reported is not None]
    marks = mandate_marks(tables.mandates, tables.manifest.horizon_start, tables.manifest.horizon_end)
    label = target_labels(tables.targets).get(target.target_id, target.target_id)
    kind, start = unit_kind(target.measure, rows[0].unit), next(iter(stated), None)
    later = tuple(row for row in tables.hindcast if (row.measure, row.scope) == what)
    return FanChart(target, label, kind, panels, start, marks, later, tables.manifest.groups)


def has_baseline(chart: FanChart, panel: FanPanel) -> bool:
    """Whether the reported starting value belongs on a panel: the reported one, or the only one."""
    return chart.baseline is not None and (panel.version == "reported" or len(chart.panels) == 1)


def reported_on(chart: FanChart, panel: FanPanel) -> tuple[HindcastRow, ...]:
    """The later figures that belong on a panel: those of its version, or all where it is the only one."""
    return tuple(row for row in chart.reported if row.version == panel.version or len(chart.panels) == 1)


def fan_table(chart: FanChart) -> DataTable:
    """Every number the chart draws: months, value at the due date, threshold, reported start and later, orders."""
    columns = ("drawn", "measure", "scope", "version", "date", "median", "p05", "p25", "p75", "p95", "n", "label")
    named = (chart.target.measure, chart.target.scope)
    rows: list[tuple[str | float | date | None, ...]] = []
    for panel in chart.panels:
        rows += [
            ("month", *named, panel.version, row.date, row.median, row.p05, row.p25, row.p75, row.p95, row.n, "")
            for row in panel.months
        ]
        if panel.at_due is not None:
            due = panel.at_due
            rows.append(("at_due", *named, panel.version, due.due, due.median, due.p05, None, None, due.p95, due.n, ""))
        if chart.baseline is not None and has_baseline(chart, panel):
            stated, first = chart.baseline, panel.months[0].date
            band = (stated.low, None, None, stated.high, None)
            rows.append(("baseline", *named, panel.version, first, stated.reported, *band, stated.baseline_id))
        for row in reported_on(chart, panel):
            ends = (row.value - row.plus_minus, None, None, row.value + row.plus_minus, None)
            rows.append(("reported", *named, panel.version, row.measured_on, row.value, *ends, row.state))
    blank = (None,) * 5
    rows.append(("threshold", *named, "", chart.target.due, chart.target.threshold, *blank, ""))
    for mark in chart.marks:
        rows.append(("mandate", "", "", "", mark.start, None, *blank, f"{mark.number} {mark.mandate.mandate_id}"))
    return DataTable(columns, tuple(rows))
