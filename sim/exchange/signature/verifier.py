"""The verifier: from bytes alone to a verdict.

It knows the document, the file of signatures, and what the receiver holds: the chain it trusts and the lists of revoked
certificates it has fetched. It asks no network and no clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from asn1crypto import x509

from sim.exchange.signature.armour import UnreadableError
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.chain import path_fault
from sim.exchange.signature.document import Document, is_document, read_document
from sim.exchange.signature.held_lists import HARMLESS_STAMPER
from sim.exchange.signature.holder import Kind
from sim.exchange.signature.integrity import (
    imprint_findings,
    is_attributes_as_content,
    is_named,
    missing_attributes,
    signature_findings,
    signer_certificate,
)
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.signature_file import SEALED_HINT, NamedMessage, ends_in_signature, read_signatures
from sim.exchange.signature.signed_message import DATA, SignedMessage, SignerInfo, UncheckedPartError, read_message
from sim.exchange.signature.signer import Named, document_findings, named_by, signer_findings
from sim.exchange.signature.timestamping import TimeStamp, read_time_stamp
from sim.exchange.signature.trust import Trust, signer_certificate_of
from sim.exchange.signature.trust_file import read_trust
from sim.exchange.signature.verdict import Finding, Part, SignedBy, Verdict

_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    UnboundLocalError,
)
"""What the libraries raise over bytes that they cannot make sense of."""
_OF_OTHER_CONTENT = (Cause.CONTENT_CHANGED, Cause.SIGNATURE_WRONG, Cause.OTHER_SCOPE)
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
        messages = read_signatures(signatures)
    except UncheckedPartError as error:
        return Verdict.of([Finding(Cause.UNCHECKED_PART, detail=str(error))])
    except UnreadableError as error:
        return Verdict.of([Finding(Cause.MALFORMED, note=error.words.en, note_vi=error.words.vi)])
    except ValueError as error:
        return Verdict.of([Finding(Cause.MALFORMED, note=str(error)[:120])])
    check = Check(trust, at.astimezone(UTC).replace(microsecond=0), _rules(document, policy or Policy()))
    return Verdict.of(check.of(document, messages), check.signers)


def _rules(content: bytes, policy: Policy) -> Policy:
    """A file that is no document of the exchange has whatever its signer gave it, if the rules let it in at all."""
    if policy.title_required or is_document(content):
        return policy
    return replace(policy, time_stamp_required=False, attributes_required=False)


@dataclass(frozen=True)
class _Signature:
    """One signer's part of one CMS; `certificate` is None if it is not in hand.

    Attributes:
        named: whether the file says whose it is.
        helpers: certificates in hand for this CMS, the receiver's and those that came along.
    """

    part: Part
    named: bool
    message: SignedMessage
    info: SignerInfo
    certificate: x509.Certificate | None
    helpers: tuple[x509.Certificate, ...]


class Check:
    """One verification: what the receiver holds, when, by which rules."""

    def __init__(self, trust: Trust, at: datetime, policy: Policy) -> None:
        self._trust = trust
        self._at = at
        self._policy = policy
        self._stamped: dict[Part, list[datetime]] = {}
        self.signers: list[SignedBy] = []

    def of(self, content: bytes, messages: Sequence[NamedMessage]) -> list[Finding]:
        """Everything wrong, the leader's signature first."""
        try:
            signatures = [one for named in messages for one in self._signatures(named)]
        except _UNREADABLE as error:
            return [Finding(Cause.MALFORMED, note=str(error)[:120])]
        document, unreadable = self._document(content)
        leaders = [one for one in signatures if one.part is Part.LEADER]
        organisations = [one for one in signatures if one.part is Part.ORGANISATION]
        findings: list[Finding] = []
        if not leaders and (self._policy.leader_required or not organisations):
            findings.append(Finding(Cause.LEADER_MISSING, Part.LEADER))
        for one in (*leaders, *organisations):
            found = self._signature(one, *_signed_content(one, content, leaders), document)
            findings += self._less_line_ends(found, one, content, leaders)
        if not organisations and self._policy.organisation_required:
            findings.append(Finding(Cause.ORGANISATION_MISSING, Part.ORGANISATION))
        if any(finding.cause is Cause.LINE_ENDS_CHANGED for finding in findings):
            unreadable = []  # which says no more than that, and less helpfully
        return [*findings, *self._order(), *unreadable]

    def _less_line_ends(
        self, found: list[Finding], one: _Signature, content: bytes, leaders: Sequence[_Signature]
    ) -> list[Finding]:
        """Returns the findings, the content's change named more closely if the signature is right over other line ends.

        Mail and editors change them; the document is no longer the one signed, but nobody has tampered with it.
        """
        changed = Finding(Cause.CONTENT_CHANGED, one.part)
        if changed not in found or one.certificate is None:
            return found
        for line_end in (b"\n", b"\r\n"):
            other = content.replace(b"\r\n", b"\n").replace(b"\n", line_end)
            signed, scope = _signed_content(one, other, leaders)
            left = scope + signature_findings(
                one.message, one.info, signed, one.certificate, one.helpers, self._policy, one.part
            )
            if not any(finding.cause in _OF_OTHER_CONTENT for finding in left):
                return [replace(each, cause=Cause.LINE_ENDS_CHANGED) if each == changed else each for each in found]
        return found

    def signature_on(self, message: bytes, content: bytes) -> tuple[Part, Named, list[Finding]]:
        """Judge a CMS that lies within a file of another kind, over these bytes of it.

        Returns:
            Whose it is, as the kind of certificate says, what that says of its holder, and what is wrong.

        Raises:
            ValueError: it cannot be read, encloses the content, or has several signers.
        """
        try:
            signatures = self._signatures(NamedMessage("", read_message(message)))
        except _UNREADABLE as error:
            raise ValueError(str(error)) from error
        if len(signatures) != 1 or signatures[0].message.content is not None:
            raise ValueError("not one signer's signature apart from its content")
        one = signatures[0]
        named = named_by(one.certificate) if one.certificate is not None else Named()
        return one.part, named, self._signature(one, content, [], None)

    def stamp_on(self, token: bytes, content: bytes) -> list[Finding]:
        """Judge a time stamp over these bytes; returns what is wrong.

        Raises:
            ValueError: it cannot be read.
        """
        try:
            return self._stamp(read_time_stamp(token), content, (), Part.DOCUMENT_STAMP)
        except _UNREADABLE as error:
            raise ValueError(str(error)) from error

    def _signatures(self, named: NamedMessage) -> list[_Signature]:
        helpers = self._helpers(named.message)
        found = []
        for info in named.message.signers:
            certificate = signer_certificate(info, helpers)
            part = Part(named.name) if named.name else _part_of(certificate)
            found.append(_Signature(part, bool(named.name), named.message, info, certificate, helpers))
        return found

    def _helpers(self, message: SignedMessage) -> tuple[x509.Certificate, ...]:
        enclosed = [signer_certificate_of(der) for der in message.certificates]
        return (*enclosed, *self._trust.others, *self._trust.roots)

    def _document(self, content: bytes) -> tuple[Document | None, list[Finding]]:
        if not self._policy.title_required:
            return None, []
        try:
            document = read_document(content)
        except ValueError as error:
            return None, [Finding(Cause.DOCUMENT_FORM, note=str(error)[:120])]
        return document, document_findings(document)

    def _signature(
        self, one: _Signature, content: bytes, scope: list[Finding], document: Document | None
    ) -> list[Finding]:
        part, certificate = one.part, one.certificate
        if certificate is None:
            return [Finding(Cause.CERTIFICATE_MISSING, part)]
        if one.message.content_type != DATA:
            return [Finding(Cause.MALFORMED, part, one.message.content_type)]
        stamp_part = Part.LEADER_STAMP if part is Part.LEADER else Part.ORGANISATION_STAMP
        claimed = one.info.attributes.signing_time if one.info.attributes else None
        try:
            findings = scope + signature_findings(
                one.message, one.info, content, certificate, one.helpers, self._policy, part
            )
            findings += missing_attributes(one.info, self._policy, part)
            stamped, stamp_findings = self._stamps(one, stamp_part)
        except UncheckedPartError as error:
            return [Finding(Cause.UNCHECKED_PART, part, str(error))]
        except _UNREADABLE as error:
            return [Finding(Cause.MALFORMED, part, note=str(error)[:120])]
        findings += stamp_findings
        named = named_by(certificate)
        who = (named.name, named.title, named.agency, named.agency_id)
        self.signers.append(SignedBy(part, *who, claimed, stamped))
        if stamped is not None and claimed is not None and stamped < claimed:
            findings.append(Finding(Cause.TIME_STAMP_EARLY, stamp_part, f"{stamped:%Y-%m-%d %H:%M:%SZ}"))
        if stamped is None:
            stamped = claimed if claimed is not None and self._policy.time_stamp_required else self._at
        findings += self._certificate(certificate, one.helpers, stamped, part)
        return findings + signer_findings(certificate, part, document)

    def _stamps(self, one: _Signature, part: Part) -> tuple[datetime | None, list[Finding]]:
        """Returns the first proved time of signing, None without a time stamp, and what is wrong with the stamps."""
        if not one.info.tokens:
            return None, [Finding(Cause.TIME_STAMP_MISSING, part)] if self._policy.time_stamp_required else []
        findings: list[Finding] = []
        moments: list[datetime] = []
        for token in one.info.tokens:
            stamp = read_time_stamp(token)
            moments.append(stamp.moment)
            findings += self._stamp(stamp, one.info.signature, one.helpers, part)
        self._stamped.setdefault(part, []).extend(moments)
        return min(moments), findings

    def _stamp(
        self, stamp: TimeStamp, stamped: bytes, others: tuple[x509.Certificate, ...], part: Part
    ) -> list[Finding]:
        helpers = (*self._helpers(stamp.message), *others)
        service = signer_certificate(stamp.signer, helpers)
        if service is None:
            return [Finding(Cause.CERTIFICATE_MISSING, part)]
        policy = replace(self._policy, attributes_required=False)
        content = stamp.message.content or b""
        findings = signature_findings(stamp.message, stamp.signer, content, service, helpers, policy, part)
        findings += imprint_findings(stamp, stamped, self._policy, part)
        if not (stamp.signer.attributes and stamp.signer.attributes.references):  # RFC 3161 2.4.2, RFC 5816 2.2.1
            findings.append(Finding(Cause.ATTRIBUTE_MISSING, part, "signing-certificate"))
        if not is_named(stamp, service):
            findings.append(Finding(Cause.CERTIFICATE_MISMATCH, part, "tsa"))
        if stamp.moment > self._at:
            findings.append(Finding(Cause.TIME_STAMP_LATE, part, f"{stamp.moment:%Y-%m-%d %H:%M:%SZ}"))
        purposes = service.extended_key_usage_value
        is_service = purposes is not None and purposes.native == ["time_stamping"]
        if not is_service or "extended_key_usage" not in service.critical_extensions:
            findings.append(Finding(Cause.SIGNER_KIND, part))
        return findings + self._certificate(service, helpers, stamp.moment, part, HARMLESS_STAMPER)

    def _certificate(
        self,
        certificate: x509.Certificate,
        helpers: Sequence[x509.Certificate],
        signed: datetime,
        part: Part,
        harmless: frozenset[str] | None = None,
    ) -> list[Finding]:
        usage = certificate.key_usage_value
        findings = []
        if usage is None or not _may_sign(usage.native, part) or certificate.ca:
            findings.append(Finding(Cause.SIGNER_USAGE, part))
        trust = self._trust.helped_by(helpers)
        fault = path_fault(certificate, trust, signed, self._at, self._policy, harmless=harmless)
        return [*findings, Finding(fault.cause, part, fault.detail, fault.note)] if fault else findings

    def _order(self) -> list[Finding]:
        """The organisation signs after the leader, so never before."""
        first, second = self._stamped.get(Part.LEADER_STAMP), self._stamped.get(Part.ORGANISATION_STAMP)
        if first is None or second is None or min(second) >= min(first):
            return []
        return [Finding(Cause.TIME_STAMP_EARLY, Part.ORGANISATION_STAMP)]


