"""Who lacks what a target counts on its due date, and why, over the replications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil, fsum

from sim.measure.held_up import FACT, HAS_IT, NEAREST_FIRST
from sim.measure.measured import Measured
from sim.measure.stocks import LEVELS, PERSON_SHARES
from sim.measure.targets import threshold_of
from sim.results.plan_tables import HeldUpRow
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import THINGS_COUNTED
from sim.scenario.plan_schema import Target

AGENCIES, PERSONS, SERVICES = "agencies", "persons", "services"
_ROUNDING = 1e-6
Told = Sequence[tuple[str, str, float]]
"""Of one replication: what is lacking, why, how many."""


def held_up_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[HeldUpRow]:
    """Each target about something that stands on the day: those who have it, then the others, the largest share first.

    Misses are by the plan's own reading. What the misses are short of is put together before shares are taken, so
    that a replication that is short of many tells more of why.
    """
    return [row for target in loaded.scenario.targets for row in _of_target(target, ordered)]


def _of_target(target: Target, ordered: Sequence[Measured]) -> Iterator[HeldUpRow]:
    known = [(one, told) for one in ordered if (told := one.facts.get(FACT, {}).get(target.id))]
    numbers: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    missing: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    short: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    missed = 0
    for one, told in known:
        outcome = one.outcome(target.id)
        is_missed = outcome is not None and not outcome.reached
        missed += is_missed
        for lacks, reason, number in told:
            numbers[lacks, reason].append(number)
            if is_missed:
                missing[lacks, reason].append(number)
        for lacks, reason, number in _short(target, told) if is_missed else ():
            short[lacks, reason].append(number)
    shortfall = fsum(number for found in short.values() for number in found)
    for key in sorted(numbers, key=lambda key: (key[1] != HAS_IT, -fsum(short[key]), key)):
        lacks, reason = key
        is_short = bool(missed) and reason != HAS_IT
        yield HeldUpRow(
            target_id=target.id,
            lacks=lacks or None,
            reason=reason,
            unit=SERVICES if target.measure in LEVELS else PERSONS if target.measure in PERSON_SHARES else AGENCIES,
            mean=fsum(numbers[key]) / len(known),
            missed_mean=fsum(missing[key]) / missed if missed else None,
            short_mean=fsum(short[key]) / missed if is_short else None,
            share=fsum(short[key]) / shortfall if is_short and shortfall else None,
            missed=missed,
            n=len(known),
        )


def _short(target: Target, told: Told) -> Iterator[tuple[str, str, float]]:
    """What a replication is short of its threshold, those nearest to it first."""
    everybody = fsum(number for *_, number in told)
    wanted = threshold_of(target) * (1.0 if target.measure in THINGS_COUNTED else everybody)
    left = ceil(wanted - _ROUNDING) - fsum(number for _, reason, number in told if reason == HAS_IT)
    others = (one for one in told if one[1] != HAS_IT)
    for lacks, reason, number in sorted(others, key=lambda one: (NEAREST_FIRST.index(one[1]), one[0])):
        part = min(number, max(0.0, left))
        left -= part
        yield lacks, reason, part
