"""What a planner may write in a scenario: the shape of every section.

A scenario is frozen once loaded. Unknown keys are errors. Every number is a quantity with a unit, a
range, a basis (`plan`, `reported`, `derived`, `assumed`) and a source; the values themselves live in
the TOML and CSV files under `scenarios/`, never here.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.dossier_schema import Dossiers
from sim.scenario.quantity import Count, Duration, Money, PerYear, Profile, Rate, Share, Size
from sim.scenario.section import Section

Tier = Literal["office", "department", "district", "commune", "outside"]
Source = Literal["TW", "DT", "SN"]
RouteClass = Literal["none", "adsl", "ftth", "dedicated"]
UnitKind = Literal[
    "eoffice_installation",
    "eoffice_web_service",
    "eoffice_link",
    "dedicated_link",
    "internet_upgrade",
    "token",
    "training_seat",
    "leader_seat",
    "it_course",
    "security_kit",
    "datacentre_redundancy",
    "onestop_software",
    "onestop_commune_software",
    "online_procedure",
    "publicity_round",
    "computer",
    "other",
]


class Title(Section):
    """A name in both languages."""

    vi: str
    en: str


class Plan(Section):
    """The decision that the scenario is about."""

    decision: str
    """Number of the decision that approved the plan."""
    decided: date
    """Day of the decision: what was spent before it is history, options act only after it."""
    source: str


class Horizon(Section):
    """The months simulated."""

    start: date
    """First day counted."""
    end: date
    """Last day counted."""
    warm_up: Duration
    """Traffic simulated before `start` with money and adoption frozen; nothing of it is counted."""


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


class RouteRates(Section):
    """One class of access line."""

    down: Rate
    up: Rate
    faults_per_year: PerYear
    repair: Duration
    """Mean time from fault to repair, with nobody waiting at the IT desk."""
    background_share: Share
    """Share of the line taken by other traffic in office hours (reserved video bandwidth)."""


class Network(Section):
    """The wide-area network, message service and data centre."""

    adsl: RouteRates
    ftth: RouteRates
    dedicated: RouteRates
    gateway: Duration
    """Packing of one message at the sender's gateway, which sends one message at a time."""
    message_service: Duration
    """Work of the message service on one message."""
    message_service_capacity: Count
    poll_interval: Duration
    """A receiver's e-office asks the message service for new messages at this interval."""
    retry_limit: Count
    """Attempts after which an electronic delivery is given up and sent on paper."""
    datacentre_faults_per_year: PerYear
    datacentre_repair: Duration
    datacentre_redundancy_share: Share
    """Share of data-centre faults that redundancy bridges, once bought."""
    power_faults_per_year: PerYear
    """Power cuts per site and year that fall in office hours."""
    power_repair: Duration
    ups_share: Share
    """Share of sites whose line stays up through a power cut."""
    malware_per_year: PerYear
    """Incidents per agency and year that stop its gateway until it is cleaned."""
    malware_cleaning: Duration
    """Work of the provincial IT desk on one incident."""
    security_effect: Share
    """Part of the incidents that security equipment keeps away from an agency that has it."""
    desk_staff: Count
    """People at the provincial IT desk who visit agencies without IT staff of their own."""
    desk_visit: Duration
    """One visit, journey included."""
    course_effect: Share
    """Part of the visit that is saved once the desk has been on a specialised course."""


class Post(Section):
    """Paper between agencies."""

    mail_runs: tuple[str, ...]
    """Hours at which the post is collected on a working day, as `HH:MM`."""
    local: Duration
    """Between provincial agencies, which sit in one town."""
    district: Duration
    commune: Duration
    outside: Duration
    spread: Count
    """Standard deviation of the logarithm of the transit time."""


