"""What the province holds as a whole, and what its agencies have besides what moves documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.engine.records import Records
from sim.exchange.codes import COMMUNE, OFFICE, OUTSIDE
from sim.policy.onestop import Onestop
from sim.scenario.holders import SECTOR_DATABASE, VIDEO_ROOM, WEBSITE, Thing, holders
from sim.scenario.start_schema import Start
from sim.scenario.tables import AgencyRow, Purchase


@dataclass
class Holdings:
    """State that money can change and that no document meets in an agency."""

    datacentre_redundant: bool = False
    datacentre_server: bool = False
    """The message service has a second server."""
    datacentre_backup: bool = False
    """What the data centre holds is backed up, so that it is up again sooner."""
    mail_upgraded: bool = False
    second_lines: set[int] = field(default_factory=set)
    """Agencies with a line of another provider beside their own."""
    private_lines: set[int] = field(default_factory=set)
    """Agencies joined to the province's own network by a VPN over their internet line."""
    rankings_ms: list[int] = field(default_factory=list)
    """When agencies were assessed and ranked by their readiness, with money of the plan."""
    drills_ms: list[int] = field(default_factory=list)
    """When the province held incident drills."""
    desk_trained: bool = False
    """The provincial IT desk has been on a specialised course."""
    datacentre_down_ms: int = 0
    """Time the message service was down; the last outage counts whole even if the run ends in it."""
    malware_incidents: int = 0
    desk_worked_ms: int = 0
    """Work of the provincial IT desk, journeys included."""
    overtime_hours: float = 0.0
    """Hours that people at registries, counters and among the officers have stayed longer."""
    helper_days: int = 0
    """Days that officers have helped out at their registry or counter."""
    reactions: dict[int, Records] = field(default_factory=dict)
    """By calendar year, for each agency: people who may stay longer, days of helpers, time worked over."""
    onestop: Onestop = field(default_factory=Onestop)
    computers: list[int] = field(default_factory=list)
    """Staff with a work computer, by agency."""
    websites: list[bool] = field(default_factory=list)
    """Whether an agency has a website of its own."""
    video_rooms: list[bool] = field(default_factory=list)
    """Whether an agency has a video-conference room linked to the province's."""
    it_people: list[bool] = field(default_factory=list)
    """Whether anybody at an agency looks after its IT, full or part time."""
    sector_databases: list[bool] = field(default_factory=list)
    """Whether an agency keeps a database of its sector; what is handled does not wait for it (nothing tells how much
    handling one saves)."""
    key_databases: list[int] = field(default_factory=list)
    """Key databases of the province in use, by the agency that keeps them."""


def holdings_at_start(
    rows: Sequence[AgencyRow],
    tiers: Sequence[int],
    p: Mapping[str, float],
    onestop: Onestop,
    start: Start,
    purchases: Sequence[Purchase],
) -> Holdings:
    """What the plan counts on the first day, in whole persons and agencies.

    `purchases` are the plan's own: whom it buys a thing by name lacks it (`sim.scenario.holders` says who else has
    one). Key databases are kept by the Office, since no plan says of those that exist who keeps which.
    """
    pcs = [p["equipment.commune_pc_share"] if tier == COMMUNE else p["equipment.pc_share"] for tier in tiers]

    def who_has(thing: Thing, bare: Sequence[str] = ()) -> list[bool]:
        return holders(thing, rows, p[f"equipment.{thing.share}"], purchases, bare)

    return Holdings(
        onestop=onestop,
        computers=[round(row.staff * share) for row, share in zip(rows, pcs, strict=True)],
        websites=who_has(WEBSITE, start.without_website),
        video_rooms=who_has(VIDEO_ROOM),
        it_people=[row.it_staff > 0 and tier != OUTSIDE for row, tier in zip(rows, tiers, strict=True)],
        sector_databases=who_has(SECTOR_DATABASE),
        key_databases=[round(p["equipment.key_databases"]) if tier == OFFICE else 0 for tier in tiers],
    )
