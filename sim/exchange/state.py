"""The hot state of one replication: one structured array per noun, in one flat `World`.

Every field is an int64 or a float64, so that compiled code reads `jobs[j].urgency` at the price of one
load. Slots of `jobs` and `documents` are pooled: what is in flight takes room, not what has passed.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.by_address import by_address
from sim.engine.records import Records
from sim.engine.records import record as _record
from sim.exchange.codes import CAUSES, NO_SIGNATURE, SECRET

JOB = _record(
    "key kind step urgency document dossier sender recipient channel station version next previous twin "
    "entered_ms began_ms finish_ms left_ms work_ms down_before_ms attempts octets issued_ms registered_ms "
    "parallel interrupted twin_registered cause serving accounted_ms verified mended refusal noted alive"
)
"""One thing on its way: a document being made or a delivery. `station` is -1 between visits; `next` and
`previous` chain it in a queue or among those in service; `twin` is the other copy of a delivery that goes
both on paper and electronically; `left_ms` is work left while a station is down; `verified`: its
signature was found good; `mended`: its sender has put right what was refused of it; `refusal`: why it was last refused,
-1 if it never was; `noted`: how many have noted on its slip who handles it."""

PAPER = _record(
    "key root kind sender urgency secret never_electronic octets pages leader digital signed "
    "fault former leader_revoked_ms foreign leader_generation seal_generation signed_ms "
    "issued_ms month outstanding answers"
)
"""An official document in flight. `root`: the document that it answers or passes on, directly or not, or itself;
`digital`: drafted and signed online; `signed`: under the organisation's signature,
with what `fault`; `former`: with the token of a title its leader no longer has; `foreign`: under a certificate of an
authority that agencies do not trust; generations say which certificate of its holder signed; `answers`: the agency
a reply goes to, or -1; `outstanding`: jobs that still refer to it."""

AGENCY = _record(
    "key tier district commune_first commune_count clerk_calendar staff_calendar leaders_first leaders_count "
    "registry officers counter gateway uplink downlink route linked mail mail_users lan level users staff trained "
    "level_before eoffice_trained low_months tenure "
    "supports onestop online procedures_first procedures_count "
    "paperless_allowed paperless recent recent_count poll_phase_ms mailbox_octets ups security "
    "leaders_trained inspected it_staff hard_fail list_held_ms own_server swamped cio",
    "weight threshold support_draw experience outgoing internal reply_odds relay_odds dossiers",
)
"""One agency. `users`, `trained` (in any use of computers), `eoffice_trained` (in e-office, and still knowing it) and
`staff` count persons; `level_before`: its level as the month began; `low_months`: for how many months on end its
experience has been poor; `tenure`: how many heads it has had before this one; `recent` holds the fates of its last 50
electronic deliveries as bits; `threshold` is its head's own measure of when parallel paper may stop. `own_server`: its
e-office runs on a server in the house, not as the shared web service; `swamped`: its registry no longer scans or
sends, so much waits there; `cio`: one of its leaders is in charge of IT. `counter` is where citizens hand dossiers in;
`onestop`: its software is in use there; `online`: the provincial online services are; `dossiers` a year are filed here,
of the run of procedures given."""

STATION = _record(
    "kind agency calendar capacity busy up wake_ms serving waiting rate_bps down_ms down_since_ms extra most since_ms"
)
"""Somebody or something that serves one job at a time per place: a registry's clerks, an agency's officers,
one leader, one link. `calendar` -1 means it never closes; `rate_bps` is 0 for people; `down_ms` adds up the
time it was out of order, up to `down_since_ms` of the present outage. Of its places `extra` are not its own people's:
those of helpers and of overtime, less its own who help elsewhere; it never had more than `most`, and has had as many as
now since `since_ms`."""

CERTIFICATE = _record("valid_from_ms valid_until_ms requested_ms unusable former_ms revoked_ms foreign generation")
"""Who can sign, since when, until when. Slot = agency * places + holder; holder 0 is the agency itself.
`requested_ms`: when the next one was asked for, -1 if none is; `unusable`: the token is locked or handed in;
`former_ms`: since when its holder has another title but goes on using it, and
`revoked_ms` since when it is revoked, -1 if not;
`generation`: how many this holder has had before."""

AUDITED = _record(
    "key sender leader digital fault former foreign leader_generation seal_generation signed_ms sealed_ms "
    "list_published_ms list_until_ms checked_ms hard_fail verdict",
    "luck",
)
"""One delivery whose signatures are to be made and verified for real: facts, and the verdict that was modelled."""

ARRIVAL = _record("time_ms key sender kind")
"""A document that is about to be written."""

CROSSING = _record(
    "key root kind agency channel cause parallel urgency secret never_electronic digital pages octets month issued_ms"
)
"""A delivery between this province and another one: what its recipient sees of it. Of one that leaves, `key` and `root`
are its own and its document's root, and `agency` is the body outside that it is addressed to; of one that comes in,
`key` and `root` are the new document's, and `agency` is the body outside that stands for its sender. `month` is that of
the document's issue."""

