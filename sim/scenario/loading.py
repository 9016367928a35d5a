"""A scenario with its layers, tables and rules, from a name to a frozen, checked whole."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, Unpack

from sim.results.words import Words
from sim.scenario.agreeing_draws import AgreeingDraw
from sim.scenario.budget_levers import turned, turned_on_a_day
from sim.scenario.chain import scenario_layers
from sim.scenario.changeover import (
    OPTION,
    acting_from,
    as_it_was,
    changeover_faults,
    forget_what_is_set_over,
    note_what_stood,
)
from sim.scenario.command_line import forget_what_is_later, set_layers, until_layer
from sim.scenario.consequences import own_faults, without_followers
from sim.scenario.entries import Provenance
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.facts import Facts, Tables
from sim.scenario.keys import Key, key_of, meaning
from sim.scenario.layers import Change, Layer, Settings, lay
from sim.scenario.overlays import overlay_layers
from sim.scenario.own import OwnScenario, own_scenario, table_text
from sim.scenario.places import PROVINCES, SCENARIOS, WORKBOOK, named_file, shown_path
from sim.scenario.plan_years import PlanYears, plan_years
from sim.scenario.procedures import Procedure
from sim.scenario.proposal import Proposal
from sim.scenario.purchase_terms import forget_unknown, purchase_layer, term_rules, with_terms
from sim.scenario.rules import scenario_rules, table_rules
from sim.scenario.schema import Scenario
from sim.scenario.setting_faults import SET, ended_by_hand, in_words_of_the_command_line
from sim.scenario.start_states import StartResidual, StartState
from sim.scenario.table_set import TABLES, read_tables, table_files
from sim.scenario.tables import AgencyRow, BudgetLine, BudgetTotal, CalendarDay, Purchase
from sim.scenario.toml_text import toml_text
from sim.scenario.validate import Validated, validate
from sim.scenario.workbook_faults import in_words_of_the_sheets
from sim.scenario.workbook_source import Book, read_book

_LONGEST_SLUG = 60


@dataclass(frozen=True, repr=False)
class LoadedScenario:
    """A checked scenario: what is simulated, and where every number of it comes from."""

    scenario: Scenario
    agencies: tuple[AgencyRow, ...]
    budget: tuple[BudgetLine, ...]
    budget_totals: tuple[BudgetTotal, ...]
    purchases: tuple[Purchase, ...]
    """What each line buys: the table, with what was set over it."""
    calendar_overrides: tuple[CalendarDay, ...]
    start_states: tuple[StartState, ...]
    """Fitted starting states, from one of which each replication starts; none when nothing was fitted."""
    start_residuals: tuple[StartResidual, ...]
    """What the fit left over of each baseline."""
    agreeing_draws: tuple[AgreeingDraw, ...]
    """Draws of the unknowns that agree with what was measured; none where nothing was calibrated."""
    procedures: tuple[Procedure, ...]
    """What citizens and firms may ask for; none when dossiers are not simulated."""
    provenance: Mapping[str, Provenance]
    """Dotted key to the layer, file and line that set it; a quantity also under its own name."""
    changes: tuple[Change, ...]
    """Every value that a layer replaced or dropped, in laying order."""
    layers: tuple[str, ...]
    """Names of the layers, lowest first."""
    slug: str
    """The name as lower-case ASCII, safe in a file name."""
    content_hash: str
    """SHA-256 of the resolved settings and tables; row order and spelling of units do not count."""
    path: Path
    table_files: Mapping[str, Path]
    """Key of each table to the file it was read from."""
    settings: Mapping[str, Any]
    """The resolved settings as written, nested, for `explain` and `resolved_toml`."""
    plan_lines: tuple[BudgetLine, ...] = ()
    """The plan's lines before the levers on money: what other levers would start from."""
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    """What each option, regime and future laid over it says of itself, by the layer's name."""
    years: PlanYears | None = None
    """When the plan was decided and runs, whatever `--until` looks at: the years of options go by it."""
    recognised: tuple[Words, ...] = ()
    """How each table was read that is not plainly comma-separated UTF-8, one line a file."""

    before: LoadedScenario | None = None
    """The scenario as it is up to the day on which options act (`changeover.day`); None where they act from their own
    days, or the plan's beginning, on."""
    own: OwnScenario = field(default_factory=OwnScenario)
    """What its own files say, without defaults and overlays."""

    @property
    def target_numbers(self) -> dict[str, int]:
        """The number of each target in the plan's order, which it keeps where the period is cut short."""
        return {target.id: target.number or at for at, target in enumerate(self.scenario.targets, start=1)}

    @property
    def group_titles(self) -> dict[str, Words]:
        """What each group of agencies is called, by its id."""
        return {group.id: Words(group.title.vi, group.title.en) for group in self.scenario.groups}

    def __repr__(self) -> str:
        """One line: name, period, agencies, layers."""
        horizon = self.scenario.horizon
        period = f"{horizon.start} to {horizon.end}"
        return f"<LoadedScenario {self.slug}, {period}, {len(self.agencies)} agencies, {', '.join(self.layers)}>"

    def resolved_toml(self) -> str:
        """Returns one scenario file that holds every key and loads to the same content."""
        return toml_text({"complete": True} | dict(self.settings))

    def table_content(self, key: str) -> tuple[str, bytes]:
        """Returns the ending and the content of the file that holds one of `table_files` by itself."""
        file = self.table_files[key]
        if file == self.path and file.suffix.lower() == WORKBOOK:
            return ".csv", table_text(TABLES[key].row_type, self.own.tables[key]).encode()
        return file.suffix.lower(), file.read_bytes()


