"""Which agencies have a website, a sector database or a video room on the first day.

A plan reports how many have one and hardly ever who. What is said, or follows from what the plan buys, comes first:
agencies stated to have none have none, and an agency for which the plan buys one by name is taken to lack it. The rest
of the share goes to the others, departments before districts, each in the order of their ids (assumed: what serves the
whole province is set up first; within a tier nothing tells one from another, and no measure does either).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sim.results.words import Words
from sim.scenario.tables import ONE_AGENCY, AgencyRow, Purchase


@dataclass(frozen=True)
class Thing:
    """Something that an agency has or lacks on the first day, of which a plan reports a share."""

    measure: str
    """The measure that counts it."""
    share: str
    """Key under `equipment` of the share that has it."""
    tiers: tuple[str, ...]
    """Whose share that is."""
    title: Words
    kind: str
    """What money buys of it."""
    also: tuple[str, ...] = ()
    """Other kinds that bring it along for departments."""


_ABOVE_COMMUNES = ("department", "district")
WEBSITE = Thing(
    "website_agency_share", "website_share", _ABOVE_COMMUNES, Words("trang thông tin điện tử", "a website"), "website"
)
SECTOR_DATABASE = Thing(
    "sector_database_share",
    "sector_database_share",
    _ABOVE_COMMUNES,
    Words("cơ sở dữ liệu chuyên ngành", "a sector database"),
    "sector_database",
    also=("key_database",),
)
VIDEO_ROOM = Thing(
    "video_agency_share", "video_share", ("district",), Words("phòng họp trực tuyến", "a video room"), "video_room"
)
THINGS = (WEBSITE, SECTOR_DATABASE, VIDEO_ROOM)


def is_named(entries: Collection[str], row: AgencyRow) -> bool:
    """Whether a list of ids and `tier:` with a tier names the agency."""
    return row.agency_id in entries or f"tier:{row.tier}" in entries


def holders(
    thing: Thing, rows: Sequence[AgencyRow], share: float, purchases: Iterable[Purchase], bare: Collection[str] = ()
) -> list[bool]:
    """Whether each agency has it on the first day, as many as the share makes of those whose share it is.

    Args:
        thing: what is counted.
        rows: the agencies.
        share: of the agencies of its tiers, those that have one.
        purchases: the plan's own, not those of options, which change no first day.
        bare: agencies stated to have none.
    """
    named = {word for one in purchases if one.kind == thing.kind for word in one.tiers if word.startswith(ONE_AGENCY)}
    counted = [place for place, row in enumerate(rows) if row.tier in thing.tiers]
    open_to = [place for place in counted if not is_named(bare, rows[place])]
    open_to.sort(key=lambda at: (f"{ONE_AGENCY}{rows[at].agency_id}" in named, thing.tiers.index(rows[at].tier)))
    has = set(open_to[: round(share * len(counted))])
    return [place in has for place in range(len(rows))]
