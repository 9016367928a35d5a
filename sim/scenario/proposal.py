"""What an option, adoption regime or future says of itself: its kind, who decides it, what it costs by year and source.

Equipment is money that the option adds to the plan (`extra_lines`), so that the simulation spends it; what the
simulation does not spend (posts, overtime, helpers, fees, a price without a line) stands in `[[costs]]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any, Literal, get_args

from pydantic import ValidationError

from sim.results.money_tables import COST_KINDS, MONEY_SOURCES
from sim.results.words import NOTHING, Lang, Words, number_words
from sim.scenario.entries import frozen_value
from sim.scenario.errors import ScenarioError
from sim.scenario.kinds import Source
from sim.scenario.plan_schema import Title
from sim.scenario.quantity import Money, Section
from sim.scenario.toml_source import TomlDocument
from sim.scenario.units import UnitError, parse

CostOf = Literal["equipment", "people"]
GROUPS: Mapping[str, Words] = {
    "network": Words("mạng và trung tâm dữ liệu", "network and data centre"),
    "staffing": Words("nhân lực và giờ làm việc", "staff and working hours"),
    "training": Words("tập huấn", "training"),
    "rules": Words("quy định, đôn đốc", "rules and supervision"),
    "money": Words("kinh phí và cách chi", "money and how it is spent"),
    "signatures": Words("chữ ký số", "digital signatures"),
    "services": Words("dịch vụ công, một cửa", "services to citizens"),
}
"""What kind of thing an option changes; `list` shows options by it."""
_YEARS_OF_A_PLAN = (1990, 2100)
WRITTEN_FOR = "written_for"
"""Key under which an overlay says for which plan its years and amounts were stated."""


class StatedCost(Section):
    """A yearly cost that the simulation does not spend itself."""

    of: CostOf
    """`people`: posts, overtime, helpers, teachers; `equipment`: things, fees, subscriptions."""
    title: Title
    source: Source
    years: tuple[int, int]
    """First and last year in which it is paid."""
    a_year: Money


@dataclass(frozen=True)
class CostRow:
    """What a proposal costs in one year from one source."""

    of: CostOf
    title: Words
    source: Source
    year: int
    amount_million_vnd: float
    low_million_vnd: float
    high_million_vnd: float
    in_simulation: bool
    """Whether the simulation spends it, as money added to the plan."""
    basis: str
    origin: str


@dataclass(frozen=True)
class Proposal:
    """What an overlay says of itself; what is not written is blank."""

    title: Words
    description: Words
    group: str
    decided_by: Words
    cost: Words
    """What it costs, in a sentence."""
    source: str
    costs: tuple[CostRow, ...]
    stated_for: str = ""
    """Number of the decision for whose agencies its amounts were stated; blank where that does not matter."""
    against: tuple[str, ...] = ()
    """Causes and reasons, as the tables of a run name them, that it is meant against; its author's judgement."""
    beyond_plan: tuple[Words, ...] = ()
    """What of it would come after the plan's last year, where it acts in the middle of the plan."""

    @property
    def is_costed(self) -> bool:
        """Whether any amount is stated."""
        return bool(self.costs)

    def total(self, of: CostOf | None = None, *, simulated: bool | None = None) -> float:
        """Million VND over all years: of equipment or of people, or of both."""
        return fsum(
            row.amount_million_vnd
            for row in self.costs
            if of in (None, row.of) and simulated in (None, row.in_simulation)
        )

    def cost_text(self, lang: Lang) -> str:
        """Equipment and people in all, in one line; the sentence where no amount is stated."""
        if not self.costs:
            return self.cost.text(lang)
        parts = [f"{COST_KINDS[of].text(lang)} {amount_text(self.total(of), lang)}" for of in get_args(CostOf)]
        return "; ".join(parts)

    def cost_lines(self, lang: Lang) -> list[str]:
        """One line for each thing that is paid, with its source and its amount in each year."""
        paid: dict[tuple[CostOf, Words, Source], dict[int, float]] = {}
        for row in self.costs:
            years = paid.setdefault((row.of, row.title, row.source), {})
            years[row.year] = years.get(row.year, 0.0) + row.amount_million_vnd
        return [
            f"{COST_KINDS[of].text(lang)}, {MONEY_SOURCES[source].text(lang)}, {title.text(lang)}: "
            + ", ".join(f"{year}: {amount_text(amount, lang)}" for year, amount in sorted(years.items()))
            for (of, title, source), years in paid.items()
        ]

    def note(self) -> Words:
        """Who decides it and what it costs, in a sentence for reports."""
        return Words(self._noted("vi", "quyết định", "chi phí"), self._noted("en", "decided by", "cost"))

    def _noted(self, lang: Lang, who: str, how_much: str) -> str:
        decided, cost = self.decided_by.text(lang), self.cost_text(lang).rstrip(".")
        parts = [f"{who}: {decided}"] if decided else []
        parts += [f"{how_much}: {cost}"] if cost else []
        said = f": {'; '.join(parts)}" if parts else ""
        return f"{self.title.text(lang)}{said}."

    def as_record(self) -> dict[str, Any]:
        """The same as plain values, for manifests and machines."""
        words = {"title": self.title, "cost": self.cost, "decided_by": self.decided_by}
        texts = {f"{name}_{lang}": getattr(text, lang) for name, text in words.items() for lang in ("vi", "en")}
        rows = [
            {
                "of": row.of,
                "title_vi": row.title.vi,
                "title_en": row.title.en,
                "source": row.source,
                "year": row.year,
                "million_vnd": row.amount_million_vnd,
                "low": row.low_million_vnd,
                "high": row.high_million_vnd,
                "simulated": row.in_simulation,
                "basis": row.basis,
                "origin": row.origin,
            }
            for row in self.costs
        ]
        return {"group": self.group, **texts, "costs": rows}


