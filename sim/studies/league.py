"""What options give beside the same plan without them, pair by pair: gains, ties, and what stays open.

Every option met futures that the plan itself met, so each future gives one difference. Options are tried on a few
futures first and only promising ones on more, so that the number of pairs behind a figure was itself chosen by what
the figure was. Every error rate is therefore divided by the number of sizes at which an option may have stopped; then
a statement holds whichever of them it was (Bonferroni). Of a target, the options are tested together (Holm 1979, as
`compare` does), by Student's t on the pairs. Where all pairs are alike a t test would be sure at once; there only the
sign is counted: n equal signs have the chance 2^(1 - n). Of fewer than three pairs nothing is claimed. Pairs that share
draws of a calibration count for as many as they are worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum, log2, sqrt
from statistics import variance
from typing import NamedTuple

from sim.measure.comparison import are_alike, half_width, holm, mean_interval, paired_difference
from sim.measure.measured import Measured
from sim.measure.shared_draws import SharedDraws, Sharing
from sim.measure.targets import threshold_of
from sim.results.remedy_tables import ALL_TARGETS, RemedyRow, RemedyVerdict
from sim.results.words import NOTHING, Words
from sim.scenario.plan_schema import Target
from sim.scenario.proposal import Proposal
from sim.studies.selection import ERROR, FEWEST, MOST_NAMED

INDIFFERENCE_POINTS = 1.0
"""What a planner does not care about."""
_LEAST_MONEY_MILLION_VND = 1.0
_ALIKE = 1e-9
"""Points: below this, two figures differ by rounding only."""

Points = Mapping[int, float]
"""Gain of one option for one target by replication, in percentage points."""


@dataclass(frozen=True)
class Tried:
    """One option with the replications that were run of it.

    Attributes:
        name: id of the option.
        proposal: what it says of itself.
        measured: of the plan with the option, by replication.
        refused: why it cannot be laid over the scenario; blank where it can.
        reason: why it does little, if it does.
    """

    name: str
    proposal: Proposal
    measured: Mapping[int, Measured]
    refused: Words = NOTHING
    reason: Words = NOTHING


class Gain(NamedTuple):
    """What the pairs tell of one option and one target."""

    mean: float | None
    low: float | None
    high: float | None
    pairs: int
    verdict: RemedyVerdict
    more: int | None


def points_of(target: Target, share: float) -> float:
    """A difference of a target's value in percentage points; of what is no share, in per cent of its threshold."""
    if target.measure.partition("(")[0].endswith(("share", "milestone")):
        return 100.0 * share
    return 100.0 * share / (threshold_of(target) or 1.0)


def gains_of(targets: Sequence[Target], base: Mapping[int, Measured], tried: Tried) -> dict[str, dict[int, float]]:
    """By target and for all of them together, the gain in each replication that both have.

    In the sum a target counts up to its threshold: what a plan reaches anyway cannot be helped, only lost.
    """
    found: dict[str, dict[int, float]] = {ALL_TARGETS: {}, **{target.id: {} for target in targets}}
    for number in sorted(base.keys() & tried.measured.keys()):
        without, laid = _values(base[number]), _values(tried.measured[number])
        nearer = []
        for target in targets:
            if target.id in without and target.id in laid:
                before, after, limit = without[target.id], laid[target.id], threshold_of(target)
                found[target.id][number] = points_of(target, after - before)
                nearer.append(points_of(target, min(after, limit) - min(before, limit)))
        found[ALL_TARGETS][number] = fsum(nearer)
    return found


def _values(one: Measured) -> dict[str, float]:
    return {row.target_id: row.value for row in one.targets if row.reading == "plan" and row.value is not None}


def is_unchanged(gains: Mapping[str, Points]) -> bool:
    """Whether no target moved in any replication."""
    return all(abs(points) < _ALIKE for of in gains.values() for points in of.values())