CHOICE = _record("agency", "score")
"""Scratch: recipients of the document at hand."""


class Visit(NamedTuple):
    """The trace of one visit, kept only when a test or a planner asks for it.

    Which step, at which attempt, over which channel, where and when; then how the job, its document or its dossier
    stood once the step had its effect. `case`: the key of the document or dossier; `nature`: kind of document; `filed`:
    how a dossier was filed; `returns`: how often it was sent
    back; fields of what the job is not are -1.
    """

    key: int
    step: int
    attempts: int
    channel: int
    station: int
    entered_ms: int
    began_ms: int
    finished_ms: int
    next: int
    kind: int
    case: int
    sender: int
    recipient: int
    octets: int
    urgency: int
    cause: int
    verified: int
    refusal: int
    registered: int
    nature: int
    secret: int
    never_electronic: int
    pages: int
    digital: int
    signed: int
    fault: int
    procedure: int
    intake: int
    holder: int
    filed: int
    district: int
    received_ms: int
    due_ms: int
    returns: int
    returned: int
    late: int


VISIT = _record(" ".join(Visit._fields))
"""The same as an array holds it."""

TALLY = _record(
    "free_jobs free_documents spawned visits_kept visits tracing "
    "documents_created documents_finished deliveries_created deliveries_registered deliveries_handled "
    "repeats_created repeats_dropped twins_created twins_filed paper_pages jobs_created jobs_finished "
    "free_dossiers dossiers_filed dossiers_finished audited leaving_kept"
)
"""Running totals, from which conservation is checked."""

RULES = _record(
    "luck month service_shape retry_limit recent_window end_ms poll_interval_ms gateway_ms message_service_ms "
    "mail_run_count places list_interval_ms list_grace_ms list_reachable web_users "
    "annotation_levels among_provinces",
    "spread draft_ms review_ms sign_wet_ms sign_digital_ms issue_ms scan_ms send_electronic_ms print_copy_ms "
    "register_electronic_ms register_paper_ms file_duplicate_ms correct_refused_ms annotate_ms handle_ms duty_call_ms "
    "urgent_share very_urgent_share flash_share secret_share never_electronic_share pages_mean "
    "scan_size_median born_digital_size_median size_spread transport_overhead message_limit mailbox_limit "
    "wrong_address_share missing_file_share transit_local_ms transit_district_ms transit_commune_ms "
    "transit_outside_ms transit_spread few_share "
    "verify_ms list_octets changed_share unsealed_share unstamped_share audit_share "
    "counter_ms copies_ms digitise_ms online_check_ms hand_over_ms review_result_ms sign_result_ms site_visit_ms "
    "incomplete_share incomplete_online_share come_again_ms give_up_share post_share supplement_share "
    "supplement_days financial_days outside_days site_visit_days withdrawn_share pickup_days assisted_share "
    "pause_noted_share "
    "hidden_paper_share hidden_software_share "
    "page_octets pages_per_hour page_server_ms page_server_places "
    "patience_ms patience_spread least_patience_ms give_up_ms traced_share",
)
"""What holds for the whole province in this replication: the drawn parameters, in milliseconds and bytes."""

FLOWS = (
    "deliveries",
    "secret",
    "never_electronic",
    "sent_electronic",
    "sent_only_electronic",
    "accepted_electronic",
    "accepted_only_electronic",
    "accepted_signed",
    "registered",
    "handled",
    "attempts",
    "refused",
    "accepted_unverified",
)
"""Counts of deliveries by month of issue, sender tier and recipient tier."""