def _part_of(certificate: x509.Certificate | None) -> Part:
    """Whose a signature is that says nothing of it: an agency's, or a person's."""
    is_agencys = certificate is not None and named_by(certificate).kind is Kind.ORGANISATION
    return Part.ORGANISATION if is_agencys else Part.LEADER


_STAMP_PARTS = (Part.LEADER_STAMP, Part.ORGANISATION_STAMP, Part.DOCUMENT_STAMP)


def _may_sign(usage: set[str], part: Part) -> bool:
    """A holder signs what cannot be denied later; a time-stamping key has one of the two usages (RFC 5280 4.2.1.12)."""
    needed = {"digital_signature", "non_repudiation"}
    return bool(needed & usage) if part in _STAMP_PARTS else needed <= usage


def _signed_content(one: _Signature, content: bytes, leaders: Sequence[_Signature]) -> tuple[bytes, list[Finding]]:
    """Returns what a signature has to be over, and a finding if it is over another kind of thing.

    The leader signs the document. The organisation signs it with the leader's signature behind, as the file of the
    exchange has it, or the document alone where there is no leader, or where others put both signatures beside each
    other. The content hints that are signed tell the two apart; signatures of the exchange of before 2026 have none.
    """
    hint = one.info.attributes.hint if one.info.attributes else ""
    other = [Finding(Cause.OTHER_SCOPE, one.part)]
    before = list(dict.fromkeys(leader.message for leader in leaders if leader.message is not one.message))
    is_alone = one.part is Part.LEADER or not before
    if not is_alone and not one.named and hint != SEALED_HINT:
        attributes = one.info.attributes
        digest = one.info.digest
        is_alone = (
            attributes is not None
            and bool(digest)
            and (hashlib.new(digest, content).digest() == attributes.message_digest)
        )
    if is_alone:
        is_joined = one.part is Part.ORGANISATION and not hint and ends_in_signature(content)
        is_other = hint == SEALED_HINT or is_joined or is_attributes_as_content(one.info, content)
        return content, other if is_other else []
    is_other = hint != SEALED_HINT and (hint != "" or not all(message.is_der for message in before))
    return content + b"".join(message.raw for message in before), other if is_other else []
