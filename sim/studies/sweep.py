"""`sweep`: one scenario at many settings of a few keys; a curve for each key and target, and what matters most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import ceil, isfinite, nan

import numpy as np

from sim.measure.cells import BESIDE as BESIDE_MEASURES
from sim.measure.cells import CellRun, last_months, value_of
from sim.measure.measured import Measured
from sim.measure.targets import threshold_of
from sim.measure.verdicts import wilson_share
from sim.report.formatting import unit_kind
from sim.results.study_tables import (
    BESIDE,
    CELLS_FOR_A_CURVE,
    LEVELS,
    MAP,
    RESPONSE,
    SWINGS,
    BesideRow,
    CurvePoint,
    LevelRow,
    MapPoint,
    SwingRow,
)
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.studies.axes import Axis, axes_of
from sim.studies.case import Case, case_of, loaded_as_asked
from sim.studies.cell_means import Group, difference, groups_along, plateaus
from sim.studies.designs import Points, points_of, size_of
from sim.studies.folder import RunFolder
from sim.studies.parameter_study import ParameterStudy, refuse_bad_ends
from sim.studies.refusals import SpecRefusedError
from sim.studies.response import Point, Response, Swept, response_of
from sim.studies.spec import SweepSpec
from sim.studies.surface import CELLS_PER_TERM, shape_for

SWEPT = ("response", "swings", "levels", "map", "beside")
DEFAULT_SAMPLES = {"grid": 1, "lhs": 50, "sobol": 64, "morris": 10, "saltelli": 64}
MOST_CELLS = 20_000
PLACES = 21
MAP_PLACES = 11
CONFIRMED = 0.5
"""A fit that predicts less than this share of what differs between left-out cells is refuted by them: no curve."""


def sweep(spec: SweepSpec) -> ParameterStudy:
    """The sweep that a spec asks for.

    Raises:
        SpecRefusedError: no key is named, or there would be too many cells.
        ScenarioErrors: everything wrong with the scenario, the keys or their ends.
    """
    asked = loaded_as_asked(spec)
    return sweep_of(spec, case_of(asked, spec.seed, spec.engine), asked, refuse_ends=True)


def sweep_of(spec: SweepSpec, base: Case, asked: LoadedScenario, *, refuse_ends: bool = False) -> ParameterStudy:
    """The sweep of a case that is there already; raises as `sweep`."""
    axes = axes_of(spec.over, asked)
    if not axes:
        raise SpecRefusedError(Words("chưa nêu tham số nào: --over THAM_SỐ=thấp:cao", "name a key: --over KEY=lo:hi"))
    if refuse_ends:
        refuse_without_targets(asked)
        refuse_bad_ends(base, axes, spec)
    samples = spec.samples or DEFAULT_SAMPLES[spec.design]
    levels = [_levels(axis) for axis in axes]
    cells = size_of(spec.design, len(axes), samples, levels)
    if cells > MOST_CELLS:
        raise SpecRefusedError(Words(f"{cells} trường hợp, quá {MOST_CELLS}", f"{cells} cells, more than {MOST_CELLS}"))
    points = points_of(spec.design, len(axes), samples, levels, base.seed)
    if refuse_ends:
        _refuse_few(spec, points)
    return ParameterStudy(spec, base, asked, tuple(axes), points, samples, SWEPT, write_response)


def refuse_without_targets(asked: LoadedScenario) -> None:
    """Raises SpecRefusedError when no target is due in the period: cells are told apart by targets alone."""
    if not asked.scenario.targets:
        raise SpecRefusedError(
            Words(
                "không có chỉ tiêu nào đến hạn trong kỳ mô phỏng nên không có gì để đo; bỏ --until hoặc đặt muộn hơn",
                "no target is due within the period, so nothing can be measured; leave out --until or set it later",
            )
        )


def _refuse_few(spec: SweepSpec, points: Points) -> None:
    """Refuse a design that not even a straight line could be drawn through, and a grid of a single cell.

    A grid of two levels gives no curve, yet the values of its cells are an answer.

    Raises:
        SpecRefusedError: says how many cells, and so samples or levels, are needed.
    """
    if shape_for(points) is not None or (spec.design == "grid" and len(points) > 1):
        return
    keys, cells = points.shape[1], len(points)
    least = max(keys + 2, ceil(CELLS_PER_TERM * (keys + 1)))
    if spec.design == "grid":
        repair = Words("thêm mức: THAM_SỐ=thấp:cao:3", "give more levels: KEY=lo:hi:3")
    else:
        samples = {"morris": 2, "saltelli": 2}.get(spec.design, least)
        repair = Words(f"dùng --samples {samples} trở lên", f"use --samples {samples} or more")
    raise SpecRefusedError(
        Words(
            f"quá ít trường hợp để biết các tham số làm thay đổi gì: có {cells}, cần ít nhất {least}; {repair.vi}",
            f"too few cells to tell what the keys change: {cells}, where {least} at least are needed; {repair.en}",
        )
    )


def swept_of(study: ParameterStudy, runs: Sequence[CellRun], target: Target) -> Swept:
    """A target's value, as the plan counts it, over all cells and replications."""
    bounds = (0.0, 1.0) if unit_kind(target.measure) == "share" else (0.0, np.inf)
    return _swept(study, runs, lambda measured: value_of(measured, target.id), bounds)


