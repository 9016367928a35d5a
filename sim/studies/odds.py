"""How often a limit is reached over a box of levers: logistic regression on which cells reached it."""

from __future__ import annotations

import numpy as np

from sim.studies.surface import Values

_PRIOR_SPREAD = 2.5
"""Weakly informative: a lever is not taken to change the odds more than some hundredfold unless the cells say so
(Gelman, Jakulin, Pittau and Su, Annals of Applied Statistics 2, 2008, with a normal for their Cauchy law)."""
_STEPS = 50


def odds_weights(terms: Values, reached: Values) -> Values | None:
    """Weights of the log odds, whose mean chance over the cells is the share that reached; None if all or none did.

    Args:
        terms: [cell, term], the first of them constant.
        reached: [cell] 1 where the limit was reached, else 0.
    """
    share = float(reached.mean())
    if share in (0.0, 1.0):
        return None
    precision = np.full(terms.shape[1], _PRIOR_SPREAD**-2)
    precision[0] = 0.0
    weights = np.zeros(terms.shape[1])
    weights[0] = np.log(share / (1.0 - share))
    for _ in range(_STEPS):
        chances = chances_at(terms, weights)
        slope = terms.T @ (reached - chances) - precision * weights
        bend = (terms * (chances * (1.0 - chances))[:, None]).T @ terms + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-10:
            break
    return weights


def chances_at(terms: Values, weights: Values) -> Values:
    """Chance of reaching the limit at rows of terms."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(terms @ weights, -500.0, 500.0))))
