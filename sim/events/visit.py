"""A traced visit as plain Python reads it."""

from __future__ import annotations

from typing import NamedTuple


class Visit(NamedTuple):
    """One step of a job that has ended; fields as in `sim.exchange.state.VISIT`, in its order."""

    key: int
    step: int
    station: int
    entered_ms: int
    began_ms: int
    finished_ms: int
    attempts: int
    next: int
    kind: int
    root: int
    case: int
    sender: int
    recipient: int
    channel: int
    octets: int
    urgency: int
    cause: int
    parallel: int
    verified: int
    refusal: int
    registered: int
    nature: int
    secret: int
    never_electronic: int
    pages: int
    leader: int
    digital: int
    signed: int
    fault: int
    answers: int
    procedure: int
    intake: int
    holder: int
    filed: int
    district: int
    received_ms: int
    due_ms: int
    asked: int
    returned: int
    late: int
