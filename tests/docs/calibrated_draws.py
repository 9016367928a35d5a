"""Weighs the draws of `scenarios/calibrated/` again by the model and the ranges of today, as `calibrate --draws` does.

`python tests/docs/calibrated_draws.py` takes a minute. It simulates no whole replication: that the money alone decides
the figure is what `tests/policy/test_money_alone.py` tests, and what `calibrate` checks in those it is given.
"""

from __future__ import annotations

import math
from pathlib import Path

from pages import ROOT

from sim.measure.eoffice_alone import TOLD, told_alone
from sim.measure.weighing import weights_of
from sim.results.csv_text import csv_text
from sim.scenario.agreeing_draws import WEIGHT_DIGITS, AgreeingDraw, prior_of
from sim.scenario.drawn import simulated
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.measured_file import CALIBRATION, MeasuredFigure, measured_figures, observed_file
from sim.scenario.sheet import columns

CALIBRATED = ROOT / "scenarios" / "calibrated"
SEED = 20170317
DRAWS = 3000
MODEL_ERROR = 0.15
"""What the model may be off by in a share at 95 %, either way; the folder's README says on what grounds."""


def figure_of(loaded: LoadedScenario) -> MeasuredFigure:
    """The figure that a shipped calibration rests on."""
    file = observed_file(loaded.slug)
    if file is None:
        raise ValueError(f"{loaded.slug}: nothing reported is known")
    horizon = loaded.scenario.horizon
    told = {(TOLD, "tier:commune", "reported"): "share"}
    (figure,) = measured_figures(file, told, (horizon.start, horizon.end), [], published=True)
    if figure.feeds != CALIBRATION:
        raise ValueError(f"{figure.place}: not kept for a calibration")
    return figure


def uncalibrated(path: Path) -> LoadedScenario:
    """The scenario of a table, as its ranges state it."""
    return load(path.stem, sets=('calibration.draws=""',))


def weights(loaded: LoadedScenario, numbers: list[int]) -> tuple[float, ...]:
    """How well draws of the shipped seed agree with the figure, by number; they add up to 1."""
    figure = figure_of(loaded)
    said = told_alone(loaded, SEED, numbers, [(figure.date, figure.scope)])[0]
    error = math.hypot(figure.error, MODEL_ERROR)
    return weights_of([(said, figure.value - figure.optimism, error)], len(numbers)).each


def write(path: Path) -> None:
    loaded = uncalibrated(path)
    prior = prior_of(simulated(loaded.scenario), loaded.start_states)
    each = [f"{weight:.{WEIGHT_DIGITS}f}" for weight in weights(loaded, list(range(DRAWS)))]
    rows = [(SEED, number, weight, prior) for number, weight in enumerate(each) if float(weight)]
    path.write_text(csv_text(columns(AgreeingDraw), rows), encoding="utf-8")


if __name__ == "__main__":
    for table in sorted(CALIBRATED.glob("*.csv")):
        write(table)
