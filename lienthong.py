"""The notebook's door: the same studies, folders and results as the command line, as objects and pandas DataFrames.

    import lienthong as lt

    plan = lt.load("binh_dinh_2016_2020", options=["monthly_ranking"], set={"network.poll_interval": "5 min"})
    run = lt.run(plan, replications=20, workers=2)
    run.targets                                  # a DataFrame; so are run.series, run.causes, run.spending ...

What is finished is kept in the run folder: the same call goes on from there, here or at the command line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.results.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.record import RunRecord
    from sim.results.table import Table
    from sim.scenario.loading import LoadedScenario
    from sim.studies.progress import Progress
    from sim.studies.run_tables import Kind
    from sim.studies.spec import ReplicatedSpec

__all__ = ["Figure", "Plan", "Results", "compare", "goal", "load", "open", "run", "sensitivity", "simulate", "sweep"]

Over = Mapping[str, str | tuple[float | str, ...] | None] | Iterable[str]
"""Keys to vary: `{"budget.scale.II.2a": (0, 3, 7)}` (low, high and, if wanted, levels), or `KEY=low:high[:levels]`."""


@dataclass(frozen=True, repr=False)
class Plan:
    """A scenario with what is laid over it, checked and ready to be simulated.

    Attributes:
        layers: what was asked for: scenario, options, adoption, future, sets, until, options_from.
        loaded: the checked scenario; `loaded.scenario` has every number with its range and source.
    """

    layers: Mapping[str, Any]
    loaded: LoadedScenario

    def __repr__(self) -> str:
        """One line: title, period, and what is laid over the scenario."""
        horizon = self.loaded.scenario.horizon
        over = [*self.layers["options"], *filter(None, (self.layers["adoption"], self.layers["future"]))]
        agencies = len(self.loaded.agencies)
        said = f"{self.loaded.scenario.title.en}, {horizon.start} to {horizon.end}, {agencies} agencies"
        laid = [*over, *self.layers["sets"]]
        return f"<Plan {said}: {', '.join(laid)}>" if laid else f"<Plan {said}>"

    @property
    def targets(self) -> pd.DataFrame:
        """What the plan asks: id, title, measure, scope, threshold and due date of each target."""
        from sim.measure.cells import aim_rows
        from sim.results.study_tables import AIMS

        return AIMS.frame(aim_rows(self.loaded))

    @property
    def parameters(self) -> pd.DataFrame:
        """Every number of the model: value, range, unit, basis and source."""
        from sim.measure.parameters import parameter_rows
        from sim.results.run_tables import PARAMETERS

        return PARAMETERS.frame(parameter_rows(self.loaded))

    def explain(self, key: str, lang: Lang = "en") -> str:
        """What a key is worth, on what basis, and which layer and line set it.

        Raises:
            ScenarioErrors: there is no such key.
        """
        from sim.scenario.explain import explain

        return explain(self.loaded, key, lang)


@dataclass(frozen=True, repr=False)
class Figure:
    """One picture of a run folder; a notebook shows it.

    Attributes:
        svg: the picture's file; the same name with `.png` is there too.
    """

    svg: Path

    def __repr__(self) -> str:
        """Where it is."""
        return f"<Figure {self.svg}>"

    def _repr_svg_(self) -> str:
        return self.svg.read_text(encoding="utf-8")

    @property
    def data(self) -> pd.DataFrame:
        """The numbers that are drawn, from the CSV file beside the picture."""
        import pandas as pd

        from sim.results.csv_text import unguarded

        read = pd.read_csv(self.svg.with_name(f"{self.svg.name.split('.')[0]}.csv"))
        return read.map(lambda value: unguarded(value) if isinstance(value, str) else value)


class Results:
    """What a run folder holds. Every table of its kind is an attribute that is a DataFrame: `run.targets`.

    Attributes:
        folder: where it is.
        kind: run, compare, sweep, sensitivity or goal.
        manifest: what it says of itself: scenario, seed, what was asked, how far it is.
    """

    def __init__(self, folder: Path) -> None:
        from sim.scenario.files import as_on_disk
        from sim.studies.manifest import opened

        there = opened(str(folder))
        self.folder = as_on_disk(folder)
        self.manifest: Mapping[str, Any] = there.manifest
        self.kind: Kind = there.manifest["spec"]["kind"]

    def __repr__(self) -> str:
        """One line: kind, scenario, replications, state."""
        said = self.manifest
        counted = "simulations" if "simulations_done" in said else "replications"
        done = f"{said[f'{counted}_done']}/{said[f'{counted}_asked']} {counted}"
        return f"<{self.kind} of {said['scenario']}: {done}, {said['status']}, {self.folder}>"

    def _repr_html_(self) -> str:
        shown = self._first_table
        return f"<p>{escape(repr(self))}</p>{shown.head(30).to_html(index=False) if shown is not None else ''}"

    def __dir__(self) -> list[str]:
        """Its tables too, so that a notebook completes them."""
        return [*super().__dir__(), *self._tables]

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table of the folder as a DataFrame with proper types.

        Raises:
            AttributeError: this kind of study has no such table.
            TableError: the table is damaged.
        """
        if name.startswith("_") or name in ("folder", "kind", "manifest"):
            raise AttributeError(name)  # asked of an object that is not made yet, as copying does
        tables = self._tables
        if name not in tables:
            raise AttributeError(f"{self.kind} has no {name!r}; its tables: {', '.join(tables)}")
        return tables[name].read_frame(self.folder)

    @property
    def _tables(self) -> dict[str, Table[Any]]:
        """The tables that are declared for its kind; none while a study has not written its codebook yet."""
        from sim.results.run_folder import tables_of

        try:
            return {table.name: table for table in tables_of(self.folder, self.manifest)}
        except FileNotFoundError:
            return {}

    @property
    def _first_table(self) -> pd.DataFrame | None:
        name = next(iter(self._tables), None)
        return None if name is None or not (self.folder / f"{name}.csv").is_file() else getattr(self, name)

    @property
    def _target_numbers(self) -> dict[str, int]:
        """Number of each target in the plan's order, by its code; none where there is no table of targets."""
        from sim.results.run_tables import plan_numbers

        table = self._tables.get("targets")
        return plan_numbers(table.read_if_there(self.folder)) if table else {}

    def _target_id(self, target: str | int) -> str:
        from sim.scenario.plan_schema import target_id

        return target_id(str(target), self._target_numbers)

    @property
    def codebook(self) -> pd.DataFrame:
        """What every column of its tables holds, with its type and unit."""
        from sim.results.run_folder import TABLES_CODEBOOK, codebook

        return TABLES_CODEBOOK.frame(codebook(self._tables.values()))

    def by_year(self, target: str | int, reading: str = "plan", lang: Lang | None = None) -> pd.DataFrame:
        """A target under one reading at the end of each year; in the year it is due on that day, with its verdict.

        What `targets_by_year` holds of it, its values first: that of the due year is that of `targets`, counted over as
        many months. With `lang` the states are told in words, and so is what cannot be found.

        Args:
            target: its code (`a3`) or its number in the plan's order (3).
            reading: what of it: `plan`, or another one of the table.
            lang: language of the states; None for the words that every table keeps.

        Raises:
            KeyError: the run has no such target under that reading.
        """
        mine = self.targets_by_year.loc[lambda years: years["target_id"] == self._target_id(target)]
        found = mine[mine["reading"] == reading]
        if found.empty:
            from sim.studies.run_tables import no_target

            there = list(dict.fromkeys(mine["reading"]))
            raise KeyError(no_target(target, reading, self._target_numbers, there).text(lang or "en"))
        first = ["year", "median", "p05", "p95", "p_reached", "threshold", "state", "n"]
        told = ["target_id", "title_vi", "title_en", "measure", "scope", "reading", *first]
        shown = found[[*first, *found.columns.difference(told, sort=False)]].reset_index(drop=True)
        if lang is None:
            return shown
        from sim.studies.run_tables import states_in_words

        return shown.assign(state=states_in_words(shown["state"], lang))

    def events(
        self,
        replication: int | None = None,
        share: float = 0.01,
        *,
        cell: str | None = None,
        first: date | None = None,
        last: date | None = None,
        lang: Lang = "en",
    ) -> pd.DataFrame:
        """What happened in one replication, which is simulated again: one row an event, in order of time.

        Args:
            replication: its number; the first that is done when None.
            share: of all documents and dossiers, above 0 and at most 1, chosen by identity, each with all of its own.
            cell: the case of a comparison or sweep; the first when None.
            first: first day; the first simulated one when None.
            last: last day; the last simulated one when None.
            lang: language of the names of activities.

        Raises:
            InputRefusedError: there is no such replication or day, or another version ran it.
            ValueError: the share is none.
        """
        from sim.studies.event_log import Asked, event_frame
        from sim.studies.manifest import opened

        if not 0.0 < share <= 1.0:
            raise ValueError(f"share is {share}; it must be above 0 and at most 1, as 0.01")
        return event_frame(opened(str(self.folder)), Asked(share, replication, cell, first, last), lang)

    def update(self, observed: str | Path) -> pd.DataFrame:
        """The mid-term review: the run's targets before and after its replications are weighed by what was measured.

        Args:
            observed: a CSV file or workbook, a figure a line, as `update RUN --blank FILE` begins one.

        Returns:
            The table `updated_targets`; the figures beside the replications are the table `observed`.

        Raises:
            InputRefusedError: the folder is not of a run, has no tables or one replication only; no figure is given.
            ScenarioErrors: something in the file is wrong; all of it at once.
            FolderBusyError: somebody writes into the folder.
        """
        from sim.studies.lock import FolderLock
        from sim.studies.manifest import opened
        from sim.studies.updating import update

        with FolderLock(self.folder):
            update(opened(str(self.folder)), Path(observed))
        return self.updated_targets

    def calibrate(
        self,
        observed: str | Path | None = None,
        out: str | Path | None = None,
        model_error: float | None = None,
        draws: int = 0,
    ) -> pd.DataFrame:
        """Keep the run's draws by how well they agree with what was measured, for later studies to draw from.

        Args:
            observed: a file as `update` takes it; None for the published figures of the scenario.
            out: a new CSV file for the draws; None for one that the scenario can name.
            model_error: what the model itself may be off by in a share, 95 %; 0.1 for ten points.
            draws: draws in all, those beyond the run's of the money alone; 0 for the run's.

        Returns:
            The table `learnt`: every unknown before and after, those that moved most first.

        Raises:
            InputRefusedError: as `update`; the run was itself calibrated; no figure could be used.
            ScenarioErrors: something in the file is wrong, all of it at once; the file to be written is there already.
            FolderBusyError: somebody writes into the folder.
        """
        from sim.studies.calibrating import calibrate
        from sim.studies.lock import FolderLock
        from sim.studies.manifest import opened

        with FolderLock(self.folder):
            files = [None if one is None else Path(one) for one in (observed, out)]
            calibrate(opened(str(self.folder)), *files, model_error=model_error, draws=draws)
        return self.learnt

    def hold_against(self, observed: str | Path | None = None, at: date | None = None) -> pd.DataFrame:
        """The run beside what was reported of its province, figure by figure.

        Args:
            observed: a CSV file or workbook, a figure a line, as `update` takes it; None for the published figures.
            at: figures of a later day are left out of the answer.

        Returns:
            The table `hindcast`.

        Raises:
            InputRefusedError: the folder is not of a run, has one replication only; nothing was reported by then.
            ScenarioErrors: something in the file is wrong; all of it at once.
            FolderBusyError: somebody writes into the folder.
        """
        from sim.studies.hindcasting import hindcast
        from sim.studies.lock import FolderLock
        from sim.studies.manifest import opened

        with FolderLock(self.folder):
            found = hindcast(opened(str(self.folder)), at, None if observed is None else Path(observed))
        return self.hindcast.head(len(found.rows))  # in the order of their days

    def figure(self, name: str | int, lang: Lang = "en") -> Figure:
        """A picture by its target's code (`a3`) or number (3), or by its name in the folder (`money_years`).

        Raises:
            KeyError: there is no such picture.
        """
        folder = self.folder / "figures"
        for stem in (f"target_{self._target_id(name)}", str(name)):
            if (folder / f"{stem}.{lang}.svg").is_file():
                return Figure(folder / f"{stem}.{lang}.svg")
        there = sorted(path.name.removesuffix(f".{lang}.svg") for path in folder.glob(f"*.{lang}.svg"))
        raise KeyError(f"no picture {name!r}; there are {', '.join(there)}")

    def report(self, lang: Lang = "vi") -> Path:
        """The page in one language: a file that opens without a network."""
        from sim.studies.run_tables import page_of

        return page_of(self.folder, self.kind, lang)

    def brief(self, lang: Lang = "vi") -> Path:
        """One A4 page for a leader, written anew: its PDF; beside it the same as a Word document.

        Raises:
            AttributeError: only what `run` makes has a brief.
            FolderBusyError: somebody writes into the folder.
        """
        from sim.studies.lock import FolderLock
        from sim.studies.run_tables import draw_brief

        if self.kind != "run":
            raise AttributeError(f"{self.kind} has no brief: it is of a run")
        with FolderLock(self.folder):
            pdf, _ = draw_brief(self.folder, lang)
        return pdf


