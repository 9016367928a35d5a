"""Where an option, a regime or a future is tried: small provinces and settings in which it can bite, and its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from option_measures import Measure
from plans import buy, line
from worlds import Kind, Office, fixed, small_province

from sim.scenario.tables import BudgetLine, Purchase

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
TWO_YEARS = (line("II.2a", 2017, 40.0, "SN"), line("II.2a", 2018, 40.0, "SN"))


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
