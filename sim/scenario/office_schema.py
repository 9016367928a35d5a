"""Offices in a scenario: when they work, what documents they write to whom, and who handles them."""

from __future__ import annotations

from typing import Literal

from sim.scenario.quantity import Count, Duration, PerYear, Profile, Share, Size
from sim.scenario.section import Section


class OfficeHours(Section):
    """Opening hours of one kind of agency, as `HH:MM-HH:MM` shifts of an ordinary working day."""

    weekdays: tuple[str, ...]
    saturday: tuple[str, ...] = ()
    basis: str
    source: str


class Calendar(Section):
    """Working days and hours."""

    overrides: str
    """CSV of dates that differ from the public-holiday package, under `scenarios/`."""
    office: OfficeHours
    department: OfficeHours
    district: OfficeHours
    commune: OfficeHours
    leader: OfficeHours
    """Hours in which leaders read and sign; the rest of their day goes to meetings and visits."""
    always_open: bool = False
    """True makes every hour of every day a working hour: for study of queues without a calendar."""


class Volumes(Section):
    """Documents a year, by kind of agency, and how they spread over recipients."""

    office_incoming: PerYear
    office_outgoing: PerYear
    department_incoming: PerYear
    department_outgoing: PerYear
    department_spread: Count
    """Standard deviation of the logarithm of a department's volume around the mean department's."""
    district_incoming: PerYear
    """Papers reaching the district committee's own office."""
    district_outgoing: PerYear
    room_incoming: PerYear
    """Papers reaching one specialised room of a district."""
    room_outgoing: PerYear
    room_internal_share: Share
    """Share of a room's papers that stay inside its district agency."""
    commune_incoming: PerYear
    commune_outgoing: PerYear
    commune_spread: Count
    growth: Share
    """Growth of all volumes a year, from the first year of the horizon."""
    from_outside_share: Share
    """Share of the deliveries received in the province that come from the centre and other provinces."""
    to_outside_share: Share
    """Share of the deliveries sent from the province that go to the centre and other provinces."""
    fanout_office: Count
    """Recipients of a document before the matrix is balanced; balancing scales what exceeds one."""
    fanout_department: Count
    fanout_district: Count
    fanout_commune: Count
    few_share: Share
    """Among documents with several recipients of one tier: those for a few (2-10); the rest go to the whole tier."""
    reply_share: Share
    """Share of outgoing documents that answer a received one."""
    relay_share: Share
    """Share of a district's outgoing documents that pass a provincial one on to all its communes."""
    internal_share: Share
    """Papers written for use inside a department or commune, per outgoing document."""


class MatrixRow(Section):
    """How one sender tier's deliveries lean towards each recipient tier, before balancing (weights)."""

    office: Count
    department: Count
    district: Count
    commune: Count
    outside: Count


class Matrix(Section):
    """Seed of the sender-tier by recipient-tier matrix of deliveries."""

    office: MatrixRow
    department: MatrixRow
    district: MatrixRow
    commune: MatrixRow
    outside: MatrixRow


class Seasons(Section):
    """When documents are written."""

    hours: Profile
    """24 weights, midnight first; hours when the office is closed count for nothing."""
    weekdays: Profile
    """7 weights, Monday first."""
    months: Profile
    """12 weights, January first."""


class Documents(Section):
    """What official documents are like."""

    urgent_share: Share
    """Khẩn."""
    very_urgent_share: Share
    """Thượng khẩn."""
    flash_share: Share
    """Hỏa tốc."""
    secret_share: Share
    """Secret documents never travel electronically."""
    never_electronic_share: Share
    """Files that are not secret but never go electronically (personnel files and the like)."""
    pages_mean: Count
    scan_size_median: Size
    born_digital_size_median: Size
    size_spread: Count
    """Standard deviation of the logarithm of the size."""
    transport_overhead: Count
    """Bytes on the wire per byte of file (base64 inside edXML)."""
    mailbox_limit: Size
    """Room in an agency's official mailbox; mail that does not fit bounces."""
    message_limit: Size
    """Largest message the exchange accepts; above it the delivery is refused for its file."""
    wrong_address_share: Share
    """Chance that the first electronic delivery from a sender to a recipient is misaddressed."""
    missing_file_share: Share
    """Chance that an electronic delivery comes without a readable file."""


class People(Section):
    """Work that one document costs a person."""

    service_shape: Literal["lognormal", "exponential", "constant"]
    """Law of every service time about its mean."""
    service_spread: Count
    """Standard deviation of the logarithm, for the lognormal law."""
    draft: Duration
    review: Duration
    sign_wet: Duration
    """Reading and signing in ink."""
    sign_digital: Duration
    """Reading and signing with a token."""
    issue: Duration
    """Numbering, sealing and entering one outgoing document."""
    scan: Duration
    """Scanning a signed paper document before it is sent electronically, or a received one."""
    send_electronic: Duration
    """Addressing and sending one message."""
    print_copy: Duration
    """Copying, enveloping and addressing one paper copy."""
    register_electronic: Duration
    """Checking and accepting one electronic document."""
    register_paper: Duration
    """Opening, stamping and entering one paper document."""
    file_duplicate: Duration
    """Matching a second copy of a document already registered and filing it."""
    correct_refused: Duration
    """Finding out why a delivery was refused and putting it right."""
    annotate: Duration
    """A leader's note on who handles an incoming document."""
    handle: Duration
    """An officer's work on an incoming document."""
    duty_call: Duration
    """Until the clerk or leader on duty is there for a flash document outside office hours."""
    officer_document_share: Share
    """Share of an officer's time that is free for documents."""
    room_clerk_share: Share
    """Part of a post that each specialised room of a district gives to its register."""
    clerks_added: Count
    """Clerk posts added on the day of the plan's decision, one each to the registries busiest until then."""
    staff_cut_share: Share
    """Share of officers' posts cut on the day of the plan's decision."""
    leader_absence_share: Share
    """Share of working days a leader is away."""
    leader_absence_days: Count
    """Mean length of an absence in days."""
