"""The model's numbers as the scenario states them, each with its name: for the report, and for whoever doubts one."""

from __future__ import annotations

from collections.abc import Sequence

from sim.policy.plan_lines import purchase_quantities
from sim.policy.purchase_catalogue import purchasable
from sim.results.run_tables import ParameterRow
from sim.scenario.arrivals import CENTRAL, arrival_key, arrival_years
from sim.scenario.choices import CHOICES, OPEN, Choice
from sim.scenario.drawn import simulated
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import Quantity
from sim.scenario.tables import Purchase


def parameter_rows(loaded: LoadedScenario) -> list[ParameterRow]:
    """Every number of the model as stated: range, kind, basis, source; purchases, choices and money."""
    rows = [_stated_row(key, quantity) for key, quantity in simulated(loaded.scenario)]
    rows += [_purchase_row(key, purchase, quantity) for key, purchase, quantity in purchase_quantities(loaded)]
    rows += [_choice_row(choice, loaded) for choice in CHOICES]
    return rows + [_arrival_row(source, year, loaded) for source, year in arrival_years(loaded.scenario)]


def _purchase_row(key: str, purchase: Purchase, quantity: Quantity) -> ParameterRow:
    return _stated_row(key, quantity, purchasable(purchase.kind).moves if key.endswith(".share") else ())


def _stated_row(key: str, quantity: Quantity, moves: Sequence[str] = ()) -> ParameterRow:
    title = title_of(key)
    return ParameterRow(
        key=key,
        unit=quantity.unit,
        low=None if quantity.kind == "fixed" else quantity.low,
        value=quantity.value,
        high=None if quantity.kind == "fixed" else quantity.high,
        kind=quantity.kind,
        basis=quantity.basis,
        source=quantity.source,
        title_vi=title.vi,
        title_en=title.en,
        moves=";".join(moves) or None,
    )


def _choice_row(choice: Choice, loaded: LoadedScenario) -> ParameterRow:
    """A choice by the number of its alternative; where it is open, 0 or 1 by the odds."""
    stated = choice.stated(loaded.scenario)
    stated_values = {key: quantity.value for key, quantity in simulated(loaded.scenario)}
    is_open = stated == OPEN
    title = title_of(choice.key)
    names = [f"{number}: {words.vi}" for number, words in enumerate(choice.titles)]
    english = [f"{number}: {words.en}" for number, words in enumerate(choice.titles)]
    return ParameterRow(
        key=choice.key,
        unit="1",
        low=0.0 if is_open else None,
        value=choice.odds(stated_values) if is_open and choice.odds else float(choice.alternatives.index(stated)),
        high=1.0 if is_open else None,
        kind="choice" if is_open else "fixed",
        basis="assumed" if is_open else "plan",
        source=f"odds from {', '.join(choice.rests_on)}" if is_open else "set in the scenario",
        title_vi=f"{title.vi} ({'; '.join(names)})",
        title_en=f"{title.en} ({'; '.join(english)})",
        moves=None,
    )


def _arrival_row(source: str, year: int, loaded: LoadedScenario) -> ParameterRow:
    """The part of a source's money that comes in a year: all of it, or what a cut leaves, or what is stated."""
    budget, key = loaded.scenario.budget, arrival_key(source, year)
    stated = budget.arrival.get(f"{source}.{year}")
    expected = budget.central_reliability if source == CENTRAL else budget.provincial_reliability
    title = title_of(key)
    return ParameterRow(
        key=key,
        unit="1",
        low=None if stated is not None else 0.0 if source == CENTRAL else budget.cut_share.value,
        value=expected.value if stated is None else stated,
        high=1.0 if stated is None else None,
        kind="whole_or_cut" if stated is None else "fixed",
        basis=expected.basis if stated is None else "plan",
        source=expected.source if stated is None else "set in the scenario",
        title_vi=title.vi,
        title_en=title.en,
        moves=None,
    )
