"""The audit of a replication: a sample of its verified deliveries signed and verified for real, from bytes alone.

The facts of the world go to one side, which makes certificates, lists and signatures of them; the other sees only what
comes of it. What the simulation modelled is compared here, after both are done.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agents.certificate_desk import Issued
from sim.engine.records import Records
from sim.exchange.codes import CHANGED_AFTER, FAILED, FORGOTTEN_SEAL, INDETERMINATE, NO_STAMP, PASSED
from sim.exchange.founding import Founded
from sim.exchange.signature.audit import audit
from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import save
from sim.exchange.signature.verdict import Value
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts, ListFacts, Tampering
from sim.exchange.state import World
from sim.scenario.tables import AgencyRow

MODELLED = {PASSED: Value.PASSED, INDETERMINATE: Value.INDETERMINATE, FAILED: Value.FAILED}
LISTS_BEFORE = 1000
"""Number of the list published at the first simulated midnight (any number will do: lists are told apart by it)."""
HANOI = timedelta(hours=7)

Book = Mapping[tuple[int, int], Issued]


class AuditError(RuntimeError):
    """A real verification contradicts the modelled one: a bug in the model, never a result."""


def check_signatures(world: World, founded: Founded, book: Book) -> None:
    """Sign and verify the deliveries chosen for the audit.

    Raises:
        AuditError: naming the first delivery on which the two disagree, and where its bytes were saved.
    """
    rows = world.audits[: int(world.tally["audited"][0])]
    facts = [_facts(row, world, founded, book) for row in rows]
    for row, audited in zip(rows, audit(facts), strict=True):
        modelled = MODELLED[int(row["verdict"])]
        if audited.verdict.value is not modelled:
            folder = Path(tempfile.mkdtemp(prefix="lienthong-audit-")) / "case"
            command = save(audited.received, folder)
            found = "; ".join(finding.text("en") for finding in audited.verdict.findings)
            raise AuditError(
                f"delivery {audited.key}: modelled {modelled}, really {audited.verdict.value} ({found}); "
                f"check it with: run.py {command}"
            )


def _facts(row: Records, world: World, founded: Founded, book: Book) -> DeliveryFacts:
    agency = founded.rows[int(row["sender"])]
    places = int(world.rules["places"][0])
    slot = int(row["sender"]) * places
    digital = row["digital"] == 1
    sealed = row["fault"] != FORGOTTEN_SEAL
    leader = _leader(agency, int(row["leader"]), book.get((slot + int(row["leader"]), int(row["leader_generation"]))))
    interval = int(world.rules["list_interval_ms"][0])
    published = int(row["list_published_ms"])
    sealed_ms = int(row["sealed_ms"])
    return DeliveryFacts(
        key=int(row["key"]),
        document=_document(row, agency, founded),
        leader=_certificate(leader, book[slot + int(row["leader"]), int(row["leader_generation"])], founded)
        if digital
        else None,
        signed=_moment(founded, int(row["signed_ms"]) if digital else sealed_ms),
        organisation=_certificate(_registry(agency), book[slot, int(row["seal_generation"])], founded)
        if sealed
        else None,
        sealed=_moment(founded, sealed_ms) if sealed else None,
        checked=_moment(founded, int(row["checked_ms"])),
        held_list=None
        if published < 0
        else ListFacts(
            LISTS_BEFORE + published // interval,
            _moment(founded, published),
            _moment(founded, int(row["list_until_ms"])),
        ),
        stamped=row["fault"] != NO_STAMP,
        tampering=Tampering.CONTENT if row["fault"] == CHANGED_AFTER else Tampering.NOTHING,
        policy=Policy(leader_required=False, hard_fail=row["hard_fail"] == 1),
    )


def _moment(founded: Founded, time_ms: int) -> datetime:
    """The simulated moment, in whole seconds; provinces keep Hà Nội time."""
    origin = datetime(founded.clock.origin.year, founded.clock.origin.month, founded.clock.origin.day, tzinfo=UTC)
    return origin - HANOI + timedelta(seconds=time_ms // 1000)


def _title(generation: int) -> str:
    """Every posting gives a title of its own; certificates are told apart by it."""
    return f"Lãnh đạo (nhiệm kỳ {generation + 1})"


def _id(agency: AgencyRow) -> str:
    """A certificate writes its serial number in letters, digits, dots and hyphens."""
    return agency.agency_id.replace("_", "-")


def _leader(agency: AgencyRow, number: int, issued: Issued | None) -> Holder:
    title = _title(issued.generation if issued else 0)
    name = f"Lãnh đạo {number}"
    return Holder(Kind.PERSON, f"{_id(agency)}/{number}", name, _id(agency), agency.name_vi, title)


def _registry(agency: AgencyRow) -> Holder:
    return Holder(Kind.ORGANISATION, _id(agency), agency.name_vi, _id(agency), agency.name_vi)


def _certificate(holder: Holder, issued: Issued, founded: Founded) -> CertificateFacts:
    revoked = _moment(founded, issued.revoked_ms) if issued.revoked_ms >= 0 else None
    return CertificateFacts(
        holder, _moment(founded, issued.from_ms), _moment(founded, issued.until_ms), revoked, issued.foreign
    )


def _document(row: Records, agency: AgencyRow, founded: Founded) -> Document:
    generation = int(row["leader_generation"]) + (1 if row["former"] == 1 else 0)
    return Document(
        number=f"{int(row['key']) % 100_000}/VB",
        issued=founded.clock.day(int(row["sealed_ms"])).isoformat(),
        agency_id=_id(agency),
        agency=agency.name_vi,
        title=_title(generation),
        signer=f"Lãnh đạo {int(row['leader'])}",
        subject="Văn bản mô phỏng",
        body=f"Nội dung của lượt gửi {int(row['key'])}.",
    )
