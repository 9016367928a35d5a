"""The whole country: provinces go on window by window, and the axis carries between them what has left.

Who holds the provinces does not matter: one process, several, or the workers of a cluster give the same totals.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.engine.clock import DAY_MS
from sim.engine.records import Records
from sim.model.among_provinces import NOBODY, ProvinceAmongOthers, ProvinceTotals, last_moment_ms
from sim.model.national_axis import NationalAxis
from sim.scenario.country import Country

Crossings = Mapping[int, Records]
"""Deliveries by the number of the province that they left, or that they come to; none where there are none."""


@dataclass(frozen=True)
class Work:
    """What it took."""

    processor_seconds: float
    """Of all processes that held provinces, founding included."""
    memory_octets: int
    """Peak, of all of them together."""


@dataclass(frozen=True)
class CountryRun:
    """A country run to its last day."""

    country: Country
    totals: tuple[ProvinceTotals, ...]
    """In the order of `country.provinces`."""
    windows: int
    handed_over: int
    """Between provinces, from the first simulated day; what was under way at the end among them."""
    under_way: int
    wall_seconds: float
    """Founding included."""
    work: Work

    @property
    def microseconds(self) -> float:
        """Processor time for each delivery that was simulated, the warm-up's among them."""
        return self.work.processor_seconds / max(1, sum(one.simulated for one in self.totals)) * 1e6

    @property
    def deliveries(self) -> int:
        """Of all provinces; one from province to province counts in both, as each has its registry's work."""
        return sum(one.deliveries for one in self.totals)


class Holder(Protocol):
    """Whoever keeps some or all provinces between windows."""

    def advance(self, until_ms: int, coming_in: Crossings) -> Crossings:
        """Run all provinces to a moment; what left them for others."""

    def close(self) -> list[ProvinceTotals]:
        """The last day is over; totals in the order of provinces."""

    def work(self) -> Work:
        """What it has taken so far."""

    def stop(self) -> None:
        """Free everything."""


def begin_at_all(country: Country, seed: int, engine: str) -> None:
    """Run the pattern's province for a day, so that what is only loaded once is no part of what is measured."""
    ProvinceAmongOthers(country.first(1), country.like, seed, engine).run(DAY_MS, NOBODY)


class HeldHere:
    """Provinces kept by this very process, run one after another.

    Args:
        country: the country.
        seed: its luck.
        engine: the scheduler.
        numbers: which provinces these are; None for all.
    """

    def __init__(self, country: Country, seed: int, engine: str, numbers: Sequence[int] | None = None) -> None:
        begun = time.process_time()
        self._country, self._seed, self._engine = country, seed, engine
        numbers = range(len(country.provinces)) if numbers is None else numbers
        self._held = {
            number: ProvinceAmongOthers(country, country.provinces[number], seed, engine) for number in numbers
        }
        self._seconds = time.process_time() - begun

    def advance(self, until_ms: int, coming_in: Crossings) -> dict[int, Records]:
        """Run all provinces to a moment; what left them for others."""
        begun = time.process_time()
        left = {number: one.run(until_ms, coming_in.get(number, NOBODY)) for number, one in self._held.items()}
        self._seconds += time.process_time() - begun
        return {number: crossings for number, crossings in left.items() if len(crossings)}

    def close(self) -> list[ProvinceTotals]:
        """The last day is over; totals in the order of provinces.

        Raises:
            ConservationError: if something was lost.
        """
        return [one.close() for one in self._held.values()]

    def work(self) -> Work:
        """What it has taken so far."""
        return Work(self._seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)

    def stop(self) -> None:
        """Let go of the provinces."""
        self._held.clear()


def run_country(
    country: Country,
    holder: Holder,
    seed: int,
    report: Callable[[float], None] = lambda _: None,
    *,
    begun: float | None = None,
) -> CountryRun:
    """Run a country whose provinces stand on their first day.

    Args:
        country: its provinces.
        holder: keeps and runs them; not stopped here.
        seed: of the choice of recipients, and of the provinces.
        report: called with the fraction done.
        begun: moment of `time.perf_counter` at which founding began; now if not told.

    Raises:
        ConservationError: if something was lost, in a province or between them.
    """
    begun = time.perf_counter() if begun is None else begun
    axis = NationalAxis(country.provinces, seed)
    ends = list(window_ends(last_moment_ms(country), int(country.exchange.window.value)))
    for number, until_ms in enumerate(ends):
        coming = ((province, axis.hand_on(province)) for province in range(len(country.provinces)))
        axis.carry(holder.advance(until_ms, {province: found for province, found in coming if found is not None}))
        report((number + 1) / len(ends))
    totals = tuple(holder.close())
    axis.check(sum(one.handed_over for one in totals), sum(one.taken_in for one in totals))
    wall = time.perf_counter() - begun
    return CountryRun(country, totals, len(ends), axis.handed_over, axis.under_way(), wall, holder.work())


def window_ends(end_ms: int, window_ms: int) -> Iterator[int]:
    """Moments at which provinces stop, the last day's end the last of them."""
    yield from range(window_ms, end_ms, window_ms)
    yield end_ms


def shared_out(country: Country, holders: int) -> list[list[int]]:
    """Numbers of the provinces for each of so many holders, about as many people with each."""
    parts: list[list[int]] = [[] for _ in range(min(holders, len(country.provinces)))]
    people = [0] * len(parts)
    for number in sorted(range(len(country.provinces)), key=lambda n: -country.provinces[n].population):
        least = people.index(min(people))
        parts[least].append(number)
        people[least] += country.provinces[number].population
    return [sorted(part) for part in parts]
