"""Who lacks what targets count or rest on, at the end of every year and when they are due, and why it has not come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from sim.engine.clock import month_end
from sim.measure.lacks import LACKS, Without
from sim.measure.measured import Measured
from sim.measure.targets import due_row
from sim.model.record import RunRecord
from sim.model.standing import year_end_rows
from sim.results.lacking_tables import LackingRow, needed
from sim.scenario.districts import agency_places
from sim.scenario.loading import LoadedScenario

FACT = "lacking"
"""Single fact of a replication: by measure, day, what is lacking and why, places of agencies among its quarters."""
Lacking = dict[str, dict[str, dict[str, dict[str, list[int]]]]]


def lacking(record: RunRecord, loaded: LoadedScenario) -> Lacking:
    """Agencies without what some target counts or rests on: by measure, ISO day, what is lacking and why."""
    wanted = sorted({name for target in loaded.scenario.targets if (name := needed(target.measure)) in LACKS})
    found: Lacking = {name: {} for name in wanted}
    for day, row in _days(record, loaded).items() if wanted else ():
        without = Without(record, loaded, row, day)
        place = {agency: at for at, agency in enumerate(without.everybody)}
        for name in wanted:
            told: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
            for agency, (lacks, reason) in sorted(without.of(LACKS[name]).items()):
                told[lacks][reason].append(place[agency])
            if told:
                found[name][day.isoformat()] = {lacks: dict(reasons) for lacks, reasons in told.items()}
    return found


def _days(record: RunRecord, loaded: LoadedScenario) -> dict[date, int]:
    """The last day of every year and every due date, each with its state."""
    counted = record.months[record.first_month :]
    ends = {min(month_end(counted[row - 1]), record.last_day): row for row in year_end_rows(counted).values()}
    dues = {target.due: due_row(record, target) for target in loaded.scenario.targets}
    return dict(sorted((ends | dues).items()))


def lacking_rows(loaded: LoadedScenario, ordered: Sequence[Measured]) -> Iterator[LackingRow]:
    """Each agency that some replication leaves without, by measure, as listed, by day; the usual reason first."""
    known = agency_places(loaded.agencies)
    ids = ordered[0].quarters.agency_ids
    counted: defaultdict[tuple[str, int, str], defaultdict[tuple[str, str], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for one in ordered:
        for measure, days in one.facts.get(FACT, {}).items():
            for day, lacks_why in days.items():
                for lacks, reasons in lacks_why.items():
                    for reason, agencies in reasons.items():
                        for at in agencies:
                            counted[measure, at, day][lacks, reason] += 1
    for (measure, at, day), reasons_of_one in sorted(counted.items()):
        for (lacks, reason), count in sorted(reasons_of_one.items(), key=lambda item: (-item[1], item[0])):
            yield LackingRow(
                **asdict(known[ids[at]]),
                measure=measure,
                as_of=date.fromisoformat(day),
                lacks=lacks,
                reason=reason,
                lacking_share=count / len(ordered),
                n=len(ordered),
            )
