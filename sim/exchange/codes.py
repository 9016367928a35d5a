"""Whole-number codes of the states that hot arrays hold, in one place.

Inside arrays everything is an int64; these names are what the numbers mean.
"""

# tiers of agencies
OFFICE, DEPARTMENT, DISTRICT, COMMUNE, OUTSIDE = range(5)
TIERS = ("office", "department", "district", "commune", "outside")

# urgency, most urgent first: the order in which a free person or link takes work
FLASH, VERY_URGENT, URGENT, ORDINARY = range(4)
URGENCIES = 4

# usage level of e-office
NOT_INSTALLED, UNUSED, REGISTRY_ONLY, PROCESSES_ONLINE, DRAFTS_AND_SIGNS = range(5)
LEVELS = 5

# access line of an agency
ROUTE_NONE, ROUTE_ADSL, ROUTE_FTTH, ROUTE_DEDICATED = range(4)
ROUTES = ("none", "adsl", "ftth", "dedicated")

# kinds of station
REGISTRY, OFFICERS, LEADER, GATEWAY, UPLINK, DOWNLINK, MESSAGE_SERVICE, COUNTER = range(8)
STATION_KINDS = ("registry", "officers", "leader", "gateway", "uplink", "downlink", "message_service", "counter")

# what a job is: a document being made; one delivery of it; the other copy of a delivery that goes both ways;
# a message that a gateway sent again; a citizen's dossier
DOCUMENT, DELIVERY, PAPER_TWIN, ELECTRONIC_TWIN, REPEAT, DOSSIER = range(6)

# kinds of document, and of arrival; the last one is a delivery from another province
EXOGENOUS, REPLY, RELAY, INTERNAL, FILED, FROM_PROVINCE = range(6)

# steps of a job
DRAFT, REVIEW, SIGN, ISSUE = 0, 1, 2, 3
PRINT, POST, REGISTER_PAPER, FILE_TWIN = 10, 11, 12, 13
PACK, SEND, SERVE, POLL, FETCH, REGISTER_ELECTRONIC, CORRECT = 20, 21, 22, 23, 24, 25, 26
ANNOTATE, HANDLE = 30, 31
DONE = 40
# of a dossier: on its way by post; at the counter or its back office; awaiting what was missing; in work; at a body
# outside the province's agencies; awaiting the applicant; before the leader; to another agency by courier and its
# register there; ready, handed over or posted; awaiting a site visit and on it
FILE_BY_POST, RECEIVE, CHECK, COME_BACK = 41, 42, 43, 44
PROCESS, OUTSIDE_BODY, PAUSE, SIGN_RESULT = 45, 46, 47, 48
COURIER, ENTER_LEG, PICK_UP, HAND_OVER, RESULT_BY_POST = 49, 50, 51, 52, 53
AWAIT_VISIT, VISIT = 54, 55
# an online dossier that its office cannot open: line or data centre down
AWAIT_LINE = 56
# steps of a dossier that has been taken in and has no result yet
BEFORE_RESULT = (
    PROCESS,
    OUTSIDE_BODY,
    PAUSE,
    SIGN_RESULT,
    COURIER,
    ENTER_LEG,
    AWAIT_VISIT,
    VISIT,
    SEND,
    SERVE,
    POLL,
    FETCH,
)

# answers of the routing transition besides a station number
LEAVE, WAIT = -1, -2

# channel of a delivery
PAPER, LINKED, MAIL = 0, 1, 2
CHANNELS = ("paper", "linked", "mail")

# how a dossier was filed
AT_COUNTER, ONLINE, ASSISTED, BY_POST = range(4)

# where a dossier may have to go, in the digits of a procedure's path: where it was filed, the applicant's district or
# commune, the provincial Office, a body outside; from `FIRST_NAMED` on, a named agency
PATH_ENDS, AT_INTAKE, AT_DISTRICT, AT_COMMUNE, AT_OFFICE, AT_OUTSIDE_BODY, FIRST_NAMED = range(7)

