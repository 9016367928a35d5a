"""Each reported figure foretold from the other ones: in words for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.formatting import date_text, interval_text, number_text, quantity_text, unit_kind
from sim.report.hindcast import coverage_text
from sim.report.phrases import say
from sim.report.words import scope_text, term
from sim.results.hindcast_tables import INSIDE, NO_OTHER, TOO_FEW_AGREE, LeftOutRow
from sim.results.words import Lang, Words

_HEAD = Words(
    "Để riêng từng số, gán trọng số các lần mô phỏng theo những số còn lại rồi dự báo số để riêng:",
    "Each figure left out in turn, and foretold from the replications as the others weigh them:",
)
_FIGURE = Words(
    "{day}, {what}: báo cáo {value}; chưa gán trọng số {before} ({before_band}): {before_state}; theo {others} số khác"
    " {median} ({band}), tương đương {effective} lần mô phỏng: {state}",
    "{day}, {what}: reported {value}; unweighed {before} ({before_band}): {before_state}; by {others} others {median}"
    " ({band}), worth {effective} replications: {state}",
)
_TOO_FEW = Words(
    "{day}, {what}: báo cáo {value}; chưa gán trọng số {before} ({before_band}): {before_state}; theo {others} số khác"
    " thì chỉ còn tương đương {effective} lần mô phỏng, chưa nói được gì",
    "{day}, {what}: reported {value}; unweighed {before} ({before_band}): {before_state}; by {others} others only"
    " {effective} replications' worth is left: nothing can be said",
)
_ALONE = Words(
    "{day}, {what}: báo cáo {value}; chưa gán trọng số {before} ({before_band}): {before_state}; không có số khác nào"
    " để"
    " dựa vào",
    "{day}, {what}: reported {value}; unweighed {before} ({before_band}): {before_state}; no other figure to go by",
)
_NOT_MET = Words(
    "Số nào không lần mô phỏng nào đến gần thì không dùng để gán trọng số.",
    "A figure that no replication comes near weighs nothing.",
)
_LINES = {TOO_FEW_AGREE: _TOO_FEW, NO_OTHER: _ALONE}
_WITHOUT = Words("Chưa gán trọng số: ", "Unweighed: ")


def left_out_lines(rows: Sequence[LeftOutRow], language: Lang, groups: Mapping[str, Words] | None = None) -> list[str]:
    """A line for each figure, then how many lie inside; nothing where none was left out."""
    if not rows:
        return []
    scored = [row for row in rows if row.state not in _LINES]
    lines = [_HEAD.text(language), *(f"  {_line(row, language, groups)}" for row in rows)]
    if any(row.others < len(rows) - 1 for row in rows):
        lines.append(_NOT_MET.text(language))
    if scored:
        lines.append(coverage_text(sum(row.state == INSIDE for row in scored), len(scored), language))
        alone = coverage_text(sum(row.before_state == INSIDE for row in scored), len(scored), language)
        lines.append(_WITHOUT.text(language) + alone[0].lower() + alone[1:])
    return lines


def _line(row: LeftOutRow, language: Lang, groups: Mapping[str, Words] | None) -> str:
    kind = unit_kind(row.measure, row.unit)
    return say(
        _LINES.get(row.state, _FIGURE),
        language,
        day=date_text(row.measured_on, language),
        what=f"{term('measure', row.measure, language)} ({scope_text(row.scope, language, groups)})",
        value=quantity_text(row.value, kind, language),
        before=quantity_text(row.before_median, kind, language),
        before_band=interval_text(row.before_p05, row.before_p95, kind, language),
        before_state=term("figure_state", row.before_state, language),
        others=row.others,
        median=quantity_text(row.median, kind, language),
        band=interval_text(row.p05, row.p95, kind, language),
        effective=number_text(row.effective, 1, language),
        state=term("figure_state", row.state, language),
    )
