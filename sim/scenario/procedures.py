"""The catalogue of administrative procedures: what citizens and firms may ask for, where, and in how many days."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import shown
from sim.scenario.quantity import BASES
from sim.scenario.tables import TableKind

MOST_PROCEDURES = 5_000
_MOST_DAYS = 1_000
_MOST_PAGES = 10_000
_MOST_FEE_VND = 1_000_000_000
_MOST_WEIGHT = 1e9
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_GROUP = re.compile(r"(province|district|commune)-([1-9]\d{0,3})", re.ASCII)

INTAKE_TIERS = ("province", "district", "commune")
"""Who takes the dossier in: a department, a district's or a commune's one-stop counter."""
WORKS = ("copies", "short", "ordinary", "long")
"""How much work one dossier is: copies certified at the counter, or a length of officers' work."""
PORTALS = ("province", "national")
COUNTED_AS = ("business_registration", "investment_certificate")
OWN, OUTSIDE = "own", "outside"
PLACES = (OWN, "commune", "district", "office", OUTSIDE)
"""Steps that name no agency: the one of intake, the citizen's commune or district, the provincial Office, a body
outside the province's agencies; a department is named by its id."""
LOWEST_ONLINE = 3
"""Level from which a form is filled in and sent online; 4 also pays and delivers online."""


@dataclass(frozen=True)
class Procedure:
    """One administrative procedure, or a family of them that offices treat alike."""

    procedure_id: str
    title_vi: str
    title_en: str
    intake_tier: str
    agency_id: str
    """The department that takes it in; empty where every district or commune does."""
    service_level: int
    """Online level on the first day: 1 information, 2 forms to print, 3 sent online, 4 paid and delivered online."""
    level3_year: int | None
    """Year in whose middle it was raised to level 3 by what was bought before the plan; None when it was not."""
    level4_year: int | None
    priority_groups: tuple[str, ...]
    """Groups of the plan's list of services to raise first, as `district-7`."""
    steps: tuple[str, ...]
    """Where the dossier is worked on, in order, from `PLACES` or departments' ids."""
    work: str
    working_days: int
    """The legal term, counted in working days; 0: by the close of the day."""
    same_day: bool
    """The citizen waits for the result."""
    site_visit: bool
    financial_duty: bool
    """The clock stops until tax and fees on the land are paid."""
    documents: int
    """Papers in the dossier."""
    pages: int
    fee_vnd: int
    volume_weight: float
    """Share of its intake tier's arrivals, relative to the other rows of the tier."""
    portal: str
    """Whose website takes it online; the province does not control the national ones."""
    counted_as: str
    """The plan's target that counts it apart: one of `COUNTED_AS`, or empty."""
    basis: str
    source: str
    days_basis: str
    days_source: str
    procedures: int = field(default=1, metadata={"optional": True})
    """Procedures of the province's catalogue that the row stands for, where it is a family of them."""
    place: str = field(default="", compare=False)

    @cached_property
    def priority(self) -> tuple[int, int]:
        """Place in the plan's list, provincial groups first; after every listed one without a group."""
        return min(map(_priority, self.priority_groups), default=(len(INTAKE_TIERS), 0))


def is_group(text: str) -> bool:
    """Says whether a text names a group of the priority list, as `district-7`."""
    return _GROUP.fullmatch(text) is not None


def procedure(cells: Cells) -> Procedure:
    """Reads one row of the procedures table."""
    return Procedure(
        procedure_id=cells.identity("procedure_id"),
        title_vi=cells.text("title_vi"),
        title_en=cells.english("title_en", "title_vi"),
        intake_tier=cells.choice("intake_tier", INTAKE_TIERS),
        agency_id=cells.identity("agency_id", may_be_empty=True),
        service_level=cells.whole("service_level", 4, low=1),
        level3_year=_year(cells, "level3_year"),
        level4_year=_year(cells, "level4_year"),
        priority_groups=_groups(cells),
        steps=cells.listed("steps"),
        work=cells.choice("work", WORKS),
        working_days=cells.whole("working_days", _MOST_DAYS),
        same_day=cells.flag("same_day"),
        site_visit=cells.flag("site_visit"),
        financial_duty=cells.flag("financial_duty"),
        documents=cells.whole("documents", _MOST_PAGES),
        pages=cells.whole("pages", _MOST_PAGES),
        fee_vnd=cells.whole("fee_vnd", _MOST_FEE_VND),
        volume_weight=cells.number("volume_weight", _MOST_WEIGHT),
        portal=cells.choice("portal", PORTALS),
        counted_as=_counted_as(cells),
        basis=cells.choice("basis", BASES),
        source=cells.text("source"),
        days_basis=cells.choice("days_basis", BASES),
        days_source=cells.text("days_source"),
        procedures=_procedures(cells),
        place=cells.place,
    )


PROCEDURES = TableKind(Procedure, procedure, MOST_PROCEDURES, "procedures", "procedures.csv")


def _priority(group: str) -> tuple[int, int]:
    tier, _, number = group.partition("-")
    return INTAKE_TIERS.index(tier), int(number)


def _year(cells: Cells, column: str) -> int | None:
    return cells.whole(column, _LAST_YEAR, low=_FIRST_YEAR) if cells.cells[column].strip() else None


def _procedures(cells: Cells) -> int:
    """One, where the table does not say that a row is a family."""
    if not cells.cells.get("procedures", "").strip():
        return 1
    return cells.whole("procedures", MOST_PROCEDURES, low=1)


def _groups(cells: Cells) -> tuple[str, ...]:
    groups = cells.listed("priority_groups")
    for group in groups:
        if not is_group(group):
            said = shown(group)
            reason = Words(f"“{said}” không phải nhóm ưu tiên", f'"{said}" is not a group of the priority list')
            repair = Words("viết như district-7", "write it as district-7: tier and number in the plan's list")
            cells.fault("priority_groups", reason, repair)
    return tuple(filter(is_group, groups))


def _counted_as(cells: Cells) -> str:
    return cells.choice("counted_as", COUNTED_AS) if cells.cells["counted_as"].strip() else ""
