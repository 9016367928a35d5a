"""Where and when, over the replications: agencies by quarter, targets by district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import numpy as np

from sim.measure.agency_quarters import ACCEPTED, DELIVERIES, stopped
from sim.measure.measured import Measured
from sim.measure.ratio import FEWEST_ITEMS
from sim.measure.verdicts import NO_BAND, Band, band_of
from sim.model.record import Counts
from sim.results.agency_tables import OWN_AGENCIES, OWN_AGENCIES_NAME, STOPPED_BY, AgencyQuarterRow, DistrictTargetRow
from sim.results.replication_tables import DistrictValueRow
from sim.results.run_tables import TargetRow, TargetYearRow, deciding_rows
from sim.scenario.districts import agency_places
from sim.scenario.loading import LoadedScenario


def agency_quarter_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[AgencyQuarterRow]:
    """Each agency of the province in each quarter, over the replications.

    Numbers of deliveries are means, so that they add up over agencies, quarters and causes; shares are taken in each
    replication. The main cause is the one of most deliveries over all replications.
    """
    known = agency_places(loaded.agencies)
    many = [one.quarters for one in ordered]
    first = many[0]
    counts = np.stack([one.counts for one in many])
    levels = np.stack([one.levels for one in many])
    means = counts.mean(axis=0)
    causes = np.stack([stopped(one.counts) for one in many]).mean(axis=0)
    rows: list[AgencyQuarterRow] = []
    for at, agency_id in enumerate(first.agency_ids):
        days = [one.connected[at] for one in many]
        since = _usual_day(days)
        for when, (year, quarter) in enumerate(first.quarters):
            mine = causes[:, at, when]
            whole = float(mine.sum())
            main = int(np.argmax(mine))
            level = band_of([float(value) for value in levels[:, at, when]])
            share = _shares(counts[:, :, at, when])
            rows.append(
                AgencyQuarterRow(
                    **asdict(known[agency_id]),
                    year=year,
                    quarter=quarter,
                    level_median=level.median,
                    level_p05=level.p05,
                    level_p95=level.p95,
                    deliveries_mean=float(means[DELIVERIES, at, when]),
                    electronic_mean=float(means[ACCEPTED, at, when]),
                    share_median=share.median,
                    share_p05=share.p05,
                    share_p95=share.p95,
                    cause=STOPPED_BY[main] if whole > 0.0 else None,
                    cause_share=float(mine[main]) / whole if whole > 0.0 else None,
                    by_cause={name: float(mine[number]) for number, name in enumerate(STOPPED_BY)},
                    connected_from=since,
                    connected_share=_connected_by(days, year, quarter),
                    n=len(many),
                )
            )
    return rows


def _shares(counts: Counts) -> Band:
    """Band of the share accepted, over the replications in which there is enough to take one of."""
    known = [int(one[ACCEPTED]) / int(one[DELIVERIES]) for one in counts if one[DELIVERIES] >= FEWEST_ITEMS]
    return band_of(known) if known else NO_BAND


def _usual_day(days: Sequence[date | None]) -> date | None:
    """The median day; None where most replications have none."""
    known = sorted(day for day in days if day is not None)
    middle = (len(days) - 1) // 2
    return known[middle] if len(known) > middle else None


def _connected_by(days: Sequence[date | None], year: int, quarter: int) -> float:
    """Share of the replications in which it is connected at the end of a quarter."""
    return sum(day is not None and (day.year, (day.month + 2) // 3) <= (year, quarter) for day in days) / len(days)


def district_target_rows(
    loaded: LoadedScenario, targets: Sequence[TargetRow], years: Sequence[TargetYearRow], ordered: Sequence[Measured]
) -> list[DistrictTargetRow]:
    """Each target in each district over the replications, beside the province's median.

    Args:
        loaded: the scenario.
        targets: the verdicts.
        years: the same year by year.
        ordered: the replications.
    """
    known = agency_places(loaded.agencies)
    found: defaultdict[tuple[str, str], list[DistrictValueRow]] = defaultdict(list)
    for one in ordered:
        for row in one.districts:
            found[row.target_id, row.district_id].append(row)
    told = {target.target_id: target for target in deciding_rows(targets)}
    windows = {(row.target_id, row.reading): row.window_months for row in years if row.is_due}
    rows = []
    for (target_id, district_id), values in found.items():
        target, place = told[target_id], None if district_id == OWN_AGENCIES else known[district_id]
        band = band_of([row.value for row in values if row.value is not None])
        rows.append(
            DistrictTargetRow(
                target_id=target_id,
                title_vi=target.title_vi,
                title_en=target.title_en,
                measure=target.measure,
                district_id=district_id,
                district_vi=OWN_AGENCIES_NAME.vi if place is None else place.district_vi,
                district_en=OWN_AGENCIES_NAME.en if place is None else place.district_en,
                as_of=target.due,
                window_months=windows[target_id, target.reading],
                threshold=target.threshold,
                median=band.median,
                p05=band.p05,
                p95=band.p95,
                p_reached=sum(row.reached for row in values) / len(values),
                province_median=target.median,
                n=len(values),
            )
        )
    return rows
