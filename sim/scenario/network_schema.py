"""What carries documents in a scenario: lines and faults, the post, certificates and signatures."""

from __future__ import annotations

from sim.scenario.quantity import Count, Duration, PerYear, Rate, Share, Size
from sim.scenario.section import Section


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
