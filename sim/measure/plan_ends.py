"""A plan's open ends: verdicts by alternative, money that changes nothing, agencies that were never served."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sim.measure.measured import Measured
from sim.measure.shared_draws import Chance, shared_draws
from sim.measure.targets import readings
from sim.measure.verdicts import band_of
from sim.policy.plan_lines import budget_of, parts_as_stated
from sim.policy.purchase_catalogue import purchasable
from sim.results.plan_tables import AlternativeRow, InertRow, UnservedRow
from sim.scenario.choices import CHOICES, OPEN, Choice
from sim.scenario.districts import agency_places
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target

UNSERVED_FACT = "unserved"
"""Single fact of a replication: agencies by kind of thing and what kept it from them, by `sim.measure.unit_money`."""


def alternative_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[AlternativeRow]:
    """For each choice that is open, and that came out more than one way: every target under each alternative."""
    rows: list[AlternativeRow] = []
    for choice in CHOICES:
        if choice.stated(loaded.scenario) != OPEN:
            continue
        taken = [int(one.parameters[choice.key]) for one in ordered if choice.key in one.parameters]
        if len(set(taken)) < 2 or len(taken) < len(ordered):
            continue
        for target in loaded.scenario.targets:
            for number in range(len(choice.alternatives)):
                mine = [one for one, way in zip(ordered, taken, strict=True) if way == number]
                rows += _of_alternative(loaded, choice, number, target, mine)
    return rows


def _of_alternative(
    loaded: LoadedScenario, choice: Choice, number: int, target: Target, mine: Sequence[Measured]
) -> Iterator[AlternativeRow]:
    title, required = title_of(choice.key), loaded.scenario.run.required_probability.value
    for reading in readings(target):
        outcomes = [found for one in mine if (found := one.outcome(target.id, reading.name)) is not None]
        if not outcomes:
            continue
        numbers = [one.replication for one in mine if one.outcome(target.id, reading.name) is not None]
        chance = Chance([outcome.reached for outcome in outcomes], shared_draws(loaded, mine[0].seed, numbers))
        band = band_of([outcome.value for outcome in outcomes if outcome.value is not None])
        low, high = chance.interval
        yield AlternativeRow(
            choice=choice.key,
            choice_vi=title.vi,
            choice_en=title.en,
            alternative=choice.alternatives[number],
            alternative_vi=choice.titles[number].vi,
            alternative_en=choice.titles[number].en,
            target_id=target.id,
            measure=reading.measure,
            reading=reading.name,
            median=band.median,
            p05=band.p05,
            p95=band.p95,
            p_reached=chance.p,
            p_low=low,
            p_high=high,
            n=chance.n,
            verdict=chance.verdict(required),
        )


def inert_rows(loaded: LoadedScenario) -> list[InertRow]:
    """The plan's money, options included, that buys what changes nothing, line by line."""
    amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
    titles = {}
    for line in budget_of(loaded):
        for purchase, part in parts_as_stated(loaded, line):
            if purchasable(purchase.kind).no_effect is not None:
                amounts[purchase.line_id, purchase.kind] += part * line.amount_million_vnd
                titles[purchase.line_id, purchase.kind] = purchase.title_vi, purchase.title_en
    rows = []
    for (line_id, kind), amount in sorted(amounts.items()):
        reason = purchasable(kind).no_effect
        if reason is not None and amount > 0.0:
            rows.append(InertRow(line_id, kind, *titles[line_id, kind], round(amount, 6), reason.vi, reason.en))
    return rows


def unserved_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> list[UnservedRow]:
    """Agencies that some replication leaves without what the plan buys for others, by kind and then as listed."""
    known = agency_places(loaded.agencies)
    listed = {agency_id: number for number, agency_id in enumerate(known)}
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in ordered:
        for kind, reasons in one.facts.get(UNSERVED_FACT, {}).items():
            for reason, agencies in reasons.items():
                for agency_id in agencies:
                    found[kind, agency_id][reason] += 1
    rows = []
    for (kind, agency_id), counted in sorted(found.items(), key=lambda item: (item[0][0], listed[item[0][1]])):
        title = purchasable(kind).title
        reason = min(counted, key=lambda name: (-counted[name], name))
        rows.append(
            UnservedRow(
                **asdict(known[agency_id]),
                kind=kind,
                kind_vi=title.vi,
                kind_en=title.en,
                unserved_share=counted.total() / len(ordered),
                reason=reason,
                n=len(ordered),
            )
        )
    return rows
