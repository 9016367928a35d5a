"""Commands on what planners write: `list`, `check`, `explain`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.usage import comma_separated
from sim.report.formatting import number_text
from sim.results.words import LANGUAGES, NOTHING, Lang, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, printable
from sim.scenario.keys import key_of
from sim.scenario.listing import Listed
from sim.scenario.measures import MEASURES, MILESTONE, PROJECTS
from sim.scenario.proposal import GROUPS

if TYPE_CHECKING:
    from sim.results.plan_tables import InertRow
    from sim.scenario.loading import Asked, LoadedScenario
    from sim.scenario.plan_schema import Target

_KINDS = {
    "scenario": Words("kịch bản", "scenarios"),
    "adoption": Words("cách triển khai sử dụng (--adoption)", "adoption regimes (--adoption)"),
    "option": Words("phương án (--option)", "options (--option)"),
    "future": Words("bối cảnh tương lai (--future)", "futures (--future)"),
}


_DECIDES = Words("quyết định", "decided by")
_COSTS = Words("chi phí", "cost")
_EVERY_MEASURE = "measures"
"""Said to `list` in place of a scenario."""
_MORE_ON_ONE = Words(
    "Từng phương án thay đổi gì, tốn bao nhiêu mỗi năm, ví dụ: {line}",
    "What an option changes and costs year by year, as in: {line}",
)


def loaded_as_asked(words: Namespace) -> LoadedScenario:
    """Load the scenario with the overlays and settings of the command line.

    Raises:
        ScenarioErrors: everything that is wrong with it.
    """
    from sim.scenario.loading import load

    return load(words.scenario, **_as_asked(words))


def _as_asked(words: Namespace) -> Asked:
    """Overlays and settings of the command line."""
    return {
        "options": comma_separated(words.option),
        "adoption": words.adoption,
        "future": words.future,
        "sets": words.set,
        "until": words.until,
        "options_from": words.options_from,
    }


def list_all(words: Namespace, console: Console) -> int:
    """`list`: every scenario and overlay with its title, unreadable ones with their errors; or one plan's own names.

    `list measures`: what a target may be of.

    Raises:
        ScenarioErrors: the scenario named is wrong.
    """
    from sim.command.lookup import explain_line
    from sim.scenario.listing import list_scenarios

    if words.scenario == _EVERY_MEASURE:
        return _list_measures(console)
    if words.scenario:
        return _list_plan(words.scenario, console)
    found = list_scenarios()
    if console.as_json:
        rows = [
            {
                "kind": one.kind,
                "name": one.name,
                "path": str(one.path),
                "title": _both(one.title),
                "proposal": one.proposal.as_record() if one.proposal else None,
                "errors": [_error(error) for error in one.errors],
            }
            for one in found
        ]
        console.answer_json("list", {"scenarios": rows})
        return exit_codes.DONE
    lines = []
    widest = max((len(one.name) for one in found), default=0)
    for kind, group in groupby(found, key=lambda one: one.kind):
        lines += ["", _KINDS[kind].text(console.lang)]
        for group_title, some in _by_group(list(group), console.lang):
            lines += [f"  {group_title}:"] if group_title else []
            for one in some:
                lines.append(f"  {one.name:<{widest}}  {printable(one.title.text(console.lang))}")
                lines += _who_and_how_much(one, console.lang)
                lines += [f"    {error.text(console.lang)}" for error in one.errors]
    names = {kind: next((one.name for one in found if one.kind == kind), None) for kind in ("scenario", "option")}
    if names["scenario"] and names["option"]:
        line = explain_line(names["scenario"], names["option"])
        lines += ["", _MORE_ON_ONE.text(console.lang).format(line=line)]
    console.answer("\n".join(lines[1:]))
    return exit_codes.DONE


def _list_measures(console: Console) -> int:
    """What a target may be of: the word for the column `measure`, and its title."""
    from sim.report.words import TERMS

    titles = {name: TERMS["measure"][name] for name in MEASURES}
    if console.as_json:
        console.answer_json("list", {"measures": [{"measure": name} | _both(of) for name, of in titles.items()]})
        return exit_codes.DONE
    widest = max(map(len, titles))
    console.answer("\n".join(f"  {name:<{widest}}  {title.text(console.lang)}" for name, title in titles.items()))
    return exit_codes.DONE


def _list_plan(scenario: str, console: Console) -> int:
    from sim.command.lookup import plan_list, plan_record
    from sim.scenario.loading import load

    loaded = load(scenario)
    if console.as_json:
        console.answer_json("list", plan_record(loaded))
    else:
        console.answer(plan_list(loaded, scenario, console.lang))
    return exit_codes.DONE


def _by_group(listed: Sequence[Listed], lang: Lang) -> Iterator[tuple[str, list[Listed]]]:
    """Options by what kind of thing they change; all other files together."""
    of: dict[str, list[Listed]] = {}
    for one in listed:
        of.setdefault(one.proposal.group if one.proposal else "", []).append(one)
    for group in sorted(of, key=lambda name: list(GROUPS).index(name) if name in GROUPS else -1):
        title = GROUPS[group].text(lang) if group in GROUPS else ""
        yield title, of[group]


def _who_and_how_much(one: Listed, lang: Lang) -> Iterator[str]:
    """Who decides an option, regime or future, and what it costs, people counted; two lines below its title."""
    proposal = one.proposal
    if proposal is None:
        return
    parts = (_DECIDES, proposal.decided_by), (_COSTS, Words(proposal.cost_text("vi"), proposal.cost_text("en")))
    for label, words in parts:
        if words.text(lang):
            yield printable(f"      {label.text(lang)}: {words.text(lang)}")


def check(words: Namespace, console: Console) -> int:
    """`check SCENARIO`: every error is the answer; exit code 3 when there is one."""
    from sim.measure.contradictions import contradictions_beside, volume_caution
    from sim.measure.plan_ends import inert_rows
    from sim.scenario.cautions import cautions_of
    from sim.scenario.loading import read

    try:
        loaded, refused = read(words.scenario, **_as_asked(words))
    except ScenarioErrors as unreadable:
        loaded, refused = None, unreadable
    faults = refused.errors if refused else ()
    faults += contradictions_beside(loaded, faults) if loaded else ()
    if faults or loaded is None:
        return _refuse(faults, console)
    inert = inert_rows(loaded)
    of_volumes = volume_caution(loaded)
    cautions = (*cautions_of(loaded), *([of_volumes] if of_volumes else []))
    if console.as_json:
        content = {
            "valid": True,
            "errors": [],
            "name": loaded.scenario.name,
            "content_hash": loaded.content_hash,
            "layers": list(loaded.layers),
            "changes": [change._asdict() for change in loaded.changes],
            "money_without_effect": [asdict(row) for row in inert],
            "cautions": [_both(caution) for caution in cautions],
            "recognised": [_both(line) for line in loaded.recognised],
        }
        console.answer_json("check", content)
    else:
        said = (printable(words.text(console.lang)) for words in (*loaded.recognised, *cautions))
        effects = (words.text(console.lang) for words in _without_effect(inert, loaded.scenario.targets))
        console.answer("\n".join((_described(loaded).text(console.lang), *effects, *said)))
    return exit_codes.DONE


def _refuse(faults: Sequence[ScenarioError], console: Console) -> int:
    if console.as_json:
        console.answer_json("check", {"valid": False, "errors": [_error(fault) for fault in faults]})
    else:
        console.answer("\n".join(fault.text(console.lang) for fault in faults))
    count = len(faults)
    console.say(Words(f"{count} lỗi", "1 error" if count == 1 else f"{count} errors"))
    return exit_codes.INVALID


def explain_key(words: Namespace, console: Console) -> int:
    """`explain SCENARIO [NAME]`: a key's value, basis and origin; an option, target or budget line; what is called so.

    Without a name the plan on one screen, with `--details` every parameter in a line.

    Raises:
        ScenarioErrors: nothing has that name; the nearest one is told.
    """
    from sim.command.lookup import explain_item, or_search, overlay_named, search
    from sim.scenario.explain import explain
    from sim.scenario.explain_proposal import explain_proposal, proposal_named

    loaded = loaded_as_asked(words)
    key = " ".join(words.key)
    if not key:
        return _explain_all(loaded, words, console)
    named = proposal_named(overlay_named(key) or key, loaded.years)
    record: dict[str, object] = {"key": key}
    if named is not None:
        text = explain_proposal(named, loaded.settings, console.lang)
        record["proposal"] = named.proposal.as_record()
    else:
        text = explain_item(loaded, key, console.lang) or ""
        try:
            text = text or explain(loaded, key, console.lang, _calibrated(loaded, key, console.lang))
        except ScenarioErrors as refused:
            text = search(loaded, words.scenario, key, console.lang) or ""
            if not text:
                raise or_search(refused, words.scenario) from None
        record["entries"] = [
            {"key": name, "value": _value(loaded, name), "layer": origin.layer, "place": origin.place}
            for name, origin in sorted(loaded.provenance.items())
            if name == key or name.startswith(f"{key}.")
        ]
    if console.as_json:
        console.answer_json("explain", {**record, "text": text})
    else:
        console.answer(text)
    return exit_codes.DONE


def _calibrated(loaded: LoadedScenario, key: str, lang: Lang) -> str:
    """What the calibrated draws have for a key; empty for a scenario that has none."""
    if not loaded.agreeing_draws:
        return ""
    from sim.measure.calibrated_values import calibrated_words  # with numba, which most of `explain` can do without

    said = calibrated_words(loaded, key)
    return said.text(lang) if said is not None else ""


def _explain_all(loaded: LoadedScenario, words: Namespace, console: Console) -> int:
    """The plan on one screen; with `--details` every parameter in a line."""
    from sim.command.lookup import every_parameter
    from sim.command.overview import overview
    from sim.measure.parameters import parameter_rows

    rows = parameter_rows(loaded)
    if console.as_json:
        console.answer_json("explain", {"parameters": [asdict(row) for row in rows]})
    else:
        told = (rows, words.scenario, console.lang)
        console.answer(every_parameter(*told) if words.details else overview(loaded, *told))
    return exit_codes.DONE


_OUTSIDE = "outside"
"""Tier of the places beyond the province that it writes to."""


def _described(loaded: LoadedScenario) -> Words:
    scenario = loaded.scenario
    start, end = f"{scenario.horizon.start:%d/%m/%Y}", f"{scenario.horizon.end:%d/%m/%Y}"
    own = [row for row in loaded.agencies if row.tier != _OUTSIDE]
    others = [row for row in loaded.agencies if row.tier == _OUTSIDE]
    agencies, targets = len(own), len(scenario.targets)
    mandates, lines = len(scenario.mandates), len({line.line_id for line in loaded.budget})
    title = Words(printable(scenario.title.vi), printable(scenario.title.en))
    beside = NOTHING
    if others:
        vi = "; ".join(printable(row.name_vi) for row in others)
        en = "; ".join(printable(row.name_en or row.name_vi) for row in others)
        beside = Words(f" (và {len(others)} nơi ngoài tỉnh: {vi})", f" (and {len(others)} outside the province: {en})")
    return Words(
        f"{title.vi}\nhợp lệ: {start} đến {end}, {agencies} cơ quan{beside.vi}, {lines} dòng kinh phí,"
        f" {mandates} văn bản chỉ đạo, {targets} chỉ tiêu",
        f"{title.en}\nvalid: {scenario.horizon.start} to {scenario.horizon.end},"
        f" {_counted(agencies, 'agencies')}{beside.en}, {_counted(lines, 'budget lines')},"
        f" {_counted(mandates, 'mandates')}, {_counted(targets, 'targets')}",
    )


def _without_effect(inert: Sequence[InertRow], targets: Sequence[Target]) -> Iterator[Words]:
    """Budget lines that change nothing in the simulation, the dearest first; milestones alone may rest on them."""
    if not inert:
        return
    total = sum(row.amount_million_vnd for row in inert)
    lines = {row.line_id for row in inert}
    named = ", ".join(
        target.id for target in targets if target.measure in (MILESTONE, PROJECTS) and lines.intersection(target.lines)
    )
    besides = (
        Words(f", ngoài các chỉ tiêu tính theo kinh phí ({named})", f" but targets of money ({named})")
        if named
        else NOTHING
    )
    yield Words(
        f"kinh phí không làm thay đổi điều gì được mô phỏng{besides.vi}: {number_text(total, 0, 'vi')} triệu đồng",
        f"money that changes nothing simulated{besides.en}: {number_text(total, 0, 'en')} million VND",
    )
    for row in sorted(inert, key=lambda row: (-row.amount_million_vnd, row.line_id, row.kind)):
        vi, en = (number_text(row.amount_million_vnd, 0, lang) for lang in LANGUAGES)
        yield Words(
            printable(f"  {row.line_id}, {row.title('vi')}: {vi} – {row.reason_vi}"),
            printable(f"  {row.line_id}, {row.title('en')}: {en} – {row.reason_en}"),
        )


def _counted(count: int, things: str) -> str:
    one = f"{things[:-3]}y" if things.endswith("ies") else things[:-1]
    return f"{count} {one if count == 1 else things}"


def _value(loaded: LoadedScenario, name: str) -> object:
    found: object = loaded.settings
    for part in key_of(name):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, tuple | list):
            found = next((row for row in found if isinstance(row, Mapping) and row.get("id") == part), None)
        else:
            return None
    return _plain(found)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _both(words: Words) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}


def _error(error: ScenarioError) -> dict[str, object]:
    return {
        "code": error.code,
        "place": error.place,
        "key": error.key,
        "reason": _both(error.reason),
        "repair": _both(error.repair) if error.repair != NOTHING else None,
        "rows": list(error.rows),
    }
