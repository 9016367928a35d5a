"""Whether a signature is over these bytes, by the key of this certificate, in algorithms that count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from asn1crypto import x509

from sim.exchange.signature.algorithm import (
    UnknownAlgorithmError,
    algorithms,
    curve_of,
    is_signature,
    key_bits,
    signature_algorithm,
)
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.signed_attributes import SignedAttributes
from sim.exchange.signature.signed_message import SignedMessage, SignerInfo
from sim.exchange.signature.timestamping import TimeStamp
from sim.exchange.signature.verdict import Finding, Part

_TYPE_AND_DIGEST = (bytes.fromhex("06092a864886f70d010903"), bytes.fromhex("06092a864886f70d010904"))


def signer_certificate(info: SignerInfo, candidates: Iterable[x509.Certificate]) -> x509.Certificate | None:
    """Returns the certificate that a signer's part names, of several the one that its signed attributes name too."""
    named = [certificate for certificate in candidates if info.is_by(certificate)]
    references = info.attributes.references if info.attributes else ()
    for certificate in named:
        if references and all(those[0].is_of(certificate.dump()) for those in references):
            return certificate
    return named[0] if named else None


def signature_findings(
    message: SignedMessage,
    info: SignerInfo,
    content: bytes,
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    policy: Policy,
    part: Part,
) -> list[Finding]:
    """Returns what is wrong with one signature itself.

    Args:
        message: the CMS it is in.
        info: the signer's part of it.
        content: what has to be signed.
        certificate: the signer's.
        others: certificates in hand, which the signer may have named besides.
        policy: the receiver's rules.
        part: whose signature it is.

    Raises:
        ValueError: something in it is not of the form it has to have.
    """
    if info.unknown:
        return [Finding(Cause.UNKNOWN_ALGORITHM, part, info.unknown)]
    try:
        how = signature_algorithm(info.algorithm, info.digest)
    except UnknownAlgorithmError as error:
        return [Finding(Cause.UNKNOWN_ALGORITHM, part, str(error))]
    findings = []
    if not algorithms(policy).signature_algorithm_allowed(how, None, certificate.public_key):
        findings.append(Finding(Cause.WEAK_ALGORITHM, part, f"{info.digest}, {_key(certificate)}"))
    attributes = info.attributes
    is_other_content = message.content is not None and message.content != content
    if is_other_content or (
        attributes is not None and attributes.message_digest != hashlib.new(info.digest, content).digest()
    ):
        findings.append(Finding(Cause.CONTENT_CHANGED, part))
    if attributes is not None:
        findings += _reference_findings(attributes, certificate, others, policy, part)
    signed = content if attributes is None else attributes.der
    if not is_signature(info.signature, signed, certificate.public_key, how) or not _is_consistent(message, info):
        findings.append(Finding(Cause.SIGNATURE_WRONG, part))
    return findings


def missing_attributes(info: SignerInfo, policy: Policy, part: Part) -> list[Finding]:
    """Returns which signed attributes the rules ask for and are not there."""
    attributes = info.attributes
    if not policy.attributes_required:
        return []
    if attributes is None:
        return [Finding(Cause.ATTRIBUTE_MISSING, part, "signed attributes")]
    needed = {"signing-certificate": bool(attributes.references), "signing-time": attributes.signing_time is not None}
    return [Finding(Cause.ATTRIBUTE_MISSING, part, name) for name, is_there in needed.items() if not is_there]


def imprint_findings(stamp: TimeStamp, signature: bytes, policy: Policy, part: Part) -> list[Finding]:
    """Returns what is wrong with what a time stamp says that it has seen."""
    if stamp.unknown:
        return [Finding(Cause.UNKNOWN_ALGORITHM, part, stamp.unknown)]
    findings = []
    if stamp.digest in ("md5", "sha1") and not policy.weak_allowed:
        findings.append(Finding(Cause.WEAK_ALGORITHM, part, stamp.digest))
    if not stamp.is_of(signature):
        findings.append(Finding(Cause.TIME_STAMP_OF_OTHER, part))
    return findings


def is_named(stamp: TimeStamp, service: x509.Certificate) -> bool:
    """Returns whether the name in a time stamp, if there is one, is the service's (RFC 3161, 2.4.2)."""
    if stamp.name is None:
        return True
    name = x509.GeneralName.load(stamp.name)
    if name.name == "directory_name" and name.chosen == service.subject:
        return True
    others = service.subject_alt_name_value
    return others is not None and stamp.name in [one.dump() for one in others]


def is_attributes_as_content(info: SignerInfo, content: bytes) -> bool:
    """Returns whether a content that is signed without attributes is a set of signed attributes.

    Such a signature may have been made over another content, whose digest is in that set.
    """
    return info.attributes is None and content[:1] == b"\x31" and all(mark in content for mark in _TYPE_AND_DIGEST)


def _reference_findings(
    attributes: SignedAttributes,
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    policy: Policy,
    part: Part,
) -> list[Finding]:
    """The first certificate named is the signer's, the others are in hand (RFC 5035, section 4)."""
    findings = []
    named = [one for those in attributes.references for one in those]
    if "md5" in [one.digest for one in named] and not policy.weak_allowed:
        findings.append(Finding(Cause.WEAK_ALGORITHM, part, "md5"))
    in_hand = [one.dump() for one in others] if any(len(those) > 1 for those in attributes.references) else []
    firsts = all(those[0].is_of(certificate.dump()) for those in attributes.references)
    rest = [one for those in attributes.references for one in those[1:]]
    if not firsts or not all(any(one.is_of(der) for der in in_hand) for one in rest):
        findings.append(Finding(Cause.CERTIFICATE_MISMATCH, part))
    if attributes.policy:
        findings.append(Finding(Cause.SIGNATURE_POLICY, part))
    return findings


def _is_consistent(message: SignedMessage, info: SignerInfo) -> bool:
    """What is said twice is said alike: the content's type (RFC 5652, 11.1), the algorithms (RFC 6211)."""
    attributes = info.attributes
    if attributes is None:
        return True
    protected = attributes.protected
    if protected is not None and protected != (info.digest_identifier, info.algorithm):
        return False
    return attributes.content_type == message.content_type


def _key(certificate: x509.Certificate) -> str:
    key = certificate.public_key
    return f"{key.algorithm} {curve_of(key) or key_bits(key) or ''}".rstrip()