def load(
    scenario: str | Path,
    *,
    options: Sequence[str] = (),
    adoption: str | None = None,
    future: str | None = None,
    set: Mapping[str, object] | None = None,  # noqa: A002 - named as the command's switch
    until: str | None = None,
    options_from: str | None = None,
) -> Plan:
    """Load a scenario by its name or path, with overlays and settings.

    Args:
        scenario: a name (`binh_dinh_2016_2020`) or the path of a `.toml`.
        options: options laid over it.
        adoption: adoption regime.
        future: a future that nobody chooses.
        set: values by key, as `{"network.poll_interval": "5 min"}`.
        until: last day simulated, as `2018-12-31` or `31/12/2018`.
        options_from: day from which the options act, in the middle of the plan; all before it is as without them.

    Raises:
        ScenarioErrors: everything that is wrong with it, at once.
    """
    from sim.scenario.loading import load as load_scenario
    from sim.scenario.numerals import certain
    from sim.scenario.table_days import iso_day

    if isinstance(options, str):
        raise TypeError(f"options is a list of names, such as [{options!r}]")
    sets = tuple(
        f"{key}={certain(repr(float(value))) if isinstance(value, float) else value}"
        for key, value in (set or {}).items()
    )
    layers = {
        "scenario": str(scenario),
        "options": tuple(options),
        "adoption": adoption,
        "future": future,
        "sets": sets,
        "until": iso_day(until),
        "options_from": iso_day(options_from),
    }
    loaded = load_scenario(
        scenario, options=options, adoption=adoption, future=future, sets=sets, until=until, options_from=options_from
    )
    return Plan(layers, loaded)


