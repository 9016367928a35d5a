"""What the plan reports for its first day beside what the simulation starts from: on the page and as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.formatting import (
    BLANK,
    frequency_text,
    in_two_lines,
    interval_text,
    number_text,
    quantity_text,
    threshold_text,
    unit_kind,
)
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, scopes, terms
from sim.results.evidence_tables import BaselineRow
from sim.results.sources import source_text
from sim.results.words import Lang, Words


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """One reported starting value in words; the reason is empty where none is given."""

    measure: str
    scope: str
    reported: str
    simulated: str
    in_band: str
    state: str
    state_class: str
    reason: str
    source: str


def baseline_lines(
    baselines: Sequence[BaselineRow], language: Lang, groups: Mapping[str, Words] | None = None
) -> list[BaselineLine]:
    """One line for each reported value, in the order of the plan; groups of agencies by their titles."""
    return [_line(row, language, groups) for row in baselines]


def baseline_note(baselines: Sequence[BaselineRow], language: Lang) -> str:
    """What is compared, and how many replications it rests on."""
    sentence = Words(
        "Số báo cáo: giá trị kế hoạch ghi cho thời điểm xuất phát, kèm khoảng do làm tròn và độ tin cậy của số liệu. "
        "Số mô phỏng: giá trị mà cơ quan sẽ báo cáo vào đầu kỳ mô phỏng; trung vị (khoảng 5–95%), n = {n}.",
        "Reported: what the plan states for the start, with the band that rounding and doubt leave. Simulated: what "
        "agencies would report when the simulation begins; median (5–95% range), n = {n}.",
    )
    runs = number_text(max((row.n for row in baselines), default=0), 0, language)
    return say(sentence, language, n=runs)


def _line(row: BaselineRow, language: Lang, groups: Mapping[str, Words] | None) -> BaselineLine:
    kind = unit_kind(row.measure)
    reported = threshold_text(row.reported, kind, language)
    if row.low is not None and row.high is not None:
        reported += f" ({interval_text(row.low, row.high, kind, language)})"
    simulated = quantity_text(row.simulated_median, kind, language)
    if row.p05 is not None and row.p95 is not None:
        simulated += f" ({interval_text(row.p05, row.p95, kind, language)})"
    return BaselineLine(
        measure=term("measure", row.measure, language),
        scope=scope_text(row.scope, language, groups),
        reported=in_two_lines(reported),
        simulated=in_two_lines(simulated) if row.simulated_median is not None else BLANK,
        in_band=frequency_text(row.in_band_share, row.n, language),
        state=capital(term("baseline_state", row.state, language)),
        state_class=_state_class(row),
        reason=capital(row.reason(language)),
        source=source_text(row.source, language),
    )


def _state_class(row: BaselineRow) -> str:
    if row.state in {"fitted", "set"}:
        return "reachable" if (row.in_band_share or 0.0) >= 0.5 else "at-risk"
    return "out-of-reach" if row.state == "impossible" else "other"


def baselines_sheet(tables: RunTables) -> Sheet:
    """What the plan reports for the start beside what the simulation starts from."""
    columns = (
        Column(ID, 14.0),
        *both(COLUMNS["measure"], 40.0),
        *both(COLUMNS["scope"], 22.0),
        *named("reported_value", "reported_low", "reported_high", "median", "p05", "p95", "in_band"),
        RUNS,
        *both(COLUMNS["state"], 30.0),
        *both(COLUMNS["reason"], 50.0),
        *both(COLUMNS["origin"], 40.0),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.baselines:
        kind = unit_kind(row.measure)
        values = (row.reported, row.low, row.high, row.simulated_median, row.p05, row.p95)
        rows.append(
            cells(
                row.baseline_id,
                *terms("measure", row.measure),
                *scopes(row.scope, tables.manifest.groups),
                *(Quantity(value, kind) for value in values),
                Quantity(row.in_band_share, "share"),
                row.n,
                *terms("baseline_state", row.state),
                row.reason("vi"),
                row.reason("en"),
                source_text(row.source, "vi"),
                source_text(row.source, "en"),
            )
        )
    return Sheet(
        "Mức xuất phát - Baselines", Words("Số báo cáo và số mô phỏng lúc đầu", "Starts"), columns, tuple(rows)
    )
