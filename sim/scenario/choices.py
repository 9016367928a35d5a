"""Choices with named alternatives: set by a planner, or some of them open, when each replication takes one.

What was taken is kept among the replication's parameters as the number of the alternative, so that every analysis sees
it, and results are told apart by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sim.engine.draws import identity, uniform
from sim.results.words import Words
from sim.scenario.kinds import EOFFICE_FORMS, SERVING_ORDERS
from sim.scenario.schema import Scenario

DRAW_PARAMETER = 1000
OPEN = "open"
"""Nobody has decided, or nobody knows."""
_LEAST_SHARE = 1e-9


@dataclass(frozen=True)
class Choice:
    """One key with alternatives, of which one comes true; one that may be left open has two."""

    key: str
    alternatives: tuple[str, ...]
    titles: tuple[Words, ...]
    odds: Callable[[Mapping[str, float]], float] | None = None
    """Chance of the second alternative, by a replication's parameters; None for what is always chosen."""
    rests_on: tuple[str, ...] = ()
    """Parameters that the odds come from."""

    def stated(self, scenario: Scenario) -> str:
        """What the scenario says: an alternative, or `open`."""
        section, _, name = self.key.partition(".")
        return str(getattr(getattr(scenario, section), name))


def programme_part(p: Mapping[str, float]) -> float:
    """Part of the central money that a programme brings if it comes: no less than what is expected in all."""
    return max(p["budget.programme_share"], p["budget.central_reliability"], _LEAST_SHARE)


def _programme_odds(p: Mapping[str, float]) -> float:
    """Chance of the programme: times what it brings, it is the part that is expected."""
    return p["budget.central_reliability"] / programme_part(p)


CHOICES = (
    Choice(
        key="budget.eoffice_form",
        alternatives=EOFFICE_FORMS,
        titles=(
            Words("cài đặt văn phòng điện tử tại từng xã", "e-office installed at each commune"),
            Words("văn phòng điện tử dùng chung qua web", "e-office as a shared web service"),
        ),
        odds=lambda p: p["budget.web_service_odds"],
        rests_on=("budget.web_service_odds",),
    ),
    Choice(
        key="budget.central_programme",
        alternatives=("fails", "comes"),
        titles=(
            Words("không có chương trình quốc gia cấp vốn", "no national programme brings money"),
            Words("có chương trình quốc gia cấp vốn", "a national programme brings money"),
        ),
        odds=_programme_odds,
        rests_on=("budget.central_reliability", "budget.programme_share"),
    ),
    Choice(
        key="budget.order",
        alternatives=SERVING_ORDERS,
        titles=(
            Words("theo mã cơ quan, từ a đến z", "by the agency's code, from a to z"),
            Words("nơi đông dân trước", "the most populous first"),
            Words("nơi nhiều văn bản trước", "those with most documents first"),
            Words("nơi ít người trước", "those with fewest staff first"),
        ),
    ),
)
"""Every choice; each replication keeps what was taken."""


def choice_of(key: str) -> Choice | None:
    """The choice of a key, or None."""
    return next((choice for choice in CHOICES if choice.key == key), None)


def draw_choices(scenario: Scenario, p: Mapping[str, float], luck: int, *, certain: bool = False) -> dict[str, float]:
    """The alternative of each choice that comes true, by number; the likelier one when all is certain."""
    taken = {}
    for choice in CHOICES:
        stated = choice.stated(scenario)
        if stated != OPEN or choice.odds is None:
            taken[choice.key] = float(choice.alternatives.index(stated))
            continue
        u = 0.5 if certain else float(uniform(luck, identity(choice.key), DRAW_PARAMETER, 0))
        odds = choice.odds(p)
        taken[choice.key] = float(odds >= 0.5 if certain else u < odds)
    return taken
