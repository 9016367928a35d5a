"""The sheet of totals of the plan's money: by year, source and line, each taken within a simulation."""

from __future__ import annotations

from sim.report.phrases import COLUMNS
from sim.report.run_tables import RunTables
from sim.report.simulated_money import ALL
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, terms
from sim.results.words import Words

_EVERY = Words("tất cả", "all")


def money_sheet(tables: RunTables) -> Sheet:
    """Every total and entry, median and range; a sheet of headings where the run has no money in it."""
    titles = {row.line_id: (row.title("vi"), row.title("en")) for row in tables.spending}
    columns = (
        *(Column(ID, 8.0), *both(COLUMNS["line"], 44.0), *both(COLUMNS["source"], 26.0)),
        *(*both(COLUMNS["year"], 10.0), *both(COLUMNS["entry"], 34.0), *named("median", "p05", "p95"), RUNS),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.money:
        every = (_EVERY.vi, _EVERY.en)
        line = every if row.line_id == ALL else titles.get(row.line_id, (row.line_id, row.line_id))
        source = every if row.source == ALL else terms("money_source", row.source)
        year = every if row.year == ALL else (row.year, row.year)
        rows.append(
            cells(
                *("" if row.line_id == ALL else row.line_id, *line, *source, *year, *terms("money_entry", row.entry)),
                *(Quantity(value, "million_vnd") for value in (row.median, row.p05, row.p95)),
                row.n,
            )
        )
    title = Words(
        "Tổng kinh phí (triệu đồng; trung vị của tổng trong từng lần mô phỏng)",
        "Totals of money (million VND; medians of each simulation's total)",
    )
    return Sheet("Tổng kinh phí - Money", title, columns, tuple(rows))
