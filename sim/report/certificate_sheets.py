"""Sheets on certificates and signatures by year, and on posts that are busy nearly all their time."""

from __future__ import annotations

from sim.report.formatting import unit_text
from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
from sim.report.workbook import RUNS, Quantity, Sheet, both, cells, named, scopes, terms
from sim.results.words import Words


def certificates_sheet(tables: RunTables) -> Sheet:
    """Every quantity, scope and year."""
    columns = (
        *(*named("year"), *both(COLUMNS["quantity"], 44.0), *both(COLUMNS["scope"], 34.0)),
        *(*both(COLUMNS["unit"], 12.0), *named("median", "p05", "p95"), RUNS),
    )
    rows = tuple(
        cells(
            *(Quantity(row.year, "year"), *terms("measure", row.quantity), *scopes(row.scope)),
            *(unit_text(row.unit, "vi"), unit_text(row.unit, "en")),
            *(Quantity(value, "share" if row.unit == "share" else "plain") for value in (row.median, row.p05, row.p95)),
            row.n,
        )
        for row in tables.certificates
    )
    title = Words("Chứng thư số và chữ ký số theo năm", "Certificates and signatures by year")
    return Sheet("Chứng thư số - Certificates", title, columns, rows)


def saturation_sheet(tables: RunTables) -> Sheet:
    """Every kind of post by tier, overloaded or not."""
    columns = (*both(COLUMNS["station"], 40.0), *named("median", "p05", "p95", "saturated_in"), RUNS)
    rows = tuple(
        cells(
            *scopes(row.scope),
            *(Quantity(value, "share") for value in (row.median, row.p05, row.p95)),
            *(row.saturated_in, row.n),
        )
        for row in tables.saturation
    )
    title = Words("Mức bận trong 12 tháng cuối", "Busy time in the last twelve months")
    return Sheet("Mức bận - Load", title, columns, rows)