def _swept(
    study: ParameterStudy,
    runs: Sequence[CellRun],
    value_in: Callable[[Measured], float | None],
    bounds: tuple[float, float],
) -> Swept:
    numbers: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one in runs:
        value = None if one.measured is None else value_in(one.measured)
        numbers[one.replication][one.cell] = nan if value is None else value
    values = np.full((len(study.points), max(numbers, default=0) + 1), nan)
    for replication, cells in numbers.items():
        for cell, value in cells.items():
            values[cell, replication] = value
    draws = None if study.draws is None else study.draws[:, : values.shape[1]]
    return Swept(study.points, values, study.spec.luck == "common", bounds, draws)


def write_response(study: ParameterStudy, folder: RunFolder, runs: Sequence[CellRun]) -> None:
    """Write levels.csv, swings.csv, and where there are cells enough and they confirm a fit response.csv and map.csv.

    Raises:
        FileWriteError: the disk refuses.
    """
    curves: list[CurvePoint] = []
    swings: list[SwingRow] = []
    levels: list[LevelRow] = []
    maps: list[MapPoint] = []
    for target in study.case.loaded.scenario.targets:
        swept = swept_of(study, runs, target)
        response = response_of(swept)
        share = nan if response is None else response.predicted_share
        cells = int(np.isfinite(swept.values).any(axis=1).sum())
        enough = cells >= CELLS_FOR_A_CURVE * len(study.axes)
        curved = response if enough and share >= CONFIRMED else None
        for number, axis in enumerate(study.axes):
            groups = groups_along(swept, number, threshold_of(target))
            runs_of_levels = plateaus(swept, groups)
            levels += [_level(axis, *one, target) for one in zip(groups, runs_of_levels, strict=True)]
            if curved is not None:
                curves += _curve(axis, number, target, curved, cells)
                swings.append(_swing_of_curve(axis, number, target, swept, curved, cells))
            elif len(groups) > 1:
                swings.append(_swing_of_cells(axis, groups, target, swept, _known(share)))
        if curved is not None:
            for x, y in list(combinations(range(len(study.axes)), 2))[:1]:
                maps += _map(study, x, y, target, curved)
    beside = [row for measure in BESIDE_MEASURES for row in _beside(study, runs, measure)]
    filled_tables = (
        RESPONSE.filled(curves),
        SWINGS.filled(swings),
        LEVELS.filled(levels),
        MAP.filled(maps),
        BESIDE.filled(beside),
    )
    for filled in filled_tables:
        folder.write_text(filled.table.file, filled.text())


def _beside(study: ParameterStudy, runs: Sequence[CellRun], measure: str) -> Iterator[BesideRow]:
    """Along each key: a share of documents of the last months, or the money spent."""
    bounds = (0.0, 1.0) if unit_kind(measure) == "share" else (0.0, np.inf)
    swept = _swept(study, runs, lambda measured: last_months(measured, measure), bounds)
    for number, axis in enumerate(study.axes):
        groups = groups_along(swept, number, np.inf)
        for group in groups:
            change = difference(swept, groups[0], group)
            yield BesideRow(
                key=axis.key,
                value=axis.value(group.place),
                measure=measure,
                mean=round(group.level.mean, 12),
                mean_low=_known(group.level.low),
                mean_high=_known(group.level.high),
                change=_known(change.mean),
                change_low=_known(change.low),
                change_high=_known(change.high),
                simulations=group.simulations,
                cells=len(group.cells),
            )