def amount_text(million_vnd: float, lang: Lang) -> str:
    """An amount as offices print it."""
    text = f"{million_vnd:,.0f}" if million_vnd >= 10 or million_vnd == round(million_vnd) else f"{million_vnd:,.1f}"
    if lang == "en":
        return f"{text} million VND"
    return f"{number_words(text).vi} triệu đồng"


def proposal_of(tree: Mapping[str, Any]) -> Proposal:
    """What the overlay with this content says of itself; rows of costs that are wrong are left out."""
    return Proposal(
        title=_words(tree.get("title")),
        description=_words(tree.get("description")),
        group=str(tree.get("group", "")),
        decided_by=_words(tree.get("decided_by")),
        cost=_words(tree.get("cost")),
        source=str(tree.get("source", "")),
        costs=tuple(sorted((*_added(tree), *_stated(tree)), key=lambda row: (row.of, row.title.vi, row.year))),
        stated_for=_stated_for(tree),
        against=_names(tree.get("against")),
    )


def _names(listed: object) -> tuple[str, ...]:
    return tuple(name for name in listed if isinstance(name, str)) if isinstance(listed, list | tuple) else ()


def _stated_for(tree: Mapping[str, Any]) -> str:
    written = tree.get(WRITTEN_FOR)
    return str(written.get("decision", "")) if isinstance(written, Mapping) else ""


def _words(text: Any) -> Words:
    return Words(str(text.get("vi", "")), str(text.get("en", ""))) if isinstance(text, Mapping) else NOTHING


def _rows(tree: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = tree.get(name, ())
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _added(tree: Mapping[str, Any]) -> Iterator[CostRow]:
    """Money that is added to the plan."""
    for row in _rows(tree, "extra_lines"):
        written = row.get("amount")
        parts = written if isinstance(written, Mapping) else {"value": written}
        try:
            amount = parse(parts["value"], "money")
            low, high = (parse(parts.get(end, parts["value"]), "money") for end in ("low", "high"))
        except (UnitError, KeyError, TypeError):
            continue  # refused where the scenario is checked
        about = str(parts.get("basis", "")), str(parts.get("source", ""))
        if row.get("source") in get_args(Source) and isinstance(row.get("year"), int):
            yield CostRow(
                "equipment", _words(row.get("title")), row["source"], row["year"], amount, low, high, True, *about
            )


def _stated(tree: Mapping[str, Any]) -> Iterator[CostRow]:
    for row in _rows(tree, "costs"):
        try:
            cost = _checked(row)
        except ValidationError:
            continue
        title, a_year = Words(cost.title.vi, cost.title.en), cost.a_year
        low = a_year.value if a_year.low is None else a_year.low
        high = a_year.value if a_year.high is None else a_year.high
        for year in range(cost.years[0], cost.years[1] + 1):
            yield CostRow(
                cost.of, title, cost.source, year, a_year.value, low, high, False, a_year.basis, a_year.source
            )


def _checked(row: Mapping[str, Any]) -> StatedCost:
    return StatedCost.model_validate({name: frozen_value(value) for name, value in row.items()}, strict=True)


def proposal_faults(document: TomlDocument, kind: str) -> Iterator[ScenarioError]:
    """What is wrong with an overlay's own words: a group that does not exist, who decides, its costs."""
    tree = document.tree
    if kind == "option" and tree.get("group") not in GROUPS:
        reason = Words(f"group phải là một trong {', '.join(GROUPS)}", f"group must be one of {', '.join(GROUPS)}")
        yield ScenarioError("E-OVL-003", document.place(("group",)), "group", reason)
    listed = tree.get("against", [])
    if not isinstance(listed, list | tuple) or len(_names(listed)) < len(listed):
        reason = Words("against phải là danh sách tên nguyên nhân", "against must be a list of names of causes")
        yield ScenarioError("E-OVL-003", document.place(("against",)), "against", reason)
    if not isinstance(tree.get("costs", []), list):
        reason = Words("cần các bảng [[costs]]", "tables [[costs]] are wanted")
        yield ScenarioError("E-OVL-005", document.place(("costs",)), "costs", reason)
    for index, row in enumerate(_rows(tree, "costs")):
        place, key = document.place(("costs", index)), f"costs.{index + 1}"
        try:
            cost = _checked(row)
        except ValidationError as refused:
            wrong = refused.errors(include_url=False)[0]
            part = ".".join(str(name) for name in wrong["loc"])
            reason = Words(f"{part}: không hợp lệ", f"{part}: {wrong['msg']}")
            repair = Words(
                'of = "people", title, source = "SN", years = [2017, 2020], a_year = { value = "… million VND", … }',
                'write of = "people", title, source = "SN", years = [2017, 2020] and a_year = { value, basis, source }',
            )
            yield ScenarioError("E-OVL-005", place, key, reason, repair)
            continue
        first, last = cost.years
        if not _YEARS_OF_A_PLAN[0] <= first <= last <= _YEARS_OF_A_PLAN[1]:
            reason = Words(f"từ năm {first} đến {last} không hợp lệ", f"{first} to {last} are no years of a plan")
            yield ScenarioError("E-OVL-005", place, f"{key}.years", reason)
        if cost.a_year.value < 0.0:
            reason = Words("chi phí không thể âm", "a cost cannot be negative")
            yield ScenarioError("E-OVL-005", place, f"{key}.a_year", reason)
