"""Which uncertain parameters a target's value goes with, by rank; what could be chance is said to be so."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import erfc, exp, fsum, sqrt

from scipy.stats import rankdata

from sim.measure.measured import Measured
from sim.measure.shared_draws import SharedDraws, sharing_in
from sim.policy.plan_lines import budget_of
from sim.results.evidence_tables import InfluenceRow
from sim.scenario.arrivals import arrival_key, arrival_years
from sim.scenario.loading import LoadedScenario

MOST_KEYS = 8
"""Parameters listed for each target."""
FEWEST_REPLICATIONS = 5
"""Below this, orders coincide too easily to be worth a table."""
FEWEST_TO_JUDGE = 7
"""Below this, no order of so few is too rare to be chance once a hundred parameters are looked at.

So many replications must also differ from the commonest value, of the parameter as of the target: where they are fewer,
as with a cut in 3 of 20 and a share above zero in 3, the few coincide too easily.
"""
ERROR_CHANCE = 0.05
GIVEN_BY = {
    "business_registration_online_share": "dossiers.national.business_",
    "investment_certificate_online_share": "dossiers.national.investment_",
}
"""Beginning of the parameters that give a measure from outside: they are that measure, and explain nothing of it."""


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of their ranks."""
    found: list[float] = rankdata(values).tolist()
    return found


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Spearman's rank correlation; None when one of the two never varies."""
    return _correlation(ranks(xs), ranks(ys))


def _correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Of ranks that are given."""
    middle = (len(xs) + 1) / 2.0
    u = [rank - middle for rank in xs]
    v = [rank - middle for rank in ys]
    spread = fsum(a * a for a in u) * fsum(b * b for b in v)
    return fsum(a * b for a, b in zip(u, v, strict=True)) / sqrt(spread) if spread > 0.0 else None


def chance_of(correlation: float, n: float) -> float:
    """Chance that unrelated values of so many replications are correlated at least so much, either way.

    Edgeworth's series for Spearman's coefficient (Best and Roberts 1975, algorithm AS 89). Student's t, which is
    simpler, is too generous this far out in the tails: among 144 unrelated parameters and ten replications
    it finds one in 11 % of studies instead of 5 %.
    """
    x = abs(correlation) * sqrt(n - 1.0)
    b, y = 1.0 / n, x * x
    high = 0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))
    series = 0.2274 + b * (0.2531 + 0.1745 * b) + y * (-0.0758 + b * (0.1033 + 0.3932 * b) - y * b * high)
    return min(1.0, max(0.0, erfc(x / sqrt(2.0)) + 2.0 * x * b * series * exp(-y / 2.0)))


def is_noticeable(correlation: float, n: float, tested: int) -> bool:
    """Whether it stands out although the largest of so many correlations is looked at (Bonferroni, 5 % in all).

    Args:
        correlation: by rank.
        n: independent replications that it is from.
        tested: correlations looked at.
    """
    return n >= FEWEST_TO_JUDGE and chance_of(correlation, n) <= ERROR_CHANCE / tested


def differing(values: Sequence[float]) -> int:
    """How many values are not the commonest one."""
    return len(values) - max(Counter(values).values(), default=0)


def influence_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[InfluenceRow]:
    """The strongest correlations of each target's value, as the plan counts it, over the replications.

    An unknown is the same in all replications of one draw of a calibration, so that these count, as for a mean, for as
    many as the target's own likeness there makes them worth.
    """
    rows: list[InfluenceRow] = []
    paid = {(line.source, line.year) for line in budget_of(loaded) if line.amount_million_vnd > 0.0}
    idle = {arrival_key(*money) for money in arrival_years(loaded.scenario) if money not in paid}
    sharing = sharing_in(loaded, measured[0].seed) if measured else None
    for target in loaded.scenario.targets:
        known = [(one, value) for one in measured if (value := _value(one, target.id)) is not None]
        if len(known) < FEWEST_REPLICATIONS:
            continue
        values = [value for _, value in known]
        shared = sharing([one.replication for one, _ in known]) if sharing else SharedDraws.none(len(known))
        worth = shared.worth(ranks(values))
        given = GIVEN_BY.get(target.measure)
        found = correlations([_others(one.parameters, given, idle) for one, _ in known], values)
        strongest = sorted(found, key=lambda key: (-abs(found[key]), key))[:MOST_KEYS]
        rows += [
            InfluenceRow(
                target_id=target.id,
                key=key,
                rank_correlation=found[key],
                noticeable=is_noticeable(found[key], worth, len(found))
                and min(differing(values), differing([one.parameters[key] for one, _ in known])) >= FEWEST_TO_JUDGE,
                n=len(known),
            )
            for key in strongest
        ]
    return rows


def _value(one: Measured, target_id: str) -> float | None:
    outcome = one.outcome(target_id)
    return outcome.value if outcome else None


def _others(parameters: Mapping[str, float], given: str | None, idle: Collection[str]) -> Mapping[str, float]:
    """Parameters without those that are the target itself, and without the `idle` ones, on which nothing hangs.

    Of a source without money in a year nothing can come or be cut.
    """
    return {k: v for k, v in parameters.items() if k not in idle and not (given and k.startswith(given))}


def correlations(parameters: Sequence[Mapping[str, float]], values: Sequence[float]) -> dict[str, float]:
    """Rank correlation of the values with each parameter, by its key; those that never vary are left out."""
    keys = sorted(parameters[0])
    if not keys:
        return {}
    of_keys = rankdata([[one[key] for one in parameters] for key in keys], axis=1).tolist()
    of_values = ranks(values)
    found = {key: _correlation(mine, of_values) for key, mine in zip(keys, of_keys, strict=True)}
    return {key: correlation for key, correlation in found.items() if correlation is not None}
