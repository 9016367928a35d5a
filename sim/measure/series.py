"""Monthly series of every measure of one replication."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from sim.engine.clock import DAY_MS, month_end
from sim.exchange import counting as c
from sim.exchange.codes import (
    CHANNELS,
    COUNTER,
    DOWNLINK,
    LEADER,
    LEVELS,
    OFFICERS,
    REFUSALS,
    REGISTRY,
    STATION_KINDS,
    TIERS,
    UPLINK,
)
from sim.measure.delays import delay_hours
from sim.measure.dossiers import DOSSIER_SHARES, are_simulated, dossier_rows
from sim.measure.flows import DOCUMENT_SHARES, MINISTRY, SUBMISSION, Counting, flow_ratio
from sim.measure.milestones import value_of_lines
from sim.measure.ratio import FEWEST_ITEMS
from sim.measure.scopes import PROVINCE_TIERS
from sim.measure.stocks import (
    AGENCY_SHARES,
    COUNTS,
    ONESTOP_PROCEDURES,
    SERVICE_COUNTS,
    SERVICE_SHARES,
    STOCKS,
    UNITS,
    level_share,
    stock_value,
)
from sim.model.record import MONEY, RunRecord
from sim.scenario.measures import PROJECTS

TRUE, REPORTED = "true", "reported"
TIER_SCOPES = ("all", "tiers:province+district", "tier:department", "tier:district", "tier:commune")

SERVICE_SCOPES = ("all", "tier:department", "tier:district", "tier:commune")

Value = tuple[str, str, str, str, str, float | None]
"""date, measure, scope, version, unit, value"""

_SCOPES = {
    SUBMISSION: ("all", "tiers:province+district"),
    MINISTRY: ("all",),
    **dict.fromkeys(STOCKS, (*TIER_SCOPES, "tier:office")),
    **dict.fromkeys((*SERVICE_SHARES, ONESTOP_PROCEDURES, *SERVICE_COUNTS), SERVICE_SCOPES),
}
_DELAYS = (
    ("delivery_hours_median", c.TO_REGISTRATION, 0.5),
    ("delivery_hours_p95", c.TO_REGISTRATION, 0.95),
    ("handling_hours_median", c.TO_HANDLED, 0.5),
)


def series(
    record: RunRecord, extra_scopes: dict[str, set[str]], milestones: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Value]:
    """All rows of one replication.

    Args:
        record: what the replication left behind.
        extra_scopes: scopes that targets ask for, by measure.
        milestones: budget lines of each target that is about some, by the name of its measure.
    """
    days = _days(record)
    yield from _flow_rows(record, days, extra_scopes)
    yield from _stock_rows(record, days, extra_scopes)
    yield from _delay_rows(record, days)
    yield from _refusal_rows(record, days)
    yield from _load_rows(record, days)
    yield from _page_rows(record, days)
    yield from _task_rows(record, days)
    yield from _token_rows(record, days)
    if are_simulated(record):
        yield from dossier_rows(record, days)
    yield from _money_rows(record, days, milestones or {})
    yield from _datacentre_rows(record, days)


def _days(record: RunRecord) -> list[str]:
    """The day before the first, then the last day of each counted month (of the run, if it stops earlier)."""
    counted = record.months[record.first_month :]
    start = date.fromordinal(counted[0].toordinal() - 1)
    return [start.isoformat(), *(min(month_end(first), record.last_day).isoformat() for first in counted)]


def _scopes(measure: str, extra: dict[str, set[str]]) -> list[str]:
    usual = _SCOPES.get(measure, TIER_SCOPES)
    return [*usual, *sorted(extra.get(measure, set()) - set(usual))]


def _flow_rows(record: RunRecord, days: list[str], extra: dict[str, set[str]]) -> Iterator[Value]:
    optimism = record.parameters["reporting.optimism"]
    last_warm_up = record.first_month - 1
    for measure in (*DOCUMENT_SHARES, *(DOSSIER_SHARES if are_simulated(record) else ())):
        for scope in _scopes(measure, extra):
            ratio = flow_ratio(record, measure, scope, Counting(exclude_secret=measure == SUBMISSION))
            spans = [(0, last_warm_up)] + [(m, m) for m in range(record.first_month, len(record.months))]
            for day, (first, last) in zip(days, spans, strict=True):
                yield day, measure, scope, TRUE, "share", ratio.share(first, last)
                yield day, measure, scope, REPORTED, "share", ratio.share(first, last, optimism)


def _stock_rows(record: RunRecord, days: list[str], extra: dict[str, set[str]]) -> Iterator[Value]:
    for measure in STOCKS:
        unit = UNITS.get(measure, "certificates") if measure in (*COUNTS, *SERVICE_COUNTS) else "share"
        for scope in _scopes(measure, extra):
            for row, day in enumerate(days):
                value = stock_value(record, measure, scope, row)
                for version in (TRUE, REPORTED) if measure in (*AGENCY_SHARES, *SERVICE_SHARES) else (TRUE,):
                    yield day, measure, scope, version, unit, value
    for level in range(LEVELS):
        for row, day in enumerate(days):
            yield day, "eoffice_level_share", f"level:{level}", TRUE, "share", level_share(record, level, row)


def _delay_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    scopes = {"all": PROVINCE_TIERS, **{f"tier:{TIERS[t]}": (t,) for t in PROVINCE_TIERS}}
    for measure, which, share in _DELAYS:
        for scope, tiers in scopes.items():
            for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
                yield day, measure, scope, TRUE, "hours", delay_hours(record, which, tiers, month, month, share)
        if which == c.TO_REGISTRATION:
            for channel, name in enumerate(CHANNELS):
                for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
                    hours = delay_hours(record, c.BY_CHANNEL + channel, PROVINCE_TIERS, month, month, share)
                    yield day, measure, f"channel:{name}", TRUE, "hours", hours


def _refusal_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    """Refusals among all attempts of a month, together and by cause."""
    attempts = record.agency_flows[..., c.A_ATTEMPTS].sum(axis=1)
    for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
        enough = int(attempts[month]) >= FEWEST_ITEMS
        refused = record.refusals[month]
        total = int(refused.sum()) / int(attempts[month]) if enough else None
        yield day, "refusal_share", "all", TRUE, "share", total
        for cause, name in enumerate(REFUSALS):
            part = int(refused[cause]) / int(attempts[month]) if enough else None
            yield day, "refusal_share", f"cause:{name}", TRUE, "share", part


def _load_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    """Busy working time over staffed open time, of people by kind and tier and of lines by tier."""
    tiers = np.where(record.station_agencies >= 0, record.tiers[record.station_agencies], -1)
    for kind in (REGISTRY, LEADER, OFFICERS, COUNTER, UPLINK, DOWNLINK):
        measure = "link_utilisation" if kind in (UPLINK, DOWNLINK) else "station_utilisation"
        for tier in PROVINCE_TIERS:
            mine = (record.station_kinds == kind) & (tiers == tier)
            if kind == COUNTER and not mine.any():
                continue
            scope = f"{STATION_KINDS[kind]}:{TIERS[tier]}"
            for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
                staffed = int(record.staffed_ms[month, mine].sum())
                worked = int(record.worked_ms[month, mine].sum())
                yield day, measure, scope, TRUE, "share", worked / staffed if staffed else None


def _page_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    pages = record.agency_flows[..., c.A_PAGES].sum(axis=1)
    for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
        yield day, "paper_pages", "all", TRUE, "pages", float(pages[month])


def _task_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    """Of the tasks set out upon in e-office, those whose page came too late or not at all."""
    scopes = {"all": PROVINCE_TIERS, **{f"tier:{TIERS[t]}": (t,) for t in PROVINCE_TIERS}}
    for scope, tiers in scopes.items():
        mine = np.isin(record.tiers, tiers)
        tries = record.agency_flows[:, mine, c.A_ONLINE_TRIES].sum(axis=1)
        failed = record.agency_flows[:, mine, c.A_ONLINE_FAILED].sum(axis=1)
        for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
            enough = int(tries[month]) >= FEWEST_ITEMS
            share = int(failed[month]) / int(tries[month]) if enough else None
            yield day, "eoffice_task_failed_share", scope, TRUE, "share", share


def _money_rows(record: RunRecord, days: list[str], milestones: Mapping[str, tuple[str, ...]]) -> Iterator[Value]:
    """Money since the first day: what the plan and its options ask for by then, what was paid, what it has brought."""
    spent = record.money[..., MONEY.index("spent")].sum(axis=1)
    for row, day in enumerate(days):
        asked = sum(account.planned for account in record.accounts if row and account.year <= int(day[:4]))
        yield day, "cost_million_vnd", "all", TRUE, "million_vnd", float(asked)
        yield day, "spent_million_vnd", "all", TRUE, "million_vnd", float(spent[row])
    for measure, lines in milestones.items():
        for row, day in enumerate(days):
            unit = "projects" if measure.startswith(PROJECTS) else "share"
            yield day, measure, "all", TRUE, unit, value_of_lines(record, measure, lines, row)


def _datacentre_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    """Share of each month in which the message service was not down by a fault of the data centre."""
    edges = [date.fromisoformat(day) for day in days]
    for row in range(1, len(days)):
        down_ms = int(record.datacentre_down[row] - record.datacentre_down[row - 1])
        up = 1.0 - down_ms / ((edges[row] - edges[row - 1]).days * DAY_MS)
        yield days[row], "datacentre_availability", "all", TRUE, "share", max(0.0, up)


def _token_rows(record: RunRecord, days: list[str]) -> Iterator[Value]:
    """Days from request to token in hand, the mean of those handed over in a month."""
    for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
        waits = [wait for when, wait in record.token_waits if when == month]
        yield day, "token_wait_days", "all", TRUE, "days", sum(waits) / len(waits) if waits else None
