"""The log as XES (IEEE 1849): a trace is one document with all its deliveries, or one dossier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import quoteattr

from sim.events.activities import ACTIVITIES
from sim.events.flat import Moment
from sim.events.staging import Numbered, Staging
from sim.results.words import Lang

_EXTENSIONS = (("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Organizational", "org"), ("Time", "time"))
_BEFORE = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
"""
_GLOBALS = """\
  <global scope="trace"><string key="concept:name" value=""/></global>
  <global scope="event"><string key="concept:name" value=""/><string key="lifecycle:transition" value="complete"/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>
  <classifier name="Activity" scope="event" keys="concept:name"/>
  <classifier name="Activity and lifecycle" scope="event" keys="concept:name lifecycle:transition"/>
"""


def write_xes(staging: Staging, path: Path, moment: Moment, lang: Lang) -> None:
    """Write a finished log into a new file, one case after the other. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_BEFORE)
        for name, prefix in _EXTENSIONS:
            uri = f"http://www.xes-standard.org/{prefix}.xesext"
            file.write(f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
        file.write(_GLOBALS)
        file.write(f"  {_string('lifecycle:model', 'standard')}\n")
        ordered = staging.events("case_type, case_id, position")
        for (kind, name), events in groupby(ordered, lambda e: (e.happening.case_type, e.happening.case_id)):
            file.write(f"  <trace>{_string('concept:name', name)}{_string('case_type', kind)}\n")
            file.writelines(_lines(list(events), moment, lang))
            file.write("  </trace>\n")
        file.write("</log>\n")


def _lines(events: list[Numbered], moment: Moment, lang: Lang) -> Iterator[str]:
    """The case's events in order of time: of work that takes time, its start and its end."""
    ends = [(event.happening.time_ms, event.number, "complete", event) for event in events]
    starts = [
        (event.happening.started_ms, event.number, "start", event)
        for event in events
        if event.happening.started_ms < event.happening.time_ms
    ]
    for time_ms, number, transition, event in sorted([*starts, *ends], key=lambda line: line[:2]):
        it = event.happening
        texts = {
            "concept:name": ACTIVITIES[it.code].text(lang),
            "concept:instance": str(number),
            "lifecycle:transition": transition,
            "org:resource": it.post_id or it.line_id,
            "org:role": it.post_id.rpartition("/")[2].partition(".")[0] if it.post_id else None,
            "org:group": it.agency_id,
            "activity_code": it.code,
            "delivery_id": it.delivery_id,
            "copy_id": it.copy_id,
            "sender_id": it.sender_id,
            "recipient_id": it.recipient_id,
            "signature_id": it.signature_id,
            "channel": it.channel,
            "outcome": it.outcome if transition == "complete" else None,
        }
        wholes = {"attempt": it.attempt, "size_bytes": it.size_bytes}
        strings = "".join(_string(key, value) for key, value in texts.items() if value)
        ints = "".join(f'<int key="{key}" value="{value}"/>' for key, value in wholes.items() if value is not None)
        yield f'    <event>{strings}<date key="time:timestamp" value="{moment(time_ms)}"/>{ints}</event>\n'


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>'