def simulate(plan: Plan, seed: int | None = None, replication: int = 0, engine: str = "compiled") -> RunRecord:
    """One replication in this process, with everything that was recorded of it; nothing is written.

    Raises:
        ConservationError, AuditError: the model lost something or misjudged a signature: a bug.
    """
    from sim.model.simulate import simulate as simulate_replication

    chosen = plan.loaded.scenario.run.seed if seed is None else seed
    return simulate_replication(plan.loaded, chosen, replication, engine=engine)


def run(
    plan: Plan,
    *,
    replications: int | None = None,
    workers: int | None = None,
    remedies: str | None = None,
    **asked: Any,
) -> Results:
    """Simulate a plan: verdicts, tables, report and pictures in a run folder.

    Args:
        plan: from `load`.
        replications: the scenario's own number when None.
        workers: processes; as many as there are cores when None, 0 for this process.
        remedies: for how long every option is tried afterwards in the same futures, as `30 min`: `run.remedies` then
            says what would help. None tries none.
        asked: further fields of `sim.studies.spec.RunSpec` (seed, engine, variance, half_widths), and `out`, the
            folder.

    Raises:
        SpecError: what is asked is no run.
        UnitError: `remedies` is no length of time.
        FolderRefusedError: `out` holds something else.
    """
    from sim.scenario.units import parse
    from sim.studies.spec import RunSpec

    seconds = None if remedies is None else parse(remedies, "duration") / 1000
    return _studied(RunSpec, plan, workers, replications=replications, tried_seconds=seconds, **asked)


