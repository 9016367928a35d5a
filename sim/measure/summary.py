"""From replications to the tables of a run folder: medians, bands, probabilities and verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.measure.baselines import baseline_rows
from sim.measure.delays import is_more_than
from sim.measure.dossier_years import check_rows, dossier_year_rows
from sim.measure.held_up_shares import held_up_rows
from sim.measure.influence import influence_rows
from sim.measure.lacking import lacking_rows
from sim.measure.measured import Measured, all_months
from sim.measure.milestones import MilestoneDraws, milestone_rows, milestones_alone, project_rows, verdict_alone
from sim.measure.overtime import overtime_rows
from sim.measure.parameters import parameter_rows
from sim.measure.payload import PROJECTS_FACT
from sim.measure.plan_ends import alternative_rows, inert_rows, unserved_rows
from sim.measure.saturation import saturated_post_rows, saturation_rows
from sim.measure.shared_draws import Chance, shared_draws
from sim.measure.targets import readings, target_year_rows, threshold_of
from sim.measure.totals import cause_rows, money_rows
from sim.measure.variance import variance_rows
from sim.measure.verdicts import band_of, quantile
from sim.measure.where import agency_quarter_rows, district_target_rows
from sim.measure.yearly import DELAYS as DELAY_MEASURES
from sim.measure.yearly import certificate_rows, delay_rows, is_longer
from sim.policy.orders import dated
from sim.policy.plan_lines import budget_of
from sim.results.agency_tables import AGENCIES_BY_QUARTER, TARGETS_BY_DISTRICT
from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE
from sim.results.lacking_tables import LACKING
from sim.results.money_tables import MILESTONES, MONEY, PROJECTS, SPENDING, SpendingRow
from sim.results.plan_tables import ALTERNATIVES, HELD_UP, INERT, UNSERVED
from sim.results.replication_tables import AccountRow, AgencyStateRow, OutcomeRow
from sim.results.run_tables import (
    AGENCIES,
    CAUSES,
    MANDATES,
    PARAMETERS,
    REPLICATIONS,
    SERIES,
    TARGETS,
    TARGETS_BY_YEAR,
    AgencyRow,
    MandateRow,
    TargetRow,
)
from sim.results.service_tables import (
    CERTIFICATES,
    DELAYS,
    DOSSIER_CHECKS,
    DOSSIERS,
    OVERTIME,
    SATURATED_POSTS,
    SATURATION,
)
from sim.results.table import FilledTable
from sim.scenario.districts import agency_places
from sim.scenario.loading import LoadedScenario

if TYPE_CHECKING:
    import pandas as pd

_POINTS = {"median": 0.5, "p05": 0.05, "p25": 0.25, "p75": 0.75, "p95": 0.95}


def tables(
    loaded: LoadedScenario, measured: Sequence[Measured], second_luck: Sequence[Measured] = ()
) -> dict[str, FilledTable[Any]]:
    """All tables of a run by name, from its finished replications in any order.

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
    alone = milestones_alone(loaded, ordered[0].seed)
    targets = target_rows(loaded, ordered, alone)
    years = target_year_rows(targets, ordered)
    filled: tuple[FilledTable[Any], ...] = (
        TARGETS.filled(targets),
        SERIES.filled(series_frame(ordered)),
        REPLICATIONS.filled(_replications(ordered)),
        CAUSES.filled(cause_rows(ordered)),
        SPENDING.filled(_spending(loaded, ordered)),
        MONEY.filled(money_rows(loaded, ordered)),
        AGENCIES.filled(_agencies(loaded, ordered)),
        PARAMETERS.filled(parameter_rows(loaded)),
        VARIANCE.filled(variance_rows(loaded, ordered, second_luck)),
        INFLUENCE.filled(influence_rows(loaded, ordered)),
        MANDATES.filled(_mandates(loaded)),
        BASELINES.filled(baseline_rows(loaded, ordered)),
        MILESTONES.filled(milestone_rows(loaded, alone)),
        PROJECTS.filled(project_rows(loaded, [one.facts.get(PROJECTS_FACT, {}) for one in ordered])),
        DOSSIERS.filled(dossier_year_rows(loaded, ordered)),
        DOSSIER_CHECKS.filled(check_rows(loaded, ordered)),
        CERTIFICATES.filled(certificate_rows(ordered)),
        SATURATION.filled(saturation_rows(ordered)),
        ALTERNATIVES.filled(alternative_rows(loaded, ordered)),
        INERT.filled(inert_rows(loaded)),
        UNSERVED.filled(unserved_rows(loaded, ordered)),
        HELD_UP.filled(held_up_rows(loaded, ordered)),
        LACKING.filled(list(lacking_rows(loaded, ordered))),
        SATURATED_POSTS.filled(saturated_post_rows(loaded, ordered)),
        DELAYS.filled(delay_rows(ordered)),
        OVERTIME.filled(overtime_rows(loaded, ordered)),
        TARGETS_BY_YEAR.filled(years),
        TARGETS_BY_DISTRICT.filled(district_target_rows(loaded, targets, years, ordered)),
        AGENCIES_BY_QUARTER.filled(agency_quarter_rows(loaded, ordered)),
    )
    return {one.table.name: one for one in filled}


