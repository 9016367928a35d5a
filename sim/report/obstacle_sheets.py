"""Sheets on why: milestones and what stops them, orders in force, unknowns that matter, parameters against luck."""

from __future__ import annotations

from sim.report.parameter_words import titles_of
from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, terms, yes_no
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import NOTHING, Words


def _titles(tables: RunTables, target_id: str) -> tuple[CellValue, ...]:
    row = _target(tables, target_id)
    return (target_id, row.title("vi"), row.title("en")) if row else (target_id, target_id, target_id)


def _target(tables: RunTables, target_id: str) -> TargetRow | None:
    return next((row for row in deciding_rows(tables.targets) if row.target_id == target_id), None)


def milestones_sheet(tables: RunTables) -> Sheet:
    """What had become of each milestone's money by its due date, and how often each obstacle was the largest."""
    columns = (
        *(Column(ID, 14.0), *both(COLUMNS["target"], 44.0), *both(COLUMNS["state"], 34.0)),
        *named("planned", "median", "p05", "p95", "largest_in", "missed"),
        RUNS,
    )
    rows = tuple(
        cells(
            *(*_titles(tables, row.target_id), *terms("milestone_state", row.state)),
            *(Quantity(value, "million_vnd") for value in (row.planned_million_vnd, row.median, row.p05, row.p95)),
            *(None if row.state == "delivered" else row.largest_in, row.missed, row.n),
        )
        for row in tables.milestones
    )
    title = Words("Các mốc hoàn thành: kinh phí đến hạn ra sao (triệu đồng)", "Milestones: what became of their money")
    return Sheet("Mốc - Milestones", title, columns, rows)


def mandates_sheet(tables: RunTables) -> Sheet:
    """The orders to use e-office, from when they hold and from when use is measured."""
    columns = (
        *(Column(ID, 26.0), *both(COLUMNS["mandate"], 60.0), *named("in_force_from", "measured_from")),
        Column(COLUMNS["tier"], 40.0),
    )
    rows = tuple(
        cells(row.mandate_id, row.title("vi"), row.title("en"), row.start, row.measured_from, row.tiers)
        for row in tables.mandates
    )
    return Sheet("Chỉ thị - Mandates", Words("Văn bản chỉ đạo sử dụng", "Orders to use e-office"), columns, rows)


def influence_sheet(tables: RunTables) -> Sheet:
    """The unknowns that go most closely with each target's value."""
    columns = (
        *(Column(ID, 14.0), *both(COLUMNS["target"], 44.0), Column(COLUMNS["key"], 40.0)),
        *(*both(COLUMNS["description"], 44.0), *named("rank_correlation"), *both(COLUMNS["noticeable"], 14.0), RUNS),
    )
    titles = titles_of(tables.parameters)
    rows = tuple(
        cells(
            *(*_titles(tables, row.target_id), row.key),
            *(titles.get(row.key, NOTHING).vi, titles.get(row.key, NOTHING).en),
            *(Quantity(row.rank_correlation, "plain"), *yes_no(row.noticeable), row.n),
        )
        for row in tables.influence
    )
    title = Words("Tham số gắn với kết quả (tương quan hạng)", "Unknowns that go with the results (rank correlation)")
    return Sheet("Ảnh hưởng - Influence", title, columns, rows)


def variance_sheet(tables: RunTables) -> Sheet:
    """How much of each target's spread is unknown parameters and how much is luck."""
    columns = (
        *(Column(ID, 14.0), *both(COLUMNS["target"], 44.0), *both(COLUMNS["reading"], 30.0)),
        *named("parameters_share", "luck_share"),
        RUNS,
    )
    rows = tuple(
        cells(
            *(*_titles(tables, row.target_id), *terms("reading", row.reading)),
            *(Quantity(row.parameters_share, "share"), Quantity(row.luck_share, "share"), row.n_pairs),
        )
        for row in tables.variance
    )
    title = Words("Nguồn gốc của độ dao động", "Where the spread comes from")
    return Sheet("Phương sai - Variance", title, columns, rows)
