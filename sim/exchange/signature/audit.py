"""The audit of a simulation's signatures: from facts of the world to real certificates, real bytes and a real verdict.

`staged` plays the facts out with real cryptography; `received.judge` sees only what comes of it. What the simulation
modelled is compared by the simulation, with no way back into either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import serialization

from sim.exchange.signature.authority import LONGEST_VALIDITY, Authority, found, issue, serial_of
from sim.exchange.signature.document import document_bytes
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import Received, judge
from sim.exchange.signature.revocation import Publication, Revocation, publish
from sim.exchange.signature.signature_file import Signatures, sign_as_leader, sign_as_organisation, write_signatures
from sim.exchange.signature.signed_data import Signer
from sim.exchange.signature.verdict import Verdict
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts, ListFacts, Tampering

FOREIGN = "Tổ chức chứng thực khác (mô phỏng)"
STAMPING = Holder(Kind.TIME_STAMP, "time-stamping service", "Dịch vụ cấp dấu thời gian (mô phỏng)")
ROOT_LISTS = timedelta(days=180)
"""Rhythm of the root's own list; it comes to receivers with the chain, so it is never what is missing (assumed)."""
_DER = serialization.Encoding.DER


@dataclass(frozen=True)
class Audited:
    """One delivery audited: its key, the real verdict, and the bytes it rests on."""

    key: int
    verdict: Verdict
    received: Received


def audit(deliveries: Sequence[DeliveryFacts], keys: Keys | None = None, workers: int = 1) -> list[Audited]:
    """Returns the real verdict on each delivery, in order.

    Args:
        deliveries: what happened; certificates that are equal are one certificate, and a holder id always has one key.
        keys: where keys come from; by default the user's own folder of simulated keys.
        workers: processes to make missing keys with.

    Raises:
        ValueError: a certificate is valid for no time or for more than five years, two facts of one certificate
            contradict each other, or a time has no time zone.
    """
    if not deliveries:
        return []
    stage = Stage(deliveries, keys or Keys(), workers)
    return [Audited(one.key, judge(case), case) for one in deliveries for case in [stage.received(one)]]


class Stage:
    """The authorities and everything they have issued, made once for all deliveries of an audit."""

    def __init__(self, deliveries: Sequence[DeliveryFacts], keys: Keys, workers: int = 1) -> None:
        self._keys = keys
        certificates = list(dict.fromkeys(_certificates(deliveries)))
        _refuse_contradictions(certificates)
        for moment in _moments(deliveries, certificates):
            if moment.tzinfo is None:
                raise ValueError(f"{moment}: a time without time zone")
        self._slots = {holder: f"audited holder {slot}" for slot, holder in enumerate(_holders(certificates))}
        keys.prepare([*self._slots.values(), STAMPING.id], workers)
        self._since = min(_moments(deliveries, certificates)) - timedelta(days=400)
        self.authority, self._foreign = found(keys, self._since), found(keys, self._since, FOREIGN)
        self._signers = {facts: self._issued(facts) for facts in certificates}
        self._revocations = [self._revocation(facts) for facts in certificates if facts.revoked and not facts.foreign]
        self._lists: dict[ListFacts | int, bytes] = {}
        self._stampers: dict[int, Signer] = {}
        self._root_lists = Publication(self._since, ROOT_LISTS)

    def received(self, delivery: DeliveryFacts) -> Received:
        """Returns what the receiver of the delivery has before it."""
        sent, signatures = self._signed(delivery)
        document, file = _tampered(sent, signatures, delivery.tampering)
        crls = [self._root_list(delivery.checked)]
        if delivery.held_list is not None:
            crls.append(self._list(delivery.held_list))
        return Received(document, file, self.authority.chain_pem(), tuple(crls), delivery.checked, delivery.policy)

    def _signed(self, delivery: DeliveryFacts) -> tuple[bytes, Signatures]:
        content = document_bytes(delivery.document)
        signatures = Signatures()
        if delivery.leader is not None:
            stamper = self.stamper(delivery.signed) if delivery.stamped else None
            signatures = sign_as_leader(content, self.signer(delivery.leader), delivery.signed, stamper)
        if delivery.organisation is not None and delivery.sealed is not None:
            stamper = self.stamper(delivery.sealed) if delivery.stamped else None
            signer = self.signer(delivery.organisation)
            signatures = sign_as_organisation(content, signatures, signer, delivery.sealed, stamper)
        return content, signatures

    def _issuer(self, facts: CertificateFacts) -> Authority:
        return self._foreign if facts.foreign else self.authority

    def signer(self, facts: CertificateFacts) -> Signer:
        """Returns the certificate and key of one of the deliveries' signers."""
        return self._signers[facts]

    def _issued(self, facts: CertificateFacts) -> Signer:
        key = self._keys.key(self._slots[facts.holder.id])
        issued = issue(self._issuer(facts), facts.holder, key.public_key(), facts.issued, facts.expires)
        return Signer(issued.public_bytes(_DER), key)

    def stamper(self, at: datetime) -> Signer:
        """Returns the time-stamping service of that time: it changes its certificate every two years."""
        period = (at - self._since) // timedelta(days=730)
        if period not in self._stampers:
            key = self._keys.key(STAMPING.id)
            since = self._since + period * timedelta(days=730)
            issued = issue(self.authority, STAMPING, key.public_key(), since, since + LONGEST_VALIDITY)
            self._stampers[period] = Signer(issued.public_bytes(_DER), key)
        return self._stampers[period]

    def _revocation(self, facts: CertificateFacts) -> Revocation:
        issuer = self._issuer(facts).issuing.certificate.subject
        serial = serial_of(facts.holder.subject(), issuer, facts.issued.replace(microsecond=0))
        return Revocation(serial, facts.revoked or facts.issued)

    def _list(self, held: ListFacts) -> bytes:
        if held not in self._lists:
            issuer = self.authority.issuing
            self._lists[held] = publish(issuer, self._revocations, held.number, held.published, held.next_update)
        return self._lists[held]

    def _root_list(self, at: datetime) -> bytes:
        rhythm = self._root_lists
        number = rhythm.number(at)
        if number not in self._lists:
            published, until = rhythm.published(number), rhythm.next_update(number)
            self._lists[number] = publish(self.authority.root, [], number, published, until)
        return self._lists[number]


