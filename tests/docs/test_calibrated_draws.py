"""The shipped calibrations are of the scenarios and of the model as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibrated_draws import CALIBRATED, DRAWS, MODEL_ERROR, SEED, uncalibrated, weights

from sim.scenario.agreeing_draws import equal_draws, prior_of
from sim.scenario.drawn import simulated
from sim.scenario.loading import load


@pytest.mark.parametrize("path", sorted(CALIBRATED.glob("*.csv")), ids=lambda path: path.stem)
def test_a_shipped_calibration_is_of_the_ranges_and_the_model_of_today(path: Path) -> None:
    """Else `.venv/bin/python tests/docs/calibrated_draws.py` weighs it again."""
    loaded = load(path.stem)
    draws = loaded.agreeing_draws
    assert {(one.seed, one.prior) for one in draws} == {
        (SEED, prior_of(simulated(loaded.scenario), loaded.start_states))
    }
    some = sorted(draws, key=lambda one: one.weight)[len(draws) // 2 :: len(draws) // 40]
    total = sum(one.weight for one in some)
    found = weights(uncalibrated(path), [one.replication for one in some])
    assert [one.weight / total for one in some] == pytest.approx(found, abs=1e-5)
    said = (CALIBRATED / "README.md").read_text(encoding="utf-8")
    assert f"{100 * MODEL_ERROR:.0f} points either way" in said
    assert f"worth | {equal_draws(draws):.1f} equal draws; {len(draws):,} rows" in said
    assert max(one.replication for one in draws) < DRAWS
