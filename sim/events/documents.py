"""What happens to documents and their deliveries, told from traced visits."""

from __future__ import annotations

from typing import Any

from sim.engine.draws import child
from sim.events.names import Stations, case_id, copy_id, delivery_id
from sim.events.staging import Happening, Staging
from sim.exchange.codes import (
    ANNOTATE,
    CAUSES,
    CHANNELS,
    CHILD_DELIVERY,
    CHILD_RELAY,
    CHILD_REPLY,
    CONTENT_CHANGED,
    CORRECT,
    DELIVERY,
    DOCUMENT,
    DONE,
    DRAFT,
    ELECTRONIC_TWIN,
    FETCH,
    FILE_TWIN,
    FORGOTTEN_SEAL,
    HANDLE,
    ISSUE,
    MISSING_FILE,
    NO_FAULT,
    OUTSIDE,
    PACK,
    PAPER,
    PAPER_TWIN,
    POLL,
    POST,
    PRINT,
    REFUSALS,
    REFUSED_TO_PAPER,
    REGISTER_ELECTRONIC,
    REGISTER_PAPER,
    REPEAT,
    REVIEW,
    SEAL_MISSING,
    SEND,
    SERVE,
    SIGN,
    STAMP_MISSING,
    WRONG_ADDRESS,
)
from sim.exchange.founding import Founded
from sim.exchange.state import Visit, World

CODES = {
    DRAFT: "drafted",
    REVIEW: "reviewed",
    SIGN: "signed",
    ISSUE: "issued",
    PACK: "packed",
    SEND: "sent",
    SERVE: "relayed",
    POLL: "found",
    FETCH: "arrived",
    CORRECT: "corrected",
    PRINT: "printed",
    POST: "carried",
    ANNOTATE: "assigned",
    HANDLE: "handled",
}
"""Activity of each step that always ends in the same way."""
AT_SENDER = (DRAFT, REVIEW, SIGN, ISSUE, PACK, SEND, CORRECT, PRINT)
KINDS = ("of_its_own", "reply", "relay", "internal")
URGENCY = ("flash", "very_urgent", "urgent", "ordinary")
FAULTS = ("none", "changed_after_signing", "seal_forgotten", "no_time_stamp")
SIGNED_ANEW = (CONTENT_CHANGED, SEAL_MISSING, STAMP_MISSING)
"""Refusals after which the sender's registry makes its signature again, on the copy for this recipient."""
UNDER_WAY, REGISTERED, HANDLED = "under_way", "registered", "handled"
IN_PREPARATION, ISSUED, BECAME_THE_DELIVERY = "in_preparation", "issued", "became_the_delivery"
_LOW_BITS = 0x7FFFFFFF


