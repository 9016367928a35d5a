"""The tables beside a scenario: agencies, budget lines and totals, purchases, calendar days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, get_args

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.csv_source import sheet_of_text
from sim.scenario.errors import Faults, ScenarioError, ScenarioErrors
from sim.scenario.files import read_table_text
from sim.scenario.kinds import MADE_TO_ORDER, PAID_WHOLE, RouteClass, Source, Tier, UnitKind
from sim.scenario.places import WORKBOOK
from sim.scenario.quantity import BASES
from sim.scenario.sheet import Sheet, columns
from sim.scenario.table_file import read_rows, sheet_rows

MOST_AGENCIES = 5_000
MOST_BUDGET_ROWS = 20_000
MOST_CALENDAR_DAYS = 5_000
_MOST_PEOPLE = 100_000
_MOST_POPULATION = 100_000_000
_MOST_MONEY = 1e9
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DAY_KINDS = ("working", "closed")

_MEND_EITHER = Words("sửa số đó, hoặc hai đầu của khoảng", "mend it, or the ends of its range")

Row = TypeVar("Row")

TIERS: tuple[str, ...] = get_args(Tier)
WHOLE_PROVINCE = ("office", "department", "district", "commune")
"""Whom a purchase that names no tier serves, in order."""
ONE_AGENCY = "agency:"
"""Before the id of an agency that a purchase is for."""
SOURCES: tuple[str, ...] = get_args(Source)
ROUTES: tuple[str, ...] = get_args(RouteClass)
UNIT_KINDS: tuple[str, ...] = get_args(UnitKind)


@dataclass(frozen=True)
class AgencyRow:
    """One agency and its state on the first day; a district's staff includes its rooms."""

    agency_id: str
    tier: str
    parent_id: str
    name_vi: str
    name_en: str
    population: int | None
    staff: int
    leaders: int
    clerk_posts: float
    rooms: int
    it_staff: float
    route: str
    lan: bool
    eoffice_installed: bool
    eoffice_linked: bool
    mailboxes: int
    basis: str
    source: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class BudgetLine:
    """Money of one plan line from one source in one year, in million VND."""

    line_id: str
    chapter: str
    title_vi: str
    title_en: str
    source: str
    year: int
    amount_million_vnd: float
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class BudgetTotal:
    """A total as the plan prints it, for everything (`TOTAL`), a chapter or a line; year or `total`."""

    scope: str
    source: str
    year: str
    amount_million_vnd: float
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Purchase:
    """What part of a plan line buys which things, at what unit cost, for which tiers or agencies in which order."""

    line_id: str
    kind: str
    share: float
    share_low: float
    share_high: float
    unit_cost_million_vnd: float | None
    unit_cost_low: float | None
    unit_cost_high: float | None
    tiers: tuple[str, ...]
    """Tiers, or `agency:` with the id of one, in the order in which they are served."""
    funded_by: tuple[str, ...]
    """Sources of money this purchase may use; empty for all. Shares divide each source's money."""
    title_vi: str
    title_en: str
    basis: str
    source: str
    place: str = field(default="", compare=False)
    share_kind: str = field(default="triangular", metadata={"column": False})
    """Law of the share; the table's own is triangular."""
    cost_kind: str = field(default="lognormal", metadata={"column": False})
    """Law of the unit cost; the table's own is lognormal."""

    @property
    def is_made_for_one(self) -> bool:
        """Whether it is one thing made to order for one agency, so that share and price describe the same sum."""
        return self.kind in MADE_TO_ORDER and len(self.tiers) == 1 and self.tiers[0].startswith(ONE_AGENCY)


@dataclass(frozen=True)
class CalendarDay:
    """A date on which offices work or are closed against what the public-holiday package says."""

    date: date
    kind: str
    name_vi: str
    decree: str
    basis: str
    place: str = field(default="", compare=False)


