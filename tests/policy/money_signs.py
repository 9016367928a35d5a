"""Options of money, signatures and services to citizens: what each moves, which way, and by which path."""

from __future__ import annotations

from option_measures import (
    dossiers,
    held,
    inside,
    months_of,
    offered,
    spent,
    token_days,
    willing,
    written_where_eoffice_is,
)
from option_worlds import (
    COMMUNE_EOFFICE,
    EITHER_FORM,
    IN_USE,
    ONLINE,
    PROVINCE,
    SEPTEMBER,
    SERVICES,
    TWO_YEARS,
    UNANSWERED,
    Row,
    province,
    without_eoffice,
)
from plans import buy, line
from worlds import fixed

from sim.exchange import counting as c

MONEY_SIGNS = (
    # money
    Row(
        "faster_procurement",
        months_of("level"),
        1,
        "contract sooner -> e-office in place sooner",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
    ),
    Row(
        "central_money_secured",
        spent,
        1,
        "programme comes -> money -> things bought",
        offices=without_eoffice(PROVINCE),
        lines=(line("II.2a", 2017, 64.0, "TW"),),
        purchases=COMMUNE_EOFFICE,
        leave=("budget.central_reliability",),
        pairs=24,
    ),
    Row("eoffice_all_communes", months_of("level"), 1, "money -> e-office in place", offices=without_eoffice(PROVINCE)),
    Row(
        "eoffice_web_service",
        months_of("level"),
        1,
        "a tenth of the price -> more communes served",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=EITHER_FORM,
        pairs=24,
    ),
    Row(
        "eoffice_installation",
        months_of("level"),
        -1,
        "ten times the price -> fewer communes served",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=EITHER_FORM,
        pairs=24,
    ),
    Row(
        "busiest_first",
        written_where_eoffice_is,
        1,
        "those who write most have e-office first -> more of the documents are in reach of it",
        (*IN_USE, *UNANSWERED, fixed("volumes.commune_spread", "1.0")),
        offices=without_eoffice(province(population=None)),
        lines=(line("II.2a", 2017, 24.0, "SN"),),
        purchases=COMMUNE_EOFFICE,
        end=SEPTEMBER,
        pairs=20,
    ),
    Row(
        "money_early",
        months_of("level"),
        1,
        "money sooner -> e-office in place sooner",
        offices=without_eoffice(PROVINCE),
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
    ),
    # signatures
    Row("tokens_all_leaders", inside(c.ACCEPTED_SIGNED), 1, "tokens -> signed documents", IN_USE),
    Row(
        "faster_tokens",
        token_days,
        -1,
        "request sent weekly -> wait",
        lines=(line("I.4", 2017, 40.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "remote_signing",
        token_days,
        -1,
        "nothing to make or install -> wait",
        lines=(line("I.4", 2017, 40.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "earlier_renewal",
        held("expired"),
        -1,
        "asked for sooner -> no gap between certificates",
        (fixed("signatures.life", "1 years"), fixed("signatures.lead_time", "60 days")),
        certificates=40,
        pairs=16,
    ),
    Row(
        "hard_fail_policy",
        inside(c.REFUSED),
        1,
        "list out of reach -> refusal",
        (*IN_USE, fixed("signatures.list_faults_per_year", "40 /year"), fixed("signatures.list_repair", "30 h")),
        certificates=40,
    ),
    # services to citizens
    Row("onestop_all_districts", months_of("onestop"), 1, "money -> software at the counters", procedures=SERVICES),
    Row("online_services_double", offered, 1, "money -> services raised to level 3", procedures=SERVICES),
    Row("fee_cut_online", willing, 1, "fee -> citizens who file online", ONLINE, procedures=SERVICES),
    Row("assisted_filing_campaign", dossiers("assisted"), 1, "officers file for citizens", ONLINE, procedures=SERVICES),
)
