"""Each reported figure foretold from the other ones: what a run knows once it has taken in all but one of them.

A figure that the replications are weighed by tests nothing any more. Weighed by all the others, they still foretell the
one left out, so that a province with several figures can be calibrated and put to the test by the same ones
(leave-one-out cross-validation, Stone 1974).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from sim.measure.hindcasts import simulated_on
from sim.measure.measured import Measured
from sim.measure.scoring import weighed_reports
from sim.measure.shared_draws import SharedDraws
from sim.measure.verdicts import NO_BAND, Band
from sim.measure.weighing import TOO_FEW, Weights, alike, is_met, weighted_band, weights_of
from sim.results.hindcast_tables import INSIDE, NO_OTHER, OUTSIDE, TOO_FEW_AGREE, LeftOutRow
from sim.scenario.measured_file import SHARE, MeasuredFigure


@dataclass(frozen=True)
class ForetoldFigure:
    """A figure, what each replication says of it, and what figure and model together may be off by at 95 %."""

    figure: MeasuredFigure
    values: Sequence[float | None]
    error: float

    @property
    def true_value(self) -> float:
        """The figure without what a self-report adds."""
        return self.figure.value - self.figure.optimism

    def band(self, weights: Weights) -> Band:
        """Of what would be reported."""
        is_share = self.figure.unit == SHARE
        values, each = weighed_reports(self.values, weights.each, self.figure.optimism, self.error, is_share=is_share)
        return weighted_band(values, each)


def left_out_rows(
    figures: Sequence[MeasuredFigure], measured: Sequence[Measured], shared: SharedDraws, model_error: float = 0.0
) -> tuple[LeftOutRow, ...]:
    """Each figure that may be scored beside the replications as the others weigh them, in the order of their days.

    A figure that no replication comes near weighs nothing, as in `update`.

    Args:
        figures: of the run's province; those that a number of ours rests on are passed over.
        measured: the replications.
        shared: which of them have their unknowns from the same row of a calibration.
        model_error: what the model itself may be off by in a share, either way, at 95 %; added to each share's error.

    Returns:
        A row a figure; of one alone, what the replications say by themselves.
    """
    told = [_told(one, measured, model_error) for one in figures if not one.feeds]
    told = sorted(
        (one for one in told if any(value is not None for value in one.values)),
        key=lambda one: (one.figure.date, one.figure.measure, one.figure.scope, one.figure.version),
    )
    return tuple(left_out_row(one, [other for other in told if other is not one], shared) for one in told)


def _told(figure: MeasuredFigure, measured: Sequence[Measured], model_error: float) -> ForetoldFigure:
    _, values = simulated_on(figure.date, (figure.measure, figure.scope, figure.version), measured)
    return ForetoldFigure(figure, values, figure.error_with(model_error))


def left_out_row(one: ForetoldFigure, others: Sequence[ForetoldFigure], shared: SharedDraws) -> LeftOutRow:
    """One figure beside the replications, as they are and as the other figures weigh them.

    Args:
        one: the figure left out.
        others: those that weigh.
        shared: which replications have their unknowns from the same row of a calibration.
    """
    used = [other for other in others if is_met(other.values, other.true_value, other.error)]
    weights = weights_of([(other.values, other.true_value, other.error) for other in used], len(one.values))
    said = [at for at, value in enumerate(one.values) if value is not None]
    mine = [weights.each[at] for at in said]
    effective, before, after = 0.0, one.band(alike(len(one.values))), NO_BAND
    if (total := fsum(mine)) > 0.0:
        of_those = Weights(tuple(weight / total for weight in mine))
        shared = shared.of(said)
        effective = shared.draws_worth(of_those.each) if shared.is_any else of_those.effective
        after = one.band(weights)
    value = one.figure.value
    return LeftOutRow(
        measured_on=one.figure.date,
        measure=one.figure.measure,
        scope=one.figure.scope,
        version=one.figure.version,
        unit=one.figure.unit,
        value=value,
        others=len(used),
        before_median=before.median,
        before_p05=before.p05,
        before_p95=before.p95,
        median=after.median,
        p05=after.p05,
        p95=after.p95,
        effective=effective,
        n=len(said),
        before_state=_state(before, value),
        state=NO_OTHER if not used else TOO_FEW_AGREE if effective < TOO_FEW else _state(after, value),
    )


def _state(band: Band, value: float) -> str:
    low, high = band.p05, band.p95
    return INSIDE if low is not None and high is not None and low <= value <= high else OUTSIDE
