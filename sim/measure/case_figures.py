"""What options are bought for: targets, delivery hours, late dossiers, overloaded posts, each judged against today.

The figures are those of the last twelve months simulated, so that what an option changes has had time to act. Each
case met the same luck as the baseline; a difference is taken replication by replication and then judged in one of four
words: better, worse, the same within what nobody minds, or not yet known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, Literal

from sim.exchange.codes import CHANNELS
from sim.measure.comparison import ComparedCell, Difference, compared, sharing_of
from sim.measure.delays import is_more_than
from sim.measure.dossier_years import INTAKE_TIERS, added, share_of
from sim.measure.flows import EXCHANGE
from sim.measure.measured import PLAN, Measured
from sim.results.comparison_tables import FEWEST_PAIRS, LATE_SHARE, NOT_ELECTRONIC_SHARE, WAITING_SHARE, CaseFigureRow

if TYPE_CHECKING:
    import pandas as pd

Judgement = Literal["better", "worse", "same", "unchanged", "unknown"]
MONTHS = 12
_A_POINT = 0.01
_OUTSIDE_HOURS = "office_closed"
_SHARES_OF = {"waiting": WAITING_SHARE, "not_electronic": NOT_ELECTRONIC_SHARE, "late_dossiers": LATE_SHARE}

Key = tuple[str, str]
"""measure, scope"""
Figures = Mapping[Key, float]


@dataclass(frozen=True)
class Figure:
    """One kind of figure, and what a difference in it is worth.

    Attributes:
        unit: of its values.
        more_is_better: which way an office wants it to go.
        minded: the smallest difference that anybody minds, in its unit, as `of_baseline` says.
        of_baseline: whether `minded` is a share of the baseline's own value.
    """

    unit: str
    more_is_better: bool
    minded: float
    of_baseline: bool = False


FIGURES: Mapping[str, Figure] = {
    "targets_reached": Figure("targets", True, 0.5),
    EXCHANGE[0]: Figure("share", True, _A_POINT),
    "delivery_hours_median": Figure("hours", False, 0.05, of_baseline=True),
    "delivery_hours_p95": Figure("hours", False, 0.05, of_baseline=True),
    "dossier_late_share": Figure("share", False, _A_POINT),
    "overloaded_posts": Figure("posts", False, 1.0),
    "datacentre_availability": Figure("share", True, 0.001),
    "eoffice_task_failed_share": Figure("share", False, _A_POINT),
    "paper_pages": Figure("pages", False, 0.05, of_baseline=True),
    "spent_million_vnd": Figure("million_vnd", False, 1.0),
    **{name: Figure("share", False, _A_POINT) for name in _SHARES_OF.values()},
}
"""What a case is judged by. What nobody minds is assumed: one point of a share, a twentieth of hours and pages, one
post, half a target, nine hours a year of a data centre (a thousandth)."""


@dataclass(frozen=True)
class CaseFigures:
    """The figures of one replication, and which delays are longer than could be seen."""

    replication: int
    values: Figures
    longer: frozenset[Key]


def case_figures(one: Measured) -> CaseFigures:
    """All figures of one replication; one that nothing is known of is left out."""
    values: dict[Key, float] = {}
    longer: set[Key] = set()
    for key, months in _last_months(one.series):
        values[key] = fsum(months) if key[0] == "paper_pages" else fsum(months) / len(months)
        if FIGURES[key[0]].unit == "hours" and any(map(is_more_than, months)):
            longer.add(key)
    reached = [row.reached for row in one.targets if row.reading == PLAN and row.reached is not None]
    if reached:
        values["targets_reached", "all"] = float(sum(reached))
    values["spent_million_vnd", "all"] = fsum(account.spent for account in one.spending)
    last_year = max((row.year for row in one.causes), default=None)
    if last_year is not None:
        saturated = one.facts.get("saturated", ())
        values["overloaded_posts", "all"] = float(sum(year == last_year for year, *_ in saturated))
        values |= cause_shares(one, last_year)
        late = share_of(counts, "real_late_share") if (counts := added(one, str(last_year), INTAKE_TIERS)) else None
        if late is not None:
            values["dossier_late_share", "all"] = late
    return CaseFigures(one.replication, values, frozenset(longer))


def _last_months(series: pd.DataFrame) -> Iterator[tuple[Key, list[float]]]:
    """The true values of the last twelve months of each figure that the months have."""
    scopes = {"all", *(f"channel:{name}" for name in CHANNELS)}
    wanted = series["measure"].isin(FIGURES) & series["scope"].isin(scopes) & (series["version"] == "true")
    found = series[wanted & (series["date"] != series["date"].min())]
    for (measure, scope), months in found.groupby(["measure", "scope"], sort=False):
        last = months.sort_values("date").tail(MONTHS)["value"].dropna()
        if measure != "spent_million_vnd" and len(last):
            yield (str(measure), str(scope)), last.tolist()


def cause_shares(one: Measured, year: int) -> dict[Key, float]:
    """What each cause is of the hours waited while offices are open, and of what is not electronic, or late."""
    amounts: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in one.causes:
        if row.year == year and row.group in _SHARES_OF and row.cause != _OUTSIDE_HOURS:
            amounts[row.group][row.cause] = row.value
    return {
        (_SHARES_OF[group], f"cause:{cause}"): value / whole
        for group, found in amounts.items()
        if (whole := fsum(found.values()))
        for cause, value in found.items()
    }


def case_figure_rows(
    cells: Sequence[ComparedCell], figures: Mapping[str, Sequence[CaseFigures]], zone: float
) -> list[CaseFigureRow]:
    """Each figure of each case, with how much more it is than in the baseline, judged.

    Args:
        cells: the cases, the baseline first.
        figures: of the replications of each case, by its name.
        zone: the difference in a share that nobody minds.
    """
    values = {name: _by_key(found) for name, found in figures.items()}
    baseline, sharing = values[cells[0].cell], sharing_of(cells[0])
    asked = {(cell.cell, key): found for cell in cells[1:] for key, found in values[cell.cell].items()}
    shares = {key for _, key in asked if FIGURES[key[0]].unit == "share"}
    differences = compared(asked, baseline, shares, sharing)
    rows: list[CaseFigureRow] = []
    for cell in cells:
        longer = frozenset().union(*(one.longer for one in figures[cell.cell]))
        for key in sorted(values[cell.cell], key=lambda key: list(FIGURES).index(key[0])):
            mine, minded = values[cell.cell][key], _minded(FIGURES[key[0]], baseline.get(key, {}), zone)
            row = _row(cell, key, mine, minded, is_longer=key in longer)
            if found := differences.get((cell.cell, key)):
                row = _with_difference(row, found.difference, stands_out=bool(found.stands_out))
                row = replace(row, **found.pairs.columns) if found.pairs else row
            rows.append(row)
    return rows


def _by_key(found: Sequence[CaseFigures]) -> dict[Key, dict[int, float]]:
    by_key: defaultdict[Key, dict[int, float]] = defaultdict(dict)
    for one in found:
        for key, value in one.values.items():
            by_key[key][one.replication] = value
    return dict(by_key)


def _row(cell: ComparedCell, key: Key, values: Mapping[int, float], minded: float, *, is_longer: bool) -> CaseFigureRow:
    """A figure by itself, as the baseline has it."""
    return CaseFigureRow(
        cell=cell.cell,
        title_vi=cell.title_vi,
        title_en=cell.title_en,
        measure=key[0],
        scope=key[1],
        unit=FIGURES[key[0]].unit,
        mean=fsum(values.values()) / len(values),
        longer=is_longer,
        difference_mean=None,
        difference_low=None,
        difference_high=None,
        minded=minded,
        judgement=None,
        n=len(values),
    )


def _with_difference(row: CaseFigureRow, difference: Difference, *, stands_out: bool) -> CaseFigureRow:
    more_is_better = FIGURES[row.measure].more_is_better
    return replace(
        row,
        difference_mean=difference.mean,
        difference_low=difference.low,
        difference_high=difference.high,
        judgement=judged(difference, row.minded, row.n, more_is_better=more_is_better, stands_out=stands_out),
    )


def _minded(figure: Figure, baseline: Mapping[int, float], zone: float) -> float:
    if figure.of_baseline:
        return figure.minded * (fsum(baseline.values()) / len(baseline) if baseline else 0.0)
    return zone if (figure.unit, figure.minded) == ("share", _A_POINT) else figure.minded


def judged(difference: Difference, minded: float, pairs: int, *, more_is_better: bool, stands_out: bool) -> Judgement:
    """One word for a difference.

    `unchanged` where no pair differs; `better` or `worse` where the difference stands out among the cases compared and
    is more than nobody minds; `same` where its whole interval lies within what nobody minds; `unknown` otherwise. Of
    fewer than four pairs nothing else is claimed.

    Args:
        difference: paired, with its interval.
        minded: the smallest difference that anybody minds.
        pairs: how many it rests on.
        more_is_better: which way an office wants it to go.
        stands_out: whether it is significant with several cases compared.
    """
    if difference.mean is None or pairs < 2:
        return "unknown"
    if difference.low == difference.high == 0.0:
        return "unchanged"
    if pairs < FEWEST_PAIRS:
        return "unknown"
    if stands_out and abs(difference.mean) >= minded:
        return "better" if (difference.mean > 0) == more_is_better else "worse"
    if difference.low is None or difference.high is None:
        return "unknown"
    return "same" if -minded <= difference.low and difference.high <= minded else "unknown"
