"""One replication's values of everything uncertain: what the province is like, this time.

Each quantity is drawn by its own name, so that a new parameter changes none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from sim.engine.draws import identity, uniform
from sim.engine.uncertainty import quantile
from sim.scenario.arrivals import draw_arrivals
from sim.scenario.choices import DRAW_PARAMETER, draw_choices
from sim.scenario.keys import PURCHASES
from sim.scenario.plan_schema import AT_ONCE
from sim.scenario.quantity import Quantity
from sim.scenario.schema import Scenario
from sim.scenario.start_states import PAST_SECTIONS

DOSSIERS = "dossiers"
"""Section that is drawn only where procedures are listed, so that no number is named that no result rests on."""


def quantities(section: BaseModel, prefix: str = "") -> Iterator[tuple[str, Quantity]]:
    """All quantities below a section with their dotted keys, in the order of the schema.

    Of lists, only when an order, a move or a roll-out takes effect, where its day is not known, and how long a move
    takes.
    """
    for name in type(section).model_fields:
        value = getattr(section, name)
        key = f"{prefix}{name}"
        if isinstance(value, Quantity):
            yield key, value
        elif isinstance(value, BaseModel):
            yield from quantities(value, f"{key}.")
        elif name == PURCHASES and isinstance(value, dict):
            for line, kinds in value.items():
                for kind, terms in kinds.items():
                    yield from quantities(terms, f"{key}.{line}.{kind}.")
        elif key in ("mandates", "moves", "rollouts"):
            yield from ((f"{key}.{one.id}.delay", one.delay) for one in value if one.delay != AT_ONCE)
            yield from ((f"{key}.{one.id}.outage", one.outage) for one in value if key == "moves")


def draw_quantity(key: str, quantity: Quantity, luck: int) -> float:
    """This replication's value of one quantity, in its base unit."""
    if quantity.kind == "fixed" or quantity.low is None or quantity.high is None:
        return quantity.value
    u = float(uniform(luck, identity(key), DRAW_PARAMETER, 0))
    value = max(0.0, quantile(quantity.kind, quantity.value, quantity.low, quantity.high, u))
    bounded = quantity.kind in ("uniform", "triangular") and quantity.unit == "1" and quantity.high <= 1.0
    return min(value, 1.0) if bounded else value


def simulated(scenario: Scenario) -> Iterator[tuple[str, Quantity]]:
    """The quantities of a scenario that its results rest on; those of purchases are drawn with the money."""
    for key, quantity in quantities(scenario):
        if key.partition(".")[0] == PURCHASES:
            continue
        if scenario.dossiers.procedures or key.partition(".")[0] != DOSSIERS:
            yield key, quantity


def draw_parameters(
    scenario: Scenario, luck: int, *, past: int | None = None, certain: bool = False
) -> dict[str, float]:
    """Every parameter by dotted key, choices and money included.

    Args:
        scenario: where they are stated.
        luck: the replication's.
        past: the luck of the starting state, by which all that the time before the first day rests on was drawn; the
            replication's own when None.
        certain: take all at their stated values instead.
    """
    return draw_of(scenario, simulated(scenario), luck, past=past, certain=certain)


def draw_of(
    scenario: Scenario,
    drawn: Iterable[tuple[str, Quantity]],
    luck: int,
    *,
    past: int | None = None,
    certain: bool = False,
) -> dict[str, float]:
    """These quantities by key, those of the budget among them, with the choices and the money that hang on them."""
    of_past = luck if past is None else past
    p = {}
    for key, quantity in drawn:
        by = of_past if key.partition(".")[0] in PAST_SECTIONS else luck
        p[key] = quantity.value if certain else draw_quantity(key, quantity, by)
    p |= draw_choices(scenario, p, luck, certain=certain)
    return p | draw_arrivals(scenario, p, luck, certain=certain)
