"""Table of who lacks, year by year, what targets count or rest on, and why it had not come by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.columns import AgencyPlace
from sim.results.table import Column, Table
from sim.results.words import Words

INSTALLED, LINKED = "eoffice_installed_share", "eoffice_linked_share"
_NEEDS = {
    **dict.fromkeys(("exchange_", "submission_", "ministry_", "eoffice_effective_"), LINKED),
    **dict.fromkeys(("internal_", "eoffice_agency_", "eoffice_user_"), INSTALLED),
    **dict.fromkeys(
        ("dossier_online_", "dossier_unassisted_online_", "dossier_offered_online_"), "online_service_agency_share"
    ),
    **dict.fromkeys(("dossier_on_time_", "dossier_recorded_on_time_"), "onestop_agency_share"),
}
"""Beginnings of measures of use, and the measure of who has at all what is used."""


def needed(measure: str) -> str:
    """The measure of who has at all what a measure counts the use of; the measure itself where it counts just that."""
    return next((name for beginning, name in _NEEDS.items() if measure.startswith(beginning)), measure)


@dataclass(frozen=True, slots=True)
class LackingRow(AgencyPlace):
    """An agency that in part of the replications lacks something on a day, for one reason.

    The shares of an agency on a day add up to the share of the replications in which it lacks what is counted.
    """

    measure: Annotated[str, Column("thước đo cần có thứ này", "measure of those who have it")]
    as_of: Annotated[date, Column("ngày: cuối năm hoặc thời hạn", "day: the end of a year, or a due date")]
    lacks: Annotated[str, Column("thiếu gì", "what is lacking")]
    reason: Annotated[str, Column("vì sao đến ngày đó chưa có", "why it had not come by that day")]
    lacking_share: Annotated[
        float,
        Column("tỷ lệ lần mô phỏng chưa có vì lý do này", "share of replications without it for this reason", c.SHARE),
    ]
    n: Annotated[int, c.N]


LACKING = Table("lacking", LackingRow, Words("Ai chưa có, từng năm, vì sao", "Who lacks it year by year, and why"))
