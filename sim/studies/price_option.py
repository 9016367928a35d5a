"""`--price KEY=120 million VND[:SN]`: what one unit of a lever costs that is not a line of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import SOURCES
from sim.scenario.units import UnitError, parse
from sim.studies.axes import Axis

PRICE = "--price"
USUAL_SOURCE = "SN"
"""Recurrent money, which pays people."""


class Price(NamedTuple):
    """Million VND for each unit of a key, over the whole plan, and the source that pays."""

    million_vnd: float
    source: str


def prices_of(texts: Sequence[str], axes: Sequence[Axis]) -> dict[str, Price]:
    """Read the prices of levers.

    Raises:
        ScenarioErrors: a price is no money, or of a key that is not varied.
    """
    keys = [axis.key for axis in axes]
    prices, errors = {}, []
    for text in texts:
        key, _, written = text.partition("=")
        key = key.strip()
        amount, _, source = written.partition(":")
        source = source.strip() or USUAL_SOURCE
        if key not in keys:
            reason = Words("tham số này không được thay đổi (--over)", "this key is not varied (--over)")
            errors.append(ScenarioError("E-GOL-002", PRICE, shown(key), reason, did_you_mean(key, keys)))
        elif source not in SOURCES:
            reason = Words(f"không có nguồn vốn “{shown(source)}”", f'no source of money "{shown(source)}"')
            errors.append(ScenarioError("E-GOL-002", PRICE, shown(key), reason, did_you_mean(source, SOURCES)))
        else:
            try:
                prices[key] = Price(parse(amount.strip(), "money"), source)
            except UnitError as error:
                errors.append(ScenarioError(error.code, PRICE, shown(key), error.reason, error.repair))
    if errors:
        raise ScenarioErrors(errors)
    return prices