def judged(gains: Mapping[str, Points], error: float = ERROR, sharing: Sharing | None = None) -> dict[str, Gain]:
    """What may be said of each of several options for one target.

    Args:
        gains: of each option.
        error: chance that any of them is called better or worse wrongly.
        sharing: which draws of a calibration pairs share; None where none does.
    """
    chances = {name: chance for name, of in gains.items() if (chance := _chance(of, sharing)) is not None}
    clear = holm(chances, error)
    return {name: _judged(of, error, len(gains), sharing, clear=clear.get(name, False)) for name, of in gains.items()}


def _judged(of: Points, error: float, options: int, sharing: Sharing | None, *, clear: bool) -> Gain:
    values = list(of.values())
    shared = sharing(list(of)) if sharing else SharedDraws.none(len(of))
    if not values:
        return Gain(None, None, None, 0, "not_tried", None)
    n, mean = len(values), fsum(values) / len(values)
    if max(map(abs, values)) < _ALIKE:
        return Gain(0.0, None, None, n, "unchanged", None)
    worth = shared.worth(values)
    low, high = mean_interval(values, 1.0 - error, worth) if n > 1 and not are_alike(values) else (None, None)
    if n >= FEWEST and _half_width(values, worth, error / options) <= INDIFFERENCE_POINTS - abs(mean):
        return Gain(mean, low, high, n, "no_difference", None)  # not zero, perhaps, but nobody minds
    if clear:
        return Gain(mean, low, high, n, "better" if mean > 0.0 else "worse", None)
    return Gain(mean, low, high, n, "unknown", _more(values, error / options, shared))


def _chance(of: Points, sharing: Sharing | None) -> float | None:
    """Two-sided chance of such a gain where there is none; None with too few pairs to say anything."""
    if len(of) < FEWEST:
        return None
    return paired_difference(of, dict.fromkeys(of, 0.0), sharing).p_value


def _half_width(values: Sequence[float], worth: float, error: float) -> float:
    """Of the mean's interval where pairs that spread as these do are worth so many; infinite where they do not tell."""
    if are_alike(values):
        return 0.0 if 2.0 ** (1 - floor(worth)) <= error else float("inf")
    return half_width(sqrt(variance(values)), worth, 1.0 - error / 2.0)


def _more(values: Sequence[float], error: float, shared: SharedDraws) -> int | None:
    """Replications more until zero is left out or the gain is known to be small, if mean and spread stay.

    None where no allowed number of them would do, as where they share draws of a calibration that is worth too little.
    """
    n, mean = len(values), fsum(values) / len(values)
    if n < 2:
        return None
    if are_alike(values):
        wanted = shared.replications_worth(ceil(1.0 - log2(error)), values)
        return max(1, ceil(wanted) - n) if wanted <= MOST_NAMED else None
    room = max(abs(mean), INDIFFERENCE_POINTS - abs(mean))
    low, high = max(n, FEWEST - 1), MOST_NAMED
    if _half_width(values, shared.worth_of(high, values), error) > room:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        does = _half_width(values, shared.worth_of(middle, values), error) <= room
        low, high = (low, middle) if does else (middle, high)
    return high - n


def tie_groups(gains: Mapping[str, Points], error: float = ERROR, sharing: Sharing | None = None) -> dict[str, int]:
    """Group of each option that moves something, 1 the highest.

    A group is all that are not clearly below any other by the futures that both met; the next group is made of the
    rest in the same way. With k options a pair is judged with the error a / (k - 1), so that the truly best stands in
    the first group but for the chance a (as `selection` has it).
    """
    left = [name for name, of in gains.items() if of and any(abs(points) >= _ALIKE for points in of.values())]
    left.sort(key=lambda name: -fsum(gains[name].values()) / len(gains[name]))
    level, group = error / max(1, len(left) - 1), 0
    found: dict[str, int] = {}
    while left:
        group += 1
        tied = [n for n in left if not any(_is_below(gains[n], gains[other], level, sharing) for other in left)]
        found |= dict.fromkeys(tied or left[:1], group)
        left = [name for name in left if name not in found]
    return found


