"""What pairs allow to be said of options: by theory where it tells, and honest where pairs are few."""

from __future__ import annotations

import random
from math import sqrt
from statistics import NormalDist, fmean, stdev

import pytest
from scipy.stats import t, ttest_1samp

from sim.studies.league import Points, judged, tie_groups
from sim.studies.remedies import sizes_up_to


def points(*values: float) -> Points:
    return dict(enumerate(values))


def noisy(mean: float, spread: float, pairs: int, seed: int) -> Points:
    """Pairs with exactly this mean and this standard deviation."""
    draws = [NormalDist().inv_cdf(random.Random(f"{seed} {pair}").random()) for pair in range(pairs)]
    centre, deviation = fmean(draws), stdev(draws)
    return points(*(mean + spread * (draw - centre) / deviation for draw in draws))


def test_two_pairs_say_nothing_of_forty_options() -> None:
    found = judged({f"option{at}": noisy(5.0, 1.0, 2, at) for at in range(40)})
    assert {gain.verdict for gain in found.values()} == {"unknown"}
    assert all(gain.more is None or gain.more > 0 for gain in found.values())
    assert tie_groups({f"option{at}": noisy(at, 1.0, 2, at) for at in range(40)}).keys() == found.keys()
    assert set(tie_groups({f"option{at}": noisy(at, 1.0, 2, at) for at in range(40)}).values()) == {1}


def test_alike_pairs_are_not_taken_for_certainty() -> None:
    """Two futures that both gain exactly 3: the t test would be sure of it."""
    few = judged({"a": points(3.0, 3.0), "b": points(0.0, 0.0)})
    assert (few["a"].verdict, few["a"].low, few["a"].high) == ("unknown", None, None)
    assert few["a"].more == 5, "2^(1 - 7) is the first below 5 % shared by two options"
    many = judged({"a": points(*[3.0] * 7), "b": points(*[0.0] * 7)})
    assert many["a"].verdict == "better"


def test_rounding_is_no_difference() -> None:
    assert judged({"a": points(1e-13, -2e-13, 0.0)})["a"].verdict == "unchanged"
    assert judged({"a": points(3.0, 3.0 + 1e-12)})["a"].low is None


def test_the_interval_and_the_verdict_are_those_of_the_paired_t_test() -> None:
    of = noisy(2.0, 1.5, 9, 7)
    gain = judged({"a": of, "same": points(*[0.0] * 9)}, error=0.05)["a"]
    theirs = ttest_1samp(list(of.values()), 0.0)
    assert gain.verdict == ("better" if theirs.pvalue <= 0.05 / 2 else "unknown")
    low, high = theirs.confidence_interval(0.95)
    assert (gain.low, gain.high) == pytest.approx((low, high))


def test_what_is_small_is_called_small_only_where_all_options_together_may() -> None:
    spread, options = 0.5, 20
    needed = next(n for n in range(2, 100) if t.ppf(1.0 - 0.05 / options / 2.0, n - 1) * spread / sqrt(n) <= 1.0)
    many = {f"option{at}": noisy(0.0, spread, needed, at) for at in range(options)}
    assert {gain.verdict for gain in judged(many).values()} == {"no_difference"}
    few = {f"option{at}": noisy(0.0, spread, needed - 1, at) for at in range(options)}
    assert {gain.verdict for gain in judged(few).values()} == {"unknown"}


def test_as_many_more_as_it_says_do_tell() -> None:
    """Pairs that spread alike, so many of them: the verdict is there; with one fewer it is not yet."""
    gain = judged({"a": points(0.0, 4.0) | points(0.0, 4.0, 1.0, 3.0)})["a"]
    assert gain.verdict == "unknown"
    assert gain.more is not None
    mean, spread = 2.0, sqrt((4.0 + 4.0 + 1.0 + 1.0) / 3.0)
    for more, tells in ((gain.more, True), (gain.more - 1, False)):
        n = 4 + more
        assert (t.ppf(0.975, n - 1) * spread / sqrt(n) <= mean) == tells


@pytest.mark.parametrize("error", [0.05])
def test_of_options_that_do_nothing_at_most_so_many_are_called_better(error: float) -> None:
    studies, wrong = 100, 0
    for study in range(studies):
        noise = {
            f"option{at}": points(
                *(NormalDist().inv_cdf(random.Random(f"{study} {at} {pair}").random()) for pair in range(5))
            )
            for at in range(8)
        }
        wrong += any(gain.verdict in ("better", "worse") for gain in judged(noise, error).values())
    assert wrong <= studies * error + 4.0 * sqrt(studies * error)


def test_ties_are_ties_and_what_is_clearly_below_is_not() -> None:
    strong, close, weak, nothing = (
        noisy(9.0, 0.5, 8, 1),
        noisy(8.9, 0.5, 8, 2),
        noisy(1.0, 0.5, 8, 3),
        points(*[0.0] * 8),
    )
    groups = tie_groups({"weak": weak, "close": close, "nothing": nothing, "strong": strong})
    assert groups == {"strong": 1, "close": 1, "weak": 2}


def test_options_are_compared_on_the_futures_that_both_met() -> None:
    """The second has met only hard futures; on these it gives more."""
    easy_and_hard = {pair: (20.0 if pair < 4 else 1.0 + 0.01 * pair) for pair in range(8)}
    hard_only = {pair: 3.0 + 0.02 * pair for pair in range(4, 8)}
    assert tie_groups({"both": easy_and_hard, "hard": hard_only}) == {"hard": 1, "both": 2}


@pytest.mark.parametrize(
    ("most", "sizes"), [(1, [1]), (2, [2]), (3, [2, 3]), (20, [2, 4, 8, 16, 20]), (64, [2, 4, 8, 16, 32, 64])]
)
def test_pairs_double_until_all_that_there_are(most: int, sizes: list[int]) -> None:
    assert sizes_up_to(most) == sizes