def agency(cells: Cells) -> AgencyRow:
    """Reads one row of the agencies table."""
    outside = cells.cells["tier"].strip() == "outside"
    has_population = bool(cells.cells["population"].strip())
    return AgencyRow(
        agency_id=cells.identity("agency_id"),
        tier=cells.choice("tier", TIERS),
        parent_id=cells.identity("parent_id", may_be_empty=True),
        name_vi=cells.text("name_vi"),
        name_en=cells.english("name_en", "name_vi"),
        population=cells.whole("population", _MOST_POPULATION) if has_population else None,
        staff=cells.whole("staff", _MOST_PEOPLE, low=0 if outside else 1),
        leaders=cells.whole("leaders", _MOST_PEOPLE, low=0 if outside else 1),
        clerk_posts=cells.number("clerk_posts", _MOST_PEOPLE),
        rooms=cells.whole("rooms", 1000),
        it_staff=cells.number("it_staff", _MOST_PEOPLE),
        route=cells.choice("route", ROUTES),
        lan=cells.flag("lan"),
        eoffice_installed=cells.flag("eoffice_installed"),
        eoffice_linked=cells.flag("eoffice_linked"),
        mailboxes=cells.whole("mailboxes", 10 * _MOST_PEOPLE),
        basis=cells.choice("basis", BASES),
        source=cells.text("source"),
        place=cells.place,
    )


def budget_line(cells: Cells) -> BudgetLine:
    """Reads one row of the budget table."""
    return BudgetLine(
        line_id=cells.identity("line_id"),
        chapter=cells.identity("chapter"),
        title_vi=cells.text("title_vi"),
        title_en=cells.english("title_en", "title_vi"),
        source=cells.choice("source", SOURCES),
        year=cells.whole("year", _LAST_YEAR, low=_FIRST_YEAR),
        amount_million_vnd=cells.number("amount_million_vnd", _MOST_MONEY),
        place=cells.place,
    )


def budget_total(cells: Cells) -> BudgetTotal:
    """Reads one row of the table of printed totals."""
    is_year = cells.cells["year"].strip() != "total"
    return BudgetTotal(
        scope=cells.identity("scope"),
        source=cells.choice("source", SOURCES),
        year=str(cells.whole("year", _LAST_YEAR, low=_FIRST_YEAR)) if is_year else "total",
        amount_million_vnd=cells.number("amount_million_vnd", _MOST_MONEY),
        place=cells.place,
    )


def purchase(cells: Cells) -> Purchase:
    """Reads one row of the purchases table; only what is paid whole may leave the unit cost empty."""
    kind = cells.choice("kind", UNIT_KINDS)
    costs = ("unit_cost_million_vnd", "unit_cost_low", "unit_cost_high")
    priced = kind not in PAID_WHOLE or any(cells.cells[column].strip() for column in costs)
    cost, cost_low, cost_high = (cells.number(column, _MOST_MONEY) if priced else None for column in costs)
    if cost == 0 and costs[0] not in cells.unread:
        cells.fault("unit_cost_million_vnd", Words("đơn giá phải lớn hơn 0", "the unit cost must be above zero"))
    share, share_low, share_high = (cells.number(column, 1) for column in ("share", "share_low", "share_high"))
    _in_order(cells, ("share_low", "share", "share_high"), (share_low, share, share_high))
    if cost is not None and cost_low is not None and cost_high is not None:
        _in_order(cells, ("unit_cost_low", *costs[:1], "unit_cost_high"), (cost_low, cost, cost_high))
    return Purchase(
        line_id=cells.identity("line_id"),
        kind=kind,
        share=share,
        share_low=share_low,
        share_high=share_high,
        unit_cost_million_vnd=cost,
        unit_cost_low=cost_low,
        unit_cost_high=cost_high,
        tiers=_served(cells),
        funded_by=cells.members("funded_by", SOURCES),
        title_vi=cells.text("title_vi"),
        title_en=cells.english("title_en", "title_vi"),
        basis=cells.choice("basis", BASES),
        source=cells.text("source"),
        place=cells.place,
    )


def _served(cells: Cells) -> tuple[str, ...]:
    """Tiers, and agencies as `agency:ID`."""
    words = cells.listed("tiers")
    return tuple(word if word.startswith(ONE_AGENCY) else cells.member("tiers", word, TIERS) for word in words)


def calendar_day(cells: Cells) -> CalendarDay:
    """Reads one row of the calendar table."""
    return CalendarDay(
        date=cells.day("date"),
        kind=cells.choice("kind", _DAY_KINDS),
        name_vi=cells.text("name_vi"),
        decree=cells.text("decree"),
        basis=cells.choice("basis", BASES),
        place=cells.place,
    )