def _swing_of_curve(axis: Axis, number: int, target: Target, swept: Swept, response: Response, cells: int) -> SwingRow:
    """Its interval goes no further than from bound to bound: no share rises by more than 100 points."""
    swing = response.swing(number)
    least, most = swept.bounds
    low, high = (float(np.clip(end, least - most, most - least)) for end in (swing.low, swing.high))
    return SwingRow(
        key=axis.key,
        role=_role(axis),
        low=axis.value(0.0),
        high=axis.value(1.0),
        target_id=target.id,
        basis="curve",
        at_low=round(response.at({number: 0.0}).mean, 12),
        at_high=round(response.at({number: 1.0}).mean, 12),
        swing=round(swing.mean, 12),
        swing_low=_known(low),
        swing_high=_known(high),
        cells=cells,
        predicted_share=_known(response.predicted_share),
    )


def _swing_of_cells(axis: Axis, groups: Sequence[Group], target: Target, swept: Swept, share: float | None) -> SwingRow:
    lower, upper = groups[0], groups[-1]
    moved = difference(swept, lower, upper)
    return SwingRow(
        key=axis.key,
        role=_role(axis),
        low=axis.value(lower.place),
        high=axis.value(upper.place),
        target_id=target.id,
        basis="cells",
        at_low=round(lower.level.mean, 12),
        at_high=round(upper.level.mean, 12),
        swing=round(moved.mean, 12),
        swing_low=_known(moved.low),
        swing_high=_known(moved.high),
        cells=len(lower.cells) + len(upper.cells),
        predicted_share=share,
    )


def _level(axis: Axis, group: Group, plateau: int, target: Target) -> LevelRow:
    return LevelRow(
        key=axis.key,
        value=axis.value(group.place),
        target_id=target.id,
        mean=round(group.level.mean, 12),
        mean_low=_known(group.level.low),
        mean_high=_known(group.level.high),
        reached=group.reached,
        simulations=group.simulations,
        cells=len(group.cells),
        plateau=plateau,
    )


def _role(axis: Axis) -> str:
    return "lever" if axis.is_lever else "unknown"


def _curve(axis: Axis, number: int, target: Target, response: Response, cells: int) -> list[CurvePoint]:
    places = _places(axis, PLACES)
    points = response.curve(number, places, threshold_of(target))
    return [
        _curve_point(axis.key, axis.value(place), target, point, cells, _known(response.predicted_share))
        for place, point in zip(places, points, strict=True)
    ]


def _curve_point(key: str, value: float, target: Target, point: Point, cells: int, share: float | None) -> CurvePoint:
    p_reached, p_low, p_high = _chance(point)
    return CurvePoint(
        key=key,
        value=value,
        target_id=target.id,
        mean=round(point.mean, 12),
        mean_low=_known(point.low),
        mean_high=_known(point.high),
        p05=_known(point.p05),
        p95=_known(point.p95),
        p_reached=p_reached,
        p_low=p_low,
        p_high=p_high,
        futures=point.of,
        cells=cells,
        predicted_share=share,
    )


def _chance(point: Point) -> tuple[float | None, float | None, float | None]:
    """P(reached) with Wilson's interval where futures were counted; None where it cannot be told."""
    if not isfinite(point.reached):
        return None, None, None
    if point.of == 0:
        return point.reached, None, None
    return (point.reached / point.of, *wilson_share(round(point.reached) / point.of, point.worth))


def _map(study: ParameterStudy, x: int, y: int, target: Target, response: Response) -> list[MapPoint]:
    across, along = study.axes[x], study.axes[y]
    rows: list[MapPoint] = []
    for at_x in _places(across, MAP_PLACES):
        for at_y in _places(along, MAP_PLACES):
            point = response.at({x: at_x, y: at_y}, threshold_of(target))
            place = across.key, across.value(at_x), along.key, along.value(at_y)
            rows.append(MapPoint(*place, target.id, point.mean, _chance(point)[0], point.of))
    return rows


def _places(axis: Axis, most: int) -> list[float]:
    """Where a curve is drawn: evenly, or at each whole number where there are few."""
    if axis.is_whole and axis.is_lever and axis.high - axis.low < most:
        return [axis.place(axis.low + step) for step in range(int(axis.high - axis.low) + 1)]
    return [step / (most - 1) for step in range(most)]


def _levels(axis: Axis) -> int:
    """Values of a key in a grid: no more than there are whole numbers."""
    return min(axis.levels, int(axis.high - axis.low) + 1) if axis.is_whole else axis.levels


def _known(value: float) -> float | None:
    return round(value, 12) if isfinite(value) else None
