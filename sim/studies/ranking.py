"""Which case is best and how a joint gain divides: two more tables of a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from sim.measure.cells import spent_million_vnd
from sim.measure.comparison import ComparedCell, mean_interval, sharing_of, values_by_question
from sim.measure.measured import PLAN
from sim.measure.shared_draws import SharedDraws
from sim.results.comparison_tables import RANKING, SPLIT, OptionPart, RankedCase
from sim.results.table import FilledTable
from sim.studies.selection import ERROR, selected, variance_ratio
from sim.studies.shapley import Coalition, coalitions, shapley

INDIFFERENCE = 0.01
"""One percentage point: what a planner does not care about unless told otherwise."""
ALONE, TOGETHER = "option:", "options:"
_NOT_CHOSEN = "future:"
_LEAST_MONEY_MILLION_VND = 1.0

Values = Mapping[int, float]


def ranking_tables(
    cells: Sequence[ComparedCell], indifference: float
) -> tuple[FilledTable[RankedCase], FilledTable[OptionPart]]:
    """The best case for each target, and the gain of combined options divided where all combinations are there."""
    return RANKING.filled(list(_ranked(cells, indifference))), SPLIT.filled(list(_split(cells)))


def _ranked(cells: Sequence[ComparedCell], indifference: float) -> Iterator[RankedCase]:
    """The cases of each target, the chance of a wrong claim divided by the targets; a future is nobody's choice."""
    values = {cell.cell: values_by_question(cell) for cell in cells if not cell.cell.startswith(_NOT_CHOSEN)}
    sharing, targets = sharing_of(cells[0]), cells[0].loaded.scenario.targets
    error = ERROR / max(1, len(targets))  # what is said of all targets together is wrong no more often than of one
    for target in targets:
        question = target.id, PLAN
        of = {name: found[question] for name, found in values.items() if question in found}
        choice = selected(of, indifference, error, sharing)
        if choice is None:
            continue
        for rank, name in enumerate(choice.means, start=1):
            yield RankedCase(
                target_id=target.id,
                cell=name,
                rank=rank,
                mean=choice.means[name],
                is_best=name == choice.best,
                in_contention=name in choice.contenders,
                is_decided=choice.is_decided,
                indifference=indifference,
                more=choice.more,
                n=choice.futures,
                variance_ratio=None if name == cells[0].cell else variance_ratio(of[name], of.get(cells[0].cell, {})),
            )


def combined(cell: str) -> Coalition | None:
    """The options that a cell combines; None for a cell that is no combination of options."""
    if cell == "baseline":
        return frozenset()
    if cell.startswith(TOGETHER):
        return frozenset(cell.removeprefix(TOGETHER).split("+"))
    return frozenset([cell.removeprefix(ALONE)]) if cell.startswith(ALONE) else None


def _split(cells: Sequence[ComparedCell]) -> Iterator[OptionPart]:
    by_options = {chosen: cell for cell in cells if (chosen := combined(cell.cell)) is not None}
    options = [name for one in by_options if len(one) == 1 for name in one]
    if len(options) < 2 or any(one not in by_options for one in coalitions(options)):
        return
    spent = {one: {m.replication: spent_million_vnd(m) for m in cell.measured} for one, cell in by_options.items()}
    found = {one: values_by_question(cell) for one, cell in by_options.items()}
    sharing = sharing_of(cells[0])
    for target in cells[0].loaded.scenario.targets:
        worth = {one: questions.get((target.id, PLAN), {}) for one, questions in found.items()}
        common = sorted(set.intersection(*(set(of) for of in (*worth.values(), *spent.values()))))
        if len(common) >= 2:
            draws = sharing(common) if sharing else SharedDraws.none(len(common))
            yield from _parts(target.id, options, worth, spent, common, draws)


def _parts(
    target_id: str,
    options: Sequence[str],
    worth: Mapping[Coalition, Values],
    spent: Mapping[Coalition, Values],
    common: Sequence[int],
    draws: SharedDraws,
) -> Iterator[OptionPart]:
    parts = [shapley({one: of[r] for one, of in worth.items()}, options) for r in common]
    costs = [shapley({one: of[r] for one, of in spent.items()}, options) for r in common]
    everything, nothing = frozenset(options), Coalition()
    n = len(common)
    for option in options:
        gains = [each[option] for each in parts]
        part = fsum(gains) / n
        cost = fsum(each[option] for each in costs) / n
        alone = fsum(worth[frozenset([option])][r] - worth[nothing][r] for r in common) / n
        last = fsum(worth[everything][r] - worth[everything - {option}][r] for r in common) / n
        worth_it = part / (cost / 1000.0) if cost >= _LEAST_MONEY_MILLION_VND else None
        low, high = mean_interval(gains, worth=draws.worth(gains))
        yield OptionPart(target_id, option, part, low, high, alone, last, cost, worth_it, n)
