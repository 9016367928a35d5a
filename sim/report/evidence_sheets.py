"""Sheets of what the results rest on: each parameter with its source, which of them decides, and how much is luck."""

from __future__ import annotations

from sim.report.parameter_words import readable_parameter, titles_of
from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
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
    target_cells,
    terms,
    yes_no,
)
from sim.results.run_tables import ParameterRow
from sim.results.sources import source_text
from sim.results.words import NOTHING, Words


def parameters_sheet(tables: RunTables) -> Sheet:
    """Every number the model used."""
    columns = (
        Column(COLUMNS["key"], 40.0),
        *both(COLUMNS["description"], 44.0),
        *both(COLUMNS["unit"], 12.0),
        *named("low", "parameter_value", "high"),
        *both(COLUMNS["kind"], 14.0),
        *both(COLUMNS["basis"], 14.0),
        *both(COLUMNS["origin"], 70.0),
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
        row.key,
        row.title("vi"),
        row.title("en"),
        shown.unit,
        in_english.unit,
        shown.low,
        shown.value,
        shown.high,
        *terms("distribution", row.kind),
        *terms("basis", row.basis),
        source_text(row.source, "vi"),
        source_text(row.source, "en"),
    )


def influence_sheet(tables: RunTables) -> Sheet:
    """The unknowns that go most closely with each target's value."""
    columns = (
        Column(ID, 14.0),
        *both(COLUMNS["target"], 44.0),
        Column(COLUMNS["key"], 40.0),
        *both(COLUMNS["description"], 44.0),
        *named("rank_correlation"),
        *both(COLUMNS["noticeable"], 14.0),
        RUNS,
    )
    titles = titles_of(tables.parameters)
    rows = tuple(
        cells(
            *target_cells(tables.targets, row.target_id),
            row.key,
            titles.get(row.key, NOTHING).vi,
            titles.get(row.key, NOTHING).en,
            Quantity(row.rank_correlation, "plain"),
            *yes_no(row.noticeable),
            row.n,
        )
        for row in tables.influence
    )
    title = Words("Tham số gắn với kết quả (tương quan hạng)", "Unknowns that go with the results (rank correlation)")
    return Sheet("Ảnh hưởng - Influence", title, columns, rows)


def variance_sheet(tables: RunTables) -> Sheet:
    """How much of each target's spread is unknown parameters and how much is luck."""
    columns = (
        Column(ID, 14.0),
        *both(COLUMNS["target"], 44.0),
        *both(COLUMNS["reading"], 30.0),
        *named("parameters_share", "luck_share", "luck_low", "luck_high"),
        RUNS,
    )
    rows = tuple(
        cells(
            *target_cells(tables.targets, row.target_id),
            *terms("reading", row.reading),
            Quantity(row.parameters_share, "share"),
            Quantity(row.luck_share, "share"),
            Quantity(row.luck_low, "share"),
            Quantity(row.luck_high, "share"),
            row.n_pairs,
        )
        for row in tables.variance
    )
    title = Words("Nguồn gốc của độ dao động", "Where the spread comes from")
    return Sheet("Phương sai - Variance", title, columns, rows)
