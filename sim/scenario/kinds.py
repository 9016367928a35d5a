"""Words that stand in scenarios and tables for one of a few kinds: tiers, sources of money, lines, things bought."""

from __future__ import annotations

from typing import Literal

Tier = Literal["office", "department", "district", "commune", "outside"]
Source = Literal["TW", "DT", "SN"]
RouteClass = Literal["none", "adsl", "ftth", "dedicated"]
UnitKind = Literal[
    "eoffice_installation",
    "eoffice_web_service",
    "eoffice_link",
    "dedicated_link",
    "internet_upgrade",
    "token",
    "training_seat",
    "leader_seat",
    "it_course",
    "security_kit",
    "datacentre_redundancy",
    "onestop_software",
    "onestop_commune_software",
    "online_procedure",
    "publicity_round",
    "computer",
    "other",
]
"""What money can buy; what each kind is called, needs and changes is one entry of `sim.policy.purchasable`."""
INSTALLED: UnitKind = "eoffice_installation"
WEB_SERVICE: UnitKind = "eoffice_web_service"
"""E-office comes one way or the other: a line that names both buys one of them."""
UNCOUNTED: UnitKind = "other"
"""Bought for an amount, not by units, so that it needs no unit cost."""
