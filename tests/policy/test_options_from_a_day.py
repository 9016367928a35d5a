"""Options that act from a day on: up to it the province is the very one without them, and from it on it is another."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from option_worlds import Row
from plans import line, planned
from simpy.events import Event
from test_option_signs import LIGHT, SEED, SHIPPED, SURE, TABLE
from worlds import Provinces

from sim.engine.slow import until
from sim.model.province import Province
from sim.model.simulate import simulate
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario

DAY = date(2017, 7, 1)
OPTIONS = {row.name: row for row in TABLE if row.kind == "option" and row.sign}
WHERE = {"central_money_secured": {"lines": (line("II.2a", 2018, 64.0, "TW"),)}}
"""Where an option is tried otherwise than from the first day on: money of the first year is settled by then."""
REPLICATIONS = {"eoffice_installation": (2,)}
"""Those in which an option finds something else before it; the first two where nothing is said."""
SPARE = ("free_jobs", "free_documents", "free_dossiers")
"""Room that has never been used holds anything."""
LAID_OUT = {"leaders_sign_daily_more": "E-OVL-007"}
"""Options that cannot begin in the middle of a plan: the calendars of all its days are made on the first."""


def loaded_with(provinces: Provinces, row: Row, *, laid: bool) -> LoadedScenario:
    file = SHIPPED / "options" / f"{row.name}.toml"
    mine = {one.split("=")[0] for one in row.sets}
    text = file.read_text(encoding="utf-8")
    common = [one for one in (*SURE, *LIGHT) if one.split("=")[0] not in mine | set(row.leave)]
    loaded = provinces.load(
        row.offices,
        sets=[one for one in (*common, *row.sets) if f'"{one.split("=")[0]}' not in text],
        start=date(2017, 1, 1),
        end=max(row.end, date(2017, 12, 31)),
        personal=row.certificates,
        organisation=row.certificates,
        procedures=row.procedures,
        options=[str(file)] if laid else [],
        options_from=DAY if laid else None,
    )
    return planned(loaded, row.lines, row.purchases)


def simulated(loaded: LoadedScenario, replication: int) -> tuple[str, str]:
    """Everything in the world the moment before the day, and on the last day."""
    seen: list[str] = []

    def look(province: Province) -> None:
        def at_the_turn() -> Generator[Event, None, None]:
            yield until(province.env, province.founded.clock.at(DAY) - 1)
            seen.append(everything(province))

        province.env.process(at_the_turn())

    record = simulate(loaded, SEED, replication, watch=look)
    digest = hashlib.sha256()
    for table in (record.flows, record.agency_flows, record.stocks, record.dossier_flows, record.worked_ms):
        digest.update(np.ascontiguousarray(table).tobytes())
    digest.update(repr((record.accounts, record.citizens.tolist(), record.service_levels.tolist())).encode())
    return seen[0], digest.hexdigest()


def everything(province: Province) -> str:
    """A digest of every array of the world, every account, every parameter and all that is held."""
    digest = hashlib.sha256()
    for name, table in province.traffic.world._asdict().items():
        if name not in SPARE:
            digest.update(np.ascontiguousarray(table).tobytes())
    digest.update(repr(sorted(province.p.items())).encode())
    digest.update(repr(sorted(province.ledger.accounts.items())).encode())
    digest.update(repr([len(province.stocks), province.desk.waits_ms]).encode())
    return digest.hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_an_option_changes_nothing_before_its_day_and_something_after_it(provinces: Provinces, name: str) -> None:
    row = replace(OPTIONS[name], **WHERE.get(name, {}))
    if name in LAID_OUT:
        with pytest.raises(ScenarioErrors) as refused:
            loaded_with(provinces, row, laid=True)
        assert {one.code for one in refused.value.errors} == {LAID_OUT[name]}
        return
    without, with_it = (loaded_with(provinces, row, laid=laid) for laid in (False, True))
    found = []
    for replication in REPLICATIONS.get(name, (0, 1)):
        plain, other = (simulated(one, replication) for one in (without, with_it))
        assert plain[0] == other[0], replication
        found.append(plain[1] != other[1])
    assert any(found)
