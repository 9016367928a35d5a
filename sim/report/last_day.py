"""What every measure of agencies and their documents comes to on the last simulated day, target or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.formatting import interval_text, month_text, quantity_text, unit_kind
from sim.report.phrases import say
from sim.report.words import scope_text, term
from sim.results.run_tables import SeriesRow
from sim.results.words import Lang, Words

TITLE = Words("Số liệu đến {month}: trung vị (5–95%)", "Measures at the end of {month}: median (5–95%)")
_SCOPES = ("all", "tiers:province+district", "tier:department", "tier:district", "tier:commune")
_AS_TRUE = Words("; thật ra {value}", "; in truth {value}")


def last_day(series: Sequence[SeriesRow]) -> list[SeriesRow]:
    """The rows of the last day over the province and its tiers; of a measure that agencies report, both versions."""
    day = max((row.date for row in series), default=None)
    measures = {row.measure for row in series if row.scope in _SCOPES[1:]}
    return [
        row
        for row in series
        if row.date == day and row.median is not None and row.measure in measures and row.scope in _SCOPES
    ]


def last_day_title(series: Sequence[SeriesRow], language: Lang) -> str:
    """The heading, with the month."""
    return say(TITLE, language, month=month_text(max((row.date for row in series), default=None), language))


def last_day_lines(series: Sequence[SeriesRow], language: Lang) -> list[str]:
    """One line a measure: over the province and by tier as agencies report it, and the true value where it differs."""
    rows = {(row.measure, row.scope, row.version): row for row in last_day(series)}
    lines = []
    for measure in dict.fromkeys(measure for measure, _, _ in rows):
        parts = [_value(rows, measure, scope, language) for scope in _SCOPES]
        lines.append(f"{term('measure', measure, language)}: {'; '.join(filter(None, parts))}")
    return lines


def _value(rows: Mapping[tuple[str, str, str], SeriesRow], measure: str, scope: str, language: Lang) -> str:
    true = rows.get((measure, scope, "true"))
    row = rows.get((measure, scope, "reported"), true)
    if row is None:
        return ""
    kind = unit_kind(measure, row.unit)
    band = interval_text(row.p05, row.p95, kind, language)
    said = f"{scope_text(scope, language)} {quantity_text(row.median, kind, language)} ({band})"
    if true is None or true.median is None or round(true.median, 3) == round(row.median or 0.0, 3):
        return said
    return said + say(_AS_TRUE, language, value=quantity_text(true.median, kind, language))
