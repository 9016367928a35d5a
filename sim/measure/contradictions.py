"""Volumes that cannot hold together over their ranges: which keys, in how many draws, and what would mend it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, OUTSIDE, TIERS
from sim.exchange.volume_draws import REDRAWN_SECTIONS, members_of, weighed
from sim.exchange.volumes import Contradiction, Margins, VolumesContradictError, balance, margins, rows_of
from sim.results.words import Words
from sim.scenario.agreeing_draws import luck_of_unknowns
from sim.scenario.drawn import draw_parameters, draw_quantity, simulated
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import Quantity
from sim.scenario.start_states import past_luck
from sim.scenario.tables import AgencyRow

DRAWS = 100
_FITTED_DRAWS = 10
"""Of so many draws the matrix is fitted too, which takes longer."""
_MOST_REFUSED = 0.5
"""A scenario of whose draws more contradict is no description of a province."""
_FIGURES = 2

Parameters = Mapping[str, float]
_Asked = tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True)
class Finding:
    """What is found wrong with the volumes.

    Attributes:
        contradictory: draws that cannot hold together.
        draws: draws tried.
        key: the key that is named first.
        reason: which keys, and how they contradict.
        repair: the range that works.
    """

    contradictory: int
    draws: int
    key: str
    reason: Words
    repair: Words


def refuse_contradictory_volumes(loaded: LoadedScenario) -> None:
    """See before anything is run that most draws hold together.

    Raises:
        ScenarioErrors: they do not.
    """
    finding = contradictory_volumes(loaded)
    if finding is not None and finding.contradictory > _MOST_REFUSED * finding.draws:
        place = loaded.provenance.get(finding.key)
        said = place.place if place is not None else ""
        raise ScenarioErrors([ScenarioError("E-VOL-005", said, finding.key, _counted(finding), finding.repair)])


def contradictions_beside(loaded: LoadedScenario, faults: Sequence[ScenarioError]) -> tuple[ScenarioError, ...]:
    """What contradictory volumes add to other faults; nothing where one of those is of what volumes follow from."""
    table = loaded.agencies[0].place.rstrip("0123456789") if loaded.agencies else ""
    of_volumes = ("agencies", *REDRAWN_SECTIONS)
    if any(fault.place.startswith(table) or fault.key.partition(".")[0] in of_volumes for fault in faults):
        return ()
    try:
        refuse_contradictory_volumes(loaded)
    except ScenarioErrors as refused:
        return refused.errors
    return ()


def volume_caution(loaded: LoadedScenario) -> Words | None:
    """What `check` says of a scenario in some of whose draws volumes do not hold together."""
    finding = contradictory_volumes(loaded)
    if finding is None:
        return None
    said = _counted(finding)
    return Words(
        f"chú ý: {finding.key}: {said.vi}; lần rút như vậy được rút lại; {finding.repair.vi}",
        f"note: {finding.key}: {said.en}; such a draw is drawn again; {finding.repair.en}",
    )


def _counted(finding: Finding) -> Words:
    of = f"{finding.contradictory}/{finding.draws}"
    return Words(f"{finding.reason.vi} (trong {of} lần rút thử)", f"{finding.reason.en} (in {of} trial draws)")


def contradictory_volumes(loaded: LoadedScenario) -> Finding | None:
    """What is wrong with the volumes of the first replications, None when all hold together."""
    asked = tuple(one for one in simulated(loaded.scenario) if one[0].partition(".")[0] in REDRAWN_SECTIONS)
    lucks = tuple(_lucks(loaded))
    kinds = _contradictions(asked, loaded.agencies, lucks)
    if not kinds:
        return None
    kind, _ = max(kinds, key=lambda one: one[1])
    tried = _FITTED_DRAWS if kind == "matrix" else DRAWS
    key, reason, repair = _EXPLAINED[kind](loaded, [(_drawn(asked, luck), luck) for luck in lucks])
    counted = dict(kinds)[kind] if kind == "matrix" else sum(number for _, number in kinds)
    return Finding(counted, tried, key, reason, repair)


def _lucks(loaded: LoadedScenario) -> Iterator[int]:
    """The luck by which each trial draw's volumes are drawn."""
    for number in range(DRAWS):
        unknown = luck_of_unknowns(loaded.agreeing_draws, loaded.scenario.run.seed, number)
        yield past_luck(loaded.start_states, unknown)


def _drawn(asked: _Asked, luck: int) -> dict[str, float]:
    return {key: draw_quantity(key, quantity, luck) for key, quantity in asked}


@lru_cache(maxsize=16)
def _contradictions(
    asked: _Asked, agencies: tuple[AgencyRow, ...], lucks: tuple[int, ...]
) -> tuple[tuple[Contradiction, int], ...]:
    """How many draws contradict in which way; cases that a study compares mostly ask for the same volumes."""
    kinds: Counter[Contradiction] = Counter()
    for number, luck in enumerate(lucks):
        p = _drawn(asked, luck)
        try:
            who = weighed(agencies, p, luck)
            rows_of(margins(who, p), p)
            if number < _FITTED_DRAWS:
                balance(who, p)
        except VolumesContradictError as contradiction:
            kinds[contradiction.kind] += 1
    return tuple(kinds.items())


_Drawn = Sequence[tuple[dict[str, float], int]]
_Explained = tuple[str, Words, Words]


