"""From replications to the tables of a run folder: medians, bands, probabilities and verdicts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sim.measure.baselines import BASELINES, baseline_rows
from sim.measure.cause_shares import CAUSES, cause_rows
from sim.measure.certificates import CERTIFICATES, certificate_rows
from sim.measure.dossier_years import CHECKS, DOSSIERS, check_rows, dossier_year_rows
from sim.measure.influence import INFLUENCE, influence_rows
from sim.measure.milestones import MILESTONES, milestone_rows
from sim.measure.money_totals import MONEY, money_rows
from sim.measure.payload import Measured
from sim.measure.saturation import SATURATION, saturation_rows
from sim.measure.targets import readings, threshold_of
from sim.measure.variance import VARIANCE, variance_rows
from sim.measure.verdicts import quantile, verdict, wilson
from sim.policy.plan_lines import budget_of, purchases_of
from sim.scenario.drawn import simulated
from sim.scenario.loading import LoadedScenario

Row = tuple[Any, ...]
Table = tuple[tuple[str, ...], list[Row]]

TARGETS = (
    "target_id",
    "title_vi",
    "title_en",
    "measure",
    "scope",
    "reading",
    "threshold",
    "due",
    "median",
    "p05",
    "p95",
    "p_reached",
    "p_low",
    "p_high",
    "n",
    "first_reached",
    "verdict",
)
SERIES = ("date", "measure", "scope", "version", "unit", "median", "p05", "p25", "p75", "p95", "n")
REPLICATIONS = ("replication", "date", "measure", "scope", "version", "value")
SPENDING = (
    "line_id",
    "title_vi",
    "title_en",
    "source",
    "year",
    "planned_million_vnd",
    "arrived_median",
    "committed_median",
    "spent_median",
    "returned_median",
    "n",
)
AGENCIES = (
    "agency_id",
    "tier",
    "name_vi",
    "name_en",
    "level_median",
    "user_share_median",
    "electronic_share_median",
    "registry_utilisation_median",
    "n",
)
PARAMETERS = ("key", "unit", "low", "value", "high", "kind", "basis", "source")
MANDATES = ("mandate_id", "title_vi", "title_en", "start", "measured_from", "tiers")


def tables(
    loaded: LoadedScenario, measured: Sequence[Measured], second_luck: Sequence[Measured] = ()
) -> dict[str, Table]:
    """All tables of a run, from its finished replications in any order.

    Args:
        loaded: the scenario.
        measured: the replications that count.
        second_luck: some of them once more, the same parameters having met another luck.

    Raises:
        ValueError: without a replication.
    """
    if not measured:
        raise ValueError("no finished replication, nothing to tabulate")
    ordered = sorted(measured, key=lambda one: one.replication)
    return {
        "targets": (TARGETS, target_rows(loaded, ordered)),
        "series": (SERIES, series_rows(ordered)),
        "replications": (REPLICATIONS, _replications(ordered)),
        "causes": (CAUSES, cause_rows(ordered)),
        "spending": (SPENDING, _spending(loaded, ordered)),
        "money": (MONEY, money_rows(loaded, ordered)),
        "agencies": (AGENCIES, _agencies(loaded, ordered)),
        "parameters": (PARAMETERS, parameter_rows(loaded)),
        "variance": (VARIANCE, variance_rows(loaded, ordered, second_luck)),
        "influence": (INFLUENCE, influence_rows(loaded, ordered)),
        "mandates": (MANDATES, _mandates(loaded)),
        "baselines": (BASELINES, baseline_rows(loaded, ordered)),
        "milestones": (MILESTONES, milestone_rows(loaded, ordered)),
        "dossiers": (DOSSIERS, dossier_year_rows(loaded, ordered)),
        "dossier_checks": (CHECKS, check_rows(loaded, ordered)),
        "certificates": (CERTIFICATES, certificate_rows(ordered)),
        "saturation": (SATURATION, saturation_rows(ordered)),
    }


def _band(values: Sequence[float], shares: Iterable[float]) -> list[float | None]:
    return [quantile(values, share) if values else None for share in shares]


def target_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[Row]:
    """Verdict on each target under each reading, from at least one replication."""
    found: defaultdict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for one in ordered:
        for row in one.targets:
            found[row[0], row[1]].append(row)
    required = loaded.scenario.run.required_probability.value
    rows: list[Row] = []
    for target in loaded.scenario.targets:
        for reading in readings(target):
            mine = found[target.id, reading.name]
            n = len(mine)
            reached = sum(1 for row in mine if row[5])
            low, high = wilson(reached, n)
            values = [row[4] for row in mine if row[4] is not None]
            firsts = sorted(row[6] for row in mine if row[6] is not None)
            usual = firsts[(n - 1) // 2] if len(firsts) > (n - 1) // 2 else None
            rows.append(
                (
                    target.id,
                    target.title.vi,
                    target.title.en,
                    reading.measure,
                    reading.scope,
                    reading.name,
                    threshold_of(target),
                    target.due.isoformat(),
                    *_band(values, (0.5, 0.05, 0.95)),
                    reached / n,
                    low,
                    high,
                    n,
                    usual,
                    verdict(reached, n, required),
                )
            )
    return rows


def series_rows(ordered: Sequence[Measured]) -> list[Row]:
    """Each month of each measure: its band over the replications that have a value."""
    values: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
    for one in ordered:
        for day, measure, scope, version, unit, value in one.series:
            kept = values[measure, scope, version, day, unit]
            if value is not None:
                kept.append(value)
    return [
        (day, measure, scope, version, unit, *_band(kept, (0.5, 0.05, 0.25, 0.75, 0.95)), len(kept))
        for (measure, scope, version, day, unit), kept in values.items()
    ]


def _replications(ordered: Sequence[Measured]) -> list[Row]:
    return [
        (one.replication, day, measure, scope, version, value)
        for one in ordered
        for day, measure, scope, version, _, value in one.series
        if value is not None
    ]


def _spending(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[Row]:
    """Each account by itself; its medians are not for adding up, `money` has the totals."""
    titles = {line.line_id: (line.title_vi, line.title_en) for line in budget_of(loaded)}
    values: defaultdict[tuple[str, str, int], list[list[float]]] = defaultdict(list)
    for one in ordered:
        for line_id, source, year, *amounts in one.spending:
            values[line_id, source, year].append(amounts)
    return [
        (
            line_id,
            *titles[line_id],
            source,
            year,
            kept[0][0],
            *(quantile([amounts[i] for amounts in kept], 0.5) for i in (1, 2, 3, 4)),
            len(kept),
        )
        for (line_id, source, year), kept in sorted(values.items())
    ]


def _agencies(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[Row]:
    names = {row.agency_id: row for row in loaded.agencies}
    values: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in ordered:
        for agency, *state in one.agencies:
            values[agency].append(state)
    rows: list[Row] = []
    for agency, kept in values.items():
        users = [state[1] / state[2] for state in kept if state[2]]
        columns = ([float(state[0]) for state in kept], users, _known(kept, 3), _known(kept, 4))
        medians = [quantile(column, 0.5) if column else None for column in columns]
        rows.append((agency, names[agency].tier, names[agency].name_vi, names[agency].name_en, *medians, len(kept)))
    return rows


def _known(kept: Sequence[list[Any]], column: int) -> list[float]:
    return [state[column] for state in kept if state[column] is not None]


def parameter_rows(loaded: LoadedScenario) -> list[Row]:
    """Every number of the model as stated: range, kind, basis, source; purchases with their divisions and costs."""
    rows: list[Row] = [
        (key, q.unit, q.low, q.value, q.high, q.kind, q.basis, q.source) for key, q in simulated(loaded.scenario)
    ]
    for one in purchases_of(loaded):
        key = f"purchases.{one.line_id}.{one.kind}"
        rows.append(
            (f"{key}.share", "1", one.share_low, one.share, one.share_high, "triangular", one.basis, one.source)
        )
        if one.unit_cost_million_vnd:
            cost = (one.unit_cost_low, one.unit_cost_million_vnd, one.unit_cost_high)
            rows.append((f"{key}.unit_cost", "million VND", *cost, "lognormal", one.basis, one.source))
    return rows


def _mandates(loaded: LoadedScenario) -> list[Row]:
    return [
        (
            mandate.id,
            mandate.title.vi,
            mandate.title.en,
            mandate.start.isoformat(),
            mandate.measured_from.isoformat() if mandate.measured_from else None,
            ";".join(mandate.tiers),
        )
        for mandate in loaded.scenario.mandates
    ]
