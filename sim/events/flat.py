"""The log as a flat table: one row an event, for a spreadsheet, pandas, or any tool that reads CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from sim.engine.clock import SECOND_MS
from sim.events.activities import ACTIVITIES
from sim.events.staging import Staging
from sim.results.csv_text import csv_text_of_columns
from sim.results.event_tables import EVENTS, EventRow
from sim.results.words import Lang

CHUNK = 10_000
Moment = Callable[[int], str]
"""What writes a simulated moment."""


def moments_from(origin: date) -> Moment:
    """Writes milliseconds since midnight of `origin` as ISO 8601 in Vietnamese time, 2016-03-01T07:31:05.000+07:00."""
    midnight = datetime.combine(origin, time(0))

    def moment(time_ms: int) -> str:
        return f"{(midnight + timedelta(milliseconds=time_ms)).isoformat(timespec='milliseconds')}+07:00"

    return moment


def rows(staging: Staging, moment: Moment, lang: Lang) -> Iterator[EventRow]:
    """The events in order of time."""
    for event in staging.events():
        it = event.happening
        yield EventRow(
            event_id=event.number,
            time=moment(it.time_ms),
            activity_code=it.code,
            activity=ACTIVITIES[it.code].text(lang),
            case_type=it.case_type,
            case_id=it.case_id,
            document_id=it.document_id,
            delivery_id=it.delivery_id,
            copy_id=it.copy_id,
            dossier_id=it.dossier_id,
            agency_id=it.agency_id,
            post_id=it.post_id,
            line_id=it.line_id,
            sender_id=it.sender_id,
            recipient_id=it.recipient_id,
            signature_id=it.signature_id,
            queued=moment(it.queued_ms),
            started=moment(it.started_ms),
            waited_seconds=(it.started_ms - it.queued_ms) / SECOND_MS,
            took_seconds=(it.time_ms - it.started_ms) / SECOND_MS,
            attempt=it.attempt,
            channel=it.channel,
            outcome=it.outcome,
            size_bytes=it.size_bytes,
        )


def write_csv(staging: Staging, path: Path, moment: Moment, lang: Lang) -> None:
    """Write the rows, some thousand at a time. Raises OSError."""
    found = rows(staging, moment, lang)
    names = [column.name for column in EVENTS.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(EVENTS.text([]))
        while chunk := [EVENTS.cells(row) for row in islice(found, CHUNK)]:
            file.write(csv_text_of_columns(names, list(zip(*chunk, strict=True))).partition("\n")[2])