class Signatures(Section):
    """Certificate state: who can sign since when."""

    personal_at_start: Count
    """Personal certificates in use at the start, given to leaders from the provincial Office downwards."""
    organisation_at_start: Count
    """Agencies with an organisation certificate at the start."""
    lead_time: Duration
    """From money spent to token in hand."""
    churn: Share
    """Certificates that lapse a year through postings, retirement and lost tokens."""
    life: Duration
    renew_ahead: Duration
    """How long before its end a certificate is asked for anew."""
    desk_staff: Count
    """People of the province who install tokens, train holders and unlock PINs."""
    desk_work: Duration
    """Their time for one of these."""
    revocation: Duration
    """From a posting or a loss until the old certificate is revoked."""
    pin_lock_share: Share
    """Tokens whose PIN is locked by wrong entries, a year."""
    old_token_share: Share
    """Posted leaders who go on signing with the token of their former title until the new one comes."""
    foreign_share: Share
    """Agencies' certificates at the start that are of another authority than the Government's."""
    changed_share: Share
    """Digitally signed documents whose file is changed after the leader signed, as by stamping the number in."""
    unsealed_share: Share
    """Digitally signed documents that the registry forgets to sign for the organisation."""
    unstamped_share: Share
    """Signed documents without a time stamp, the service not having answered."""
    verify: Duration
    """Machine time of one verification."""
    hard_fail_share: Share
    """Agencies that refuse what cannot be verified for want of a list of revoked certificates."""
    list_interval: Duration
    """Between two publications of that list."""
    list_grace: Duration
    """How long after the next publication was due a list still counts."""
    list_size: Size
    list_faults_per_year: PerYear
    """Times a year that the publisher cannot be reached."""
    list_repair: Duration


class Start(Section):
    """The state of use on the first day, where the plan names only what is installed."""

    installed_unused_share: Share
    """Among agencies that have e-office: level 1, installed but not used."""
    registry_only_share: Share
    """Among agencies that use it: level 2, only the registry."""
    draft_sign_share: Share
    """Among agencies that process online: level 4."""
    user_share: Share
    """Staff who work in e-office, at an agency at level 3."""
    email_user_share: Share
    trained_share: Share
    commune_mail_share: Share
    """Communes whose registry reads an official mailbox."""
    fitted: str = ""
    """CSV of fitted starting states, under `scenarios/`; each replication starts from one of its rows."""
    residuals: str = ""
    """CSV of what that fit leaves over of each baseline, written beside it."""
    onestop_software: tuple[str, ...] = ()
    """Agencies whose one-stop counter runs on software that stamps times: ids, or `tier:` with a tier."""
    online_services: tuple[str, ...] = ()
    """Agencies on the provincial system of online services, which take dossiers filed online: as above."""


class Equipment(Section):
    """What agencies have on the first day besides e-office and lines; counted, without effect on documents."""

    pc_share: Share
    """Staff with a work computer, district level and up."""
    commune_pc_share: Share
    """Staff with a work computer at communes."""
    website_share: Share
    """Departments and district committees with a website of their own."""
    video_share: Share
    """District committees with a video-conference room linked to the province's."""


class Adoption(Section):
    """Monthly hazards of taking e-office up and giving it up (per year; DESIGN section 2)."""

    base: PerYear
    """Of a person, with no push at all."""
    push_training: PerYear
    push_leader: PerYear
    push_mandate: PerYear
    push_measured: PerYear
    """Added to `push_mandate` while the mandate is measured and ranked."""
    imitation: PerYear
    """At full use by colleagues and correspondents."""
    colleague_weight: Share
    """Weight of colleagues against correspondents in imitation."""
    lapse: PerYear
    """Of a user whose experience is all bad."""
    installed_to_registry: PerYear
    """Of an agency moving from level 1 to level 2, at full push."""
    regulation: PerYear
    """Of a leader issuing the rule that moves the agency to level 3, then 4, at full push."""
    leader_support_share: Share
    """Share of agencies whose head supports working online."""
    leader_support_trained_share: Share
    """The same once the head has been on a course for leaders."""
    paperless_threshold_low: Share
    """Lowest share of good electronic deliveries at which a head stops parallel paper."""
    paperless_threshold_high: Share


class Budget(Section):
    """How money arrives and turns into things."""

    lines: str
    """CSV of the plan's lines by year and source, under `scenarios/`."""
    totals: str
    """CSV of the totals the plan prints; the lines must add up to them."""
    purchases: str
    """CSV of what each line buys, at what unit cost, for whom, in what order."""
    approval_month: Count
    """Month of the year in which the year's money is settled."""
    central_reliability: Share
    """Chance that a year's central money for a line arrives."""
    provincial_reliability: Share
    procurement: Duration
    """From money in hand to contract."""
    sites_per_month: Count
    """Sites one project team equips a month."""
    slip_share: Share
    """Chance that a year's order of one purchase is not begun in its year and waits for the next."""
    stop_share: Share
    """Chance that a year's order of one purchase is stopped and its money returned."""
    web_service_odds: Share
    """Chance that communes get e-office as a shared web service rather than installed one by one."""
    scale: dict[str, Annotated[float, Field(ge=0.0, le=100.0)]] = Field(default_factory=dict)
    """Lever: the money of a line, `chapter.ID`, `source.TW` or `all` times this, from the year of the decision on."""
    shift_years: dict[str, Annotated[int, Field(ge=-10, le=10)]] = Field(default_factory=dict)
    """Lever: the money comes so many years later (negative: earlier, not before the year of the decision)."""
    redivide: dict[str, Annotated[float, Field(ge=0.0, le=100.0)]] = Field(default_factory=dict)
    """Lever: a line or chapter gets its money times this, the other lines of the same source and year the rest."""


