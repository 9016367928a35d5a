"""A replication of a small province with all that happens in it recorded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from worlds import SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.events.flat import Moment, moments_from, rows
from sim.events.recording import Recorder, SeenEnoughError, simulated_days
from sim.events.staging import Staging
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.results.event_tables import EventRow
from sim.scenario.loading import LoadedScenario

BUSY = (
    fixed("dossiers.arrivals.per_head", "2 /year"),
    fixed("documents.wrong_address_share", "20 %"),
    fixed("documents.missing_file_share", "10 %"),
    fixed("network.ftth.faults_per_year", "300 /year"),
    fixed("signatures.changed_share", "10 %"),
    fixed("signatures.unsealed_share", "10 %"),
    fixed("signatures.unstamped_share", "10 %"),
    fixed("start.installed_unused_share", "0 %"),
    fixed("start.registry_only_share", "20 %"),
    fixed("start.draft_sign_share", "80 %"),
    fixed("dossiers.citizens.start_share", "40 %"),
    'start.onestop_software=["tier:department", "tier:district", "tier:commune"]',
)
"""Much is refused, faulty, filed online, or cut off."""


@dataclass
class Log:
    """What was recorded: the database it was gathered in, and the record beside it, unless it was stopped."""

    staging: Staging
    record: RunRecord | None
    moment: Moment

    @cached_property
    def rows(self) -> list[EventRow]:
        """Its events in order of time."""
        return list(rows(self.staging, self.moment, "en"))

    def ask(self, query: str) -> list[Any]:
        """Rows of its database."""
        return self.staging.connection.execute(query).fetchall()

    def states(self, table: str) -> dict[str, int]:
        """How many things of a kind ended in each state."""
        return dict(self.ask(f"SELECT state, count(*) FROM {table} GROUP BY state"))


Recording = Callable[..., Log]


def busy_province(provinces: Provinces, *more: str) -> LoadedScenario:
    """Eight agencies and a month in which every step there is occurs."""
    offices = small_province(2, 1, 2, population=3000)
    return provinces.load(
        offices,
        sets=(*BUSY, *more),
        start=date(2019, 5, 1),
        end=date(2019, 5, 31),
        organisation=6,
        personal=8,
        procedures=SOME_OF_EVERYTHING,
    )


def recorded(loaded: LoadedScenario, path: Path, share: float = 1.0, *, engine: str = "compiled", **days: date) -> Log:
    """One replication, recorded into a new file."""
    staging = Staging(path)
    recorder = Recorder(staging, share, days.get("first"), days.get("last"))
    record = None
    with suppress(SeenEnoughError):
        record = simulate(loaded, 8, 0, engine=engine, tracing=True, watch=recorder.watch)
    recorder.finish()
    return Log(staging, record, moments_from(simulated_days(loaded)[0]))
