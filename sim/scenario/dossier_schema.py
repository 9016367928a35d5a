"""What a planner may write about one-stop dossiers: arrivals, counter, work, records, citizens, national portals."""

from __future__ import annotations

from datetime import date

from sim.scenario.quantity import Count, Duration, PerYear, Profile, Share
from sim.scenario.section import Section


class DossierArrivals(Section):
    """How many dossiers citizens and firms bring, and when they come."""

    per_head: PerYear
    """Dossiers a year per inhabitant, all tiers together, in the first year of the horizon."""
    province_share: Share
    """Share of them taken in by departments; what neither they nor communes take in, districts do."""
    commune_share: Share
    growth: Share
    """Growth of arrivals a year, from the first year of the horizon."""
    monday_factor: Count
    """Arrivals on a Monday against another weekday; `weekdays` gives the other days."""
    after_tet_factor: Count
    """Arrivals on the first working days after Tết against ordinary ones."""
    after_tet_days: Count
    """Working days after Tết on which it holds."""
    hours: Profile
    """24 weights of the hour in which people come, midnight first; hours with a closed counter count for nothing."""
    weekdays: Profile
    """7 weights, Monday first, before `monday_factor`."""
    months: Profile
    """12 weights, January first, before `after_tet_factor`."""


class DossierCounter(Section):
    """The one-stop counter: who sits there and how long one visit holds them."""

    posts_department: Count
    """People who take turns at the counter of a mean department; one that takes in more has more, none below one."""
    posts_district: Count
    ordinary: Duration
    """Receiving, checking and receipting one ordinary dossier."""
    copies: Duration
    """Receiving and certifying one set of copies, its signature apart."""
    digitise: Duration
    """Scanning and keying in one dossier, on top, where the office runs one-stop software."""
    online_check: Duration
    """Back-office check of one dossier that came online, its form filled in by the citizen."""
    hand_over: Duration
    """Finding a result and handing it over against a signature."""
    incomplete_share: Share
    """Dossiers found incomplete at the counter and given back at once, among those brought in person, copies apart."""
    incomplete_online_share: Share
    """The same among those sent online; answered by message."""
    come_again: Duration
    """Until a dossier given back as incomplete is brought again."""
    give_up_share: Share
    """Among those given back: not brought again."""
    post_share: Share
    """Dossiers whose papers and result travel by public post instead of a visit, among those not given back at once."""


class DossierWork(Section):
    """Work on a dossier behind the counter, and what stops its clock."""

    officer_share: Share
    """Share of an officer's time that is free for dossiers, on top of that for documents."""
    short: Duration
    """Officers' work on a same-day or other short procedure."""
    ordinary: Duration
    long: Duration
    review: Duration
    """A head of room's look through a result before it is signed."""
    sign: Duration
    """A leader's reading and signing of one result."""
    outside_days: Count
    """Working days until a body outside the province's agencies (tax, police, ministry) answers."""
    site_visit_days: Count
    """Calendar days until officers can see the land or building, where the procedure needs it."""
    site_visit: Duration
    """Officers' time for one visit, journey included."""
    supplement_share: Share
    """Accepted dossiers for which the citizen is later asked for a further paper; the clock stops until it comes."""
    supplement_days: Count
    """Working days until it comes."""
    financial_days: Count
    """Working days until the citizen has paid what a land dossier owes; the clock stops until then."""
    pause_noted_share: Share
    """Further papers and payments asked for in writing, which stops the clock, where no software prints the slip."""
    withdrawn_share: Share
    """Accepted dossiers returned or withdrawn without a result, certified copies apart."""
    pickup_days: Count
    """Working days a finished result lies before it is fetched."""


class DossierRecords(Section):
    """How what the books say of lateness departs from what happened."""

    hidden_share_paper: Share
    """Late dossiers that the books of an office without one-stop software show as on time."""
    hidden_share_software: Share
    """The same where software stamps the times and nobody ranks offices by them (returned and filed again)."""
    hidden_share_monitored: Share
    """The same where software stamps the times and offices are ranked by them."""
    ranked_from: date | None = None
    """First day on which counters are ranked by lateness: a lever; none unless an option says so."""


class DossierCitizens(Section):
    """Who files online, and why."""

    home_internet_2016: Share
    """Citizens with internet at home; between the dated values it moves on a straight line of the logit."""
    home_internet_2019: Share
    home_internet_2022: Share
    start_share: Share
    """Citizens willing to file online on the first day, among those with internet."""
    external: PerYear
    """Hazard of becoming willing, of a citizen with internet whom nobody has told of it."""
    imitation: PerYear
    """Added at full use by others."""
    publicity: PerYear
    """Added while a round of publicity that money bought is remembered."""
    publicity_memory: Duration
    """How long a round of publicity is remembered."""
    late_return_share: Share
    """Citizens who go back to the counter after an online dossier of theirs came late."""
    fee_cut_effect: PerYear
    """Added to the hazard by remitting the whole fee of online filing; less in proportion to the cut."""
    fee_cut: Share
    """Part of the fee remitted for online filing: a lever."""
    fee_cut_from: date | None = None
    """First day of the cut; none: from the day the plan was decided, before which nothing can be cut by it."""
    assisted_share: Share
    """Counter visits at which an officer files online for the citizen, where service and software allow."""
    assisted_campaign_share: Share
    """The same while a campaign runs."""
    campaign_from: date | None = None
    """First day of a campaign in which officers file online for citizens: a lever; none unless an option says so."""


class NationalPortals(Section):
    """Online filing on national portals, which the province does not control; moves on a straight line of the logit."""

    business_2016: Share
    """Company registrations filed on the national business portal, at the start of 2016."""
    business_2020: Share
    """The same at the end of 2020."""
    investment_2016: Share
    """Investment certificates applied for on the national investment portal, at the start of 2016."""
    investment_2020: Share


class Dossiers(Section):
    """Dossiers of citizens and firms at the one-stop counters."""

    procedures: str = ""
    """CSV of the administrative procedures, under `scenarios/`; empty: dossiers are not simulated."""
    arrivals: DossierArrivals
    counter: DossierCounter
    work: DossierWork
    records: DossierRecords
    citizens: DossierCitizens
    national: NationalPortals