class Asked(TypedDict, total=False):
    """What `load` and `read` may be asked for besides the scenario."""

    root: Path | None
    """The folder of scenarios; the one beside `run.py` when None."""
    options: Sequence[str]
    """Names in `options/`, or paths."""
    adoption: str | None
    """A name in `adoption/`, or a path."""
    future: str | None
    """A name in `futures/`, or a path."""
    sets: Sequence[str]
    """`key=value` texts."""
    until: date | str | None
    """Last day simulated; mandates and targets after it are dropped, and logged."""
    options_from: date | str | None
    """Day from which the options act, before which all is as without them; None: from the plan's first."""


def load(name_or_path: str | Path, **asked: Unpack[Asked]) -> LoadedScenario:
    """Loads a scenario: defaults, what it extends, itself, overlays, then the command line.

    Args:
        name_or_path: a name in `provinces/`, the path of a `.toml` file, of a folder that holds one, or of a workbook.
        asked: overlays and settings.

    Raises:
        ScenarioErrors: everything wrong in all the files, with file, line, reason and repair.
    """
    loaded, faults = read(name_or_path, **asked)
    if faults is not None or loaded is None:
        raise faults or ScenarioErrors([])
    return loaded


def read(
    name_or_path: str | Path,
    *,
    root: Path | None = None,
    options: Sequence[str] = (),
    adoption: str | None = None,
    future: str | None = None,
    sets: Sequence[str] = (),
    until: date | str | None = None,
    options_from: date | str | None = None,
) -> tuple[LoadedScenario | None, ScenarioErrors | None]:
    """Reads a scenario as `load` and returns it with what is wrong with it; `Asked` says what may be asked for.

    A scenario with faults has stand-ins in their place: good for looking for more of them, and for nothing else. None
    where not even that can be made.

    Raises:
        ScenarioErrors: there is nothing to read.
    """
    root = (root or SCENARIOS).resolve()
    path = named_file(str(name_or_path), PROVINCES, root)
    errors: list[ScenarioError] = []
    book = read_book(path, root, errors) if path.suffix.lower() == WORKBOOK else None
    own_layers = scenario_layers(path, root, errors) if book is None else book.layers
    if not any(layer.name == "scenario" for layer in own_layers):
        raise ScenarioErrors(errors)
    set_by_hand = set_layers(sets, root, errors)
    years = plan_years([*own_layers, *set_by_hand])
    ending = until_layer(until, root, errors) if until is not None else None
    last = [*set_by_hand, *([ending] if ending else [])]
    acting = acting_from(options_from, [*own_layers, *last], errors)
    layers = own_layers + overlay_layers(adoption, options, future, root, years, errors, acting) + last
    sheets = book.tables if book else {}
    files = table_files(_laid(layers, []), layers, root, errors, but=sheets)
    recognised = list(book.recognised) if book else []
    in_book = tuple(errors) if book is not None else ()
    unread: list[ScenarioError] = []
    tables = read_tables(files, sheets, root, unread, recognised)
    files |= dict.fromkeys(sheets, path)
    bought = purchase_layer(tables.purchases, files.get("budget.purchases"), root)
    settings = _whole([bought, *layers], tables, ending, errors)
    if acting is None:
        forget_what_is_set_over(settings, SET)
    else:
        plain = [layer for layer in layers if not layer.name.startswith(OPTION)]
        note_what_stood(settings, _whole([bought, *plain], tables, ending, []), acting)
    defaults = _laid([layer for layer in layers if layer.name == "defaults"], [])
    validated = validate(settings, defaults, shown_path(path, root))
    unset = {key for error in errors if error.key and meaning(key := key_of(error.key)) is not None}
    broken = _broken_rules(validated, tables, settings, tuple(layer.name for layer in layers), unset)
    earlier = as_it_was(settings)
    before = validate(earlier, defaults, shown_path(path, root)).scenario if earlier is not None else None
    if validated.scenario is not None and before is not None:
        broken += changeover_faults(validated.scenario, before, settings.origins())
    names = {key: shown_path(file, root) for key, file in files.items()}
    names |= {key: parts[0].prefix.rstrip("!") for key, parts in sheets.items() if parts}
    errors += unread
    cells = (*in_book, *unread)
    errors = in_words_of_the_command_line([*errors, *own_faults((*validated.errors, *broken), cells, names)])
    refused = _refused(errors, book, (shown_path(path, root), *names.values()))
    if validated.scenario is None:
        return None, refused
    loaded = _loaded(validated.scenario, tables.ordered(), settings, layers=layers, path=path, files=files)
    if refused is None and earlier is not None and before is not None:
        stood = _loaded(before, tables.ordered(), earlier, layers=layers, path=path, files=files)
        loaded = replace(loaded, before=stood, budget=turned_on_a_day(stood.budget, before, loaded.scenario))
    proposals = {layer.name: layer.proposal for layer in layers if layer.proposal is not None}
    own = own_scenario(own_layers, tables)
    return replace(loaded, recognised=tuple(recognised), proposals=proposals, own=own, years=years), refused


