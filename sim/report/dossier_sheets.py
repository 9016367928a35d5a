"""Sheets on one-stop dossiers: every quantity by year and tier, and what other provinces published."""

from __future__ import annotations

from sim.report.dossier_section import difference_text
from sim.report.formatting import unit_text
from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
from sim.report.workbook import (
    ID,
    RUNS,
    CellValue,
    Column,
    NumberKind,
    Quantity,
    Sheet,
    both,
    cells,
    named,
    scopes,
    terms,
)
from sim.results.words import Words


def _tier(tier: str) -> tuple[str, str]:
    return scopes("all" if tier == "all" else f"tier:{tier}")


def _kind(unit: str) -> NumberKind:
    if unit == "share":
        return "share"
    return "count" if unit == "dossiers" else "plain"


def dossiers_sheet(tables: RunTables) -> Sheet:
    """Every count and share of every whole year."""
    columns = (
        *(*named("year"), *both(COLUMNS["tier"], 20.0), *both(COLUMNS["quantity"], 44.0)),
        *(*both(COLUMNS["unit"], 12.0), *named("median", "p05", "p95", "per_inhabitant"), RUNS),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.dossiers:
        kind = _kind(row.unit)
        rows.append(
            cells(
                *(Quantity(row.year, "year"), *_tier(row.tier), *terms("dossier_quantity", row.quantity)),
                *(unit_text(row.unit, "vi"), unit_text(row.unit, "en")),
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                *(Quantity(row.per_inhabitant, "plain"), row.n),
            )
        )
    title = Words("Hồ sơ một cửa theo năm và cấp nhận", "One-stop dossiers by year and tier of intake")
    return Sheet("Hồ sơ - Dossiers", title, columns, tuple(rows))


def dossier_checks_sheet(tables: RunTables) -> Sheet:
    """Every published figure beside the simulation, the difference in words."""
    columns = (
        *(Column(ID, 28.0), *both(COLUMNS["quantity"], 44.0), *both(COLUMNS["scope"], 22.0)),
        *(Column(COLUMNS["place"], 20.0), Column(COLUMNS["period"], 18.0)),
        *named("published", "published_low", "published_high", "year", "median", "p05", "p95"),
        *(RUNS, *both(COLUMNS["difference"], 50.0), Column(COLUMNS["derived_parameter"], 36.0)),
        *(
            *both(COLUMNS["confidence"], 18.0),
            *both(COLUMNS["description"], 60.0),
            Column(COLUMNS["published_in"], 40.0),
        ),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.dossier_checks:
        kind = _kind(row.unit)
        observed = (row.observed, row.observed_low, row.observed_high)
        rows.append(
            cells(
                *(row.observation_id, *terms("dossier_quantity", row.measure), *scopes(row.scope)),
                *(row.place_name, row.period),
                *(Quantity(value, kind) for value in observed),
                Quantity(row.year, "year"),
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                *(row.n, difference_text(row, "vi"), difference_text(row, "en"), row.derived_parameter),
                *(*terms("confidence", row.confidence), row.note("vi"), row.note("en"), row.source),
            )
        )
    title = Words("Đặt cạnh số liệu tỉnh khác đã công bố", "Beside what other provinces published")
    return Sheet("Đối chiếu - Checks", title, columns, tuple(rows))