class Mandate(Section):
    """An order to use e-office, counted once."""

    id: str
    title: Title
    start: date
    measured_from: date | None = None
    """Day from which use is measured and ranked."""
    allows_paperless: bool = False
    """True when it allows or orders that electronic documents travel without paper."""
    tiers: tuple[Tier, ...]
    source: str


class Target(Section):
    """One target of the plan, exactly as it is to be counted."""

    id: str
    title: Title
    measure: str
    scope: str = "all"
    threshold: Share
    due: date
    unit: Literal["delivery", "document", "dossier", "agency", "person", "service", "money"]
    event: Literal["sent", "accepted", "state"]
    lines: tuple[str, ...] = ()
    """Budget lines that pay for a `milestone`: it is reached when what they pay for is delivered."""
    exclude_secret: bool = False
    exclude_never_electronic: bool = False
    window_months: int = Field(default=12, ge=1, le=60)
    """Months up to the due date that a flow is counted over; a stock is taken on the day."""
    version: Literal["reported", "true"] = "reported"
    readings: tuple[str, ...] = ()
    """Other readings shown beside it: `true`, `accepted`, `non_secret`, `province+district`, `only`."""
    source: str


class ExtraLine(Section):
    """Money that an option adds to the plan: one purchase from one source in one year."""

    id: str
    title: Title
    source: Source
    year: int = Field(ge=1990, le=2100)
    amount: Money
    kind: UnitKind
    unit_cost: Money
    tiers: tuple[Tier, ...] = ()


class Reporting(Section):
    """How the plan's own reports differ from what happened."""

    optimism: Share
    """Points by which agencies' own shares flatter, where nobody inspects."""
    inspected_share: Share
    """Share of agencies that the yearly inspection visits; a visited one reports the truth that year and is
    pushed as by a measured order, while an order to use e-office is in force."""


class Baseline(Section):
    """A value that the plan reports for the start; the starting state is fitted so that reports would print it."""

    id: str
    measure: str
    scope: str = "all"
    reported: Share
    """What was reported, with the band in which rounding and doubt leave it."""
    fitted: bool = True
    """False for what the start is set to rather than fitted: `init` leaves it alone, the report shows it."""
    source: str


class ReportedCount(Section):
    """A number of things that the plan reports for the start, shown beside what the simulation starts from."""

    id: str
    measure: str
    scope: str = "all"
    reported: Count
    """What was reported, with the band in which doubt leaves it."""
    source: str


class Run(Section):
    """How the answer is computed."""

    seed: int = Field(ge=0, lt=2**63)
    replications: int = Field(ge=1, le=10_000)
    required_probability: Share
    audited_deliveries: int = Field(ge=0, le=100_000)
    """Verified deliveries of each replication that are really signed and verified, at most; 0: none."""
    audited_share: float = Field(gt=0.0, le=1.0)
    """Those are chosen by key among this share of all verified deliveries."""


class Scenario(Section):
    """One province, one plan, one set of assumptions."""

    schema_version: Literal[1] = Field(alias="schema")
    name: str
    title: Title
    plan: Plan
    horizon: Horizon
    agencies: str
    """CSV of the agencies, under `scenarios/`."""
    calendar: Calendar
    volumes: Volumes
    matrix: Matrix
    seasons: Seasons
    documents: Documents
    people: People
    network: Network
    post: Post
    signatures: Signatures
    start: Start
    equipment: Equipment
    adoption: Adoption
    dossiers: Dossiers
    budget: Budget
    reporting: Reporting
    mandates: tuple[Mandate, ...]
    targets: tuple[Target, ...]
    extra_lines: tuple[ExtraLine, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    counts: tuple[ReportedCount, ...] = ()
    run: Run
