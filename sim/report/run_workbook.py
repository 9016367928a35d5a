"""The sheets of a run's workbook, from the summary to the glossary: one for each table, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sim.report.certificate_sheets import certificates_sheet, saturation_sheet
from sim.report.dossier_sheets import dossier_checks_sheet, dossiers_sheet
from sim.report.formatting import unit_kind, unit_text
from sim.report.measure_words import origin_text
from sim.report.money_sheet import money_sheet
from sim.report.obstacle_sheets import influence_sheet, mandates_sheet, milestones_sheet, variance_sheet
from sim.report.parameter_units import readable_parameter
from sim.report.phrases import COLUMNS, READING_GUIDE
from sim.report.run_tables import RunTables
from sim.report.simulated_money import simulated_money
from sim.report.summary_sheet import summary_sheet
from sim.report.words import TERMS, verdict_text
from sim.report.workbook import (
    ID,
    RUNS,
    CellValue,
    Column,
    Quantity,
    Sheet,
    both,
    cells,
    named,
    scopes,
    terms,
    workbook_bytes,
    yes_no,
)
from sim.results.run_tables import ParameterRow
from sim.results.words import Words

_IN_PERIOD = Words("Trong kỳ mô phỏng", "In the simulated period")
_WITHOUT_A_DATE = date(2000, 1, 1)


def write_workbook(tables: RunTables, path: Path) -> None:
    """Write report.xlsx; the date inside it is the first day of the horizon. Raises OSError as the disk does."""
    created = tables.manifest.horizon_start or _WITHOUT_A_DATE
    path.write_bytes(workbook_bytes(run_sheets(tables), tables.manifest.title("vi"), created))


def run_sheets(tables: RunTables) -> list[Sheet]:
    """Every sheet, in order; a table that is absent is a sheet with headings only."""
    return [
        summary_sheet(tables),
        targets_sheet(tables),
        series_sheet(tables),
        causes_sheet(tables),
        spending_sheet(tables),
        money_sheet(tables),
        agencies_sheet(tables),
        parameters_sheet(tables),
        baselines_sheet(tables),
        milestones_sheet(tables),
        dossiers_sheet(tables),
        dossier_checks_sheet(tables),
        certificates_sheet(tables),
        saturation_sheet(tables),
        mandates_sheet(tables),
        influence_sheet(tables),
        variance_sheet(tables),
        glossary_sheet(),
    ]


_BAND = named("median", "p05", "p95")


def targets_sheet(tables: RunTables) -> Sheet:
    """Every target under every reading."""
    columns = (
        *(Column(ID, 8.0), *both(COLUMNS["target"], 44.0), *both(COLUMNS["measure"], 40.0)),
        *(*both(COLUMNS["scope"], 22.0), *both(COLUMNS["reading"], 30.0), *named("threshold", "due"), *_BAND),
        *(*named("p_reached", "p_low", "p_high"), RUNS, *named("first_reached"), *both(COLUMNS["verdict"], 24.0)),
        *both(COLUMNS["value_origin"], 30.0),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.targets:
        kind = unit_kind(row.measure)
        values = (row.threshold, row.due, row.median, row.p05, row.p95)
        rows.append(
            cells(
                *(row.target_id, row.title("vi"), row.title("en"), *terms("measure", row.measure)),
                *(*scopes(row.scope), *terms("reading", row.reading)),
                *(value if isinstance(value, date) else Quantity(value, kind) for value in values),
                *(Quantity(value, "share") for value in (row.p_reached, row.p_low, row.p_high)),
                *(row.n, row.first_reached, verdict_text(row.verdict, "vi"), verdict_text(row.verdict, "en")),
                *(origin_text(row.measure, "vi"), origin_text(row.measure, "en")),
            )
        )
    return Sheet("Chỉ tiêu - Targets", Words("Chỉ tiêu theo từng cách tính", "Targets"), columns, tuple(rows))


def series_sheet(tables: RunTables) -> Sheet:
    """Every month of every measure, reported and true."""
    columns = (
        *(*named("month"), *both(COLUMNS["measure"], 40.0), *both(COLUMNS["scope"], 22.0)),
        *(*both(COLUMNS["version"], 22.0), *both(COLUMNS["unit"], 12.0)),
        *(*named("median", "p05", "p25", "p75", "p95"), RUNS),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.series:
        kind = unit_kind(row.measure, row.unit)
        values = (row.median, row.p05, row.p25, row.p75, row.p95)
        rows.append(
            cells(
                *(row.date, *terms("measure", row.measure), *scopes(row.scope), *terms("version", row.version)),
                *(unit_text(row.unit, "vi"), unit_text(row.unit, "en")),
                *(Quantity(value, kind) for value in values),
                row.n,
            )
        )
    return Sheet("Chuỗi tháng - Series", Words("Chỉ số theo tháng", "Measures by month"), columns, tuple(rows))


def causes_sheet(tables: RunTables) -> Sheet:
    """What kept deliveries from going electronically, and what documents waited for, by year."""
    columns = (
        *(*named("year"), *both(COLUMNS["cause_group"]), *both(COLUMNS["cause"], 40.0)),
        *(*both(COLUMNS["unit"], 12.0), *_BAND, RUNS, *named("share_mean", "share_p05", "share_p95")),
    )
    rows = tuple(
        cells(
            *(Quantity(row.year, "year"), *terms("cause_group", row.group), *terms("cause", row.cause)),
            *(unit_text(row.unit, "vi"), unit_text(row.unit, "en")),
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
        *(Column(ID, 8.0), *both(COLUMNS["line"], 44.0), *both(COLUMNS["source"], 26.0), *named("year")),
        *(*named("planned", "arrived", "committed", "spent", "returned"), RUNS, *both(_IN_PERIOD, 14.0)),
    )
    rows = tuple(
        cells(
            *(row.line_id, row.title("vi"), row.title("en"), *terms("money_source", row.source)),
            *(Quantity(row.year, "year"), Quantity(row.planned_million_vnd, "million_vnd")),
            *(
                Quantity(value, "million_vnd")
                for value in (row.arrived_median, row.committed_median, row.spent_median, row.returned_median)
            ),
            *(row.n, *yes_no(row in inside)),
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
    columns = (
        *(Column(ID, 22.0), *both(COLUMNS["agency"], 40.0), *both(COLUMNS["tier"], 18.0)),
        *named("level", "user_share", "electronic_share", "registry_utilisation"),
        RUNS,
    )
    rows = tuple(
        cells(
            *(row.agency_id, row.name_vi or row.name_en, row.name_en or row.name_vi, *terms("tier", row.tier)),
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


def parameters_sheet(tables: RunTables) -> Sheet:
    """Every number the model used."""
    columns = (
        *(Column(COLUMNS["key"], 40.0), *both(COLUMNS["description"], 44.0), *both(COLUMNS["unit"], 12.0)),
        *(*named("low", "parameter_value", "high"), *both(COLUMNS["kind"], 14.0)),
        *(*both(COLUMNS["basis"], 14.0), Column(COLUMNS["origin"], 70.0)),
    )
    return Sheet(
        "Tham số - Parameters",
        Words("Tham số của mô hình, khoảng giá trị và căn cứ", "Parameters with range and basis"),
        columns,
        tuple(_parameter(row) for row in tables.parameters),
    )


def _parameter(row: ParameterRow) -> tuple[CellValue, ...]:
    shown, in_english = readable_parameter(row, "vi"), readable_parameter(row, "en")
    return cells(
        *(row.key, row.title("vi"), row.title("en"), shown.unit, in_english.unit),
        *(shown.low, shown.value, shown.high),
        *(*terms("distribution", row.kind), *terms("basis", row.basis), row.source),
    )


def baselines_sheet(tables: RunTables) -> Sheet:
    """What the plan reports for the start beside what the simulation starts from."""
    columns = (
        *(Column(ID, 14.0), *both(COLUMNS["measure"], 40.0), *both(COLUMNS["scope"], 22.0)),
        *named("reported_value", "reported_low", "reported_high", "median", "p05", "p95", "in_band"),
        *(RUNS, *both(COLUMNS["state"], 30.0), *both(COLUMNS["reason"], 50.0), Column(COLUMNS["origin"], 40.0)),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.baselines:
        kind = unit_kind(row.measure)
        values = (row.reported, row.low, row.high, row.simulated_median, row.p05, row.p95)
        rows.append(
            cells(
                *(row.baseline_id, *terms("measure", row.measure), *scopes(row.scope)),
                *(Quantity(value, kind) for value in values),
                *(
                    Quantity(row.in_band_share, "share"),
                    row.n,
                    *terms("baseline_state", row.state),
                    row.reason("vi"),
                    row.reason("en"),
                    row.source,
                ),
            )
        )
    return Sheet(
        "Mức xuất phát - Baselines", Words("Số báo cáo và số mô phỏng lúc đầu", "Starts"), columns, tuple(rows)
    )


def glossary_sheet() -> Sheet:
    """Every term of the report in both languages, and how to read it."""
    columns = (Column(ID, 34.0), *both(Words("Thuật ngữ", "Term"), 70.0))
    guide: Sequence[tuple[str, str, str]] = [("", words.vi, words.en) for words in READING_GUIDE]
    terms = [(f"{kind}.{name}", words.vi, words.en) for kind, listed in TERMS.items() for name, words in listed.items()]
    return Sheet("Thuật ngữ - Glossary", Words("Thuật ngữ và cách đọc", "Glossary"), columns, (*guide, *terms))