class Documents:
    """Tells a staging database what happens to documents."""

    def __init__(self, staging: Staging, founded: Founded, stations: Stations) -> None:
        """Begin for a province."""
        self._staging = staging
        self._stations = stations
        self._ids = [row.agency_id for row in founded.rows]
        self._keys = [int(key) & _LOW_BITS for key in founded.world.agencies["key"]]
        self._tiers = founded.world.agencies["tier"].tolist()
        self._signed_anew: set[int] = set()

    def see(self, visit: Visit) -> None:
        """A step of a document, a delivery, a paper copy or a duplicate has ended."""
        if visit.kind == DOCUMENT:
            self._see_document(visit)
        elif visit.kind == REPEAT:
            self._see_duplicate(visit)
        else:
            self._see_delivery(visit)

    def still(self, world: World, j: int) -> None:
        """A document or a delivery is under way at the end; nothing may have happened to it yet."""
        job = world.jobs[j]
        d = world.documents[job["document"]]
        document, kind, entered_ms = case_id(int(d["key"])), int(job["kind"]), int(job["entered_ms"])
        self._staging.thing("under_way", document)
        self._staging.thing("documents", *self._document_row(d, document), entered_ms, known=True)
        if kind == DOCUMENT:
            if self._is_first(int(job["step"]), int(d["sender"])):
                self._begin(document, entered_ms, int(d["sender"]))
        elif kind != REPEAT:
            recipient = int(job["recipient"])
            delivery = delivery_id(document, self._ids[recipient])
            channel, cause = int(job["channel"]), CAUSES[int(job["cause"])]
            size = None if channel == PAPER else int(job["octets"])
            state = REGISTERED if job["registered_ms"] >= 0 else UNDER_WAY
            row = (document, self._ids[int(d["sender"])], self._ids[recipient], CHANNELS[channel], cause, size, state)
            self._staging.thing("deliveries", delivery, *row, entered_ms, known=kind != DELIVERY)
            if self._is_copy(int(job["key"]), int(d["key"]), recipient):
                state = BECAME_THE_DELIVERY if kind == DELIVERY else UNDER_WAY
                self._staging.thing("copies", copy_id(delivery), delivery, state, entered_ms)

    def _document_row(self, d: Any, document: str) -> tuple[object, ...]:
        kind, urgency = KINDS[int(d["kind"])], URGENCY[int(d["urgency"])]
        facts = (int(d["secret"]), int(d["never_electronic"]), int(d["pages"]), self._ids[int(d["sender"])])
        state = IN_PREPARATION if d["issued_ms"] < 0 else ISSUED
        return (document, kind, urgency, *facts, _drafted(int(d["digital"])), is_sealed(d["signed"], d["fault"]), state)

    def _is_first(self, step: int, sender: int) -> bool:
        """Does a document of this sender begin with this step? Those from outside the province come ready made."""
        return step == (ISSUE if self._tiers[sender] == OUTSIDE else DRAFT)

    def _is_copy(self, key: int, document: int, recipient: int) -> bool:
        return key != int(child(document, CHILD_DELIVERY, self._keys[recipient]))

    def _begin(self, document: str, time_ms: int, sender: int) -> None:
        agency = self._ids[sender]
        self._staging.event(
            Happening(
                time_ms,
                "begun",
                "document",
                document,
                document,
                agency_id=agency,
                queued_ms=time_ms,
                started_ms=time_ms,
            )
        )

    def _happened(
        self, visit: Visit, code: str, outcome: str | None = None, *, at_once: bool = False, **told: Any
    ) -> None:
        """A step has ended so; `at_once`: one of its effects, whose time another event of the step tells."""
        document = case_id(visit.case)
        place = self._stations
        known = visit.station >= 0
        side = visit.sender if visit.step in AT_SENDER else visit.recipient
        self._staging.event(
            Happening(
                visit.finished_ms,
                code,
                "document",
                document,
                document,
                agency_id=place.agency[visit.station] if known else self._ids[side],
                post_id=place.post[visit.station] if known else None,
                line_id=place.line[visit.station] if known else None,
                queued_ms=visit.finished_ms if at_once else visit.entered_ms,
                started_ms=visit.finished_ms if at_once else visit.began_ms,
                attempt=visit.attempts + 1,
                outcome=outcome,
                **told,
            )
        )

    def _see_document(self, visit: Visit) -> None:
        document = case_id(visit.case)
        step = visit.step
        if self._is_first(step, visit.sender):
            self._begin(document, visit.entered_ms, visit.sender)
        signature = outcome = None
        post = self._stations.post[visit.station] if visit.station >= 0 else None
        if step == DRAFT:
            outcome = _drafted(visit.digital)
        elif step == SIGN:
            outcome = "token" if visit.digital == 1 else "ink"
            if visit.digital == 1:
                signature = f"{document}/leader"
                self._sign(signature, document, "leader", post, visit, "none")
        elif step == ISSUE:
            forgotten = visit.signed == 1 and visit.fault == FORGOTTEN_SEAL
            outcome = "seal_forgotten" if forgotten else "sealed" if visit.signed == 1 else "not_sealed"
            if is_sealed(visit.signed, visit.fault):
                signature = f"{document}/seal"
                self._sign(signature, document, "organisation", post, visit, FAULTS[visit.fault])
        self._happened(visit, CODES[step], outcome, signature_id=signature, sender_id=self._ids[visit.sender])
        state = HANDLED if step == HANDLE else IN_PREPARATION if step in (DRAFT, REVIEW, SIGN) else ISSUED
        self._note_document(visit, document, state)

    def _sign(self, signature: str, document: str, kind: str, post: str | None, visit: Visit, fault: str) -> None:
        self._staging.thing("signatures", signature, document, kind, post, self._ids[visit.sender], fault)

    def _note_document(self, visit: Visit, document: str, state: str, *, known: bool = False) -> None:
        facts = (visit.secret, visit.never_electronic, visit.pages, self._ids[visit.sender])
        sealed = is_sealed(visit.signed, visit.fault)
        row = (KINDS[visit.nature], URGENCY[visit.urgency], *facts, _drafted(visit.digital), sealed, state)
        self._staging.thing("documents", document, *row, visit.finished_ms, known=known)

    def _see_duplicate(self, visit: Visit) -> None:
        """A message that a gateway sent again for it never saw the receipt: of its way only the two ends are told."""
        delivery = delivery_id(case_id(visit.case), self._ids[visit.recipient])
        code = {SEND: "duplicate_sent", FETCH: "duplicate_dropped"}.get(visit.step)
        if code is not None:
            self._note_delivery(visit, delivery, known=True)
            channel = CHANNELS[visit.channel]
            size = _size_of_file(visit)
            self._happened(visit, code, delivery_id=delivery, channel=channel, size_bytes=size, **self._ends(visit))

    def _see_delivery(self, visit: Visit) -> None:
        document, step = case_id(visit.case), visit.step
        delivery = delivery_id(document, self._ids[visit.recipient])
        is_copy = self._is_copy(visit.key, visit.case, visit.recipient)
        told: dict[str, Any] = {
            "delivery_id": delivery,
            "copy_id": copy_id(delivery) if is_copy else None,
            "channel": CHANNELS[visit.channel],
            "size_bytes": _size_of_file(visit),
            **self._ends(visit),
        }
        if step == CORRECT and visit.refusal in SIGNED_ANEW:
            self._signed_anew.add(visit.key)
            told["signature_id"] = self._seal_on(visit)
            post = self._stations.post[visit.station] if visit.station >= 0 else None
            self._sign(told["signature_id"], document, "organisation", post, visit, FAULTS[NO_FAULT])
        self._note_delivery(visit, delivery, known=visit.kind != DELIVERY)
        if is_copy:
            self._staging.thing("copies", copy_id(delivery), delivery, _state_of_copy(visit), visit.finished_ms)
        if step in CODES:
            outcome = (
                CAUSES[visit.cause]
                if step == PRINT and visit.cause
                else REFUSALS[visit.refusal]
                if step == CORRECT
                else None
            )
            self._happened(visit, CODES[step], outcome, **told)
        if step in (REGISTER_PAPER, FILE_TWIN):
            self._happened(visit, "registered_paper" if visit.kind == DELIVERY else "copy_filed", **told)
        elif step == REGISTER_ELECTRONIC or (step == SERVE and visit.next != POLL):
            self._judge(visit, told)
        elif step == HANDLE:
            for purpose in (CHILD_REPLY, CHILD_RELAY):
                self._staging.thing("answers", case_id(int(child(visit.key, purpose, 0))), delivery)
        if visit.next == DONE:
            self._signed_anew.discard(visit.key)

    def _seal_on(self, visit: Visit) -> str | None:
        """The organisation's signature on what this recipient is sent: none if it was forgotten and is not mended."""
        document = case_id(visit.case)
        if visit.key in self._signed_anew:
            return f"{delivery_id(document, self._ids[visit.recipient])}/seal"
        return f"{document}/seal" if is_sealed(visit.signed, visit.fault) else None

    def _judge(self, visit: Visit, told: dict[str, Any]) -> None:
        """The recipient's registry, or the message service, has taken an electronic delivery in or refused it."""
        accepted = (
            visit.registered == 1
            if visit.kind == DELIVERY
            else (visit.kind == ELECTRONIC_TWIN and visit.cause != REFUSED_TO_PAPER)
        )
        reason = None if accepted else REFUSALS[visit.refusal]
        was_checked = visit.signed == 1 and (accepted or visit.refusal not in (WRONG_ADDRESS, MISSING_FILE))
        if visit.step == REGISTER_ELECTRONIC and was_checked and self._tiers[visit.sender] != OUTSIDE:
            found = reason or ("passed" if visit.verified == 1 else "indeterminate")
            self._happened(visit, "verified", found, at_once=True, signature_id=self._seal_on(visit), **told)
        is_told = visit.step == SERVE
        if not accepted:
            self._happened(visit, "refused", reason, at_once=is_told, **told)
            return
        signature = "verified" if visit.verified == 1 else "not_verified" if self._seal_on(visit) else "unsigned"
        code = "received" if visit.kind == DELIVERY else "copy_filed"
        self._happened(visit, code, signature, at_once=is_told, **told)

    def _note_delivery(self, visit: Visit, delivery: str, *, known: bool) -> None:
        document = case_id(visit.case)
        self._note_document(visit, document, ISSUED, known=True)
        state = UNDER_WAY
        if visit.registered == 1:
            state = HANDLED if visit.next == DONE else REGISTERED
        row = (*self._ends(visit).values(), CHANNELS[visit.channel], CAUSES[visit.cause], _size_of_file(visit))
        state = UNDER_WAY if known else state
        self._staging.thing("deliveries", delivery, document, *row, state, visit.finished_ms, known=known)

    def _ends(self, visit: Visit) -> dict[str, Any]:
        return {"sender_id": self._ids[visit.sender], "recipient_id": self._ids[visit.recipient]}


def is_sealed(signed: int, fault: int) -> bool:
    """Does the organisation's signature stand on it? Whoever forgot it believes so, and sends it as if it did."""
    return bool(signed == 1 and fault != FORGOTTEN_SEAL)


def _drafted(digital: int) -> str:
    return "online" if digital == 1 else "on_paper"


def _size_of_file(visit: Visit) -> int | None:
    """What went over the line; paper has no file."""
    return None if visit.channel == PAPER else visit.octets


def _state_of_copy(visit: Visit) -> str:
    """A paper copy that came first, or whose electronic twin was given up, is the delivery from then on."""
    if visit.kind == DELIVERY:
        return BECAME_THE_DELIVERY
    return "filed" if visit.kind == PAPER_TWIN and visit.next == DONE else UNDER_WAY