def _refused(errors: Sequence[ScenarioError], book: Book | None, order: Sequence[str]) -> ScenarioErrors | None:
    """All the faults, by the sheets of a workbook or else in the `order` of the files; None where there is none."""
    if not errors:
        return None
    if book is None:
        return ScenarioErrors(errors, order)
    return ScenarioErrors(in_words_of_the_sheets(errors, book.places), book.sheets)


def slug_of(name: str) -> str:
    """Returns a name as lower-case ASCII letters, digits, `_` and `-`."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", ascii_only).strip("-_")[:_LONGEST_SLUG] or "scenario"


def _whole(layers: Sequence[Layer], tables: Tables, ending: Layer | None, errors: list[ScenarioError]) -> Settings:
    """All layers, without the terms of lines that are not there and without what comes after a shortened horizon."""
    settings = _laid(layers, errors)
    forget_unknown(settings, tables.purchases, errors)
    if ending:
        forget_what_is_later(settings, ending.entries["horizon", "end"].value)
    return settings


def _laid(layers: Sequence[Layer], errors: list[ScenarioError]) -> Settings:
    settings = Settings()
    for layer in layers:
        errors.extend(lay(settings, layer))
    return settings


def _broken_rules(
    validated: Validated, tables: Tables, settings: Settings, layers: tuple[str, ...], unset: set[Key]
) -> list[ScenarioError]:
    """What the rules find, less what only follows from broken keys, or from those `unset` as they could not be read."""
    faults = list(table_rules(tables))
    if validated.scenario is not None:
        facts = Facts(validated.scenario, tables, settings.origins(), layers)
        said = {fault.place for fault in faults if fault.code == "E-BUD-005"}
        faults += (fault for fault in term_rules(facts) if fault.place not in said)
        faults = ended_by_hand(facts, [*faults, *scenario_rules(facts)])
    return without_followers(faults, validated.broken | unset)


def _loaded(
    scenario: Scenario,
    tables: Tables,
    settings: Settings,
    *,
    layers: Sequence[Layer],
    path: Path,
    files: dict[str, Path],
) -> LoadedScenario:
    return LoadedScenario(
        scenario=scenario,
        agencies=tables.agencies,
        budget=turned(tables.budget, scenario.budget, scenario.plan.decided.year),
        budget_totals=tables.budget_totals,
        purchases=with_terms(tables.purchases, scenario.purchases),
        calendar_overrides=tables.calendar_overrides,
        start_states=tables.start_states,
        start_residuals=tables.start_residuals,
        agreeing_draws=tables.agreeing_draws,
        procedures=tables.procedures,
        provenance=_provenance(settings),
        changes=tuple(settings.changes),
        layers=tuple(layer.name for layer in layers),
        slug=slug_of(scenario.name),
        content_hash=_content_hash(scenario, tables),
        path=path,
        table_files=files,
        settings=settings.tree(),
        plan_lines=tables.budget,
    )


def _provenance(settings: Settings) -> dict[str, Provenance]:
    origins = {}
    for key, entry in settings.entries.items():
        origins[".".join(key)] = entry.origin
        if key[-1] in ("value", "weights"):
            origins[".".join(key[:-1])] = entry.origin
    return origins


def _content_hash(scenario: Scenario, tables: Tables) -> str:
    """Of what is simulated; what a table's file is called is no part of it, what stands in it is."""
    content = {"scenario": scenario.model_dump(mode="json", by_alias=True), "tables": _plain(tables)}
    if scenario.changeover.day is None:
        del content["scenario"]["changeover"]
    for key in TABLES:
        section, _, name = key.rpartition(".")
        (content["scenario"][section] if section else content["scenario"]).pop(name, None)
    for target in content["scenario"]["targets"]:
        target.pop("number")  # what it is called
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(tables: Tables) -> dict[str, list[dict[str, object]]]:
    """Every row of every table by column, but where it stands; thousands, so that `asdict` would copy for long."""
    plain = {}
    for table in fields(tables):
        rows = getattr(tables, table.name)
        names = [column.name for column in fields(rows[0]) if column.name != "place"] if rows else []
        plain[table.name] = [{name: getattr(row, name) for name in names} for row in rows]
    return plain
