"""Why: not-electronic deliveries and parallel paper by cause, waiting time by where it passed; yearly."""

from collections.abc import Iterator

import numpy as np

from sim.engine.clock import HOUR_MS
from sim.exchange.codes import CAUSES, LEADERS_RULE, NO_SIGNATURE, OUTSIDE, SECRET, WAITS
from sim.measure.dossiers import are_simulated, lateness
from sim.model.record import RunRecord
from sim.results.replication_tables import CauseAmountRow


def causes(record: RunRecord) -> Iterator[CauseAmountRow]:
    """Yearly causes within the province; those of a group add up to its total."""
    for year in sorted({first.year for first in record.months[record.first_month :]}):
        months = [m for m in range(record.first_month, len(record.months)) if record.months[m].year == year]
        inside = record.causes[months][:, :OUTSIDE, :OUTSIDE].sum(axis=(0, 1, 2))
        for code in range(SECRET, NO_SIGNATURE):
            yield CauseAmountRow(year, "not_electronic", CAUSES[code], "deliveries", float(inside[code]))
        for code in range(NO_SIGNATURE, LEADERS_RULE + 1):
            yield CauseAmountRow(year, "parallel_paper", CAUSES[code], "deliveries", float(inside[code]))
        waited = np.asarray(record.waits_ms[months].sum(axis=0))
        for code, name in enumerate(WAITS):
            yield CauseAmountRow(year, "waiting", name, "hours", float(waited[code] / HOUR_MS))
        if are_simulated(record):
            for name, number in lateness(record, months):
                yield CauseAmountRow(year, "late_dossiers", name, "dossiers", number)