AGENCY_CAUSES = CAUSES[SECRET:NO_SIGNATURE]
"""Why a delivery was not electronic."""
AGENCY_FLOWS = (
    "issued",
    "issued_electronic",
    "deliveries_out",
    "electronic_out",
    "accepted_out",
    "handled",
    "handled_wholly_online",
    "handled_circulating",
    "attempts",
    "refused",
    "late",
    "in_outage",
    "pages",
    "dossiers",
    "dossiers_online",
    "dossiers_done",
    "dossiers_late",
    "online_tries",
    "online_failed",
    "unresolved",
    *AGENCY_CAUSES,
)
"""Counts by month and agency. The last ones: what it issued in that month to agencies of the province and what was
not electronic, by cause. `online_tries`: tasks that somebody set out to do over the agency's line, of which
`online_failed` did not come in time or not at all; `unresolved`: deliveries given up, or still without an answer."""

DELAYS = 5
"""Until registered, until handled, and until registered by paper, linked systems and mail."""
DELAY_BINS = 24 * 60
"""One bin an hour; the last one holds everything longer."""


@by_address
class World(NamedTuple):
    """All arrays of one replication. Axis names in brackets."""

    jobs: Records
    documents: Records
    agencies: Records
    stations: Records
    certificates: Records
    rules: Records
    tally: Records
    shifts: Records
    first_shift: NDArray[np.int64]
    queue_head: NDArray[np.int64]
    """[station, urgency]"""
    queue_tail: NDArray[np.int64]
    free_jobs: NDArray[np.int64]
    free_documents: NDArray[np.int64]
    spawned: NDArray[np.int64]
    choice: Records
    tier_odds: NDArray[np.float64]
    """[sender tier, 0-4: cumulative odds of recipient tier, 5: odds of several recipients]"""
    tier_range: NDArray[np.int64]
    """[tier, (first agency, number)]"""
    mail_runs_ms: NDArray[np.int64]
    rush: NDArray[np.float64]
    """[hour of the day] how busy people are then, as a multiple of the mean office hour."""
    experience: NDArray[np.int64]
    """[sender, recipient] deliveries so far: a sender learns its recipients' addresses."""
    flows: NDArray[np.int64]
    """[month of issue, sender tier, recipient tier, FLOWS]"""
    causes: NDArray[np.int64]
    """[month of issue, sender tier, recipient tier, CAUSES]"""
    refusals: NDArray[np.int64]
    """[month, REFUSALS]"""
    agency_flows: NDArray[np.int64]
    """[month, agency, AGENCY_FLOWS]"""
    delays: NDArray[np.int64]
    """[month of issue, recipient tier, (delivery, handling, delivery by each channel), hours]"""
    pending: NDArray[np.int64]
    """The same, for those not finished at the end: how long they had waited by then."""
    waits_ms: NDArray[np.int64]
    """[month, WAITS]"""
    worked_ms: NDArray[np.int64]
    """[month in which the work ended, station]"""
    staffed_ms: NDArray[np.int64]
    """[month, station] working time of all its places; machines and lines never close."""
    visits: Records
    audits: Records
    """The deliveries chosen for the audit, as many as there are places."""
    leaving: Records
    """Deliveries that have reached the outside since somebody last looked, kept only for a province among others."""
    coming_in: Records
    """Deliveries from other provinces that are about to come in; an arrival of that kind says which row."""
    dossiers: Records
    free_dossiers: NDArray[np.int64]
    procedures: Records
    citizens: Records
    """[district]"""
    dossier_flows: NDArray[np.int64]
    """[month, tier of intake, DOSSIER_FLOWS]"""
    lateness: NDArray[np.int64]
    """[month of the result, tier of intake, LATENESS]"""
    counter_waits: NDArray[np.int64]
    """[month, tier of intake, minutes of office hours]"""
    dossier_dues: NDArray[np.int64]
    """[day on which a dossier with a result was due, the last one for all later days; tier of intake; in time, late]"""


def empty_jobs(number: int) -> Records:
    """A pool of unused job slots."""
    jobs = np.zeros(number, JOB)
    for name in ("station", "next", "previous", "twin", "document", "dossier"):
        jobs[name] = -1
    return jobs


def empty_documents(number: int) -> Records:
    """A pool of unused document slots."""
    return np.zeros(number, PAPER)
