"""Shares of what stands: agencies and people on the last day of a month."""

from collections.abc import Callable

import numpy as np

from sim.engine.records import Records
from sim.exchange.codes import PROCESSES_ONLINE, REGISTRY_ONLY, ROUTE_DEDICATED, ROUTE_NONE, UNUSED
from sim.measure.scopes import agencies_of, members
from sim.model.record import RunRecord

AGENCY_SHARES: dict[str, Callable[[Records], Records]] = {
    "eoffice_installed_share": lambda s: s["level"] >= UNUSED,
    "eoffice_agency_share": lambda s: s["level"] >= REGISTRY_ONLY,
    "eoffice_linked_share": lambda s: (s["linked"] == 1) & (s["level"] >= UNUSED),
    "eoffice_effective_share": lambda s: (s["level"] >= PROCESSES_ONLINE) & (s["linked"] == 1),
    "wan_connected_share": lambda s: s["route"] != ROUTE_NONE,
    "dedicated_network_share": lambda s: s["route"] == ROUTE_DEDICATED,
    "private_network_share": lambda s: (s["route"] == ROUTE_DEDICATED) | (s["private_line"] == 1),
    "lan_agency_share": lambda s: s["lan"] == 1,
    "security_agency_share": lambda s: s["security"] == 1,
    "signature_agency_share": lambda s: s["organisation"] == 1,
    "onestop_agency_share": lambda s: s["onestop"] == 1,
    "onestop_linked_share": lambda s: (s["onestop"] == 1) & (s["route"] != ROUTE_NONE) & (s["organisation"] == 1),
    "online_service_agency_share": lambda s: s["online_services"] == 1,
    "website_agency_share": lambda s: s["website"] == 1,
    "video_agency_share": lambda s: s["video"] == 1,
    "it_staff_complete_share": lambda s: s["it_person"] == 1,
    "sector_database_share": lambda s: s["sector_database"] == 1,
    "cio_share": lambda s: s["cio"] == 1,
}
"""Agencies, each counted once."""

PERSON_SHARES = {
    "trained_share": "trained",
    "eoffice_trained_share": "eoffice_trained",
    "email_user_share": "mail_users",
    "eoffice_user_share": "users",
    "pc_share": "computers",
}
"""Persons among all staff."""

SERVICE_SHARES = {"service_level2_share": 2, "service_level3_share": 3, "service_level4_share": 4}
"""Services offered online at this level or above, among all that could be: each procedure counts once, and a family of
them as many times as it has procedures."""

OF_CATALOGUE = {"service_level3_catalogue_share": 3, "service_level4_catalogue_share": 4}
"""The same among all procedures of the province, of which the table lists those that are asked for most."""

SERVICE_COUNTS = {"service_level3_count": 3}
"""Services offered online at this level or above, by number."""

LEVELS = {**SERVICE_SHARES, **OF_CATALOGUE, **SERVICE_COUNTS}
"""Level from which each of them counts a service."""

COUNTS: dict[str, tuple[str, ...]] = {
    "certificates_active": ("organisation", "personal"),
    "organisation_certificates": ("organisation",),
    "personal_certificates": ("personal",),
    "certificates_expiring_quarter": ("expiring",),
    "certificates_expired": ("expired",),
    "key_database_count": ("key_databases",),
}
UNITS = {"key_database_count": "databases", "service_level3_count": "services"}
"""What a count is of, where it is not certificates."""

ONESTOP_PROCEDURES = "onestop_procedure_share"
STOCKS = (*AGENCY_SHARES, *PERSON_SHARES, *SERVICE_SHARES, *OF_CATALOGUE, ONESTOP_PROCEDURES, *COUNTS, *SERVICE_COUNTS)


def stock_value(record: RunRecord, measure: str, scope: str, row: int) -> float | None:
    """A stock at one of the record's states: row 0 is the start, then month ends.

    Raises:
        ValueError: if the scope names nobody.
    """
    if measure in LEVELS:
        return _offered(record, measure, scope, row)
    if measure == ONESTOP_PROCEDURES:
        return _on_software(record, scope, row)
    state = record.stocks[row][agencies_of(record, scope)]
    if measure in AGENCY_SHARES or measure in PERSON_SHARES:
        return share_of(state, measure)
    return float(sum(int(state[name].sum()) for name in COUNTS[measure]))


def _offered(record: RunRecord, measure: str, scope: str, row: int) -> float | None:
    """Services at a level or above, by number or among all; None where there is no table of procedures."""
    mine = members(scope, record.service_ids, record.service_tiers)
    procedures = record.service_procedures[mine]
    if not len(procedures):
        return None
    reached = float(procedures[record.service_levels[row][mine] >= LEVELS[measure]].sum())
    if measure in SERVICE_COUNTS:
        return reached
    listed = float(procedures.sum())
    return reached / (max(record.parameters["dossiers.catalogue_size"], listed) if measure in OF_CATALOGUE else listed)


def share_of(state: Records, measure: str) -> float | None:
    """One of `AGENCY_SHARES` or `PERSON_SHARES` over some agencies, from their states on one day."""
    if measure in AGENCY_SHARES:
        return float(np.mean(AGENCY_SHARES[measure](state))) if len(state) else None
    staff = int(state["staff"].sum())
    return int(state[PERSON_SHARES[measure]].sum()) / staff if staff else None


def _on_software(record: RunRecord, scope: str, row: int) -> float | None:
    """Procedures handled with one-stop software, each by the part of the counters of its tier that have it."""
    mine = members(scope, record.service_ids, record.service_tiers)
    tiers, procedures = record.service_tiers[mine], record.service_procedures[mine]
    onestop = record.stocks[row]["onestop"]
    covered = [np.mean(onestop[record.tiers == tier]) for tier in tiers]
    return float(np.average(covered, weights=procedures)) if len(tiers) else None


def level_share(record: RunRecord, level: int, row: int) -> float:
    """Share of the province's agencies at one usage level of e-office."""
    state = record.stocks[row][agencies_of(record, "all")]
    return float(np.mean(state["level"] == level))
