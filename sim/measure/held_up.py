"""Who is still without what a target counts on its due date, and what keeps each of them: every one has one reason.

Agencies, people and services are counted; those that have it and those that are kept from it add up to all of them.
Money keeps things from agencies as `sim.measure.unit_money` says, people from using them as `sim.measure.pulls` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from sim.exchange.codes import PROCESSES_ONLINE, REGISTRY_ONLY, UNUSED
from sim.measure.lacks import AFTER_DISTRICT, BEING_ISSUED, LACKS, Without
from sim.measure.pulls import IN_TIME, NEWCOMERS, PULLS, Adoption, Pull
from sim.measure.scopes import agencies_of, members
from sim.measure.stocks import LEVELS, OF_CATALOGUE, PERSON_SHARES
from sim.measure.targets import due_row
from sim.measure.unit_money import (
    BEYOND_PLAN,
    IN_PROCUREMENT,
    NO_LINE,
    NOT_ARRIVED,
    PLANNED_LATER,
    SCHEDULED_LATER,
    SLIPPED,
    STOPPED,
    UNDER_WAY,
)
from sim.model.record import RunRecord
from sim.policy.onestop import onestop_at_start
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.scenario.procedures import Procedure

FACT = "held_up"
"""Single fact of a replication: by target, numbers by what is lacking and why."""
HAS_IT = "has_it"
"""The reason of those who lack nothing."""
Tally = dict[tuple[str, str], float]
"""Numbers by what is lacking and why."""
HAVING = ("", HAS_IT)

NEW, GAVE_UP = "new", "gave_up"
"""There for less than a year; used and given up."""
NATIONAL, NOT_LISTED = "national", "not_listed"
"""Of services: on a national portal; on no list of what is raised so far."""
MONTHS = 12
NEAREST_FIRST = (
    BEING_ISSUED,
    UNDER_WAY,
    NEW,
    IN_TIME,
    IN_PROCUREMENT,
    SLIPPED,
    SCHEDULED_LATER,
    PLANNED_LATER,
    AFTER_DISTRICT,
    STOPPED,
    NOT_ARRIVED,
    *PULLS,
    GAVE_UP,
    NEWCOMERS,
    BEYOND_PLAN,
    NOT_LISTED,
    NATIONAL,
    NO_LINE,
)
"""Every reason, by how little would have to happen: a target that does not ask for everybody waits for the nearest."""
_USE_FROM = {"eoffice_agency_share": REGISTRY_ONLY, "eoffice_effective_share": PROCESSES_ONLINE}
"""Level of e-office from which an agency counts as using it."""
_SEATS = {"trained_share": ("training", ("general_seat",)), "pc_share": ("computer", ("computer",))}
"""What a person lacks, and what gives it."""


def held_up(record: RunRecord, loaded: LoadedScenario) -> dict[str, Tally]:
    """Each target about something that stands on the day, by its id: numbers by what is lacking and why."""
    found = {}
    without: dict[date, Without] = {}
    for target in loaded.scenario.targets:
        if target.due not in without:
            without[target.due] = Without(record, loaded, due_row(record, target), target.due)
        if counts := _OnTheDay(record, loaded, target, without[target.due]).counts():
            found[target.id] = {key: amount for key, amount in sorted(counts.items()) if amount > 0.0}
    return found


class _OnTheDay:
    """One target on its due date in one replication."""

    def __init__(self, record: RunRecord, loaded: LoadedScenario, target: Target, without: Without) -> None:
        self._record, self._loaded, self._target, self._without = record, loaded, target, without
        self._row = due_row(record, target)
        self._state = record.stocks[self._row]
        self._standing = record.standing[self._row]
        self._adoption = Adoption(loaded, record.parameters, target.due)

    def counts(self) -> Tally:
        measure = self._target.measure
        if measure in LEVELS:
            return self._services(LEVELS[measure])
        mine = [int(agency) for agency in agencies_of(self._record, self._target.scope)]
        if measure in LACKS:
            return self._agencies(mine)
        if measure in _SEATS:
            return self._seats(mine, *_SEATS[measure])
        if measure == "email_user_share":
            return self._mail(mine)
        return self._users(mine) if measure == "eoffice_user_share" else {}

    def _agencies(self, mine: Sequence[int]) -> Tally:
        reasons = self._without.of(LACKS[self._target.measure])
        if (level := _USE_FROM.get(self._target.measure)) is not None:
            reasons = {**self._unused(level), **reasons}
        return _counted((reasons.get(agency, HAVING), 1.0) for agency in mine)

    def _unused(self, level: int) -> dict[int, tuple[str, str]]:
        """Agencies that have e-office below a level of use, and what keeps them there."""
        levels = self._state["level"]
        without = [agency for agency in self._without.everybody if UNUSED <= levels[agency] < level]
        return {agency: ("use", self._why_unused(agency, level)) for agency in without}

    def _why_unused(self, agency: int, level: int) -> str:
        so_far = self._record.stocks["level"][: self._row + 1, agency]
        if so_far[max(0, self._row - MONTHS)] < UNUSED:
            return NEW
        if (so_far >= level).any():
            return GAVE_UP
        return self._adoption.missing_most(self._pull(agency))

    def _pull(self, agency: int) -> Pull:
        return self._adoption.pull(self._state[agency], int(self._record.tiers[agency]))

    def _seats(self, mine: Sequence[int], name: str, kinds: tuple[str, ...]) -> Tally:
        """People for each of whom one unit is bought."""
        staff, having = self._state["staff"], self._state[PERSON_SHARES[self._target.measure]]
        lacking = {i: int(staff[i] - having[i]) for i in self._without.everybody if staff[i] > having[i]}
        units = self._without.money.reasons(kinds, lacking)
        have = ((HAVING, float(min(staff[i], having[i]))) for i in mine)
        return _counted([*have, *(((name, why), 1.0) for i in mine for why in units.get(i, ()))])

    def _mail(self, mine: Sequence[int]) -> Tally:
        parts: list[tuple[tuple[str, str], float]] = []
        for i in mine:
            staff, users = int(self._state["staff"][i]), int(self._state["mail_users"][i])
            parts.append((HAVING, users))
            if not self._standing.mail[i]:
                parts.append((("mail", NO_LINE), staff - users))
            else:
                split = self._adoption.of_mail(self._pull(i), staff, users)
                parts += [(("mail_use", why), number) for why, number in split.items()]
        return _counted(parts)

    def _users(self, mine: Sequence[int]) -> Tally:
        """People who work in e-office, those whose agency has none or does not use it, and those who do not join."""
        apart = {**self._unused(REGISTRY_ONLY), **self._without.of(LACKS["eoffice_installed_share"])}
        parts: list[tuple[tuple[str, str], float]] = []
        for i in mine:
            staff, users = int(self._state["staff"][i]), int(self._state["users"][i])
            parts.append((HAVING, users))
            if i in apart:
                parts.append((apart[i], staff - users))
            else:
                split = self._adoption.of_eoffice(self._pull(i), staff, users, self._standing.reach)
                parts += [(("work", why), number) for why, number in split.items()]
        return _counted(parts)

    def _services(self, level: int) -> Tally:
        """Procedures offered at a level, and why the others are not; each line raises them in the list's order."""
        record = self._record
        levels, procedures = record.service_levels[self._row], record.service_procedures
        rows = {row.procedure_id: row for row in self._loaded.procedures}
        why = self._why_services(level, dict(zip(record.service_ids, levels, strict=True)), rows)
        mine = members(self._target.scope, record.service_ids, record.service_tiers)
        parts = [
            (HAVING if levels[i] >= level else ("service", why[record.service_ids[i]]), float(procedures[i]))
            for i in mine
        ]
        if self._target.measure in OF_CATALOGUE and len(mine):
            listed = float(procedures[mine].sum())
            beyond = record.parameters["dossiers.catalogue_size"] - listed
            parts.append((("service", NOT_LISTED), max(0.0, beyond)))
        return _counted(parts)

    def _why_services(self, level: int, levels: Mapping[str, int], rows: Mapping[str, Procedure]) -> dict[str, str]:
        start = onestop_at_start(self._loaded.scenario.start, self._loaded.procedures, self._loaded.agencies)
        waiting = [(name, to) for name, to in start.waiting if levels[name] < to]
        units = self._without.money.reasons_of_province(
            ("online_procedure",), sum(rows[name].procedures for name, _ in waiting)
        )
        why: dict[str, str] = {}
        at = -self._standing.prepared
        for name, to in waiting:
            at += rows[name].procedures
            if to >= level:
                why[name] = units[max(0, at - 1)]
        for name, row in rows.items():
            dated = row.level3_year if level <= 3 else row.level4_year
            if dated is not None and dated >= self._target.due.year:
                why[name] = SCHEDULED_LATER
            why.setdefault(name, NOT_LISTED if row.portal == "province" else NATIONAL)
        return why


def _counted(parts: Iterable[tuple[tuple[str, str], float]]) -> Tally:
    """Amounts put together by what is lacking and why."""
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for key, amount in parts:
        found[key].append(float(amount))
    return {key: fsum(amounts) for key, amounts in found.items()}
