"""Settings given on the command line: `--set key=value` and `--until DATE`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sim.results.words import NOTHING, Words
from sim.scenario.entries import Entry, EntryReader, Provenance
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.keys import Key, key_of, lever_bounds
from sim.scenario.layers import Layer, Settings
from sim.scenario.numerals import AMBIGUOUS, is_ambiguous, tidy, two_readings, values_within
from sim.scenario.setting_faults import SET, UNTIL, example, kind_wanted, takes_text, typed
from sim.scenario.table_days import day_typed, days_meant
from sim.scenario.toml_source import TomlDocument, parse_toml

_EXAMPLE = typed("network.poll_interval", example("network.poll_interval"))


def set_layers(sets: Iterable[str], root: Path, errors: list[ScenarioError]) -> list[Layer]:
    """Returns a layer for each `key=value`; later ones lie over earlier ones.

    A number and the ends of its range are one layer, as they are one statement.
    """
    layers = []
    for text in sets:
        key, equals, value = text.partition("=")
        if not equals or not all(key.strip().split(".")):
            reason = Words(f"“{shown(text)}” không có dạng tham_số=giá_trị", f'"{shown(text)}" is not key=value')
            errors.append(ScenarioError("E-SET-001", SET, shown(key), reason, _for_example(key.strip())))
            continue
        try:
            written = _value(key.strip(), value.strip())
        except ScenarioErrors as asked:
            errors += asked.errors
            continue
        layer = _layer(SET, f"{SET} {shown(text)}", {key.strip(): written}, root)
        layers.append(replace(layer, fixes=not value.strip().startswith("{")))
    return _with_their_ranges(layers)


def _with_their_ranges(layers: list[Layer]) -> list[Layer]:
    together: dict[Key, Layer] = {}
    for at, layer in enumerate(layers):
        ends = {key[:-1] for key in layer.entries if key[-1] in ("value", "low", "high")}
        name = next(iter(ends), (str(at),))
        before = together.pop(name, None)
        if before is not None:
            entries = {**before.entries, **layer.entries}
            layer = replace(layer, entries=entries, fixes=before.fixes and layer.fixes)  # noqa: PLW2901 - both of them
        together[name] = layer
    return list(together.values())


def until_layer(until: date | str, root: Path, errors: list[ScenarioError]) -> Layer | None:
    """Returns the layer that ends the horizon on a day."""
    day = day_given(until, UNTIL, "horizon.end", errors)
    return None if day is None else _layer(UNTIL, f"{UNTIL} {day}", {"horizon.end": day}, root)


def day_given(given: date | str, option: str, key: str, errors: list[ScenarioError]) -> date | None:
    """Returns the day that an option of the command line names; None, and a fault for its key, where it names none."""
    day = given if isinstance(given, date) else day_typed(given)
    if day is None:
        said = shown(given)
        reason = Words(
            f"“{said}” không phải ngày dạng 2018-12-31 hay 31/12/2018", f'"{said}" is not like 2018-12-31 or 31/12/2018'
        )
        meant = sorted(set(days_meant(str(given)).values()))
        written = [one.isoformat() for one in meant]
        repair = Words(f"viết {' hoặc '.join(written)}", f"write {' or '.join(written)}")
        errors.append(ScenarioError("E-SET-001", option, key, reason, repair if meant else NOTHING))
    return day


def forget_what_is_later(settings: Settings, end: date) -> None:
    """Drops mandates, targets and an option's later money that fall after a shortened horizon; the change log says so.

    The targets that are left keep their numbers of the plan.

    An option all of whose money comes later stays, to be refused: it would do nothing.
    """
    numbers = {target_id: at for at, target_id in enumerate(settings.row_ids("targets"), start=1)}
    for rows, day in (("mandates", "start"), ("moves", "start"), ("rollouts", "start"), ("targets", "due")):
        for row_id in settings.row_ids(rows):
            entry = settings.entries.get((rows, row_id, day))
            if entry is not None and isinstance(entry.value, date) and entry.value > end:
                settings.drop((rows, row_id), UNTIL)
    left = settings.row_ids("targets")
    if len(left) < len(numbers):
        origin = settings.entries["horizon", "end"].origin
        for target_id in left:
            settings.entries.setdefault(("targets", target_id, "number"), Entry(numbers[target_id], origin))
    years = {
        row_id: settings.entries.get(("extra_lines", row_id, "year")) for row_id in settings.row_ids("extra_lines")
    }
    in_time = {entry.origin.layer for entry in years.values() if entry is not None and _by(entry.value, end)}
    for row_id, entry in years.items():
        if entry is not None and not _by(entry.value, end) and entry.origin.layer in in_time:
            settings.drop(("extra_lines", row_id), UNTIL)


def _by(year: object, end: date) -> bool:
    return not isinstance(year, int) or year <= end.year


def _layer(name: str, written: str, table: dict[str, Any], root: Path) -> Layer:
    reader = EntryReader(TomlDocument(root, written, table, {}), name)
    reader.read_dotted(table, "")
    origin = Provenance(name, written, 0)
    return Layer(name, root, {key: Entry(entry.value, origin) for key, entry in reader.entries.items()})


def _value(key: str, text: str) -> object:
    """Returns the TOML value that a text is, else the text itself: `5 min` needs no quotes.

    A factor of money may have a decimal comma, and is read where its bounds leave one reading: 1.375 is no 1375 there.
    A day may be written as offices write it.

    Raises:
        ScenarioErrors: the text is a number that could be read two ways, or blank.
    """
    if not text:
        blank = Words("thiếu giá trị", "no value")
        raise ScenarioErrors([ScenarioError("E-SET-001", SET, shown(key), blank, _for_example(key))])
    if (day := day_typed(text)) is not None and kind_wanted(key) is date:
        return day
    bounds = lever_bounds(key_of(key))
    if bounds is not None:
        within = values_within(tidy(text), *bounds)
        if len(within) == 1:
            return int(within[0]) if within[0] == int(within[0]) else float(within[0])
    if is_ambiguous(text):
        raise ScenarioErrors([ScenarioError(AMBIGUOUS, SET, shown(key), *two_readings(tidy(text)))])
    try:
        tree, _ = parse_toml(f"value = {text}", SET)
    except ScenarioErrors as refused:
        asked = [replace(error, place=SET, key=shown(key)) for error in refused.errors if error.code == AMBIGUOUS]
        if asked:
            raise ScenarioErrors(asked) from None
        return text
    read = tree["value"] if tree.keys() == {"value"} else text
    return read if isinstance(read, str) or not takes_text(key) else text


def _for_example(key: str) -> Words:
    """A whole setting of this key, else of another."""
    value = example(key) if key else NOTHING
    said = typed(key, value) if value.vi else _EXAMPLE
    return Words(f"ví dụ {said.vi}", f"for example {said.en}")
