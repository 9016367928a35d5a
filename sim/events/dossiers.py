"""What happens to citizens' and firms' dossiers, told from traced visits."""

from __future__ import annotations

from sim.events.names import Stations, case_id
from sim.events.staging import Happening, Staging
from sim.exchange.codes import (
    ASSISTED,
    AT_COUNTER,
    AWAIT_LINE,
    AWAIT_VISIT,
    BY_POST,
    CHECK,
    COME_BACK,
    COMMUNE,
    COURIER,
    DISTRICT,
    DONE,
    ENTER_LEG,
    FETCH,
    FILE_BY_POST,
    HAND_OVER,
    LINKED,
    ONLINE,
    OUTSIDE_BODY,
    PAUSE,
    PICK_UP,
    POLL,
    PROCESS,
    RECEIVE,
    RESULT_BY_POST,
    SEND,
    SERVE,
    SIGN_RESULT,
    VISIT,
)
from sim.exchange.founding import Founded
from sim.exchange.state import Visit, World

CODES = {
    FILE_BY_POST: "dossier_came_by_post",
    COME_BACK: "dossier_brought_again",
    PROCESS: "dossier_processed",
    AWAIT_VISIT: "site_visit_due",
    VISIT: "site_visited",
    PAUSE: "applicant_answered",
    OUTSIDE_BODY: "outside_body_answered",
    SIGN_RESULT: "result_signed",
    SEND: "leg_sent",
    SERVE: "leg_relayed",
    POLL: "leg_found",
    FETCH: "leg_arrived",
    COURIER: "leg_carried",
    ENTER_LEG: "leg_registered",
    PICK_UP: "applicant_came",
    HAND_OVER: "result_handed_over",
    RESULT_BY_POST: "result_posted",
}
"""Activity of each step that always ends in the same way."""
FILED = {AT_COUNTER: "at_counter", ONLINE: "online", ASSISTED: "assisted", BY_POST: "by_post"}
AT_INTAKE = (
    FILE_BY_POST,
    RECEIVE,
    CHECK,
    AWAIT_LINE,
    COME_BACK,
    PAUSE,
    OUTSIDE_BODY,
    PICK_UP,
    HAND_OVER,
    RESULT_BY_POST,
)
TRANSFERS = (SEND, SERVE, POLL, FETCH, COURIER, ENTER_LEG)
AFTER_RESULT = (PICK_UP, HAND_OVER, RESULT_BY_POST)
UNDER_WAY, GIVEN_UP, RETURNED, IN_TIME, LATE = "under_way", "given_up", "returned", "in_time", "late"