def _certificates(deliveries: Iterable[DeliveryFacts]) -> Iterable[CertificateFacts]:
    for one in deliveries:
        yield from (facts for facts in (one.leader, one.organisation) if facts is not None)


def _refuse_contradictions(certificates: Iterable[CertificateFacts]) -> None:
    """A certificate is known by its holder, title and first second; the facts of one must not differ."""
    known: dict[tuple[Holder, datetime, bool], CertificateFacts] = {}
    for facts in certificates:
        named = (facts.holder, facts.issued.replace(microsecond=0), facts.foreign)
        if known.setdefault(named, facts) != facts:
            raise ValueError(f"two different facts of one certificate: {facts}, {known[named]}")


def _holders(certificates: Iterable[CertificateFacts]) -> list[str]:
    """Ids in a fixed order: a key belongs to a place in it, so that a few hundred keys do for every audit."""
    return sorted({facts.holder.id for facts in certificates})


def _moments(deliveries: Iterable[DeliveryFacts], certificates: Iterable[CertificateFacts]) -> list[datetime]:
    moments: list[datetime | None] = []
    for one in deliveries:
        moments += [one.signed, one.checked, one.sealed]
        if one.held_list is not None:
            moments.append(one.held_list.published)
    for facts in certificates:
        moments += [facts.issued, facts.revoked]
    return [moment for moment in moments if moment is not None]


def _tampered(document: bytes, signatures: Signatures, tampering: Tampering) -> tuple[bytes, bytes]:
    """Returns document and file as they arrive."""
    file = write_signatures(signatures)
    leader = signatures.leader
    match tampering:
        case Tampering.CONTENT:
            return document.replace(b'"body":"', b'"body":"X', 1), file
        case Tampering.TITLE:
            return document.replace(b'"title":"', b'"title":"X', 1), file
        case Tampering.FILE:
            return document, file[: len(file) // 3]
        case Tampering.SIGNATURE if leader is not None:
            bent = replace(leader, signature=leader.signature[:-1] + bytes([leader.signature[-1] ^ 1]))
            return document, write_signatures(replace(signatures, leader=bent))
        case Tampering.STAMP_MOVED if leader is not None and signatures.organisation is not None:
            moved = replace(leader, token=signatures.organisation.token)
            return document, write_signatures(replace(signatures, leader=moved))
    return document, file
