"""The sheets of a run's workbook, from the summary to the glossary: one for each table, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sim.report.baselines import baselines_sheet
from sim.report.certificates import certificates_sheet
from sim.report.delays import delays_sheet
from sim.report.dossiers import dossier_checks_sheet, dossiers_sheet
from sim.report.evidence_sheets import influence_sheet, parameters_sheet, variance_sheet
from sim.report.formatting import unit_kind, unit_text
from sim.report.hindcast import hindcast_sheet
from sim.report.measure_words import origin_text
from sim.report.milestones import milestones_sheet
from sim.report.money import money_sheet, simulated_money
from sim.report.overtime import overtime_sheet
from sim.report.phrases import COLUMNS, READING_GUIDE
from sim.report.plan_ends import unserved_sheet
from sim.report.remedies import remedies_sheet
from sim.report.run_tables import RunTables
from sim.report.saturation import posts_sheet, saturation_sheet
from sim.report.summary_sheet import summary_sheet
from sim.report.target_years import OF_THRESHOLD, WINDOW, target_years_sheet, windows_at_due
from sim.report.thresholds import marks_text
from sim.report.where import agency_quarters_sheet, district_targets_sheet, lacking_sheet
from sim.report.words import TERMS, verdict_text
from sim.report.workbook import (
    AGENCY_COLUMNS,
    ID,
    RUNS,
    CellValue,
    Charts,
    Column,
    Quantity,
    Sheet,
    agency_cells,
    both,
    cells,
    named,
    scopes,
    terms,
    workbook_bytes,
    yes_no,
)
from sim.report.workbook_charts import CHARTS, TITLE, write_charts
from sim.results.run_tables import SeriesRow
from sim.results.words import LANGUAGES, NOTHING, Lang, Words

_IN_PERIOD = Words("Trong kỳ mô phỏng", "In the simulated period")
_LONGER = Words("Thực ra lâu hơn số ghi (>)", "Longer than what stands there (>)")
_WITHOUT_A_DATE = date(2000, 1, 1)
_BAND = named("median", "p05", "p95")


WORKBOOKS: dict[Lang, str] = {"vi": "report.xlsx", "en": "report.en.xlsx"}
"""The workbook of each language."""


def write_workbook(tables: RunTables, path: Path, language: Lang = "vi") -> None:
    """Write the workbook of one language; the date inside it is the first day of the horizon.

    Raises:
        OSError: as the disk does.
    """
    created = tables.manifest.horizon_start or _WITHOUT_A_DATE
    charts = Charts(CHARTS, TITLE, lambda workbook, sheet: write_charts(workbook, sheet, tables, language))
    path.write_bytes(workbook_bytes(run_sheets(tables), tables.manifest.title(language), created, language, charts))


def run_sheets(tables: RunTables) -> list[Sheet]:
    """Every sheet, in order; a table that is absent is a sheet with headings only, or no sheet where nobody asked."""
    return [
        summary_sheet(tables),
        targets_sheet(tables),
        target_years_sheet(tables),
        *([remedies_sheet(tables)] if tables.remedies else []),
        district_targets_sheet(tables),
        series_sheet(tables),
        causes_sheet(tables),
        spending_sheet(tables),
        money_sheet(tables),
        agencies_sheet(tables),
        agency_quarters_sheet(tables),
        parameters_sheet(tables),
        baselines_sheet(tables),
        *([hindcast_sheet(tables.hindcast, tables.manifest.groups)] if tables.hindcast else []),
        milestones_sheet(tables),
        dossiers_sheet(tables),
        dossier_checks_sheet(tables),
        certificates_sheet(tables),
        saturation_sheet(tables),
        posts_sheet(tables),
        overtime_sheet(tables),
        unserved_sheet(tables),
        lacking_sheet(tables),
        delays_sheet(tables),
        mandates_sheet(tables),
        influence_sheet(tables),
        variance_sheet(tables),
        glossary_sheet(),
    ]


def targets_sheet(tables: RunTables) -> Sheet:
    """Every target under every reading."""
    columns = (
        Column(ID, 8.0),
        *both(COLUMNS["target"], 44.0),
        *both(COLUMNS["measure"], 40.0),
        *both(COLUMNS["scope"], 22.0),
        *both(COLUMNS["reading"], 30.0),
        *named("threshold", "due"),
        *both(WINDOW, 24.0),
        *_BAND,
        *named("p_reached", "p_low", "p_high"),
        RUNS,
        *named("first_reached"),
        *both(COLUMNS["verdict"], 24.0, coloured=True),
        *both(COLUMNS["value_origin"], 30.0),
        *both(OF_THRESHOLD, 30.0),
    )
    windows = windows_at_due(tables.targets_by_year)
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.targets:
        kind = unit_kind(row.measure)
        window = windows.get((row.target_id, row.reading), NOTHING)
        rows.append(
            cells(
                row.target_id,
                row.title("vi"),
                row.title("en"),
                *terms("measure", row.measure),
                *scopes(row.scope, tables.manifest.groups),
                *terms("reading", row.reading),
                Quantity(row.shown_threshold, kind),
                row.due,
                window.vi,
                window.en,
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                *(Quantity(value, "share") for value in (row.p_reached, row.p_low, row.p_high)),
                row.n,
                row.first_reached,
                verdict_text(row.verdict, "vi"),
                verdict_text(row.verdict, "en"),
                origin_text(row.measure, "vi"),
                origin_text(row.measure, "en"),
                *(marks_text(row, language) for language in LANGUAGES),
            )
        )
    return Sheet("Chỉ tiêu - Targets", Words("Chỉ tiêu theo từng cách tính", "Targets"), columns, tuple(rows))


def series_sheet(tables: RunTables) -> Sheet:
    """Every month of every measure, reported and true."""
    columns = (
        *named("month"),
        *both(COLUMNS["measure"], 40.0),
        *both(COLUMNS["scope"], 22.0),
        *both(COLUMNS["version"], 22.0),
        *both(COLUMNS["unit"], 12.0),
        *named("median", "p05", "p25", "p75", "p95"),
        RUNS,
        *both(_LONGER, 24.0),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.series:
        kind = unit_kind(row.measure, row.unit)
        values = (row.median, row.p05, row.p25, row.p75, row.p95)
        rows.append(
            cells(
                row.date,
                *terms("measure", row.measure),
                *scopes(row.scope, tables.manifest.groups),
                *terms("version", row.version),
                unit_text(row.unit, "vi"),
                unit_text(row.unit, "en"),
                *(Quantity(value, kind) for value in values),
                row.n,
                *_longer(row),
            )
        )
    return Sheet("Chuỗi tháng - Series", Words("Chỉ số theo tháng", "Measures by month"), columns, tuple(rows))


def _longer(row: SeriesRow) -> tuple[str, str]:
    """The points of a month that are longer than what stands there, in Vietnamese and in English."""
    names = [COLUMNS[name] for name in (row.longer or "").split(";") if name]
    return "; ".join(name.vi for name in names), "; ".join(name.en for name in names)


def causes_sheet(tables: RunTables) -> Sheet:
    """What kept deliveries from going electronically, and what documents waited for, by year."""
    columns = (
        *named("year"),
        *both(COLUMNS["cause_group"]),
        *both(COLUMNS["cause"], 40.0),
        *both(COLUMNS["unit"], 12.0),
        *_BAND,
        RUNS,
        *named("share_mean", "share_p05", "share_p95"),
    )
    rows = tuple(
        cells(
            Quantity(row.year, "year"),
            *terms("cause_group", row.group),
            *terms("cause", row.cause),
            unit_text(row.unit, "vi"),
            unit_text(row.unit, "en"),
            *(Quantity(value, "count") for value in (row.median, row.p05, row.p95)),
            row.n,
            *(Quantity(value, "share") for value in (row.share_mean, row.share_p05, row.share_p95)),
        )
        for row in tables.causes
    )
    return Sheet("Nguyên nhân - Causes", Words("Nguyên nhân theo năm", "Causes by year"), columns, rows)


def spending_sheet(tables: RunTables) -> Sheet:
    """Every line, source and year, million VND; lines of years that were not simulated are marked."""
    inside = set(simulated_money(tables.spending, tables.manifest).inside)
    columns = (
        Column(ID, 8.0),
        *both(COLUMNS["line"], 44.0),
        *both(COLUMNS["source"], 26.0),
        *named("year"),
        *named("planned", "arrived", "committed", "spent", "returned"),
        RUNS,
        *both(_IN_PERIOD, 14.0),
    )
    rows = tuple(
        cells(
            row.line_id,
            row.title("vi"),
            row.title("en"),
            *terms("money_source", row.source),
            Quantity(row.year, "year"),
            Quantity(row.planned_million_vnd, "million_vnd"),
            *(
                Quantity(value, "million_vnd")
                for value in (row.arrived_median, row.committed_median, row.spent_median, row.returned_median)
            ),
            row.n,
            *yes_no(row in inside),
        )
        for row in tables.spending
    )
    title = Words(
        "Từng khoản kinh phí (triệu đồng; trung vị, không cộng được; tổng ở trang sau)",
        "Accounts (million VND; medians, not for adding up; totals on the next sheet)",
    )
    return Sheet("Kinh phí - Spending", title, columns, rows)


def agencies_sheet(tables: RunTables) -> Sheet:
    """Every agency in the last month of the run."""
    columns = (*AGENCY_COLUMNS, *named("level", "user_share", "electronic_share", "registry_utilisation"), RUNS)
    rows = tuple(
        cells(
            *agency_cells(row),
            Quantity(row.level_median, "plain"),
            *(
                Quantity(value, "share")
                for value in (row.user_share_median, row.electronic_share_median, row.registry_utilisation_median)
            ),
            row.n,
        )
        for row in tables.agencies
    )
    return Sheet("Cơ quan - Agencies", Words("Từng cơ quan (trung vị)", "Every agency (medians)"), columns, rows)


def glossary_sheet() -> Sheet:
    """Every term of the report in both languages, and how to read it."""
    columns = (Column(ID, 34.0), *both(Words("Thuật ngữ", "Term"), 70.0))
    guide: Sequence[tuple[str, str, str]] = [("", words.vi, words.en) for words in READING_GUIDE]
    terms = [(f"{kind}.{name}", words.vi, words.en) for kind, listed in TERMS.items() for name, words in listed.items()]
    return Sheet("Thuật ngữ - Glossary", Words("Thuật ngữ và cách đọc", "Glossary"), columns, (*guide, *terms))


def mandates_sheet(tables: RunTables) -> Sheet:
    """The orders to use e-office, from when they hold and from when use is measured."""
    columns = (
        Column(ID, 26.0),
        *both(COLUMNS["mandate"], 60.0),
        *named("in_force_from", "measured_from"),
        *both(COLUMNS["tier"], 40.0),
    )
    rows = tuple(
        cells(row.mandate_id, row.title("vi"), row.title("en"), row.start, row.measured_from, *_tiers(row.tiers))
        for row in tables.mandates
    )
    return Sheet("Chỉ thị - Mandates", Words("Văn bản chỉ đạo sử dụng", "Orders to use e-office"), columns, rows)


def _tiers(listed: str | None) -> tuple[str, str]:
    """Tiers in words, in Vietnamese and in English."""
    found = [terms("tier", tier) for tier in (listed or "").split(";") if tier]
    return ", ".join(vi for vi, _ in found), ", ".join(en for _, en in found)