def _is_below(one: Points, best: Points, error: float, sharing: Sharing | None) -> bool:
    apart = {number: best[number] - one[number] for number in sorted(best.keys() & one.keys())}
    chance = _chance(apart, sharing)
    return chance is not None and chance / 2.0 <= error and fsum(apart.values()) > 0.0


def league_rows(
    targets: Sequence[Target],
    base: Mapping[int, Measured],
    options: Sequence[Tried],
    sizes: int,
    sharing: Sharing | None = None,
) -> list[RemedyRow]:
    """The whole table: options by what they give in all, then those not tried, then those that do not apply.

    Args:
        targets: of the plan.
        base: the plan without any option, by replication.
        options: every option there is.
        sizes: numbers of pairs at which an option may have stopped.
        sharing: which draws of a calibration replications share; None where none does.
    """
    error = ERROR / sizes
    gains = {one.name: gains_of(targets, base, one) for one in options if not one.refused.vi}
    questions = [ALL_TARGETS, *(target.id for target in targets)]
    by_target = {question: {name: of[question] for name, of in gains.items()} for question in questions}
    found = {question: judged(of, error, sharing) for question, of in by_target.items()}
    ties = {question: tie_groups(of, error, sharing) for question, of in by_target.items()}
    rows: list[RemedyRow] = []
    for one in sorted(options, key=lambda option: _place(option, found[ALL_TARGETS], gains)):
        if one.refused.vi:
            refused = Gain(None, None, None, 0, "not_applicable", None)
            rows.append(_row(one, ALL_TARGETS, refused, None))
            continue
        said = questions if one.measured else [ALL_TARGETS]
        rows += [_row(one, name, found[name][one.name], ties[name].get(one.name)) for name in said]
    return rows


def _place(option: Tried, found: Mapping[str, Gain], gains: Mapping[str, Mapping[str, Points]]) -> tuple[float, ...]:
    """What moves something before what moves nothing, each from the highest gain on."""
    gain = found.get(option.name)
    if gain is None:
        return (3.0,)
    if gain.mean is None:
        return (2.0,)
    return (1.0 if is_unchanged(gains[option.name]) else 0.0, -gain.mean)


def _row(one: Tried, question: str, gain: Gain, group: int | None) -> RemedyRow:
    proposal = one.proposal
    cost = proposal.total()
    worth_it = gain.verdict == "better" and gain.mean is not None and cost >= _LEAST_MONEY_MILLION_VND
    reason = one.refused if one.refused.vi else one.reason
    return RemedyRow(
        option=one.name,
        title_vi=proposal.title.vi or one.name,
        title_en=proposal.title.en or one.name,
        group=proposal.group or None,
        target_id=question,
        gain_points=gain.mean,
        low=gain.low,
        high=gain.high,
        replications=gain.pairs,
        more=gain.more,
        cost_equipment_million_vnd=proposal.total("equipment"),
        cost_people_million_vnd=proposal.total("people"),
        cost_source="; ".join(_by_source(proposal)) or None,
        cost_vi=proposal.cost.vi or None,
        cost_en=proposal.cost.en or None,
        points_per_billion_vnd=gain.mean / (cost / 1000.0) if worth_it and gain.mean is not None else None,
        tie_group=group,
        verdict=gain.verdict,
        reason_vi=reason.vi or None,
        reason_en=reason.en or None,
        decided_by_vi=proposal.decided_by.vi or None,
        decided_by_en=proposal.decided_by.en or None,
    )


def _by_source(proposal: Proposal) -> Iterator[str]:
    """`SN 2950`: each source with its million VND over all years."""
    for source in dict.fromkeys(row.source for row in proposal.costs):
        yield f"{source} {fsum(row.amount_million_vnd for row in proposal.costs if row.source == source):.6g}"
