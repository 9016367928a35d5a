"""What an option, adoption regime or future is: what it changes, who decides it, what it costs year by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

from sim.results.sources import basis_text, source_text
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.keys import title_of
from sim.scenario.overlays import FOLDERS
from sim.scenario.places import SCENARIOS, named_file, shown_path
from sim.scenario.plan_years import PlanYears, moved
from sim.scenario.proposal import GROUPS, Proposal, amount_text, proposal_of
from sim.scenario.toml_source import read_toml
from sim.scenario.toml_text import toml_value
from sim.scenario.units import UnitError, parse

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
    "basis": Words("căn cứ", "basis"),
    "source": Words("nguồn", "source"),
    "place": Words("nơi ghi", "place"),
}
_FROM_THE_FIRST_DAY = Words(
    "giá trị của tham số có hiệu lực từ ngày đầu kỳ mô phỏng, trừ khi tham số là một ngày hoặc chờ ngày phê duyệt kế"
    " hoạch (thêm văn thư); kinh phí thêm và quy định có năm, ngày riêng",
    "what is set by a key holds from the first day simulated, unless the key is a day or waits for the plan's decision"
    " (clerks added); money that is added and orders have a year or day of their own",
)
_STARTED = Words(
    "riêng điều này: cứ 100 người chưa dùng, mỗi năm thêm khoảng {n} người bắt đầu dùng",
    "by itself: of 100 people who do not use it, about {n} more start in a year",
)
_NOT_SIMULATED = Words("mô phỏng không chi khoản này", "not spent by the simulation")


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


def explain_proposal(named: NamedProposal, lang: Lang) -> str:
    """A block of rows, as `explain` gives for a key."""
    return "\n".join(
        [named.name, *(f"  {_LABELS[row].text(lang):<10} {printable(said)}" for row, said in _rows(named, lang))]
    )


def _rows(named: NamedProposal, lang: Lang) -> Iterator[tuple[str, str]]:
    proposal = named.proposal
    yield "title", proposal.title.text(lang)
    if proposal.group in GROUPS:
        yield "group", GROUPS[proposal.group].text(lang)
    yield "description", proposal.description.text(lang)
    for change in _changes(named.tree, lang):
        yield "changes", change
    if named.tree.get("set"):
        yield "since", _FROM_THE_FIRST_DAY.text(lang)
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
            yield "per_year", f"{_NOT_SIMULATED.text(lang)}: {amount_text(apart, lang)}"
    for basis, origin in dict.fromkeys((row.basis, row.origin) for row in proposal.costs):
        yield "basis", basis_text(basis, origin, lang)
    yield "source", source_text(proposal.source, lang)
    yield "place", named.place


def _changes(tree: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Keys that it sets, money that it adds, orders that it gives."""
    settings = tree.get("set", {})
    for key, written in settings.items() if isinstance(settings, Mapping) else ():
        value = written.get("value", written.get("weights")) if isinstance(written, Mapping) else written
        title = title_of(key).text(lang)
        said = value if isinstance(value, str) else toml_value(value)
        about = "; ".join(part for part in (title, _in_people(key, value, lang)) if part)
        yield f"{key} = {said}" + (f" ({about})" if about else "")
    for row in _dicts(tree, "extra_lines"):
        when = f"{row.get('year')}, {row.get('source')}"
        yield f"extra_lines.{row.get('id')}: {_title(row, lang)}, {when}, {_amount(row, lang)}"
    for row in _dicts(tree, "mandates"):
        yield f"mandates.{row.get('id')}: {_title(row, lang)}, {row.get('start')}"


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
