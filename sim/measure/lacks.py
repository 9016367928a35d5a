"""What agencies lack on a day of what measures count, thing by thing, and why the plan's money has not brought it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.engine.records import Records
from sim.exchange.codes import COMMUNE, OUTSIDE, ROUTE_NONE
from sim.measure.stocks import AGENCY_SHARES
from sim.measure.unit_money import NO_LINE, UnitMoney
from sim.model.record import RunRecord
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.scenario.loading import LoadedScenario

BEING_ISSUED, AFTER_DISTRICT = "being_issued", "after_district"
"""Asked for and not issued yet; the district's comes first."""


@dataclass(frozen=True)
class Lack:
    """One thing that an agency may lack, and the kinds of purchase that give it."""

    name: str
    has: Callable[[Records], Records]
    kinds: tuple[str, ...]


def _moving(measure: str) -> tuple[str, ...]:
    return tuple(kind for kind, thing in PURCHASABLE.items() if measure in thing.moves)


def _lack(name: str, measure: str, kinds: tuple[str, ...] = ()) -> Lack:
    return Lack(name, AGENCY_SHARES[measure], kinds or _moving(measure))


_EOFFICE = _lack("eoffice", "eoffice_installed_share")
_LINK = Lack("link", lambda s: s["linked"] == 1, ("eoffice_link",))
_LINE = Lack("line", lambda s: s["route"] != ROUTE_NONE, ("dedicated_link", "internet_upgrade"))
_SIGNATURE = _lack("signature", "signature_agency_share", ("token",))
_ONESTOP = _lack("onestop", "onestop_agency_share", ("onestop_software", "onestop_commune_software"))
LACKS: Mapping[str, tuple[Lack, ...]] = {
    "eoffice_installed_share": (_EOFFICE,),
    "eoffice_agency_share": (_EOFFICE,),
    "eoffice_linked_share": (_EOFFICE, _LINK),
    "eoffice_effective_share": (_EOFFICE, _LINK),
    "wan_connected_share": (_LINE,),
    "dedicated_network_share": (_lack("network", "dedicated_network_share"),),
    "private_network_share": (_lack("private_network", "private_network_share"),),
    "lan_agency_share": (_lack("lan", "lan_agency_share"),),
    "security_agency_share": (_lack("security", "security_agency_share"),),
    "signature_agency_share": (_SIGNATURE,),
    "onestop_agency_share": (_ONESTOP,),
    "onestop_linked_share": (_ONESTOP, _LINE, _SIGNATURE),
    "online_service_agency_share": (_lack("online", "online_service_agency_share"),),
    "website_agency_share": (_lack("website", "website_agency_share"),),
    "video_agency_share": (_lack("video", "video_agency_share"),),
    "cio_share": (_lack("cio", "cio_share"),),
    "it_staff_complete_share": (_lack("it_staff", "it_staff_complete_share"),),
    "sector_database_share": (_lack("sector_database", "sector_database_share"),),
}
"""What an agency must have for a measure to count it, in the order in which it is asked."""


class Without:
    """Agencies as they stood on one day of a replication, and the plan's money by then."""

    def __init__(self, record: RunRecord, loaded: LoadedScenario, row: int, day: date) -> None:
        """Take one of the states whose teams the record keeps.

        Args:
            record: of the replication.
            loaded: its scenario.
            row: of the state.
            day: that of the state.
        """
        self._record, self._loaded = record, loaded
        self._state, self._standing = record.stocks[row], record.standing[row]
        self.money = UnitMoney(loaded, record, row, day)
        self.everybody = [int(agency) for agency in np.flatnonzero(record.tiers != OUTSIDE)]

    def of(self, lacks: Sequence[Lack]) -> dict[int, tuple[str, str]]:
        """For each agency the first of some things that it lacks, and why; those that lack none are left out."""
        found: dict[int, tuple[str, str]] = {}
        for lack in lacks:
            has = lack.has(self._state)
            without = [agency for agency in self.everybody if not has[agency] and agency not in found]
            found |= {agency: (lack.name, why) for agency, why in self._why(lack, without).items()}
        return found

    def _why(self, lack: Lack, without: Sequence[int]) -> dict[int, str]:
        if lack is _SIGNATURE:
            return self._why_unsigned(without)
        units = self.money.reasons(lack.kinds, dict.fromkeys(without, 1))
        why = {agency: reasons[0] for agency, reasons in units.items()}
        if lack is _ONESTOP:
            why |= dict.fromkeys(self._behind_their_district(without, why), AFTER_DISTRICT)
        return why

    def _why_unsigned(self, without: Sequence[int]) -> dict[int, str]:
        """A line buys for an agency and its leaders in turn; the agency's own certificate is asked for first."""
        asked, holders = self._standing.asked, self._standing.holders
        lacking = {agency: max(int(holders[agency]), int(agency in without)) for agency in self.everybody}
        units = self.money.reasons(_SIGNATURE.kinds, {agency: n for agency, n in lacking.items() if n})
        return {agency: BEING_ISSUED if asked[agency] else units[agency][0] for agency in without}

    def _behind_their_district(self, without: Sequence[int], why: Mapping[int, str]) -> Iterator[int]:
        """Communes with money for their counter whose district, whose software they join, is itself without."""
        parents = {row.agency_id: row.parent_id for row in self._loaded.agencies}
        lacking = {self._record.agency_ids[agency] for agency in without}
        for agency in without:
            is_commune = self._record.tiers[agency] == COMMUNE
            if is_commune and why[agency] != NO_LINE and parents.get(self._record.agency_ids[agency]) in lacking:
                yield agency
