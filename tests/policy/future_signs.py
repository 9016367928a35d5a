"""Regimes of adoption and futures: what each moves, which way, and by which path it gets there."""

from __future__ import annotations

from option_measures import months_of, spent, users, waiting
from option_worlds import (
    BUSY,
    COMMUNE_EOFFICE,
    IN_USE,
    ORDERED,
    PROVINCE,
    SEPTEMBER,
    TWO_YEARS,
    UNANSWERED,
    Row,
    without_eoffice,
)
from plans import line
from worlds import fixed

from sim.exchange.codes import OFFICER_BUSY, OUTAGE

FUTURE_SIGNS = (
    # regimes of adoption, beside orders that work as drawn
    Row("voluntary", users, -1, "no training, leader or order -> hazard", (ORDERED,), kind="adoption"),
    Row("project", users, -1, "orders without effect -> hazard", (ORDERED,), kind="adoption"),
    Row("mandate", users, 1, "orders followed up -> hazard", (ORDERED,), kind="adoption", pairs=40),
    Row("campaign", users, 1, "all-out drive -> hazard", (ORDERED,), kind="adoption"),
    # futures
    Row(
        "central_money_fails",
        spent,
        -1,
        "programme fails -> money",
        lines=(line("II.2a", 2017, 64.0, "TW"),),
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
        kind="future",
        leave=("budget.central_reliability",),
        pairs=24,
    ),
    Row(
        "money_a_year_late",
        months_of("level"),
        -1,
        "orders begun a year later",
        kind="future",
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
    ),
    Row(
        "money_late",
        months_of("level"),
        -1,
        "money settled in September",
        kind="future",
        lines=TWO_YEARS,
        purchases=COMMUNE_EOFFICE,
        offices=without_eoffice(PROVINCE),
    ),
    Row("power_worsens", waiting(OUTAGE), 1, "power cut -> line down -> messages wait", IN_USE, kind="future"),
    Row(
        "staff_cuts",
        waiting(OFFICER_BUSY),
        1,
        "officers -> queue of officers",
        (*IN_USE, *BUSY),
        kind="future",
        end=SEPTEMBER,
        pairs=16,
    ),
    Row(
        "storm_years",
        waiting(OUTAGE),
        1,
        "lines down -> messages wait",
        (
            *IN_USE,
            *UNANSWERED,
            fixed("network.datacentre_faults_per_year", "0 /year"),
            fixed("network.power_faults_per_year", "0 /year"),
        ),
        kind="future",
        pairs=32,
    ),
)