class Dossiers:
    """Tells a staging database what happens to dossiers."""

    def __init__(self, staging: Staging, founded: Founded, stations: Stations) -> None:
        """Begin for a province."""
        self._staging = staging
        self._stations = stations
        self._ids = [row.agency_id for row in founded.rows]
        self._procedures = [row.procedure_id for row in founded.catalogue.sources] if founded.catalogue else []
        ranges = founded.world.tier_range
        first, number = ranges[DISTRICT] if ranges[DISTRICT, 1] else ranges[COMMUNE]
        self._homes = self._ids[int(first) : int(first + number)]
        self._unopened: set[int] = set()

    def see(self, visit: Visit) -> None:
        """A step of a dossier has ended."""
        dossier, step = case_id(visit.case), visit.step
        if self._is_first(visit):
            self._file(dossier, visit.entered_ms, visit.intake, visit.filed)
        state = UNDER_WAY
        if step == AWAIT_LINE:
            self._unopened.add(visit.case)
            self._not_opened(dossier, visit.entered_ms, visit.intake, visit.filed, visit.returns)
        elif step in CODES:
            self._happened(visit, CODES[step])
        elif _is_sent_back(visit):
            self._happened(visit, "dossier_asked_back")
        else:
            self._happened(visit, "dossier_received", FILED[visit.filed])
        if step in (RECEIVE, CHECK):
            self._unopened.discard(visit.case)
            if visit.next == DONE:
                state = GIVEN_UP
                self._happened(visit, "dossier_given_up", at_once=True)
        elif step in AFTER_RESULT or visit.next in (*AFTER_RESULT, DONE):
            state = RETURNED if visit.returned == 1 else LATE if visit.late == 1 else IN_TIME
            if step not in AFTER_RESULT:
                self._happened(visit, "result_ready", state, at_once=True)
        self._note(visit, dossier, state)

    def still(self, world: World, j: int) -> None:
        """A dossier is under way at the end; nothing may have happened to it yet."""
        job = world.jobs[j]
        d = world.dossiers[job["dossier"]]
        dossier, entered_ms, filed = case_id(int(d["key"])), int(job["entered_ms"]), int(d["channel"])
        is_new = d["leg"] == 0 and d["returns"] == 0 and int(d["key"]) not in self._unopened
        step = int(job["step"])
        is_filed = step in (FILE_BY_POST, RECEIVE, AWAIT_LINE) or (step == CHECK and filed == ONLINE)
        if is_new and is_filed:
            self._file(dossier, entered_ms, int(d["intake"]), filed)
        if step == AWAIT_LINE:
            self._not_opened(dossier, entered_ms, int(d["intake"]), filed, int(d["returns"]))
        self._staging.thing("under_way", dossier)
        row = (self._procedures[int(d["procedure"])], FILED[filed], self._ids[int(d["intake"])])
        times = (_known(int(d["received_ms"])), _known(int(d["due_ms"])))
        where = self._homes[int(d["district"])]
        self._staging.thing("dossiers", dossier, *row, where, *times, UNDER_WAY, entered_ms, known=True)

    def _is_first(self, visit: Visit) -> bool:
        """Did the dossier come into being as this step began?"""
        if _filing(visit) > 1 or visit.case in self._unopened:
            return False
        return visit.step in (FILE_BY_POST, RECEIVE, AWAIT_LINE) or (visit.step == CHECK and visit.filed == ONLINE)

    def _file(self, dossier: str, time_ms: int, intake: int, filed: int) -> None:
        self._at_once("dossier_filed", dossier, time_ms, intake, filed, 1)

    def _not_opened(self, dossier: str, time_ms: int, intake: int, filed: int, returns: int) -> None:
        """The office wanted to open what came online, and its line was down; it looks again after an hour or more."""
        self._at_once("dossier_not_opened", dossier, time_ms, intake, filed, returns + 1)

    def _at_once(self, code: str, dossier: str, time_ms: int, intake: int, filed: int, attempt: int) -> None:
        self._staging.event(
            Happening(
                time_ms,
                code,
                "dossier",
                dossier,
                dossier_id=dossier,
                agency_id=self._ids[intake],
                queued_ms=time_ms,
                started_ms=time_ms,
                attempt=attempt,
                channel=FILED[filed],
            )
        )

    def _happened(self, visit: Visit, code: str, outcome: str | None = None, *, at_once: bool = False) -> None:
        """A step has ended so; `at_once`: one of its effects, whose time another event of the step tells."""
        dossier = case_id(visit.case)
        known, moves = visit.station >= 0, visit.step in TRANSFERS
        away = visit.recipient if moves else visit.holder
        side = visit.intake if visit.step in AT_INTAKE else away
        self._staging.event(
            Happening(
                visit.finished_ms,
                code,
                "dossier",
                dossier,
                dossier_id=dossier,
                agency_id=self._stations.agency[visit.station] if known else self._ids[side],
                post_id=self._stations.post[visit.station] if known else None,
                line_id=self._stations.line[visit.station] if known else None,
                sender_id=self._ids[visit.sender] if moves else None,
                recipient_id=self._ids[visit.recipient] if moves else None,
                queued_ms=visit.finished_ms if at_once else visit.entered_ms,
                started_ms=visit.finished_ms if at_once else visit.began_ms,
                attempt=_filing(visit),
                channel=FILED[visit.filed],
                outcome=outcome,
                size_bytes=visit.octets if moves and visit.channel == LINKED else None,
            )
        )

    def _note(self, visit: Visit, dossier: str, state: str) -> None:
        row = (self._procedures[visit.procedure], FILED[visit.filed], self._ids[visit.intake])
        times = (_known(visit.received_ms), _known(visit.due_ms))
        where = self._homes[visit.district]
        self._staging.thing("dossiers", dossier, *row, where, *times, state, visit.finished_ms)


def _filing(visit: Visit) -> int:
    """Which filing of the dossier it is: one more each time it was found incomplete, from the next on."""
    return visit.returns + (0 if _is_sent_back(visit) else 1)


def _is_sent_back(visit: Visit) -> bool:
    return visit.step in (RECEIVE, CHECK) and visit.next in (COME_BACK, DONE)


def _known(time_ms: int) -> int | None:
    return time_ms if time_ms >= 0 else None
