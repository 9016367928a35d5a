"""Options of staff, hours, training, rules and supervision: what each moves, which way, and by which path."""

from __future__ import annotations

from datetime import date

from option_measures import (
    counter_minutes,
    dossiers,
    for_the_signature,
    held,
    inside,
    spent_early,
    token_days,
    trained,
    users,
    waiting,
)
from option_worlds import (
    BUSY,
    FAULTY,
    IN_USE,
    ORDERED,
    PROVINCE,
    SEPTEMBER,
    SERVICES,
    SOFTWARE,
    UNANSWERED,
    Row,
    province,
    without_eoffice,
)
from plans import buy, line
from worlds import fixed

from sim.exchange import counting as c
from sim.exchange.codes import CLERK_BUSY

PEOPLE_SIGNS = (
    # staff and working hours
    Row(
        "clerks_busiest",
        waiting(CLERK_BUSY),
        -1,
        "clerk -> queue of the registry -> delivery",
        (*IN_USE, *BUSY),
        end=SEPTEMBER,
    ),
    Row(
        "counter_staff",
        counter_minutes,
        -1,
        "people at the counter -> queue",
        IN_USE,
        offices=province(population=260_000, staff=90),
        procedures=SERVICES,
    ),
    Row(
        "it_staff_double",
        inside(c.ACCEPTED),
        1,
        "technician -> wait for a visit -> line up again -> messages go",
        (*IN_USE, *FAULTY, *UNANSWERED, fixed("network.desk_visit", "25 h"), fixed("start.own_server_share", "0 %")),
        end=SEPTEMBER,
        pairs=16,
    ),
    Row(
        "certificate_staff_double",
        token_days,
        -1,
        "desk -> queue of tokens -> wait",
        (fixed("signatures.desk_work", "5 h"), fixed("signatures.churn", "30 %")),
        lines=(line("I.4", 2017, 60.0, "SN"),),
        purchases=(buy("I.4", "token", 1.0),),
    ),
    Row(
        "second_project_team",
        spent_early,
        1,
        "team -> several lines at work at once -> sooner in place",
        (fixed("budget.accounts_per_month", "1"), fixed("budget.sites_per_month", "1")),
        offices=without_eoffice(PROVINCE),
        lines=(line("I.3", 2017, 400.0, "SN"),),
        purchases=tuple(
            buy("I.3", kind, 8.0, share=0.25, tiers=("office", "department", "district", "commune"))
            for kind in ("dedicated_link", "security_kit", "second_line", "eoffice_web_service")
        ),
        pairs=28,
    ),
    Row(
        "overtime_paid",
        waiting(CLERK_BUSY),
        -1,
        "hours -> queue of the registry",
        (*IN_USE, *BUSY),
        end=SEPTEMBER,
        pairs=24,
    ),
    Row(
        "lend_more",
        waiting(CLERK_BUSY),
        -1,
        "officers with time lent -> queue of the registry",
        (*IN_USE, *BUSY, fixed("people.handle", "8 min"), fixed("people.draft", "15 min")),
        offices=province(staff=14),
        end=SEPTEMBER,
        pairs=36,
    ),
    Row(
        "leaders_sign_daily_more",
        for_the_signature,
        -1,
        "leader's hours -> wait for the signature",
        (*IN_USE, *UNANSWERED),
        end=SEPTEMBER,
    ),
    # training
    Row("training_double", users, 1, "e-office training -> hazard -> users", IN_USE[:2], end=date(2019, 12, 31)),
    Row("training_every_year", users, 1, "e-office training -> hazard -> users", IN_USE[:2], end=date(2020, 3, 31)),
    Row("leaders_training", held("supports"), 1, "course -> heads who support e-office -> hazard", pairs=20),
    Row("general_training", trained, 1, "course -> people counted as trained"),
    Row("general_training", users, 0, "general courses do not teach e-office"),
    # rules and supervision
    Row("monthly_ranking", users, 1, "ranking -> hazard -> users"),
    Row("emulation_at_once", users, 1, "measured order -> hazard -> users"),
    Row("inspect_everybody", users, 1, "inspection under an order -> hazard -> users", (ORDERED,)),
    Row(
        "eoffice_only_rule",
        inside(c.ACCEPTED_ONLY),
        1,
        "rule -> head stops the paper that follows",
        IN_USE,
        certificates=40,
    ),
    Row(
        "counters_ranked",
        dossiers("recorded_late"),
        -1,
        "ranking -> lateness is hidden from the software",
        (*SOFTWARE, fixed("dossiers.work.ordinary", "2.5 h")),
        procedures=SERVICES,
        offices=province(population=60_000),
    ),
    Row("counters_ranked", dossiers("done"), 0, "ranking makes nobody work faster", procedures=SERVICES),
)
