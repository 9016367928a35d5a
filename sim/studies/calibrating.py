"""`calibrate`: the draws of a run that agree with what was measured, kept for every later study to draw from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.engine.draws import luck_of
from sim.measure.learning import Learnt, learnt_of
from sim.model.simulate import unknowns
from sim.results.csv_text import csv_text
from sim.results.run_tables import PARAMETERS
from sim.results.update_tables import LEARNT, OBSERVED, UPDATED, USED, LearntRow
from sim.results.words import Words
from sim.scenario.agreeing_draws import WEIGHT_DIGITS, AgreeingDraw, prior_of
from sim.scenario.drawn import simulated
from sim.scenario.loading import LoadedScenario
from sim.scenario.measured_file import observed_file
from sim.scenario.own_files import already_there, write_new
from sim.scenario.places import PROVINCES, SCENARIOS, named_file
from sim.scenario.sheet import columns
from sim.studies.initial_state import path_of_table
from sim.studies.manifest import OpenedFolder
from sim.studies.opening import reopened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import write_codebook
from sim.studies.single_case import SingleCase
from sim.studies.updating import TakenIn, refuse_other, take_in

_FOLDER = "calibrated"


@dataclass(frozen=True)
class Calibration:
    """What a calibration found.

    Attributes:
        taken: the figures beside the draws, and the draws' weights.
        learnt: every unknown before and after, those that moved most first.
        kept: draws that have any weight.
        path: the table of draws.
    """

    taken: TakenIn
    learnt: tuple[LearntRow, ...]
    kept: int
    path: Path


def calibrate(
    run: OpenedFolder,
    observed: Path | None = None,
    out: Path | None = None,
    *,
    model_error: float | None = None,
    draws: int = 0,
) -> Calibration:
    """Keep the draws of a run by how well they agree with what was measured; writes two tables into its folder.

    Each replication of the run is one joint draw of all that is unknown, simulated with one luck of its own, so that
    its weight is an unbiased estimate of how likely the figures are under that draw (importance sampling from the
    stated ranges; Andrieu and Roberts 2009 for a likelihood that is itself simulated).

    Args:
        run: the folder of a run of the scenario as its ranges state it, best of many replications that ends soon
            after the last figure.
        observed: the file, as `sim.scenario.measured_file` reads it; None for the published figures of the scenario.
        out: a new CSV file for the draws; None for one named by the scenario.
        model_error: what the model itself may be off by in a share, either way, at 95 %: a model that is wrong in a
            way nobody drew agrees with a sharp figure by luck only (Kennedy and O'Hagan 2001).
        draws: of how many draws in all; those beyond the run's replications are of the money alone, without any
            document, which only figures allow that the money alone decides. 0 for the run's.

    Raises:
        InputRefusedError: as `update`; the run's scenario was itself calibrated or the program has changed since;
            no figure could be used.
        ScenarioErrors: the file of figures is wrong, all of it at once; the scenario is no longer where it was; the
            file to be written is there already.
        JournalDamagedError: a replication is not what was written.
        FileWriteError: the disk refuses.
    """
    refuse_other(run)
    study = reopened(run)
    if not isinstance(study, SingleCase):
        raise TypeError(f"a run's folder holds {type(study).__name__}")
    loaded = study.case.loaded
    if loaded.agreeing_draws:
        raise InputRefusedError(
            Words(
                f"{run.shown}: đã rút từ một lần hiệu chỉnh; chạy lại với --prior rồi hiệu chỉnh",
                f"{run.shown}: was itself drawn from a calibration; run it with --prior, then calibrate",
            )
        )
    source = out or named_file(run.spec.scenario, PROVINCES, SCENARIOS)
    path = path_of_table(out, source.resolve(), _FOLDER, loaded.slug)
    if path.exists():
        raise already_there(path)
    file = observed or observed_file(str(run.manifest["scenario"]))
    if file is None:
        scenario = run.manifest["scenario"]
        raise InputRefusedError(
            Words(
                f"chưa có số đã báo cáo nào của {scenario} trong scenarios/observations; ghi --observed TỆP",
                f"nothing reported of {scenario} is known in scenarios/observations; name a file with --observed FILE",
            )
        )
    taken = take_in(run, file, published=observed is None, model_error=model_error, draws=draws, loaded=loaded)
    if all(row.state != USED for row in taken.rows):
        raise InputRefusedError(
            Words(
                f"{file}: không số nào dùng được, nên không hiệu chỉnh được gì (xem bằng update)",
                f"{file}: no figure can be used, so that nothing can be calibrated (look with update)",
            )
        )
    learnt = tuple(_learnt_rows(run, taken, loaded))
    kept = list(_draws(taken, loaded))
    write_new(path, csv_text(columns(AgreeingDraw), kept))
    (run.folder.path / UPDATED.file).unlink(missing_ok=True)  # of other figures than those that now stand beside it
    run.folder.write_text(OBSERVED.file, OBSERVED.text(taken.rows))
    run.folder.write_text(LEARNT.file, LEARNT.text(learnt))
    write_codebook(run.folder)
    return Calibration(taken, learnt, len(kept), path)


def _draws(taken: TakenIn, loaded: LoadedScenario) -> Iterator[tuple[int, int, str, str]]:
    prior = prior_of(simulated(loaded.scenario), loaded.start_states)
    for number, weight in zip(taken.numbers, taken.weights.each, strict=True):
        written = f"{weight:.{WEIGHT_DIGITS}f}"
        if float(written):
            yield taken.measured[0].seed, number, written, prior


def _learnt_rows(run: OpenedFolder, taken: TakenIn, loaded: LoadedScenario) -> list[LearntRow]:
    stated = {row.key: row for row in PARAMETERS.read(run.folder.path)}
    measured, weights = taken.measured, taken.weights
    added = taken.numbers[len(measured) :]
    drawn = [
        *(one.parameters for one in measured),
        *(unknowns(loaded, luck_of(measured[0].seed, number))[0] for number in added),
    ]
    found: list[tuple[str, Learnt]] = []
    for key in set(drawn[0]).intersection(drawn[-1]):
        learnt = learnt_of([one[key] for one in drawn], weights)
        if learnt is not None and key in stated:
            found.append((key, learnt))
    found.sort(key=lambda one: (one[1].p_value, one[0]))
    return [
        LearntRow(
            key=key,
            title_vi=stated[key].title_vi or None,
            title_en=stated[key].title_en or None,
            unit=stated[key].unit,
            before_median=one.before.median,
            before_p05=one.before.p05,
            before_p95=one.before.p95,
            after_median=one.after.median,
            after_p05=one.after.p05,
            after_p95=one.after.p95,
            shift=one.shift,
            spread_left=one.spread_left,
            learnt=one.is_learnt(len(found)),
            n=len(drawn),
            effective=weights.effective,
        )
        for key, one in found
    ]