@dataclass(frozen=True)
class TableKind(Generic[Row]):
    """How one kind of table is read.

    Attributes:
        row_type: what a row becomes; its fields are the columns.
        read: makes one of a row's cells.
        most_rows: how long it may be.
        rows: where its rows are in `Tables`.
        file: what its file is called in a folder that the program writes.
    """

    row_type: type[Row]
    read: Callable[[Cells], Row]
    most_rows: int
    rows: str
    file: str


AGENCIES = TableKind(AgencyRow, agency, MOST_AGENCIES, "agencies", "agencies.csv")
BUDGET = TableKind(BudgetLine, budget_line, MOST_BUDGET_ROWS, "budget", "budget.csv")
TOTALS = TableKind(BudgetTotal, budget_total, MOST_BUDGET_ROWS, "budget_totals", "budget_totals.csv")
PURCHASES = TableKind(Purchase, purchase, MOST_BUDGET_ROWS, "purchases", "purchases.csv")
CALENDAR = TableKind(CalendarDay, calendar_day, MOST_CALENDAR_DAYS, "calendar_overrides", "calendar.csv")


def read_table(
    kind: TableKind[Row], path: Path, shown_as: str, errors: list[ScenarioError], recognised: list[Words]
) -> list[Row]:
    """Returns the rows of one table in file order.

    What is wrong goes to `errors`, each cause once; how the file was read, where that is worth a line, to `recognised`.
    """
    if path.suffix.lower() == WORKBOOK:
        faults = Faults()
        return _rows(kind, read_rows(path, shown_as, kind.row_type, kind.most_rows, faults, recognised), faults, errors)
    try:
        text, is_utf16 = read_table_text(path, shown_as)
    except ScenarioErrors as refused:
        errors.extend(refused.errors)
        return []
    rows, wrong, told = _rows_of_text(kind, text, shown_as, is_utf16)
    errors.extend(wrong)
    recognised.extend(told)
    return list(rows)


@lru_cache(maxsize=32)
def _rows_of_text(
    kind: TableKind[Row], text: str, shown_as: str, is_utf16: bool, /
) -> tuple[tuple[Row, ...], tuple[ScenarioError, ...], tuple[Words, ...]]:
    """What a CSV text holds, kept: cases of one study have most tables in common, and a run reads its own again."""
    faults, errors, recognised = Faults(), list[ScenarioError](), list[Words]()
    sheet = sheet_of_text(text, shown_as, columns(kind.row_type), kind.most_rows, faults, is_utf16=is_utf16)
    cells = sheet_rows(sheet, kind.row_type, kind.most_rows, faults, recognised)
    return tuple(_rows(kind, cells, faults, errors)), tuple(errors), tuple(recognised)


def read_sheets(
    kind: TableKind[Row], sheets: Iterable[Sheet], errors: list[ScenarioError], recognised: list[Words]
) -> list[Row]:
    """Returns the rows of one table whose sheets were read already; the rest as `read_table`."""
    faults = Faults()
    cells = (
        cells for sheet in sheets for cells in sheet_rows(sheet, kind.row_type, kind.most_rows, faults, recognised)
    )
    return _rows(kind, cells, faults, errors)


def _rows(kind: TableKind[Row], source: Iterable[Cells], faults: Faults, errors: list[ScenarioError]) -> list[Row]:
    rows: list[Row] = []
    try:
        for cells in source:
            rows.append(kind.read(cells))
            if faults.is_full:
                reason = Words("quá nhiều lỗi, không đọc tiếp", "too many errors: the rest is not read")
                faults.add(ScenarioError("E-TAB-006", cells.place, "", reason))
                break
    except ScenarioErrors as refused:
        errors.extend(refused.errors)
    errors.extend(faults.errors())
    return rows


def _in_order(cells: Cells, columns: tuple[str, str, str], bounds: tuple[float, float, float]) -> None:
    if not bounds[0] <= bounds[1] <= bounds[2] and not cells.unread & set(columns):
        low, value, high = (f"{bound:.12g}" for bound in bounds)
        reason = Words(f"{value} ngoài khoảng {low} … {high}", f"{value} is outside its range {low} … {high}")
        cells.fault(columns[1], reason, _MEND_EITHER, "E-QTY-001")
