"""Targets year by year: where each stands at the end of a year, and its verdict in the year in which it is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.measure.measured import Measured
from sim.measure.verdicts import Band, band_of
from sim.results.replication_tables import YearValueRow
from sim.results.run_tables import NOT_DUE, PAST_DUE, TargetRow, TargetYearRow


def target_year_rows(targets: Sequence[TargetRow], ordered: Iterable[Measured]) -> list[TargetYearRow]:
    """Each target under each reading, year by year.

    Args:
        targets: the verdicts; in the year of its due date a row says what its target's row says, number by number.
        ordered: the replications.
    """
    found: defaultdict[tuple[str, str], defaultdict[int, list[YearValueRow]]]
    found = defaultdict(lambda: defaultdict(list))
    for one in ordered:
        for row in one.years:
            found[row.target_id, row.reading][row.year].append(row)
    return [
        _row(target, year, rows)
        for target in targets
        for year, rows in sorted(found[target.target_id, target.reading].items())
    ]


def _row(target: TargetRow, year: int, rows: Sequence[YearValueRow]) -> TargetYearRow:
    is_due = year == target.due.year
    values = [row.value for row in rows if row.value is not None]
    band = Band(target.median, target.p05, target.p95) if is_due else band_of(values)
    before = NOT_DUE if year < target.due.year else PAST_DUE
    return TargetYearRow(
        target_id=target.target_id,
        title_vi=target.title_vi,
        title_en=target.title_en,
        measure=target.measure,
        scope=target.scope,
        reading=target.reading,
        year=year,
        as_of=rows[0].as_of,
        window_months=rows[0].window_months,
        median=band.median,
        p05=band.p05,
        p95=band.p95,
        p_reached=target.p_reached if is_due else sum(row.reached for row in rows) / len(rows),
        threshold=target.threshold if is_due else None,
        state=str(target.verdict) if is_due else before,
        n=target.n if is_due else len(rows),
    )