# where the time of a late dossier went
LATENESS = (
    "counter",
    "officer",
    "leader",
    "other_agency",
    "outside_body",
    "site_visit",
    "citizen",
    "transfer",
    "outage",
)

# why a delivery was not electronic, or went on paper as well; one cause each
CAUSE_NONE = 0
SECRET, NEVER_ELECTRONIC, SENDER_NO_EOFFICE, SENDER_NOT_CONNECTED, RECIPIENT_UNREACHABLE, REFUSED_TO_PAPER = range(1, 7)
LINE_DOWN, REGISTRY_SWAMPED = 7, 8
NO_SIGNATURE, NO_RULE, LEADERS_RULE = range(9, 12)
CAUSES = (
    "none",
    "secret",
    "never_electronic",
    "sender_no_eoffice",
    "sender_not_connected",
    "recipient_unreachable",
    "refused_to_paper",
    "line_down",
    "registry_swamped",
    "no_signature",
    "directive",
    "leaders_rule",
)

# why an electronic delivery was refused
WRONG_ADDRESS, MISSING_FILE, TOO_LARGE, MAILBOX_FULL = range(4)
CONTENT_CHANGED, SEAL_MISSING, STAMP_MISSING, OTHER_TITLE, FOREIGN_CHAIN, UNVERIFIED, REVOKED = range(4, 11)
REFUSALS = (
    "wrong_address",
    "missing_file",
    "too_large",
    "mailbox_full",
    "content_changed",
    "seal_missing",
    "stamp_missing",
    "other_title",
    "foreign_chain",
    "unverified",
    "revoked",
)

# what went wrong as a document was signed
NO_FAULT, CHANGED_AFTER, FORGOTTEN_SEAL, NO_STAMP = range(4)

# what a verification says
PASSED, INDETERMINATE, FAILED = range(3)

# where waiting time went
OFFICE_CLOSED, CLERK_BUSY, LEADER_BUSY, OFFICER_BUSY, LINK_BUSY, OUTAGE, POSTAL, POLLING = range(8)
WAITS = ("office_closed", "clerk_busy", "leader_away_or_busy", "officer_busy", "link_busy", "outage", "post", "polling")

# purposes of draws: two uses never share one
(
    DRAW_ARRIVAL,
    DRAW_URGENCY,
    DRAW_SECRECY,
    DRAW_SIZE,
    DRAW_PAGES,
    DRAW_ADDRESS,
    DRAW_COUNT,
    DRAW_RECIPIENT,
    DRAW_PERSON,
    DRAW_SERVICE,
    DRAW_REPLY,
    DRAW_RELAY,
    DRAW_TRANSIT,
    DRAW_WRONG_ADDRESS,
    DRAW_MISSING_FILE,
    DRAW_ABSENCE,
    DRAW_OUTAGE,
    DRAW_ADOPTION,
    DRAW_FADING,
    DRAW_REGULATION,
    DRAW_START,
    DRAW_CERTIFICATE,
    DRAW_MONEY,
    DRAW_INTERNAL,
    DRAW_FILED,
    DRAW_PROCEDURE,
    DRAW_CHANNEL,
    DRAW_COMPLETE,
    DRAW_CITIZEN,
    DRAW_COURSE,
    DRAW_RESULT,
    DRAW_SIGNING,
    DRAW_AUDIT,
    DRAW_PATIENCE,
    DRAW_ROTATION,
    DRAW_HEAD,
    DRAW_AGEING,
    DRAW_MAIL,
    DRAW_TRACED,
) = range(39)

# purposes of child identities
CHILD_DELIVERY, CHILD_TWIN, CHILD_REPEAT, CHILD_REPLY, CHILD_RELAY, CHILD_DOCUMENT, CHILD_CROSSING = range(100, 107)