def target_rows(
    loaded: LoadedScenario, ordered: Sequence[Measured], alone: Mapping[str, MilestoneDraws] | None = None
) -> list[TargetRow]:
    """Verdict on each target under each reading, from at least one replication.

    Args:
        loaded: the scenario.
        ordered: the replications.
        alone: milestones drawn from the money alone, which take the place of what the replications make of them.
    """
    found: defaultdict[tuple[str, str], list[OutcomeRow]] = defaultdict(list)
    for one in ordered:
        for outcome in one.targets:
            found[outcome.target_id, outcome.reading].append(outcome)
    required = loaded.scenario.run.required_probability.value
    shared = shared_draws(loaded, ordered[0].seed, [one.replication for one in ordered])
    rows: list[TargetRow] = []
    for target in loaded.scenario.targets:
        for reading in readings(target):
            mine = found[target.id, reading.name]
            chance = Chance([outcome.reached for outcome in mine], shared)
            band = band_of([outcome.value for outcome in mine if outcome.value is not None])
            said = chance.verdict(required)
            draws = (alone or {}).get(target.id)
            if draws is not None:
                chance = draws.chance
                band, said = band_of(draws.shares), verdict_alone(draws, required)
            low, high = chance.interval
            firsts = sorted(outcome.first_reached for outcome in mine if outcome.first_reached is not None)
            rows.append(
                TargetRow(
                    target_id=target.id,
                    title_vi=target.title.vi,
                    title_en=target.title.en,
                    measure=reading.measure,
                    scope=reading.scope,
                    reading=reading.name,
                    threshold=threshold_of(target),
                    due=target.due,
                    median=band.median,
                    p05=band.p05,
                    p95=band.p95,
                    p_reached=chance.p,
                    p_low=low,
                    p_high=high,
                    n=chance.n,
                    first_reached=firsts[(len(mine) - 1) // 2] if len(firsts) > (len(mine) - 1) // 2 else None,
                    verdict=said,
                    number=loaded.target_numbers[target.id],
                    stated_threshold=target.threshold.value,
                    threshold_basis=target.threshold.basis,
                )
            )
    return rows


def series_frame(ordered: Sequence[Measured]) -> pd.DataFrame:
    """The columns of `SERIES`: each month of each measure, its band over the replications that have a value."""
    import pandas as pd

    by = ["measure", "scope", "version", "date", "unit"]
    months = all_months(ordered)
    values = months.groupby(by, sort=False)["value"]
    points = {name: values.quantile(share) for name, share in _POINTS.items()}
    delays = months[months["measure"].isin(DELAY_MEASURES)].groupby(by, sort=False)["value"]
    known = values.count()
    longer = pd.Series({key: longer_points(mine.dropna().tolist()) for key, mine in delays}, dtype=object)
    frame = pd.DataFrame({**points, "longer": longer.reindex(known.index), "n": known}).reset_index()
    frame["longer"] = frame["longer"].where(frame["longer"].notna(), None)
    return frame[[column.name for column in SERIES.columns]]


def longer_points(hours: Sequence[float]) -> str | None:
    """Which points of a delay over the replications are only known to be longer, joined by semicolons; None if none."""
    delays = [(value, is_more_than(value)) for value in hours]
    return ";".join(name for name, share in _POINTS.items() if is_longer(delays, share)) or None


def _replications(ordered: Sequence[Measured]) -> pd.DataFrame:
    months = all_months(ordered).dropna(subset=["value"])
    return months[[column.name for column in REPLICATIONS.columns]]


def _spending(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[SpendingRow]:
    """Each account by itself; its medians are not for adding up, `money` has the totals."""
    titles = {line.line_id: (line.title_vi, line.title_en) for line in budget_of(loaded)}
    found: defaultdict[tuple[str, str, int], list[AccountRow]] = defaultdict(list)
    for one in ordered:
        for account in one.spending:
            found[account.line_id, account.source, account.year].append(account)
    return [
        SpendingRow(
            line_id=line_id,
            title_vi=titles[line_id][0],
            title_en=titles[line_id][1],
            source=source,
            year=year,
            planned_million_vnd=accounts[0].planned,
            arrived_median=quantile([account.arrived for account in accounts], 0.5),
            committed_median=quantile([account.committed for account in accounts], 0.5),
            spent_median=quantile([account.spent for account in accounts], 0.5),
            returned_median=quantile([account.returned for account in accounts], 0.5),
            n=len(accounts),
        )
        for (line_id, source, year), accounts in sorted(found.items())
    ]


def _agencies(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[AgencyRow]:
    known = agency_places(loaded.agencies)
    found: defaultdict[str, list[AgencyStateRow]] = defaultdict(list)
    for one in ordered:
        for state in one.agencies:
            found[state.agency_id].append(state)
    return [
        AgencyRow(
            **asdict(known[agency_id]),
            level_median=_median([float(state.level) for state in states]),
            user_share_median=_median([state.users / state.staff for state in states if state.staff]),
            electronic_share_median=_median([state.electronic_share for state in states]),
            registry_utilisation_median=_median([state.registry_utilisation for state in states]),
            n=len(states),
        )
        for agency_id, states in found.items()
    ]


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return quantile(known, 0.5) if known else None


def _mandates(loaded: LoadedScenario) -> list[MandateRow]:
    """The orders, one whose day is not known on the day that the scenario states."""
    return [
        MandateRow(
            mandate_id=mandate.id,
            title_vi=mandate.title.vi,
            title_en=mandate.title.en,
            start=mandate.start,
            measured_from=mandate.measured_from,
            tiers=";".join(mandate.tiers),
        )
        for mandate in dated(loaded.scenario.mandates, {})
    ]
