"""The hot state of one-stop dossiers: what is in flight, the procedures, and the citizens of each district."""

import numpy as np

from sim.engine.records import Records, record

DOSSIER_RECORD = record(
    "key procedure intake holder place channel district received_ms due_ms paused_days returns leg "
    "returned late asked counter officer leader other_agency outside_body site_visit "
    "citizen transfer outage"
)
"""A citizen's or a firm's dossier in flight. `holder`: the agency that has it now; `place`: how far along its
procedure's path; `leg`: how often it has moved, asked for something, or been handed over, so that no two visits
share a draw; `asked`: bits of the visit, the further paper and the payment already called for; the last nine fields
add up milliseconds by where they passed, in the order of `LATENESS`."""

PROCEDURE = record(
    "working_days same_day level copies site_visit financial_duty national path pages", "odds process_ms online_odds"
)
"""A procedure as one tier or one department takes it in. `path`: places in digits of base `PATH_BASE`, the first
lowest, 0 ends it; `odds`: cumulative within the run of procedures of its tier or department; `copies`: certified at
the counter; `national`: filed on a national portal that the province does not control, by a share `online_odds`."""

PATH_BASE = 1024

CITIZENS = record("key population users filed online online_done online_bad")
"""People and firms of one district. `users` are willing to file online; the rest are counts since the month began."""

DOSSIER_FLOWS = (
    "filed",
    "at_counter",
    "online",
    "assisted",
    "by_post",
    "fileable",
    "received",
    "sent_home",
    "asked_back",
    "given_up",
    "done",
    "late",
    "recorded_late",
    "returned",
    "electronic_legs",
    "courier_legs",
    "paused",
    "national_firm",
    "national_firm_online",
    "national_investment",
    "national_investment_online",
    "portal_dead",
)
"""Counts of dossiers by month and tier of intake. `sent_home`: citizens still waiting at closing; `asked_back`:
dossiers found incomplete, `given_up` those of them not brought again; `recorded_late`: late by the dates that the
office wrote down; `portal_dead`: filed at the counter since the portal or the office's line was down."""

WAIT_MINUTES = 8 * 60
"""One bin a minute of office hours at the counter; the last one holds everything longer."""


def empty_dossiers(number: int) -> Records:
    """A pool of unused dossier slots."""
    return np.zeros(number, DOSSIER_RECORD)