def compare(
    plan: Plan,
    *,
    options: Sequence[str] = (),
    adoptions: Sequence[str] = (),
    futures: Sequence[str] = (),
    replications: int | None = None,
    workers: int | None = None,
    **asked: Any,
) -> Results:
    """The plan beside one case for each option, adoption regime or future, all under common luck; else as `run`."""
    from sim.studies.spec import CompareSpec

    cases: dict[str, Any] = {
        "compared_options": tuple(options),
        "compared_adoptions": tuple(adoptions),
        "compared_futures": tuple(futures),
    }
    return _studied(CompareSpec, plan, workers, replications=replications, **cases, **asked)


def sweep(plan: Plan, over: Over, *, workers: int | None = None, **asked: Any) -> Results:
    """The plan at many values of a few keys; `asked` are further fields of `SweepSpec`, else as `run`."""
    from sim.studies.spec import SweepSpec

    return _studied(SweepSpec, plan, workers, over=_over(over), **asked)


def sensitivity(plan: Plan, over: Over = (), *, workers: int | None = None, **asked: Any) -> Results:
    """Which keys each target depends on most: every unknown, or those named; else as `sweep`."""
    from sim.studies.spec import SensitivitySpec

    return _studied(SensitivitySpec, plan, workers, over=_over(over), **asked)


