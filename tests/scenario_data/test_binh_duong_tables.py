"""Tables of the Bình Dương scenario: every head count has its basis, titles have none of the scan's errors."""

from __future__ import annotations

import csv
from pathlib import Path

from sim.scenario.holders import SECTOR_DATABASE, WEBSITE, Thing, holders
from sim.scenario.loading import load
from sim.scenario.tables import ONE_AGENCY

TABLES = Path(__file__).parents[2] / "scenarios" / "tables" / "binh_duong"
TIERS = ("office", "department", "district", "commune")
COLUMNS = (
    "staff",
    "leaders",
    "clerk_posts",
    "it_staff",
    "route",
    "lan",
    "eoffice_installed",
    "eoffice_linked",
    "mailboxes",
)


def read(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_head_count_and_state_has_a_stated_basis() -> None:
    rows = read("agencies_basis.csv")
    stated = {(row["tier"], row["column"]): row["basis"] for row in rows}
    assert {(tier, column) for tier in TIERS for column in COLUMNS} <= set(stated)
    assert len(stated) == len(rows)
    assert set(stated.values()) <= {"plan", "reported", "derived", "assumed"}
    assert all(row["source"] for row in rows)
    assert {stated[tier, "staff"] for tier in TIERS} == {"assumed"}


def test_an_agency_whose_presence_is_assumed_is_not_reported() -> None:
    for row in read("agencies.csv"):
        assert ("which four is assumed" in row["source"]) <= (row["basis"] == "assumed"), row["agency_id"]


def test_titles_have_no_scanning_errors() -> None:
    for row in (*read("budget.csv"), *read("purchases.csv")):
        title = row["title_vi"]
        assert not any(error in title for error in ("một của", "PTHH", ",B")), title
        assert title == title.strip(" .;"), title


def test_whom_a_project_buys_a_website_or_database_lacks_one_in_2011() -> None:
    """19 and 13 of the 28 have one; the nine and the two that projects name do not."""
    loaded = load("binh_duong_2011_2015")

    def having(thing: Thing, share: float) -> tuple[set[str], set[str]]:
        has = holders(thing, loaded.agencies, share, loaded.purchases, loaded.scenario.start.without_website)
        named = {
            word.removeprefix(ONE_AGENCY) for one in loaded.purchases if one.kind == thing.kind for word in one.tiers
        }
        return {row.agency_id for row, there in zip(loaded.agencies, has, strict=True) if there}, named

    equipment = loaded.scenario.equipment
    databases, bought = having(SECTOR_DATABASE, equipment.sector_database_share.value)
    assert (len(databases), len(bought), databases & bought) == (13, 9, set())
    websites, built = having(WEBSITE, equipment.website_share.value)
    assert (len(websites), built, websites & built) == (19, {"dept.transport", "dept.natural_resources"}, set())
