"""What a fit of the starting state leaves as files: the states that stay, and what they miss of each baseline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from sim.measure.baselines import NO_EOFFICE, band, spread
from sim.report.formatting import share_text
from sim.report.words import term
from sim.results.atomic_files import FileWriteError, plain_reason, write_text_atomic
from sim.results.csv_text import csv_text
from sim.results.words import Words
from sim.scenario.drawn import simulated
from sim.scenario.loading import LoadedScenario
from sim.scenario.sheet import columns
from sim.scenario.start_schema import Baseline
from sim.scenario.start_states import (
    DECIMALS,
    FITTED,
    IMPOSSIBLE,
    NOT_FITTED,
    SHARES,
    StartResidual,
    StartState,
    ranges_of,
)
from sim.studies.fitting import Fit


def residuals_path(path: Path) -> Path:
    """The table of residuals beside a table of fitted states."""
    return path.with_name(f"{path.stem}_residuals.csv")


class StartTables:
    """The two tables of a fit.

    Args:
        loaded: the scenario it was made for.
        fit: what remains of the candidates.
    """

    def __init__(self, loaded: LoadedScenario, fit: Fit) -> None:
        self._loaded = loaded
        self._fit = fit

    def write(self, path: Path) -> None:
        """Write the states to this file and the residuals beside it. Raises FileWriteError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileWriteError(path.parent, plain_reason(error)) from error
        write_text_atomic(path, csv_text(columns(StartState), self._state_rows()))
        header = columns(StartResidual)
        rows = [[_field(getattr(row, name)) for name in header] for row in self.residuals]
        write_text_atomic(residuals_path(path), csv_text(header, rows))

    def _state_rows(self) -> Iterator[list[int | str]]:
        ranges = ranges_of(simulated(self._loaded.scenario))
        for kept in sorted(self._fit.kept, key=lambda one: one.candidate.number):
            shares = [_digits(kept.candidate.state[name]) for name in SHARES]
            yield [self._loaded.scenario.run.seed, kept.candidate.number, ranges, *shares, _digits(kept.distance)]

    @cached_property
    def residuals(self) -> tuple[StartResidual, ...]:
        """What the fit leaves over of each baseline."""
        return tuple(self._residual(baseline) for baseline in self._loaded.scenario.baselines if baseline.fitted)

    def _residual(self, baseline: Baseline) -> StartResidual:
        values = [kept.candidate.values[baseline.id] for kept in self._fit.kept]
        counted = [value for value in values if value is not None]
        state = self._state(baseline)
        reason = Words("", "") if state == FITTED else self._reason(baseline)
        low, high = band(baseline)
        return StartResidual(
            baseline_id=baseline.id,
            measure=baseline.measure,
            scope=baseline.scope,
            reported=baseline.reported.value,
            low=low,
            high=high,
            **spread(baseline, counted),
            nearest=self._fit.nearest[baseline.id].values[baseline.id],
            state=state,
            reason_vi=reason.vi,
            reason_en=reason.en,
            n=len(counted),
            place="",
        )

    def _state(self, baseline: Baseline) -> str:
        if baseline.id in self._fit.impossible:
            return IMPOSSIBLE
        return NOT_FITTED if baseline.id in self._fit.beyond else FITTED

    def _reason(self, baseline: Baseline) -> Words:
        """Why a band is not reached: how near the nearest came, and what kept it from coming nearer."""
        nearest = self._fit.nearest[baseline.id]
        value = nearest.values[baseline.id]
        if value is None:
            return Words("quá ít văn bản để tính", "too few documents to count")
        said = Words(share_text(value, "vi"), share_text(value, "en"))
        if baseline.id in self._fit.impossible:
            vietnamese = f"không trạng thái đầu kỳ nào cho số này; gần nhất là {said.vi}"
            reason = Words(vietnamese, f"no starting state gives it; the nearest any gave is {said.en}")
        else:
            vietnamese = f"không trạng thái nào trong các khoảng đã nêu cho số này; gần nhất là {said.vi}"
            english = f"no starting state within the stated ranges gives it; the nearest is {said.en}"
            reason = Words(vietnamese, english)
        note = nearest.notes.get(baseline.id)
        if value < band(baseline)[0] and isinstance(note, list):
            kept_back = _obstacle_words(str(note[0]), float(note[1]))
            reason = Words(f"{reason.vi}, ở đó {kept_back.vi}", f"{reason.en}, where {kept_back.en}")
        return reason


def _obstacle_words(name: str, share: float) -> Words:
    shares = Words(share_text(share, "vi"), share_text(share, "en"))
    if name == NO_EOFFICE:
        vietnamese = f"{shares.vi} số văn bản do cơ quan chưa có văn phòng điện tử xử lý"
        return Words(vietnamese, f"{shares.en} of these documents are handled by agencies without e-office")
    cause = Words(term("cause", name, "vi"), term("cause", name, "en"))
    return Words(f"{shares.vi} số lượt gửi vướng: {cause.vi}", f"{shares.en} of these deliveries meet: {cause.en}")


def _digits(value: float) -> str:
    return f"{value:.{DECIMALS}f}"


def _field(value: str | float | None) -> str | int | None:
    return _digits(value) if isinstance(value, float) else value
