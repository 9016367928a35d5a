"""The verifier: from bytes alone to a verdict.

It knows the document, the file of signatures, and what the receiver holds: the chain it trusts and the lists of revoked
certificates it has fetched. It asks no network and no clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from asn1crypto import algos, x509
from asn1crypto.keys import PublicKeyInfo

from sim.exchange.signature.algorithm import algorithms, is_signature
from sim.exchange.signature.chain import path_fault
from sim.exchange.signature.document import Document, read_document
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.signature_file import Signatures, read_signatures, sealed_content
from sim.exchange.signature.signed_data import SignedData, algorithm
from sim.exchange.signature.signer import document_findings, named_by, signer_findings
from sim.exchange.signature.timestamping import is_stamp_of, read_time_stamp
from sim.exchange.signature.trust import Trust, signer_certificate_of
from sim.exchange.signature.trust_file import read_trust
from sim.exchange.signature.verdict import Cause, Finding, Part, SignedBy, Verdict

EARLIEST_CHECK = datetime(1950, 1, 1, tzinfo=UTC)
LATEST_CHECK = datetime(9998, 12, 31, tzinfo=UTC)
"""Certificates know the years 1950 to 9999 (RFC 5280 4.1.2.5); one is left for reckoning with days and zones."""


def verify(
    document: bytes, signatures: bytes, chain: bytes, crls: Sequence[bytes], at: datetime, policy: Policy | None = None
) -> Verdict:
    """Returns the verdict on a signed document.

    Args:
        document: the document as received.
        signatures: the file of signatures as received.
        chain: PEM certificates that the receiver trusts: self-signed ones are roots, the others help to reach them.
        crls: lists of revoked certificates, DER or PEM, as last fetched.
        at: the time of the check, with a time zone.
        policy: the receiver's rules.

    Raises:
        TrustUnreadableError: the chain or a list cannot be read. A bad document or signature is a verdict, no error.
        ValueError: `at` has no time zone, or lies outside the years 1950 to 9998.
    """
    if at.tzinfo is None:
        raise ValueError("the time of the check has no time zone")
    if not EARLIEST_CHECK <= at <= LATEST_CHECK:
        raise ValueError(f"the time of the check is outside {EARLIEST_CHECK:%Y} to {LATEST_CHECK:%Y}")
    trust = read_trust(chain, crls)
    try:
        signed = read_signatures(signatures)
    except ValueError as error:
        return Verdict.of([Finding(Cause.MALFORMED, note=str(error)[:120])])
    check = _Check(trust, at.astimezone(UTC).replace(microsecond=0), policy or Policy())
    return Verdict.of(check.of(document, signed), check.signers)


class _Check:
    """One verification: what the receiver holds, when, by which rules."""

    def __init__(self, trust: Trust, at: datetime, policy: Policy) -> None:
        self._trust = trust
        self._at = at
        self._policy = policy
        self.signers: list[SignedBy] = []

    def of(self, content: bytes, signatures: Signatures) -> list[Finding]:
        """Everything wrong, the leader's signature first."""
        findings: list[Finding] = []
        document, unreadable = self._document(content)
        leader, organisation = signatures.leader, signatures.organisation
        if leader is None:
            if self._policy.leader_required or organisation is None:
                findings.append(Finding(Cause.LEADER_MISSING, Part.LEADER))
        else:
            findings += self._signature(leader, content, Part.LEADER, document)
        if organisation is not None:
            sealed = sealed_content(content, leader)
            findings += self._signature(organisation, sealed, Part.ORGANISATION, document)
        elif self._policy.organisation_required:
            findings.append(Finding(Cause.ORGANISATION_MISSING, Part.ORGANISATION))
        return [*findings, *self._order(leader, organisation), *unreadable]

    def _document(self, content: bytes) -> tuple[Document | None, list[Finding]]:
        if not self._policy.title_required:
            return None, []
        try:
            document = read_document(content)
        except ValueError as error:
            return None, [Finding(Cause.DOCUMENT_FORM, note=str(error)[:120])]
        return document, document_findings(document)

    def _signature(self, signed: SignedData, content: bytes, part: Part, document: Document | None) -> list[Finding]:
        try:
            certificate = signer_certificate_of(signed.certificate)
            findings = self._cryptography(signed, content, certificate, part)
            stamp_part = Part.LEADER_STAMP if part is Part.LEADER else Part.ORGANISATION_STAMP
            stamped, stamp_findings = self._stamp(signed, stamp_part)
            claimed = signed.attribute("signing_time")
        except ValueError as error:
            return [Finding(Cause.MALFORMED, part, note=str(error)[:120])]
        findings += stamp_findings
        named = named_by(certificate)
        who = (named.name, named.title, named.agency, named.agency_id)
        self.signers.append(SignedBy(part, *who, claimed, stamped))
        if stamped is not None and stamped < claimed:
            findings.append(Finding(Cause.TIME_STAMP_EARLY, stamp_part, f"{stamped:%Y-%m-%d %H:%M:%SZ}"))
        if stamped is None:
            stamped = claimed if self._policy.time_stamp_required else self._at
        findings += self._certificate(certificate, stamped, part)
        return findings + signer_findings(certificate, part, document)

    def _cryptography(
        self, signed: SignedData, content: bytes, certificate: x509.Certificate, part: Part
    ) -> list[Finding]:
        findings = []
        allowed = algorithms(self._policy)
        if not allowed.signature_algorithm_allowed(algorithm(signed.digest), None, certificate.public_key):
            findings.append(Finding(Cause.WEAK_ALGORITHM, part, signed.digest))
        if signed.attribute("message_digest") != hashlib.new(signed.digest, content).digest():
            findings.append(Finding(Cause.CONTENT_CHANGED, part))
        named = [one["cert_hash"] for one in signed.attribute("signing_certificate_v2")["certs"]]
        if named != [hashlib.sha256(signed.certificate).digest()]:
            findings.append(Finding(Cause.CERTIFICATE_MISMATCH, part))
        if not self._is_signed(signed, certificate.public_key) or (
            signed.attribute("content_type") != signed.content_type
        ):
            findings.append(Finding(Cause.SIGNATURE_WRONG, part))
        return findings

    def _is_signed(self, signed: SignedData, key: PublicKeyInfo) -> bool:
        how: algos.SignedDigestAlgorithm = algorithm(signed.digest)
        return is_signature(signed.signature, signed.attributes, key, how)

    def _stamp(self, signed: SignedData, part: Part) -> tuple[datetime | None, list[Finding]]:
        """Returns the proved time of signing, None without a time stamp, and what is wrong with the stamp."""
        if signed.token is None:
            return None, [Finding(Cause.TIME_STAMP_MISSING, part)] if self._policy.time_stamp_required else []
        token, info = read_time_stamp(signed.token)
        service = signer_certificate_of(token.certificate)
        findings = self._cryptography(token, token.content or b"", service, part)
        when: datetime = info["gen_time"].native
        if not is_stamp_of(info, signed.signature):
            findings.append(Finding(Cause.TIME_STAMP_OF_OTHER, part))
        if when > self._at:
            findings.append(Finding(Cause.TIME_STAMP_LATE, part, f"{when:%Y-%m-%d %H:%M:%SZ}"))
        purposes = service.extended_key_usage_value
        is_service = purposes is not None and purposes.native == ["time_stamping"]
        if not is_service or "extended_key_usage" not in service.critical_extensions:
            findings.append(Finding(Cause.SIGNER_KIND, part))
        return when, findings + self._certificate(service, when, part)

    def _certificate(self, certificate: x509.Certificate, signed: datetime, part: Part) -> list[Finding]:
        usage = certificate.key_usage_value
        findings = []
        if usage is None or not {"digital_signature", "non_repudiation"} <= usage.native or certificate.ca:
            findings.append(Finding(Cause.SIGNER_USAGE, part))
        fault = path_fault(certificate, self._trust, signed, self._at, self._policy)
        return [*findings, Finding(fault.cause, part, fault.detail, fault.note)] if fault else findings

    def _order(self, leader: SignedData | None, organisation: SignedData | None) -> list[Finding]:
        """The organisation signs over the leader's signature, so never before it."""
        if not (leader and leader.token and organisation and organisation.token):
            return []
        try:
            first, second = (read_time_stamp(one.token)[1] for one in (leader, organisation) if one.token)
        except ValueError:
            return []
        if second["gen_time"].native >= first["gen_time"].native:
            return []
        return [Finding(Cause.TIME_STAMP_EARLY, Part.ORGANISATION_STAMP)]