def goal(plan: Plan, targets: Sequence[str], over: Over, *, workers: int | None = None, **asked: Any) -> Results:
    """The least money at which targets are reached together; `asked` are further fields of `GoalSpec`."""
    from sim.studies.spec import GoalSpec

    return _studied(GoalSpec, plan, workers, targets=tuple(targets), over=_over(over), **asked)


def open(folder: str | Path) -> Results:  # noqa: A001 - lt.open is the name a reader looks for
    """The results in a run folder, whatever made it.

    Raises:
        FolderRefusedError: there is no run in it.
        InputRefusedError: another version of the program wrote it.
    """
    return Results(Path(folder))


def _over(over: Over) -> tuple[str, ...]:
    if not isinstance(over, Mapping):
        return tuple(over)
    texts = []
    for key, bounds in over.items():
        written = bounds if isinstance(bounds, str) else ":".join(map(str, bounds or ()))
        texts.append(f"{key}={written}" if written else key)
    return tuple(texts)


def _studied(
    kind: type[ReplicatedSpec],
    plan: Plan,
    workers: int | None,
    *,
    out: str | Path | None = None,
    tried_seconds: float | None = None,
    **asked: Any,
) -> Results:
    """Run what is asked of a plan, with progress on standard error; what is finished is not run again."""
    from sim.studies.execution import Execution
    from sim.studies.opening import study_of
    from sim.studies.runner import run_study
    from sim.studies.single_case import SingleCase
    from sim.studies.spec import InitSpec, spec_from_json

    fields = {name: value for name, value in asked.items() if value is not None}
    spec = spec_from_json({"kind": kind.model_fields["kind"].default, **plan.layers, **fields})
    if isinstance(spec, InitSpec):
        raise TypeError("a fit of the starting state is no study of replications")
    where = Execution(out=None if out is None else Path(out), workers=workers, resume="the same call")
    follower = _Follower()
    study = study_of(spec)
    result = run_study(study, where, follower)
    if tried_seconds is not None and isinstance(study, SingleCase) and result.ending == "answered":
        from sim.studies.screening import screen_remedies

        result = screen_remedies(result, study, tried_seconds, where, follower)
    for words in result.remarks:
        follower.say(words)
    if result.ending == "interrupted":
        raise KeyboardInterrupt
    return Results(result.path)


class _Follower:
    """Says in English on standard error, which a notebook shows below the cell, how far a study is."""

    def say(self, words: Words) -> None:
        """A message."""
        sys.stderr.write(f"{words.en}\n")

    def progress(self, counted: Words | None = None) -> Progress:
        """A moving bar at a terminal, plain lines elsewhere."""
        from sim.studies.progress import ENGLISH
        from sim.studies.progress_bar import progress_on

        texts = ENGLISH if counted is None else {**ENGLISH, "done": counted.en}
        return progress_on(sys.stderr, texts)
