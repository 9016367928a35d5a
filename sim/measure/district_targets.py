"""Where a target stands in one district, or at the province's own agencies: the same count over those alone.

Countable so are stocks of agencies and people, documents inside agencies, and what agencies send to all others of the
province. Not countable are milestones, services, dossiers, and shares for which only pairs of tiers are recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import DEPARTMENT, NEVER_ELECTRONIC, OFFICE, SECRET
from sim.measure.flows import DOCUMENTS, EXCHANGE, INTERNAL, agency_ratio
from sim.measure.ratio import Ratio
from sim.measure.scopes import agencies_of
from sim.measure.stocks import AGENCY_SHARES, PERSON_SHARES, share_of
from sim.measure.targets import Reading, due_row, holds, optimism, readings, threshold_of, window
from sim.model.record import Counts, RunRecord
from sim.results.agency_tables import OWN_AGENCIES
from sim.results.replication_tables import DistrictValueRow
from sim.scenario.districts import agency_places
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target

_BY_AGENCY = {
    DOCUMENTS: (c.A_ISSUED_ELECTRONIC, c.A_ISSUED),
    INTERNAL[0]: (c.A_WHOLLY_ONLINE, c.A_HANDLED),
    INTERNAL[1]: (c.A_CIRCULATING, c.A_HANDLED),
}


def district_values(record: RunRecord, loaded: LoadedScenario) -> Iterator[DistrictValueRow]:
    """Each target that can be counted so, at the province's own agencies and in each district, on its due date."""
    known = agency_places(loaded.agencies)
    districts: defaultdict[str, list[int]] = defaultdict(list)
    districts[OWN_AGENCIES] = [int(agency) for agency in np.flatnonzero(np.isin(record.tiers, (OFFICE, DEPARTMENT)))]
    for agency, agency_id in enumerate(record.agency_ids):
        place = known.get(agency_id)
        if place is not None and place.district_id:
            districts[place.district_id].append(agency)
    for target in loaded.scenario.targets:
        reading = readings(target)[0]
        if not is_by_agency(reading):
            continue
        mine = set(agencies_of(record, reading.scope).tolist())
        for district_id, agencies in districts.items():
            counted = np.array([agency for agency in agencies if agency in mine], np.int64)
            if not len(counted):
                continue
            value = value_among(record, target, reading, counted)
            yield DistrictValueRow(target.id, district_id, value, holds(value, threshold_of(target)))


def is_by_agency(reading: Reading) -> bool:
    """Whether a reading can be counted over any agencies."""
    if reading.lines or reading.scope.startswith("agency:"):
        return False
    if reading.measure in (*AGENCY_SHARES, *PERSON_SHARES, *_BY_AGENCY):
        return True
    to_all = not reading.scope.startswith("tiers:")
    return reading.measure == EXCHANGE[0] and to_all and not reading.counting.without_paper


def value_among(record: RunRecord, target: Target, reading: Reading, agencies: Counts) -> float | None:
    """A target as a reading counts it, on its due date, over some agencies."""
    row = due_row(record, target)
    if reading.measure in (*AGENCY_SHARES, *PERSON_SHARES):
        return share_of(record.stocks[row][agencies], reading.measure)
    first, last = window(record, target, row)
    return _ratio(record, reading, agencies).share(first, last, optimism(record, reading))


def _ratio(record: RunRecord, reading: Reading, agencies: Counts) -> Ratio:
    if reading.measure in _BY_AGENCY:
        return agency_ratio(record, agencies, *_BY_AGENCY[reading.measure])
    counting = reading.counting
    part = c.A_ACCEPTED_OUT if counting.event == "accepted" else c.A_ELECTRONIC_OUT
    left_out = [SECRET] * counting.exclude_secret + [NEVER_ELECTRONIC] * counting.exclude_never_electronic
    return agency_ratio(record, agencies, part, c.A_DELIVERIES_OUT, [c.A_CAUSES + cause - SECRET for cause in left_out])
