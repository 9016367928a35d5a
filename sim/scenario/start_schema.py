"""How the province stands on the first day of a scenario, what was reported of it, and how people take things up."""

from __future__ import annotations

from sim.scenario.quantity import Count, PerYear, Share
from sim.scenario.section import Section


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
