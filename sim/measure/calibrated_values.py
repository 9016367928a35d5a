"""What an unknown is among the draws that agree with measurements: what replications of a calibrated scenario take."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from sim.engine.draws import luck_of
from sim.measure.weighing import Weights, weighted_band
from sim.results.words import Words, number_words
from sim.scenario.choices import OPEN, Choice, choice_of, draw_choices
from sim.scenario.drawn import draw_quantity, simulated
from sim.scenario.keys import key_of, meaning
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import Quantity
from sim.scenario.start_states import PAST_SECTIONS, parameters_of, past_luck, state_of
from sim.scenario.units import words_of

_FIGURES = 3
"""Significant figures of a weighted quantile; more than the draws are worth."""


def calibrated_words(loaded: LoadedScenario, key: str) -> Words | None:
    """Median and 5-95 % points of a quantity over the calibrated draws, or how often a choice falls which way.

    None where the scenario is not calibrated, or states the key as known.
    """
    quantities, choice = dict(simulated(loaded.scenario)), choice_of(key)
    if not loaded.agreeing_draws:
        return None
    if choice is not None and choice.odds is not None and choice.stated(loaded.scenario) == OPEN:
        return _choice_words(loaded, choice, quantities)
    quantity, known = quantities.get(key), meaning(key_of(key))
    if quantity is None or quantity.kind == "fixed" or not quantity.value or known is None or known.dimension is None:
        return None
    values = _values(loaded, lambda luck: _value(loaded, key, quantity, luck))
    band = weighted_band(values, _weights(loaded))
    unit = words_of(quantity.value, known.dimension)
    shown = [_in_unit(value, quantity.value, unit) for value in (band.median, band.p05, band.p95)]
    median, low, high = (shown[at] for at in range(3))
    n = number_words(f"{len(values):,}")
    return Words(
        f"lấy từ {n.vi} lần tính phù hợp với số đã báo cáo: trung vị {median.vi}; {low.vi} … {high.vi} (5 % – 95 %)",
        f"taken from {n.en} draws that agree with what was reported: median {median.en}; {low.en} … {high.en}"
        " (5 % – 95 %)",
    )


def _choice_words(loaded: LoadedScenario, choice: Choice, quantities: dict[str, Quantity]) -> Words:
    """How the weights of the draws fall to the two alternatives."""
    needed = {key: one for key, one in quantities.items() if key.partition(".")[0] == "budget"}

    def taken(luck: int) -> float:
        p = {key: draw_quantity(key, one, luck) for key, one in needed.items()}
        return draw_choices(loaded.scenario, p, luck)[choice.key]

    values, weights = _values(loaded, taken), _weights(loaded)
    second = 100.0 * math.fsum(weight for value, weight in zip(values, weights.each, strict=True) if value == 1.0)
    n, (first_title, second_title) = number_words(f"{len(values):,}"), choice.titles
    digits = 1 if 0.05 <= second <= 99.95 else 2  # one draw in two thousand is not none
    shares = [number_words(f"{share:.{digits}f}") for share in (100.0 - second, second)]
    return Words(
        f"lấy từ {n.vi} lần tính phù hợp với số đã báo cáo: {first_title.vi} {shares[0].vi} %, {second_title.vi}"
        f" {shares[1].vi} %",
        f"taken from {n.en} draws that agree with what was reported: {first_title.en} {shares[0].en} %,"
        f" {second_title.en} {shares[1].en} %",
    )


def _values(loaded: LoadedScenario, value: Callable[[int], float]) -> Sequence[float]:
    return [value(luck_of(draw.seed, draw.replication)) for draw in loaded.agreeing_draws]


def _weights(loaded: LoadedScenario) -> Weights:
    total = math.fsum(draw.weight for draw in loaded.agreeing_draws)
    return Weights(tuple(draw.weight / total for draw in loaded.agreeing_draws))


def _value(loaded: LoadedScenario, key: str, quantity: Quantity, luck: int) -> float:
    """One draw's value: by the past's own luck where the time before the first day rests on it."""
    if key.partition(".")[0] not in PAST_SECTIONS:
        return draw_quantity(key, quantity, luck)
    state = state_of(loaded.start_states, luck)
    fitted = parameters_of(state, loaded.scenario.start) if state is not None else {}
    return fitted.get(key, draw_quantity(key, quantity, past_luck(loaded.start_states, luck)))


def _in_unit(value: float | None, stated: float, unit: Words) -> Words:
    """A value in the unit that the stated one is written in."""
    number, _, _ = unit.en.partition(" ")
    scaled = (value or 0.0) * float(number) / stated
    digits = _FIGURES - 1 - (math.floor(math.log10(abs(scaled))) if scaled else 0)
    text = f"{round(scaled, digits):,.{max(digits, 0)}f}"
    said = number_words(text.rstrip("0").rstrip(".") if "." in text else text)
    units = [words.partition(" ")[2] for words in (unit.vi, unit.en)]
    return Words(f"{said.vi} {units[0]}".rstrip(), f"{said.en} {units[1]}".rstrip())
