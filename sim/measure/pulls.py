"""What keeps people and agencies that could use e-office, or mail, from doing so: what the law of taking up lacks.

`sim.policy.adoption` says what pulls: an order in force, a head who supports it, training still remembered, being
measured or inspected, all times the agency's experience. Of an agency that does not start, the pull that is missing
most is named. Of people, so many never start because postings always bring newcomers; those whom more pull would
bring are put to the pull that would bring most; the rest only need time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sim.engine.records import Records
from sim.policy.adoption import imitation_of, monthly, strength
from sim.policy.orders import dated, in_force
from sim.policy.pressures import hazards
from sim.scenario.loading import LoadedScenario

NO_ORDER, NO_SUPPORT, UNTRAINED, UNWATCHED, POOR_EXPERIENCE = PULLS = (
    "no_order",
    "no_support",
    "untrained",
    "unwatched",
    "poor_experience",
)
NEWCOMERS, IN_TIME = "newcomers", "in_time"
"""Postings bring so many who have not started yet, whatever pulls; more will start with time as things stand."""
_ALL_THERE = {NO_ORDER: "ordered", NO_SUPPORT: "supports", UNTRAINED: "trained", UNWATCHED: "watched"}


@dataclass(frozen=True)
class Pull:
    """How far each thing that pulls is there at an agency, each from 0 to 1."""

    ordered: float
    supports: float
    trained: float
    watched: float
    experience: float = 1.0

    def mended(self, reason: str) -> Pull:
        """The same where one thing is as good as can be."""
        if reason == POOR_EXPERIENCE:
            return replace(self, experience=1.0)
        return replace(self, **{_ALL_THERE[reason]: 1.0})


EVERYTHING = Pull(1.0, 1.0, 1.0, 1.0)


class Adoption:
    """One replication's law of taking up, on one day."""

    def __init__(self, loaded: LoadedScenario, p: Mapping[str, float], today: date) -> None:
        """Take this replication's hazards, and the orders that are in force by then."""
        self._h = hazards(p)[0]
        self._ordered, self._measured = in_force(dated(loaded.scenario.mandates, p), today)

    def pull(self, state: Records, tier: int) -> Pull:
        """What is there at an agency, from its state on that day."""
        ordered = float(self._ordered[tier])
        inspected = float(self._h["inspection_weight"]) * ordered * float(state["inspected"])
        return Pull(
            ordered=ordered,
            supports=float(state["supports"]),
            trained=float(state["eoffice_trained"]) / max(1, int(state["staff"])),
            watched=max(float(self._measured[tier]), inspected),
            experience=float(state["experience"]),
        )

    def missing_most(self, pull: Pull) -> str:
        """The one thing that would move an agency most if it were there; only time where none would move it more."""
        most = max(PULLS, key=lambda reason: self._strength(pull.mended(reason)))
        return most if self._strength(pull.mended(most)) > self._strength(pull) else IN_TIME

    def of_eoffice(self, pull: Pull, staff: int, users: int, reach: float) -> dict[str, float]:
        """The people who do not work in e-office though their agency does, by what keeps them; adds up to them.

        Args:
            pull: what is there at the agency.
            staff: its people.
            users: those who work in e-office.
            reach: share of the traffic's agencies that exchange electronically.
        """
        imitation = float(imitation_of(self._h, users, staff, reach))
        lapse, turnover = float(self._h["lapse"]), float(self._h["turnover"])

        def idle(at: Pull) -> float:
            starts = (self._strength(replace(at, experience=1.0)) + imitation) * at.experience
            return _idle_share(starts, lapse * (1.0 - at.experience) + turnover)

        return self._split(pull, staff, users, idle)

    def of_mail(self, pull: Pull, staff: int, users: int) -> dict[str, float]:
        """The same of official mail where the agency has it; nobody gives that up for a bad experience."""
        imitation, turnover = float(self._h["imitation"]) * users / max(1, staff), float(self._h["turnover"])

        def idle(at: Pull) -> float:
            return _idle_share(self._strength(replace(at, experience=1.0)) + imitation, turnover)

        return self._split(replace(pull, experience=1.0), staff, users, idle)

    def _strength(self, pull: Pull) -> float:
        """A hazard a year, times the experience."""
        pulls = strength(self._h, pull.ordered, pull.supports, pull.trained, 1.0, pull.watched)
        return float(pull.experience * pulls)

    def _split(self, pull: Pull, staff: int, users: int, idle: Callable[[Pull], float]) -> dict[str, float]:
        without = float(staff - users)
        newcomers = min(without, staff * idle(EVERYTHING))
        short_of_pull = max(0.0, min(without, staff * idle(pull)) - newcomers)
        reason = min(PULLS, key=lambda one: idle(pull.mended(one)))
        return {NEWCOMERS: newcomers, reason: short_of_pull, IN_TIME: without - newcomers - short_of_pull}


def _idle_share(starts_per_year: float, stops_per_year: float) -> float:
    """Share that does not use a thing in the long run, at steady hazards of starting and of stopping."""
    starts, stops = monthly(starts_per_year), monthly(stops_per_year)
    return stops / (starts + stops) if starts + stops > 0.0 else 1.0
