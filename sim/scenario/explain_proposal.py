"""What an option, adoption regime or future is: what it changes, who decides it, what it costs year by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

from sim.results.money_tables import MONEY_SOURCES
from sim.results.sources import basis_text, source_text
from sim.results.words import Lang, Words
from sim.scenario.explain import block, plain_text, stated_text
from sim.scenario.keys import key_of, meaning, title_of
from sim.scenario.overlays import FOLDERS
from sim.scenario.places import SCENARIOS, named_file, shown_path
from sim.scenario.plan_years import PlanYears, moved
from sim.scenario.proposal import GROUPS, Proposal, amount_text, proposal_of
from sim.scenario.toml_source import read_toml
from sim.scenario.units import UnitError, in_words, parse

_LABELS = {
    "title": Words("tên gọi", "name"),
    "group": Words("nhóm", "kind"),
    "description": Words("nội dung", "meaning"),
    "changes": Words("thay đổi", "changes"),
    "since": Words("từ khi nào", "since"),
    "decided": Words("quyết định", "decided by"),
    "cost": Words("chi phí", "cost"),
    "total": Words("tổng cộng", "in all"),
    "per_year": Words("từng năm", "by year"),
    "apart": Words("trong đó", "of which"),
    "basis": Words("căn cứ", "basis"),
    "source": Words("nguồn", "source"),
    "place": Words("nơi ghi", "place"),
}
_FROM_THE_FIRST_DAY = Words("các tham số: từ ngày đầu kỳ mô phỏng", "keys: from the first day simulated")
_FROM_THE_DECISION = Words(
    "biên chế thêm: từ ngày phê duyệt kế hoạch", "posts added: from the day the plan is approved"
)
_MONEY_FROM = Words("kinh phí thêm: từ năm {year}", "money added: from {year}")
_ORDER_FROM = Words("văn bản chỉ đạo: từ {day}", "orders: from {day}")
_MONEY_ADDED = Words(
    "thêm khoản chi “{title}”: {year}, {source}, {amount}", '"{title}" is added: {year}, {source}, {amount}'
)
_ORDERED = Words("thêm văn bản chỉ đạo “{title}”, từ {day}", 'the order "{title}" is added, from {day}')
_WAIT_FOR_THE_DECISION = ("people.clerks_added",)
_FROM = "_from"
"""How the key ends that says from which day another acts: `fee_cut_from` of `fee_cut`."""
_SOURCE = ".source"
_STARTED = Words(
    "riêng điều này: cứ 100 người chưa dùng, mỗi năm thêm khoảng {n} người bắt đầu dùng",
    "by itself: of 100 people who do not use it, about {n} more start in a year",
)
_BEFORE = Words("thay cho {value}", "instead of {value}")
_NOT_SIMULATED = Words(
    "{amount} ghi bên cạnh, không qua kinh phí của mô phỏng", "{amount} beside the simulation, which does not spend it"
)


@dataclass(frozen=True)
class NamedProposal:
    """One overlay's file as read."""

    name: str
    """Kind and name: `option:poll_5_min`."""
    place: str
    tree: Mapping[str, Any]
    proposal: Proposal


def proposal_named(key: str, plan: PlanYears | None = None, root: Path | None = None) -> NamedProposal | None:
    """The overlay that `option:NAME`, `adoption:NAME` or `future:NAME` names, at the plan's years; else None.

    Raises:
        ScenarioErrors: there is no such file, or it cannot be read; the nearest name is told.
    """
    kind, colon, name = key.partition(":")
    if not colon or kind not in FOLDERS:
        return None
    root = (root or SCENARIOS).resolve()
    path = named_file(name, FOLDERS[kind], root, place=key)
    shown = shown_path(path, root)
    tree = moved(read_toml(path, shown), plan).tree
    return NamedProposal(f"{kind}:{path.stem}", shown, tree, proposal_of(tree))


def explain_proposal(named: NamedProposal, settings: Mapping[str, Any], lang: Lang) -> str:
    """A block of rows, as `explain` gives for a key; what it sets stands beside what the settings have without it."""
    return block(named.name, _rows(named, settings, lang), _LABELS, lang)


