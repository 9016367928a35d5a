"""An independent solution of a counter's day: M(t)/M/c by the forward equations of its birth-death chain.

Nothing of the simulator is used. People come as a Poisson process whose rate is constant within each hour, are served
by `servers` clerks in exponential times of a common mean, and wait in one line. At closing the doors shut: nobody comes
any more, and either those in the line are served (`serve_out`) or asked to come again and only those being served stay.
The chain is cut at a number of people that it practically never reaches; the mass that would have gone beyond is
reported, so that a test can refuse a cut that is too low.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.sparse import csr_matrix, diags

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class CounterDay:
    """The state of a counter at chosen times of its day."""

    hours: Numbers
    """Time since opening."""
    waiting: Numbers
    """Mean number of people in the line."""
    present: Numbers
    """Mean number of people at the counter, served ones included."""
    all_busy: Numbers
    """Chance that somebody who comes now finds every clerk busy and has to wait."""
    lost: float
    """Largest chance of standing at the cut: of a newcomer turned away by it."""


@dataclass(frozen=True)
class Counter:
    """One counter: hourly arrival rates since opening, clerks, mean service time."""

    arrivals_per_hour: Sequence[float]
    """Rate in each hour since opening, first hour first."""
    servers: int
    service_minutes: float
    most_present: int = 400

    @property
    def services_per_hour(self) -> float:
        """Services that one busy clerk completes an hour."""
        return 60.0 / self.service_minutes


def day(counter: Counter, hours: Sequence[float], *, already_waiting: int = 0) -> CounterDay:
    """Solves the day at these times since opening, each within the open hours and rising.

    Args:
        counter: the counter.
        hours: times at which the state is wanted.
        already_waiting: people before the door when it opens.

    Raises:
        ValueError: if a time lies outside the open hours or they do not rise, or the line starts beyond the cut.
    """
    wanted = np.asarray(hours, float)
    if (np.diff(wanted) < 0).any() or wanted[0] < 0 or wanted[-1] > len(counter.arrivals_per_hour):
        raise ValueError("times must rise within the open hours")
    if already_waiting > counter.most_present:
        raise ValueError("more people before the door than the chain holds")
    now = np.zeros(counter.most_present + 1)
    now[already_waiting] = 1.0
    states = [now] * int((wanted == 0).sum())
    for hour, rate in enumerate(counter.arrivals_per_hour):
        inside = wanted[(wanted > hour) & (wanted <= hour + 1)]
        solved = _forward(now, _generator(counter, rate), np.append(inside - hour, 1.0))
        states.extend(solved[:-1])
        now = solved[-1]
    return _told(counter, wanted, np.array(states))


def closing_minutes(counter: Counter, present: Numbers, *, serve_out: bool) -> float:
    """Mean time from closing until the last clerk is free, with this chance of each number of people present.

    With n people and nobody coming, the last leaves after the sum of the waits for each departure; the next of k
    present leaves after 1 / (min(k, c) mu). Asked to come again, at most c of the n are left.
    """
    departures = np.minimum(np.arange(1, len(present)), counter.servers) * counter.services_per_hour
    emptied = np.concatenate([[0.0], np.cumsum(60.0 / departures)])
    if not serve_out:
        emptied = emptied[np.minimum(np.arange(len(present)), counter.servers)]
    return float(emptied @ present)


def at_closing(counter: Counter, *, already_waiting: int = 0) -> Numbers:
    """The chance of each number of people being present when the doors shut."""
    now = np.zeros(counter.most_present + 1)
    now[already_waiting] = 1.0
    for rate in counter.arrivals_per_hour:
        now = _forward(now, _generator(counter, rate), np.array([1.0]))[-1]
    return now


def erlang_c(arrivals_per_hour: float, services_per_hour: float, servers: int) -> float:
    """The stationary chance of waiting in M/M/c (Erlang's delay formula).

    Raises:
        ValueError: if the clerks cannot keep up, so that there is no stationary state.
    """
    offered = arrivals_per_hour / services_per_hour
    if offered >= servers:
        raise ValueError("more work than clerks")
    waits = offered**servers / factorial(servers) * servers / (servers - offered)
    return waits / (sum(offered**k / factorial(k) for k in range(servers)) + waits)


def _generator(counter: Counter, arrivals_per_hour: float) -> csr_matrix:
    """Rates of change: column j says where the mass of state j goes."""
    people = np.arange(counter.most_present + 1)
    births = np.full(len(people), arrivals_per_hour)
    births[-1] = 0.0
    deaths = np.minimum(people, counter.servers) * counter.services_per_hour
    return csr_matrix(diags([births[:-1], -(births + deaths), deaths[1:]], [-1, 0, 1]))


def _forward(now: Numbers, generator: csr_matrix, hours: Numbers) -> list[Numbers]:
    found = solve_ivp(
        lambda _, chances: generator @ chances,
        (0.0, 1.0),
        now,
        method="LSODA",
        t_eval=np.unique(hours),
        rtol=1e-8,
        atol=1e-12,
        lband=1,
        uband=1,
    )
    by_hour = dict(zip(found.t, found.y.T, strict=True))
    return [by_hour[hour] for hour in hours]


def _told(counter: Counter, hours: Numbers, states: Numbers) -> CounterDay:
    people = np.arange(counter.most_present + 1)
    return CounterDay(
        hours=hours,
        waiting=states @ np.maximum(people - counter.servers, 0),
        present=states @ people,
        all_busy=states[:, counter.servers :].sum(axis=1),
        lost=float(states[:, -1].max()),
    )
