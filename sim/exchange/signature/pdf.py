"""The verdict on a signed PDF: a leader's signature, then the organisation's, each over the file as it was then.

What a PDF shows is not read, so who signed is not compared with it: the verdict says who it was, for a person to
compare. A signature in a PDF is detached CMS over all bytes of the file but itself (ISO 32000-2, 12.8.1), and signing
again appends to the file. Every signature has to be good; which one is the leader's or the organisation's, the kind of
certificate says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.pdf_reading import PdfSignature, PdfUnreadableError, read_pdf, refuse_without_pyhanko
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.signer import Named, is_one_agency
from sim.exchange.signature.trust_file import read_trust
from sim.exchange.signature.verdict import Finding, Part, Verdict
from sim.exchange.signature.verifier import Check

_MARK = b"%PDF-"
_MARK_WITHIN = 1024
"""Bytes in which the mark of a PDF stands (ISO 32000-1, annex H.3.4.1)."""


@dataclass(frozen=True)
class _Judged:
    """One signature judged: whose it is, as the certificate says, and what is wrong."""

    field: str
    part: Part
    named: Named
    stamped: datetime | None


def is_pdf(content: bytes) -> bool:
    """Returns whether these bytes say that they are a PDF."""
    return _MARK in content[:_MARK_WITHIN]


def verify_pdf(
    content: bytes, chain: bytes, crls: Sequence[bytes], at: datetime, policy: Policy | None = None
) -> Verdict:
    """Returns the verdict on a signed PDF.

    A title, one agency for leader and organisation, and time stamps are demanded unless the policy asks for no title.

    Raises:
        TrustUnreadableError: the chain or a list cannot be read.
        ModuleNotFoundError: pyHanko, which the extra `pdf` brings, is not installed.
        ValueError: `at` has no time zone, or lies outside the years 1950 to 9998.
    """
    refuse_without_pyhanko()
    policy = policy or Policy()
    rules = replace(
        policy,
        attributes_required=False,  # PAdES forbids the claimed time among them (ETSI EN 319 142-1, clause 6.3)
        time_stamp_required=policy.time_stamp_required and policy.title_required,
    )
    check = Check(read_trust(chain, crls), at, rules)
    try:
        signatures = read_pdf(content)
    except PdfUnreadableError as error:
        return Verdict.of([Finding(error.cause, note=str(error))])
    findings: list[Finding] = []
    judged: list[_Judged] = []
    for one in signatures:
        findings += _judge(one, content, check, judged)
    is_all_read = len(judged) == sum(not one.is_time_stamp for one in signatures)
    roles = _roles(judged, policy) if is_all_read else []  # whose a signature is that cannot be read is not known
    return Verdict.of([*findings, *roles, *_order(judged)], check.signers)


def _judge(one: PdfSignature, content: bytes, check: Check, judged: list[_Judged]) -> list[Finding]:
    if one.weak:
        return [Finding(Cause.WEAK_ALGORITHM, detail=f"{one.field}: {one.weak}")]
    if one.fault:
        return [Finding(Cause.MALFORMED, detail=one.field, note=one.fault)]
    der = _without_padding(one.contents)
    covered = _covered(one, content)
    if der is None:
        return [Finding(Cause.MALFORMED, detail=one.field, note="more than zeros behind the signature")]
    if covered is None:
        return [Finding(Cause.PDF_COVERAGE, detail=one.field)]
    signed_before = len(check.signers)
    try:
        if one.is_time_stamp:
            part, named, findings = Part.DOCUMENT_STAMP, None, check.stamp_on(der, covered)
        else:
            part, named, findings = check.signature_on(der, covered)
    except ValueError as error:
        return [Finding(Cause.MALFORMED, detail=one.field, note=str(error)[:120])]
    if len(check.signers) > signed_before:
        last = check.signers[-1]
        claimed = last.claimed or one.stated
        check.signers[-1] = replace(last, claimed=claimed, revision=(one.revision, one.revisions), later=one.later)
    if named is not None:
        stamped = check.signers[-1].stamped if len(check.signers) > signed_before else None
        judged.append(_Judged(one.field, part, named, stamped))
    if one.change or _has_more(one, content):
        findings.insert(0, Finding(Cause.PDF_CHANGED, part, note=one.change))
    return [replace(found, detail=f"{one.field}: {found.detail}" if found.detail else one.field) for found in findings]


def _covered(one: PdfSignature, content: bytes) -> bytes | None:
    """Returns the bytes that a signature is over; None unless they are all up to some place but the signature itself.

    Whatever else lies in the gap, or a gap that lies elsewhere, is nobody's word (the "signature wrapping" of Mladenov
    and others, "1 Trillion Dollar Refund", CCS 2019).
    """
    if len(one.ranges) != 4 or min(one.ranges) < 0:
        return None
    first, length, second, rest = one.ranges
    gap = content[length:second]
    is_whole = first == 0 and length < second and second + rest <= len(content)
    if not is_whole or not re.fullmatch(rb"<[0-9A-Fa-f]+>", gap) or len(gap) % 2:
        return None
    if bytes.fromhex(gap[1:-1].decode()) != one.contents:
        return None
    return content[:length] + content[second : second + rest]


def _has_more(one: PdfSignature, content: bytes) -> bool:
    """Whether something stands behind the last state of the file that is no state of it."""
    return one.revision == one.revisions and bool(content[one.ranges[2] + one.ranges[3] :].strip())


def _without_padding(contents: bytes) -> bytes | None:
    """Returns the one DER value in the place kept for it; None if other than zeros stands behind it."""
    if len(contents) < 2 or contents[1] == 0x80:
        return None
    count = contents[1] & 0x7F if contents[1] > 0x80 else 0
    length = int.from_bytes(contents[2 : 2 + count]) if count else contents[1]
    end = 2 + count + length
    return contents[:end] if end <= len(contents) and not contents[end:].strip(b"\0") else None


def _roles(judged: Sequence[_Judged], policy: Policy) -> list[Finding]:
    """Who had to sign: people before the organisation; the last of them is the leader.

    What comes after the organisation's signature, such as the mark of the agency that received the document, has to be
    good and nothing more.
    """
    parts = [one.part for one in judged]
    missing = []
    if Part.LEADER not in parts and (policy.leader_required or Part.ORGANISATION not in parts):
        missing.append(Finding(Cause.LEADER_MISSING, Part.LEADER))
    if Part.ORGANISATION not in parts and policy.organisation_required:
        missing.append(Finding(Cause.ORGANISATION_MISSING, Part.ORGANISATION))
    if missing or Part.LEADER not in parts:
        return missing
    after = judged[parts.index(Part.LEADER) :]
    people = _until_seal(after)
    leader, seal = people[-1], after[len(people)] if len(people) < len(after) else None
    if seal is None and Part.ORGANISATION in parts:
        return [Finding(Cause.TIME_STAMP_EARLY, Part.ORGANISATION, judged[parts.index(Part.ORGANISATION)].field)]
    if not policy.title_required:
        return []
    findings = [] if leader.named.title else [Finding(Cause.SIGNER_KIND, Part.LEADER, leader.field)]
    if seal is not None and not is_one_agency(leader.named, seal.named):
        findings.append(Finding(Cause.OTHER_AGENCY, Part.ORGANISATION, f"{seal.field}: {seal.named.agency}"))
    return findings


def _until_seal(judged: Sequence[_Judged]) -> list[_Judged]:
    parts = [one.part for one in judged]
    end = parts.index(Part.ORGANISATION) if Part.ORGANISATION in parts else len(parts)
    return [*judged[:end]]


def _order(judged: Sequence[_Judged]) -> list[Finding]:
    """A later signature covers the earlier ones, so its time stamp is no earlier."""
    stamped = [one for one in judged if one.stamped]
    return [
        Finding(Cause.TIME_STAMP_EARLY, later.part, later.field)
        for earlier, later in pairwise(stamped)
        if later.stamped and earlier.stamped and later.stamped < earlier.stamped
    ]