def _documents(loaded: LoadedScenario, drawn: _Drawn) -> _Explained:
    """More documents than deliveries: the outgoing key that is too high, and an incoming one that could be higher."""
    sending, receiving = _key(loaded, "outgoing"), _key(loaded, "incoming")
    most, least = math.inf, 0.0
    for p, luck in drawn:
        asked = _margins(loaded, p, luck)
        short = float(asked.written[:OUTSIDE].sum()) - asked.total
        most = min(most, p[sending] - short / _effect(loaded, p, luck, sending))
        least = max(least, p[receiving] + short / _effect(loaded, p, luck, receiving))
    reason = Words(
        f"số văn bản đi nhiều hơn số lượt nhận: {sending} quá cao so với {receiving}",
        f"more documents are sent than deliveries received: {sending} is too high for {receiving}",
    )
    ways = [(receiving, "từ", "of at least", _rounded(least, math.ceil))]
    if most > 0.0:
        ways.insert(0, (sending, "đến", "of at most", _rounded(most, math.floor)))
    return (
        sending,
        reason,
        Words(
            " hoặc ".join(f"{key} {vi} {value:.0f} /năm" for key, vi, _, value in ways) + " thì mọi lần rút đều khớp",
            " or ".join(f"{key} {en} {value:.0f} /year" for key, _, en, value in ways) + " holds in every draw",
        ),
    )


def _fan_out(loaded: LoadedScenario, _: _Drawn) -> _Explained:
    tiers = [TIERS[tier] for tier in _tiers(loaded)]
    low = [tier for tier in tiers if getattr(loaded.scenario.volumes, f"fanout_{tier}").value <= 1.0] or tiers[:1]
    keys = ", ".join(f"volumes.fanout_{tier}" for tier in low)
    return (
        f"volumes.fanout_{low[0]}",
        Words(
            f"số lượt nhận nhiều hơn số văn bản đi mà mỗi văn bản không có hơn một nơi nhận: {keys}",
            f"more deliveries are received than documents sent, yet no document has more than one recipient: {keys}",
        ),
        Words(f"đặt {keys} trên 1", f"set {keys} above 1"),
    )


def _outside(loaded: LoadedScenario, _: _Drawn) -> _Explained:
    volumes = loaded.scenario.volumes
    shares = {"to_outside_share": volumes.to_outside_share, "from_outside_share": volumes.from_outside_share}
    key = f"volumes.{max(shares, key=lambda name: shares[name].high or shares[name].value)}"
    return (
        key,
        Words(f"{key} 100 %: không còn lượt gửi nào trong tỉnh", f"{key} is 100 %: nothing is sent inside"),
        Words("đặt thấp hơn 100 %", "keep it below 100 %"),
    )


def _nothing(loaded: LoadedScenario, _: _Drawn) -> _Explained:
    keys = ", ".join(f"volumes.{TIERS[tier]}_incoming" for tier in _tiers(loaded))
    return (
        "volumes",
        Words(f"không cơ quan nào nhận văn bản: {keys} đều bằng 0", f"nobody receives a document: {keys} are all 0"),
        Words("đặt ít nhất một tham số trên 0", "set at least one of them above 0"),
    )


def _matrix(loaded: LoadedScenario, _: _Drawn) -> _Explained:
    names = [TIERS[tier] for tier in (*_tiers(loaded), OUTSIDE)]
    zeros = [
        f"matrix.{sender}.{recipient}"
        for sender in names
        for recipient in names
        if getattr(getattr(loaded.scenario.matrix, sender), recipient).value <= 0.0
    ]
    said = ", ".join(zeros)
    return (
        zeros[0] if zeros else "matrix",
        Words(
            f"ma trận gửi vào nơi không ai nhận, hoặc từ nơi không ai gửi: {said} bằng 0",
            f"documents have nowhere to go that receives as many, or come from nowhere: {said} are 0",
        ),
        Words("đặt một trong các trọng số đó trên 0", "set one of these weights above 0"),
    )


_EXPLAINED: Mapping[Contradiction, Callable[[LoadedScenario, _Drawn], _Explained]] = {
    "documents": _documents,
    "fan-out": _fan_out,
    "outside": _outside,
    "nothing": _nothing,
    "matrix": _matrix,
}


def _tiers(loaded: LoadedScenario) -> list[int]:
    """Tiers of the province that have an agency."""
    there = {row.tier for row in loaded.agencies}
    return [tier for tier in (OFFICE, DEPARTMENT, DISTRICT, COMMUNE) if TIERS[tier] in there]


def _margins(loaded: LoadedScenario, p: Parameters, luck: int) -> Margins:
    return margins(members_of(loaded, p, luck), p)


def _key(loaded: LoadedScenario, side: str) -> str:
    """The key of outgoing or incoming volumes that the scenario itself sets, or else the one that weighs most."""
    p, luck = draw_parameters(loaded.scenario, 0, certain=True), 0
    names = [f"volumes.{TIERS[tier]}_{side}" for tier in _tiers(loaded)]
    if any(row.rooms for row in loaded.agencies if row.tier == "district"):
        names.append(f"volumes.room_{side}")

    def rank(key: str) -> tuple[bool, float]:
        origin = loaded.provenance.get(key)
        is_own = origin is not None and origin.layer != "defaults" and p[key] > 0.0
        return is_own and side == "outgoing", p[key] * abs(_effect(loaded, p, luck, key))

    return max(names, key=rank)


def _effect(loaded: LoadedScenario, p: Parameters, luck: int, key: str) -> float:
    """By how much the shortage of deliveries changes with one more document a year of this key."""
    step = max(1.0, 0.001 * p[key])
    more = {**p, key: p[key] + step}

    def spare(q: Parameters) -> float:
        asked = _margins(loaded, q, luck)
        return asked.total - float(asked.written[:OUTSIDE].sum())

    change = abs(spare(more) - spare(p)) / step
    return change if change > 0.0 else math.inf


def _rounded(value: float, towards: Callable[[float], int]) -> float:
    """To two figures, on the safe side."""
    if value <= 0.0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(value)) - _FIGURES + 1)
    return towards(value / unit) * unit
