"""The sign table: what every option, regime and future moves, which way, and by which path it gets there.

Each row names a small province in which the option can bite; `test_option_signs` tries them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from plans import buy, line
from worlds import Kind, Office, fixed, small_province

from sim.exchange import counting as c
from sim.exchange.codes import (
    CLERK_BUSY,
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    LEADER_BUSY,
    OFFICE_CLOSED,
    OFFICER_BUSY,
    OUTAGE,
    OUTSIDE,
    POLLING,
)
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.measure.stocks import stock_value
from sim.model.record import MONEY, RunRecord
from sim.scenario.tables import BudgetLine, Purchase

Measure = Callable[[RunRecord], float]


# ---- what is measured ----


def inside(what: int) -> Measure:
    """A count of deliveries between agencies of the province."""
    return lambda record: float(record.flows[:, :OUTSIDE, :OUTSIDE, what].sum())


def share(part: int, whole: int = c.DELIVERIES) -> Measure:
    return lambda record: inside(part)(record) / inside(whole)(record)


def waiting(cause: int) -> Measure:
    """Hours waited for one cause."""
    return lambda record: float(record.waits_ms[:, cause].sum()) / 3.6e6


def failed(record: RunRecord) -> float:
    """Share of tasks on the web e-office whose page did not come."""
    flows = record.agency_flows.sum(axis=(0, 1))
    return float(flows[c.A_ONLINE_FAILED]) / float(flows[c.A_ONLINE_TRIES])


def users(record: RunRecord) -> float:
    """Person-months of work in e-office."""
    return float(record.stocks["users"][:, record.tiers < OUTSIDE].sum())


def months_of(field: str, least: int = 1) -> Measure:
    """Agency-months in which agencies stand at this value of a stock or above."""
    return lambda record: float((record.stocks[field][:, record.tiers < OUTSIDE] >= least).sum())


def held(field: str) -> Measure:
    """What agencies have of something, over all months."""
    return lambda record: float(record.stocks[field][:, record.tiers < OUTSIDE].sum())


def dossiers(what: str) -> Measure:
    return lambda record: float(record.dossier_flows[..., DOSSIER_FLOWS.index(what)].sum())


def counter_minutes(record: RunRecord) -> float:
    """Mean wait at district and department counters."""
    waits = record.counter_waits[:, [DEPARTMENT, DISTRICT]].sum(axis=(0, 1))
    return float((waits * np.arange(len(waits))).sum() / waits.sum())


def token_days(record: RunRecord) -> float:
    """Mean wait for a certificate."""
    return float(np.mean([days for _, days in record.token_waits]))


def spent(record: RunRecord) -> float:
    return float(sum(account.spent for account in record.accounts))


def willing(record: RunRecord) -> float:
    """Citizen-months willing to file online."""
    return float(record.citizens[:, 1].sum())


def offered(record: RunRecord) -> float:
    """Service-months at level 3 or above."""
    return float((record.service_levels >= 3).sum())


def written_where_eoffice_is(record: RunRecord) -> float:
    """Documents issued by communes that have e-office at the end."""
    served = (record.tiers == COMMUNE) & (record.stocks[-1]["level"] >= 1)
    return float(record.agency_flows[:, served, c.A_ISSUED].sum())


def for_the_signature(record: RunRecord) -> float:
    """Hours waited for leaders, away, busy or not yet in; other waits for an office to open are alike on both sides."""
    return waiting(LEADER_BUSY)(record) + waiting(OFFICE_CLOSED)(record)


def spent_early(record: RunRecord) -> float:
    """Spending so far, summed over the ends of months: the earlier, the more."""
    return float(record.money[:, :, MONEY.index("spent")].sum())


def trained(record: RunRecord) -> float:
    value = stock_value(record, "trained_share", "all", len(record.stocks) - 1)
    assert value is not None
    return value


# ---- where it is measured ----

SLOW_LINES = (
    fixed("start.own_server_share", "0 %"),
    fixed("network.ftth.down", "1.3 Mbit/s"),
    fixed("network.adsl.down", "1.3 Mbit/s"),
    fixed("network.web.page", "300 kB"),
    fixed("network.web.pages_per_hour", "15"),
)
"""E-office over the web, and lines that many people share."""
IN_USE = (
    fixed("start.installed_unused_share", "0 %"),
    fixed("start.registry_only_share", "10 %"),
    fixed("start.user_share", "80 %"),
)
SURE = (
    fixed("budget.central_reliability", "100 %"),
    fixed("budget.provincial_reliability", "100 %"),
    fixed("budget.slip_share", "0 %"),
    fixed("budget.stop_share", "0 %"),
    fixed("budget.procurement", "2 months"),
)
FAULTY = tuple(fixed(f"network.{route}.faults_per_year", "25 /year") for route in ("adsl", "ftth", "dedicated"))
UNANSWERED = (fixed("volumes.reply_share", "0 %"), fixed("volumes.relay_share", "0 %"))
"""No document begets another, so that both sides have the very same ones."""
BUSY = (
    *UNANSWERED,
    *(
        fixed(f"volumes.{tier}_{way}", f"{number} /year")
        for tier, numbers in {
            "office": (6_000, 14_000),
            "department": (3_000, 6_000),
            "district": (3_500, 12_000),
            "commune": (800, 3_500),
        }.items()
        for way, number in zip(("outgoing", "incoming"), numbers, strict=True)
    ),
)
"""More than many a registry can take on many days."""
SEPTEMBER = date(2017, 9, 30)
"""Long enough for what acts from the first day, or from the decision on it."""
LIGHT = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for tier, numbers in {
        "office": (1_800, 4_000),
        "department": (600, 1_200),
        "district": (560, 1_600),
        "commune": (100, 400),
    }.items()
    for way, number in zip(("outgoing", "incoming"), numbers, strict=True)
)
"""A fifth of what the defaults write, where no queue is asked about."""
ORDERED = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2017-02-01,'
    ' tiers=["office", "department", "district", "commune"], source="test"}]'
)
SERVICES = (
    Kind("paper", "commune", service_level=4, weight=2),
    Kind("permit", "district", service_level=3, weight=2),
    Kind("deed", "district", service_level=2, weight=2, working_days=5),
    Kind("licence", "province", "dept.0", service_level=3),
    Kind("permission", "province", "dept.1", service_level=2),
)
ONLINE = ('start.online_services=["tier:department", "tier:district", "tier:commune"]',)
SOFTWARE = ('start.onestop_software=["tier:department", "tier:district", "tier:commune"]',)


def province(**alike: object) -> tuple[Office, ...]:
    return small_province(3, 2, 4, **{"population": 12_000, "staff": 40, "route": "ftth"} | alike)


def without_eoffice(offices: Sequence[Office]) -> tuple[Office, ...]:
    """Communes that have no e-office yet."""
    return tuple(replace(one, linked=False) if one.tier == "commune" else one for one in offices)


def on_adsl(offices: Sequence[Office]) -> tuple[Office, ...]:
    return tuple(replace(one, route="adsl") if one.tier == "commune" else one for one in offices)


PROVINCE = province()
COMMUNE_EOFFICE = (buy("II.2a", "eoffice_web_service", 8.0, tiers=("commune",)),)
EITHER_FORM = (
    buy("II.2a", "eoffice_web_service", 8.0, tiers=("commune",)),
    buy("II.2a", "eoffice_installation", 80.0, tiers=("commune",)),
)


@dataclass(frozen=True)
class Row:
    """One option, where it is tried, what it should do, and how it gets there."""

    name: str
    measure: Measure
    sign: int
    """1: more, -1: less, 0: the very same."""
    path: str
    sets: tuple[str, ...] = ()
    kind: str = "option"
    offices: tuple[Office, ...] = PROVINCE
    lines: tuple[BudgetLine, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    certificates: int = 0
    end: date = date(2018, 12, 31)
    pairs: int = 12
    procedures: tuple[Kind, ...] = ()
    leave: tuple[str, ...] = ()
    """Settings of the common world that would hide the option."""


TWO_YEARS = (line("II.2a", 2017, 40.0, "SN"), line("II.2a", 2018, 40.0, "SN"))
TABLE = (
    # network and data centre
    Row(
        "dedicated_network_communes",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES),
        offices=on_adsl(PROVINCE),
    ),
    Row(
        "dedicated_network_departments_districts",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES),
    ),
    Row(
        "second_line",
        waiting(OUTAGE),
        -1,
        "fault of a line -> the other takes over -> messages go on",
        (*IN_USE, *FAULTY),
    ),
    Row(
        "faster_lines_communes",
        failed,
        -1,
        "line -> response -> patience -> task on paper",
        (*IN_USE, *SLOW_LINES, fixed("network.ftth.down", "16 Mbit/s")),
        offices=on_adsl(PROVINCE),
    ),
    Row(
        "faster_shared_line",
        failed,
        -1,
        "shared line -> response -> patience -> task on paper",
        (
            *IN_USE,
            *SLOW_LINES,
            fixed("network.web.page", "700 kB"),
            fixed("network.web.pages_per_hour", "25"),
            fixed("network.web.server", "50 ms"),
            fixed("network.web.server_capacity", "64"),
        ),
        offices=province(staff=250),
        end=SEPTEMBER,
    ),
    Row(
        "datacentre_redundancy",
        waiting(OUTAGE),
        -1,
        "fault of the data centre -> bridged -> messages go on",
        (*IN_USE, fixed("network.datacentre_faults_per_year", "24 /year")),
    ),
    Row(
        "datacentre_capacity",
        failed,
        -1,
        "server -> response -> patience -> task on paper",
        (
            *IN_USE,
            fixed("start.own_server_share", "0 %"),
            fixed("network.web.server", "1.2 s"),
            fixed("network.web.server_capacity", "2"),
        ),
        offices=province(staff=60),
    ),
    Row("lighter_pages", failed, -1, "page -> response -> patience -> task on paper", (*IN_USE, *SLOW_LINES)),
    Row(
        "poll_5_min",
        waiting(POLLING),
        -1,
        "interval -> wait at the message service; in some futures it is five minutes anyway",
        (*IN_USE, *UNANSWERED),
        end=date(2017, 6, 30),
        pairs=32,
    ),
    Row(
        "ups_lines",
        waiting(OUTAGE),
        -1,
        "power cut -> line stays up -> messages go on",
        (*IN_USE, fixed("network.power_faults_per_year", "25 /year")),
    ),
    # staff and working hours
    Row(
        "clerks_busiest",
        waiting(CLERK_BUSY),
        -1,
        "clerk -> queue of the registry -> delivery",
        (*IN_USE, *BUSY),
        end=SEPTEMBER,
    ),
    Row(
        "counter_staff",
        counter_minutes,
        -1,
        "people at the counter -> queue",
        IN_USE,
        offices=province(population=260_000, staff=90),
        procedures=SERVICES,
    ),
    Row(
        "it_staff_double",
        inside(c.ACCEPTED),
        1,
        "technician -> wait for a visit -> line up again -> messages go",
        (*IN_USE, *FAULTY, *UNANSWERED, fixed("network.desk_visit", "25 h"), fixed("start.own_server_share", "0 %")),
        end=SEPTEMBER,
        pairs=16,
    ),
    Row(
        "certificate_staff_double",
        token_days,
        -1,
        "desk -> queue of tokens -> wait",
        (fixed("signatures.desk_work", "5 h"), fixed("signatures.churn", "30 %")),
        lines=(line("I.4", 2017, 60.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "second_project_team",
        spent_early,
        1,
        "team -> several lines at work at once -> sooner in place",
        (fixed("budget.accounts_per_month", "1"), fixed("budget.sites_per_month", "1")),
        offices=without_eoffice(PROVINCE),
        lines=(line("I.3", 2017, 400.0, "SN"),),
        purchases=tuple(
            buy("I.3", kind, 8.0, share=0.25, tiers=("office", "department", "district", "commune"))
            for kind in ("dedicated_link", "security_kit", "second_line", "eoffice_web_service")
        ),
        pairs=28,
    ),
    Row(
        "overtime_paid",
        waiting(CLERK_BUSY),
        -1,
        "hours -> queue of the registry",
        (*IN_USE, *BUSY),
        end=SEPTEMBER,
        pairs=24,
    ),
    Row(
        "lend_more",
        waiting(CLERK_BUSY),
        -1,
        "officers with time lent -> queue of the registry",
        (*IN_USE, *BUSY, fixed("people.handle", "8 min"), fixed("people.draft", "15 min")),
        offices=province(staff=14),
        end=SEPTEMBER,
        pairs=36,
    ),
    Row(
        "leaders_sign_daily_more",
        for_the_signature,
        -1,
        "leader's hours -> wait for the signature",
        (*IN_USE, *UNANSWERED),
        end=SEPTEMBER,
    ),
    # training
    Row("training_double", users, 1, "e-office training -> hazard -> users", IN_USE[:2], end=date(2019, 12, 31)),
    Row("training_every_year", users, 1, "e-office training -> hazard -> users", IN_USE[:2], end=date(2020, 3, 31)),
    Row("leaders_training", held("supports"), 1, "course -> heads who support e-office -> hazard", pairs=20),
    Row("general_training", trained, 1, "course -> people counted as trained"),
    Row("general_training", users, 0, "general courses do not teach e-office"),
    # rules and supervision
    Row("monthly_ranking", users, 1, "ranking -> hazard -> users"),
    Row("emulation_at_once", users, 1, "measured order -> hazard -> users"),
    Row("inspect_everybody", users, 1, "inspection under an order -> hazard -> users", (ORDERED,)),
    Row(
        "eoffice_only_rule",
        inside(c.ACCEPTED_ONLY),
        1,
        "rule -> head stops the paper that follows",
        IN_USE,
        certificates=40,
    ),
    Row(
        "counters_ranked",
        dossiers("recorded_late"),
        -1,
        "ranking -> lateness is hidden from the software",
        (*SOFTWARE, fixed("dossiers.work.ordinary", "2.5 h")),
        procedures=SERVICES,
        offices=province(population=60_000),
    ),
    Row("counters_ranked", dossiers("done"), 0, "ranking makes nobody work faster", procedures=SERVICES),
    # money
    Row(
        "faster_procurement",
        months_of("level"),
        1,
        "contract sooner -> e-office in place sooner",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
    ),
    Row(
        "central_money_secured",
        spent,
        1,
        "programme comes -> money -> things bought",
        offices=without_eoffice(PROVINCE),
        lines=(line("II.2a", 2017, 64.0, "TW"),),
        purchases=COMMUNE_EOFFICE,
        leave=("budget.central_reliability",),
        pairs=24,
    ),
    Row("eoffice_all_communes", months_of("level"), 1, "money -> e-office in place", offices=without_eoffice(PROVINCE)),
    Row(
        "eoffice_web_service",
        months_of("level"),
        1,
        "a tenth of the price -> more communes served",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=EITHER_FORM,
        pairs=24,
    ),
    Row(
        "eoffice_installation",
        months_of("level"),
        -1,
        "ten times the price -> fewer communes served",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=EITHER_FORM,
        pairs=24,
    ),
    Row(
        "busiest_first",
        written_where_eoffice_is,
        1,
        "those who write most have e-office first -> more of the documents are in reach of it",
        (*IN_USE, *UNANSWERED, fixed("volumes.commune_spread", "1.0")),
        offices=without_eoffice(province(population=None)),
        lines=(line("II.2a", 2017, 24.0, "SN"),),
        purchases=COMMUNE_EOFFICE,
        end=SEPTEMBER,
        pairs=20,
    ),
    Row(
        "money_early",
        months_of("level"),
        1,
        "money sooner -> e-office in place sooner",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
    ),
    # signatures
    Row("tokens_all_leaders", inside(c.ACCEPTED_SIGNED), 1, "tokens -> signed documents", IN_USE),
    Row(
        "faster_tokens",
        token_days,
        -1,
        "request sent weekly -> wait",
        lines=(line("I.4", 2017, 40.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "remote_signing",
        token_days,
        -1,
        "nothing to make or install -> wait",
        lines=(line("I.4", 2017, 40.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "earlier_renewal",
        held("expired"),
        -1,
        "asked for sooner -> no gap between certificates",
        (fixed("signatures.life", "1 years"), fixed("signatures.lead_time", "60 days")),
        certificates=40,
        pairs=16,
    ),
    Row(
        "hard_fail_policy",
        inside(c.REFUSED),
        1,
        "list out of reach -> refusal",
        (*IN_USE, fixed("signatures.list_faults_per_year", "40 /year"), fixed("signatures.list_repair", "30 h")),
        certificates=40,
    ),
    # services to citizens
    Row("onestop_all_districts", months_of("onestop"), 1, "money -> software at the counters", procedures=SERVICES),
    Row("online_services_double", offered, 1, "money -> services raised to level 3", procedures=SERVICES),
    Row("fee_cut_online", willing, 1, "fee -> citizens who file online", ONLINE, procedures=SERVICES),
    Row("assisted_filing_campaign", dossiers("assisted"), 1, "officers file for citizens", ONLINE, procedures=SERVICES),
    # regimes of adoption, beside orders that work as drawn
    Row("voluntary", users, -1, "no training, leader or order -> hazard", (ORDERED,), kind="adoption"),
    Row("project", users, -1, "orders without effect -> hazard", (ORDERED,), kind="adoption"),
    Row("mandate", users, 1, "orders followed up -> hazard", (ORDERED,), kind="adoption", pairs=40),
    Row("campaign", users, 1, "all-out drive -> hazard", (ORDERED,), kind="adoption"),
    # futures
    Row(
        "central_money_fails",
        spent,
        -1,
        "programme fails -> money",
        lines=(line("II.2a", 2017, 64.0, "TW"),),
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
        kind="future",
        leave=("budget.central_reliability",),
        pairs=24,
    ),
    Row(
        "money_a_year_late",
        months_of("level"),
        -1,
        "orders begun a year later",
        kind="future",
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
    ),
    Row(
        "money_late",
        months_of("level"),
        -1,
        "money settled in September",
        kind="future",
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
    ),
    Row("power_worsens", waiting(OUTAGE), 1, "power cut -> line down -> messages wait", IN_USE, kind="future"),
    Row(
        "staff_cuts",
        waiting(OFFICER_BUSY),
        1,
        "officers -> queue of officers",
        (*IN_USE, *BUSY),
        kind="future",
        end=SEPTEMBER,
        pairs=16,
    ),
    Row(
        "storm_years",
        waiting(OUTAGE),
        1,
        "lines down -> messages wait",
        (
            *IN_USE,
            *UNANSWERED,
            fixed("network.datacentre_faults_per_year", "0 /year"),
            fixed("network.power_faults_per_year", "0 /year"),
        ),
        kind="future",
        pairs=32,
    ),
)