def _rows(named: NamedProposal, settings: Mapping[str, Any], lang: Lang) -> Iterator[tuple[str, str]]:
    proposal = named.proposal
    yield "title", proposal.title.text(lang)
    if proposal.group in GROUPS:
        yield "group", GROUPS[proposal.group].text(lang)
    yield "description", proposal.description.text(lang)
    for change in _changes(named.tree, settings, lang):
        yield "changes", change
    for day in _since(named.tree, lang):
        yield "since", day
    if proposal.decided_by.text(lang):
        yield "decided", proposal.decided_by.text(lang)
    if proposal.cost.text(lang):
        yield "cost", proposal.cost.text(lang)
    if proposal.is_costed:
        yield "total", proposal.cost_text(lang)
        for line in proposal.cost_lines(lang):
            yield "per_year", line
        apart = proposal.total(simulated=False)
        if apart > 0:
            yield "apart", _NOT_SIMULATED.text(lang).format(amount=amount_text(apart, lang))
    for basis, origin in dict.fromkeys((row.basis, row.origin) for row in proposal.costs):
        yield "basis", basis_text(basis, origin, lang)
    yield "source", source_text(proposal.source, lang)
    yield "place", named.place


def _since(tree: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """From when what it sets, the money it adds and the orders it gives act."""
    settings = tree.get("set", {})
    keys = list(settings) if isinstance(settings, Mapping) else []
    days = [key for key in keys if isinstance(settings[key], date)]
    if any(key in _WAIT_FOR_THE_DECISION for key in keys):
        yield _FROM_THE_DECISION.text(lang)
    with_a_day = {*_WAIT_FOR_THE_DECISION, *days, *(key.removesuffix(_FROM) for key in days)}
    if any(key not in with_a_day and not key.endswith(_SOURCE) for key in keys):
        yield _FROM_THE_FIRST_DAY.text(lang)
    for key in days:
        yield f"{title_of(key).text(lang) or key}: {_day(settings[key], lang)}"
    years = [row["year"] for row in _dicts(tree, "extra_lines") if isinstance(row.get("year"), int)]
    if years:
        yield _MONEY_FROM.text(lang).format(year=min(years))
    starts = [row["start"] for row in _dicts(tree, "mandates") if isinstance(row.get("start"), date)]
    if starts:
        yield _ORDER_FROM.text(lang).format(day=_day(min(starts), lang))


def _day(day: object, lang: Lang) -> str:
    return f"{day:%d/%m/%Y}" if isinstance(day, date) and lang == "vi" else str(day)


def _changes(tree: Mapping[str, Any], settings: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Keys that it sets, money that it adds, orders that it gives."""
    changed = tree.get("set", {})
    for key, written in changed.items() if isinstance(changed, Mapping) else ():
        if key.endswith(_SOURCE):
            continue  # where the value comes from, not what it changes
        value = written.get("value", written.get("weights")) if isinstance(written, Mapping) else written
        title = title_of(key).text(lang)
        new, old = _value_text(key, value, lang), stated_text(settings, key, lang)
        before = _BEFORE.text(lang).format(value=old) if old and old != new else ""
        about = "; ".join(part for part in (title, before, _in_people(key, value, lang)) if part)
        yield f"{key} = {new}" + (f" ({about})" if about else "")
    for row in _dicts(tree, "extra_lines"):
        source = str(row.get("source"))
        named = MONEY_SOURCES[source].text(lang) if source in MONEY_SOURCES else source
        yield _MONEY_ADDED.text(lang).format(
            title=_title(row, lang), year=row.get("year"), source=named, amount=_amount(row, lang)
        )
    for row in _dicts(tree, "mandates"):
        yield _ORDERED.text(lang).format(title=_title(row, lang), day=_day(row.get("start"), lang))


def _value_text(key: str, value: object, lang: Lang) -> str:
    """What a key is set to, as a reader of the language writes it; what cannot be read as it is written."""
    if isinstance(value, date):
        return _day(value, lang)
    known = meaning(key_of(key))
    if known is not None and known.dimension is not None and isinstance(value, str | int | float):
        with suppress(UnitError):
            return in_words(parse(value, known.dimension), known.dimension, lang)
    return plain_text(key, value, lang)


def _in_people(key: str, value: object, lang: Lang) -> str:
    """A push to take e-office up, a hazard a year, as people who start; empty of every other key."""
    if not key.startswith("adoption.push_") or not isinstance(value, str):
        return ""
    try:
        hazard = parse(value, "per_year")
    except UnitError:
        return ""
    started = round(100.0 * (1.0 - exp(-hazard)))
    return _STARTED.text(lang).format(n=started)


def _dicts(tree: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = tree.get(name, ())
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _title(row: Mapping[str, Any], lang: Lang) -> str:
    title = row.get("title")
    return str(title.get(lang, "")) if isinstance(title, Mapping) else ""


def _amount(row: Mapping[str, Any], lang: Lang) -> str:
    written = row.get("amount")
    try:
        return amount_text(parse(written["value"] if isinstance(written, Mapping) else written, "money"), lang)
    except (UnitError, KeyError):
        return str(written)
