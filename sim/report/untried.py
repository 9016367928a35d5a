"""Options of the catalogue that work on what stops the targets and were not tried: offered, nothing promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from math import inf

from sim.report.formatting import number_text
from sim.report.manifest import Offered
from sim.report.passage import numbers_of, targets_named
from sim.report.phrases import say
from sim.report.reasons import targets_by_reason
from sim.report.run_tables import RunTables
from sim.results.remedy_tables import ALL_TARGETS
from sim.results.words import Lang, Words

MOST_OFFERED = 3
_OFFERED = Words(
    "Phương án trong danh mục nhắm vào các nguyên nhân trên (chưa rõ kết quả): {options}.",
    "Options of the catalogue meant against these causes (effect not known): {options}.",
)
_AGAINST = Words("{option} – nguyên nhân {points}", "{option} – against {points}")
_FOR = Words("{option} – {named}", "{option} – {named}")
_COST = Words("{amount} triệu đồng", "{amount} million VND")
_PAID = Words("{cost} cho {what}", "{cost} for {what}")
_PAID_BESIDE = Words("{cost}, gồm cả {what}", "{cost}, {what} included")
_NO_COST = Words("không nêu khoản tiền nào", "no amount stated")


def untried_text(tables: RunTables, language: Lang, *, by_point: bool = False) -> str:
    """Which options say that they are meant against the main reasons, for each the cheapest first; empty for none.

    Where options were tried and one is better, nothing is offered that was not.

    Args:
        tables: of the run.
        language: of the text.
        by_point: each says against which numbered reason it is, where all of these stand above; else for which targets.
    """
    offered, reasons = _still_open(tables), targets_by_reason(tables)
    names = _chosen(offered, reasons)
    if not names:
        return ""
    options = []
    for name in names:
        met = [pair for reason in reasons if reason in offered[name].against for pair in reasons[reason]]
        said = _option(offered[name], language)
        if by_point:
            points = ", ".join(f"({k})" for k in sorted({k for k, _ in met}))
            options.append(say(_AGAINST, language, option=said, points=points))
        else:
            options.append(say(_FOR, language, option=said, named=_targets([one for _, one in met], tables, language)))
    return say(_OFFERED, language, options="; ".join(options))


def _still_open(tables: RunTables) -> Mapping[str, Offered]:
    """All options, or those for which there was no time yet while none is better."""
    offered, tried = tables.manifest.offered, [row for row in tables.remedies if row.target_id == ALL_TARGETS]
    if any(row.verdict == "better" for row in tried):
        return {}
    waiting = {row.option for row in tried if row.verdict == "not_tried"}
    return {name: one for name, one in offered.items() if name in waiting} if tried else offered


def _chosen(offered: Mapping[str, Offered], reasons: Iterable[str]) -> list[str]:
    """The cheapest against each reason, then the next of each, until there are enough."""
    cheapest = sorted(offered, key=lambda name: (offered[name].cost_million_vnd or inf, name))
    ranked = ([name for name in cheapest if reason in offered[name].against] for reason in reasons)
    in_turn = (name for names in zip_longest(*ranked) for name in names if name is not None)
    return list(dict.fromkeys(in_turn))[:MOST_OFFERED]


def _targets(target_ids: Sequence[str], tables: RunTables, language: Lang) -> str:
    numbers = numbers_of(tables.targets)
    return targets_named(sorted(set(target_ids), key=list(numbers).index), numbers, language)


def _option(one: Offered, language: Lang) -> str:
    """Its title and cost, with what of that is paid for beside the thing that the title names."""
    amount = one.cost_million_vnd
    cost = say(_COST, language, amount=number_text(amount, 0, language)) if amount else _NO_COST.text(language)
    if amount and one.paid_for is not None:
        words = _PAID_BESIDE if one.adds_to_plan else _PAID
        cost = say(words, language, cost=cost, what=one.paid_for.text(language))
    return f"{one.title.text(language)} ({cost})"
