"""What the plan reports of its start, beside what the simulated province would have reported of its warm-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import CAUSES, NOT_INSTALLED, REFUSED_TO_PAPER, SECRET
from sim.measure.flows import DOCUMENTS, FLOW_SHARES, INTERNAL, SUBMISSION, Counting, ends, flow_ratio
from sim.measure.measured import Measured
from sim.measure.scopes import agencies_of
from sim.measure.stocks import STOCKS, stock_value
from sim.measure.verdicts import band_of
from sim.model.record import RunRecord
from sim.results.evidence_tables import BaselineRow
from sim.scenario.loading import LoadedScenario
from sim.scenario.schema import Scenario
from sim.scenario.start_schema import Baseline, ReportedCount
from sim.scenario.start_states import NOT_FITTED

SET = "set"
"""State of a reported value to which the start is set, so that nothing was fitted."""
NO_EOFFICE = "no_eoffice"
"""Obstacle: the agency that handled or issued the document has no e-office."""


def baseline_value(record: RunRecord, baseline: Baseline | ReportedCount) -> float | None:
    """What the province would have reported: a stock on the first day, a flow over the warm-up; None over too few.

    Agencies flatter their own shares of what they send, never a count of agencies or persons, whose doubt is in
    the band.

    Raises:
        ValueError: if the measure is not computed by this version.
    """
    if baseline.measure in STOCKS:
        return stock_value(record, baseline.measure, baseline.scope, 0)
    if baseline.measure not in FLOW_SHARES:
        raise ValueError(f"no measure {baseline.measure!r}")
    counting = Counting(exclude_secret=baseline.measure == SUBMISSION)
    ratio = flow_ratio(record, baseline.measure, baseline.scope, counting)
    return ratio.share(0, record.first_month - 1, record.parameters["reporting.optimism"])


def baseline_values(record: RunRecord, scenario: Scenario) -> dict[str, float | None]:
    """The value of every baseline, by its id, and of every count that is reported of the start."""
    return {one.id: baseline_value(record, one) for one in reported_of(scenario)}


def reported_of(scenario: Scenario) -> tuple[Baseline | ReportedCount, ...]:
    """All that the plan reports of its start: shares, then numbers of things."""
    return (*scenario.baselines, *scenario.counts)


def obstacle(record: RunRecord, baseline: Baseline) -> tuple[str, float] | None:
    """What kept most of a baseline's documents from counting over the warm-up, and the share of them all it kept.

    A cause of `sim.exchange.codes.CAUSES`, or `NO_EOFFICE` for what agencies do inside; None for stocks and where
    nothing was counted.
    """
    if baseline.measure not in FLOW_SHARES:
        return None
    months = slice(0, record.first_month)
    if baseline.measure in (*INTERNAL, DOCUMENTS):
        mine = agencies_of(record, baseline.scope)
        what = c.A_ISSUED if baseline.measure == DOCUMENTS else c.A_HANDLED
        items = record.agency_flows[months][:, mine, what].sum(axis=0)
        without = items[record.stocks[0]["level"][mine] == NOT_INSTALLED]
        return (NO_EOFFICE, float(without.sum() / items.sum())) if items.sum() else None
    senders, recipients = ends(baseline.measure, baseline.scope)
    causes = record.causes[months][:, list(senders)][:, :, list(recipients)].sum(axis=(0, 1, 2))
    whole = record.flows[months][:, list(senders)][:, :, list(recipients), c.DELIVERIES].sum()
    worst = SECRET + int(np.argmax(causes[SECRET : REFUSED_TO_PAPER + 1]))
    return (CAUSES[worst], float(causes[worst] / whole)) if whole else None


def baseline_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[BaselineRow]:
    """A row for each baseline of the scenario: reported, its band, and what these replications would have reported."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for one in measured:
        for row in one.baselines:
            if row.value is not None:
                values[row.baseline_id].append(row.value)
    fitted = {row.baseline_id: row for row in loaded.start_residuals}
    rows: list[BaselineRow] = []
    for baseline in reported_of(loaded.scenario):
        residual = fitted.get(baseline.id)
        is_set = isinstance(baseline, ReportedCount) or not baseline.fitted
        state = residual.state if residual else SET if is_set else NOT_FITTED
        found = values[baseline.id]
        low, high = band(baseline)
        simulated = band_of(found)
        rows.append(
            BaselineRow(
                baseline_id=baseline.id,
                measure=baseline.measure,
                scope=baseline.scope,
                reported=baseline.reported.value,
                low=low,
                high=high,
                simulated_median=simulated.median,
                p05=simulated.p05,
                p95=simulated.p95,
                in_band_share=_share_in_band(baseline, found),
                state=state,
                reason_vi=(residual.reason_vi or None) if residual else None,
                reason_en=(residual.reason_en or None) if residual else None,
                source=baseline.source,
                n=len(found),
            )
        )
    return rows


def spread(baseline: Baseline | ReportedCount, values: Sequence[float]) -> Mapping[str, float | None]:
    """Median, 5 % and 95 % points of reported values, and the share of them inside the baseline's band."""
    simulated = band_of(values)
    return {
        "simulated_median": simulated.median,
        "p05": simulated.p05,
        "p95": simulated.p95,
        "in_band_share": _share_in_band(baseline, values),
    }


def _share_in_band(baseline: Baseline | ReportedCount, values: Sequence[float]) -> float | None:
    low, high = band(baseline)
    return sum(1 for value in values if low <= value <= high) / len(values) if values else None


def band(baseline: Baseline | ReportedCount) -> tuple[float, float]:
    """Where rounding and doubt leave a reported value.

    Raises:
        ValueError: it has no band, which no checked scenario allows.
    """
    if baseline.reported.low is None or baseline.reported.high is None:
        raise ValueError(f"the baseline {baseline.id!r} has no band")
    return baseline.reported.low, baseline.reported.high
