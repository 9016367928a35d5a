"""Signatures with one thing odd, each judged by the clause it breaks or keeps."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace

import odd_cms as odd
import pytest
from asn1crypto import pem
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from odd_cms import Odd, algorithm, attribute, number, oid, references, tlv
from signed_world import HOUR, SIGNED, good, leader
from signing_desk import CONTENT, LEADER_ONLY, UNKNOWN, Desk, causes_of

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.authority import issue
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.signature_file import (
    SEALED_HINT,
    Signatures,
    sign_as_leader,
    sign_as_organisation,
    write_signatures,
)
from sim.exchange.signature.signed_data import Signer, encode, sign
from sim.exchange.signature.timestamping import time_stamp
from sim.exchange.signature.verdict import Part, Value

Make = Callable[[Desk], Odd]
_OTHER = {odd.REFERENCE_V2: b""}


def _referred(desk: Desk, *those: bytes, kind: str = odd.REFERENCE_V2) -> Odd:
    return desk.with_attributes({odd.REFERENCE_V2: b"", kind: references(kind, *those)})


def _protected(desk: Desk, digest: str) -> Odd:
    value = tlv(0x30, algorithm(digest), b"\xa1" + algorithm(odd.RSA_SHA256)[1:])
    return desk.with_attributes({}, attribute("1.2.840.113549.1.9.52", value))


PASSING: dict[str, Make] = {
    "as it should be": lambda desk: desk.odd(),
    "an unknown signed attribute": lambda desk: desk.with_attributes({}, attribute(UNKNOWN, number(1))),
    "v1 beside v2": lambda desk: desk.with_attributes(
        {}, references(odd.REFERENCE, odd.reference(desk.leader.certificate, value=_sha1(desk)))
    ),
    "v1 alone": lambda desk: _referred(
        desk, odd.reference(desk.leader.certificate, value=_sha1(desk)), kind=odd.REFERENCE
    ),
    "v2 by SHA-512": lambda desk: _referred(desk, odd.reference(desk.leader.certificate, odd.SHA512)),
    "v2 by SHA-256 said": lambda desk: _referred(desk, odd.reference(desk.leader.certificate, odd.SHA256)),
    "v2 with the authority too": lambda desk: _referred(
        desk, odd.reference(desk.leader.certificate), odd.reference(desk.issuing)
    ),
    "algorithms protected": lambda desk: _protected(desk, odd.SHA256),
    "digest without parameters": lambda desk: desk.odd(
        digest=algorithm(odd.SHA256, b""), digests=[algorithm(odd.SHA256, b"")]
    ),
    "rsaEncryption": lambda desk: desk.odd(how=algorithm("1.2.840.113549.1.1.1")),
    "the content enclosed": lambda desk: desk.odd(content=CONTENT),
    "another certificate enclosed": lambda desk: desk.odd(
        certificates=[desk.leader.certificate, desk.service.certificate]
    ),
    "the authority enclosed": lambda desk: desk.odd(certificates=[desk.leader.certificate, desk.issuing]),
}


def _sha1(desk: Desk) -> bytes:
    return hashlib.sha1(desk.leader.certificate, usedforsecurity=False).digest()


@pytest.mark.parametrize("kind", PASSING)
def test_what_the_standards_allow(kind: str, desk: Desk) -> None:
    assert desk.judged(desk.stamped(PASSING[kind](desk))).findings == ()


_ZONED = {"without zone": b"20180615032005", "in four digits": b"20180615032005Z", "with zone": b"20180615102005+0700"}
MALFORMED: dict[str, Make] = {
    "attributes not in order": lambda desk: desk.odd(signed=desk.odd().signed[::-1], ordered=False),  # type: ignore[index]
    "an attribute twice": lambda desk: desk.with_attributes({}, attribute(odd.TIME, odd.utc(SIGNED + HOUR))),
    "two values": lambda desk: desk.with_attributes(
        {odd.TIME: attribute(odd.TIME, *sorted([odd.utc(SIGNED), odd.utc(SIGNED + HOUR)]))}
    ),
    "no value": lambda desk: desk.with_attributes({odd.TIME: attribute(odd.TIME)}),
    "a long length in an attribute": lambda desk: desk.with_attributes(
        {odd.TIME: b"\x30\x81" + attribute(odd.TIME, odd.utc(SIGNED))[1:]}
    ),
    "no message digest": lambda desk: desk.with_attributes({odd.DIGEST: b""}),
    "no content type": lambda desk: desk.with_attributes({odd.CONTENT_TYPE: b""}),
    "no attributes in the set": lambda desk: desk.odd(signed=[]),
    "a time stamp signed": lambda desk: desk.with_attributes({}, attribute(odd.STAMP, number(1))),
    "a countersignature signed": lambda desk: desk.with_attributes({}, attribute("1.2.840.113549.1.9.6", number(1))),
    **{
        f"signing time {name}": lambda desk, text=text: desk.with_attributes(  # type: ignore[misc]
            {odd.TIME: attribute(odd.TIME, tlv(0x18, text))}
        )
        for name, text in _ZONED.items()
    },
    "signing time without seconds": lambda desk: desk.with_attributes(
        {odd.TIME: attribute(odd.TIME, tlv(0x17, b"1806150320Z"))}
    ),
    "signing time no time": lambda desk: desk.with_attributes(
        {odd.TIME: attribute(odd.TIME, tlv(0x17, b"181315032005Z"))}
    ),
    "version 3": lambda desk: desk.odd(version=3),
    "signer's version 3": lambda desk: desk.odd(info_version=3),
    "a digest too many": lambda desk: desk.odd(digests=[algorithm(odd.SHA256), algorithm(odd.SHA512)]),
    "no digest announced": lambda desk: desk.odd(digests=[]),
    "another digest announced": lambda desk: desk.odd(digests=[algorithm(odd.SHA512)]),
    "two algorithms": lambda desk: desk.odd(how=algorithm(odd.RSA_SHA512)),
    "parameters of the digest": lambda desk: desk.odd(
        digest=algorithm(odd.SHA256, number(1)), digests=[algorithm(odd.SHA256, number(1))]
    ),
    "parameters of RSA": lambda desk: desk.odd(how=algorithm(odd.RSA_SHA256, number(1))),
    "a certificate twice": lambda desk: desk.odd(certificates=[desk.leader.certificate] * 2),
    "a broken certificate": lambda desk: desk.odd(certificates=[desk.leader.certificate, tlv(0x30, number(1))]),
    "another content type": lambda desk: desk.odd(content_type=UNKNOWN, version=3),
    "a field too many": lambda desk: desk.odd(extra=number(1)),
    "a reference without a certificate": _referred,
    "a reference with policies": lambda desk: desk.with_attributes(
        {
            odd.REFERENCE_V2: attribute(
                odd.REFERENCE_V2,
                tlv(0x30, tlv(0x30, odd.reference(desk.leader.certificate)), tlv(0x30, tlv(0x30, oid(UNKNOWN)))),
            )
        }
    ),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_not_of_the_form_is_refused(kind: str, desk: Desk) -> None:
    assert desk.judged(desk.stamped(MALFORMED[kind](desk))).cause is Cause.MALFORMED


OTHERS: dict[str, tuple[Make, Cause]] = {
    "v2 says SHA-512, holds SHA-256": (
        lambda desk: _referred(
            desk, odd.reference(desk.leader.certificate, odd.SHA512, hashlib.sha256(desk.leader.certificate).digest())
        ),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "v2 of another": (
        lambda desk: _referred(desk, odd.reference(desk.registry.certificate)),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "v2 with another serial": (
        lambda desk: _referred(desk, odd.reference(desk.leader.certificate, serial=number(5))),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "v2 with a stranger second": (
        lambda desk: _referred(
            desk, odd.reference(desk.leader.certificate), odd.reference(desk.issuing, value=bytes(32))
        ),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "the authority first": (
        lambda desk: _referred(desk, odd.reference(desk.issuing), odd.reference(desk.leader.certificate)),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "v1 of another beside v2": (
        lambda desk: desk.with_attributes(
            {}, references(odd.REFERENCE, odd.reference(desk.leader.certificate, value=bytes(20)))
        ),
        Cause.CERTIFICATE_MISMATCH,
    ),
    "no reference": (lambda desk: desk.with_attributes(_OTHER), Cause.ATTRIBUTE_MISSING),
    "no signing time": (lambda desk: desk.with_attributes({odd.TIME: b""}), Cause.ATTRIBUTE_MISSING),
    "a signature policy": (
        lambda desk: desk.with_attributes({}, attribute("1.2.840.113549.1.9.16.2.15", tlv(0x30, oid(UNKNOWN)))),
        Cause.SIGNATURE_POLICY,
    ),
    "other algorithms protected": (lambda desk: _protected(desk, odd.SHA512), Cause.SIGNATURE_WRONG),
    "another type signed": (
        lambda desk: desk.with_attributes({odd.CONTENT_TYPE: attribute(odd.CONTENT_TYPE, oid(UNKNOWN))}),
        Cause.SIGNATURE_WRONG,
    ),
    "another digest signed": (
        lambda desk: desk.with_attributes({odd.DIGEST: attribute(odd.DIGEST, tlv(4, bytes(32)))}),
        Cause.CONTENT_CHANGED,
    ),
    "other content enclosed": (lambda desk: desk.odd(content=CONTENT + b" "), Cause.CONTENT_CHANGED),
    "an empty signature": (lambda desk: desk.odd(signature=b""), Cause.SIGNATURE_WRONG),
    "a seal's hint": (
        lambda desk: desk.with_attributes({}, attribute(odd.HINTS, tlv(0x30, oid(SEALED_HINT)))),
        Cause.OTHER_SCOPE,
    ),
    "SHA-3": (
        lambda desk: desk.odd(
            digest=algorithm("2.16.840.1.101.3.4.2.8", b""), digests=[algorithm("2.16.840.1.101.3.4.2.8", b"")]
        ),
        Cause.UNKNOWN_ALGORITHM,
    ),
    "an unknown signature algorithm": (lambda desk: desk.odd(how=algorithm(UNKNOWN)), Cause.UNKNOWN_ALGORITHM),
    "PSS by SHA-1": (lambda desk: desk.odd(how=algorithm("1.2.840.113549.1.1.10", tlv(0x30))), Cause.MALFORMED),
    "lists enclosed": (lambda desk: desk.odd(crls=tlv(0xA1, desk.received.crls[0])), Cause.UNCHECKED_PART),
    "an attribute certificate": (
        lambda desk: desk.odd(certificates=[desk.leader.certificate, tlv(0xA2, number(1))], version=4),
        Cause.UNCHECKED_PART,
    ),
    "an unsigned attribute": (lambda desk: desk.odd(unsigned=[attribute(UNKNOWN, number(1))]), Cause.UNCHECKED_PART),
    "a countersignature": (
        lambda desk: desk.odd(unsigned=[attribute("1.2.840.113549.1.9.6", desk.odd().info())]),
        Cause.UNCHECKED_PART,
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_refused_for_its_own_reason(kind: str, desk: Desk) -> None:
    make, cause = OTHERS[kind]
    verdict = desk.judged(desk.stamped(make(desk)))
    assert verdict.value is Value.FAILED
    assert cause in [finding.cause for finding in verdict.findings]


def test_ed25519_goes_with_sha_512(desk: Desk) -> None:
    for oid_of_digest, name, causes in ((odd.SHA512, "sha512", []), (odd.SHA256, "sha256", [Cause.MALFORMED])):
        signed = list(odd.attributes(CONTENT, desk.edwards, SIGNED, digest=name).values())
        digest = algorithm(oid_of_digest)
        one = Odd(desk.edwards, signed, digests=[digest], digest=digest, how=algorithm("1.3.101.112", b""))
        value = desk.edwards.key.sign(one.set_of_attributes(0x31))  # type: ignore[call-arg]
        assert causes_of(desk.judged(desk.stamped(replace(one, signature=value)))) == causes


def test_a_wrong_signer_in_the_same_cms_is_not_hidden(desk: Desk) -> None:
    wrong = desk.odd(signed=list(odd.attributes(b"other", desk.leader, SIGNED).values()))
    assert desk.judged(desk.stamped(desk.odd(infos=[wrong.info()]))).cause is Cause.CONTENT_CHANGED


def _file(desk: Desk, *, hint: str | None) -> tuple[Signatures, bytes]:
    """Leader's and registry's signatures; `hint` None signs as the program does, else with this hint."""
    first = sign_as_leader(CONTENT, desk.leader, SIGNED, desk.service)
    if hint is None:
        both = sign_as_organisation(CONTENT, first, desk.registry, SIGNED + HOUR, desk.service)
    else:
        assert first.leader is not None
        seal = sign(CONTENT + encode(first.leader), desk.registry, SIGNED + HOUR, hint=hint)
        seal = replace(seal, token=time_stamp(seal.signature, SIGNED + HOUR, desk.service))
        both = replace(first, organisation=seal)
    assert both.leader is not None
    return both, CONTENT + encode(both.leader)


@pytest.mark.parametrize(
    ("hint", "as_seal", "as_document"),
    [(None, [], [Cause.OTHER_SCOPE]), ("", [], [Cause.OTHER_SCOPE]), (odd.DATA, [Cause.OTHER_SCOPE], [])],
)
def test_a_seal_is_not_a_signature_of_a_document_nor_the_other_way_round(
    hint: str | None, as_seal: list[Cause], as_document: list[Cause], desk: Desk
) -> None:
    """The bytes sealed, document and leader's signature, given as a document; files of before have no hints."""
    both, sealed = _file(desk, hint=hint)
    assert causes_of(desk.judged(write_signatures(both), Policy())) == as_seal
    alone = Policy(leader_required=False, title_required=False)
    seal = write_signatures(replace(both, leader=None))
    for file in (seal, seal.removeprefix(b"organisation\n")):
        causes = causes_of(desk.judged(file, alone, document=sealed))
        assert [cause for cause in causes if cause is Cause.OTHER_SCOPE] == as_document


def test_a_seal_over_the_document_alone_is_none_over_the_leaders_signature(desk: Desk) -> None:
    first = sign_as_leader(CONTENT, desk.leader, SIGNED, desk.service)
    alone = sign_as_organisation(CONTENT, Signatures(), desk.registry, SIGNED + HOUR, desk.service)
    file = write_signatures(replace(first, organisation=alone.organisation))
    assert {Cause.OTHER_SCOPE, Cause.CONTENT_CHANGED} <= set(causes_of(desk.judged(file, Policy())))
    copy = write_signatures(alone)
    assert desk.judged(copy, Policy(leader_required=False)).findings == ()
    assert desk.judged(copy, Policy(leader_required=False)).signers[0].part is Part.ORGANISATION


def test_signed_attributes_cannot_be_given_as_a_document(desk: Desk) -> None:
    """The value over the attributes is a plain signature over their bytes (RFC 5652, 5.4, needs no attributes)."""
    one = desk.odd()
    content = one.set_of_attributes(0x31)
    plain = replace(one, signed=None, plain=content)
    any_file = replace(LEADER_ONLY, title_required=False)
    assert causes_of(desk.judged(plain.der(), any_file, document=content)) == [Cause.OTHER_SCOPE]
    other = replace(one, signed=None, plain=b"any document")
    assert desk.judged(other.der(), any_file, document=b"any document").findings == ()


def test_what_follows_or_is_missing_is_seen(desk: Desk) -> None:
    der = desk.stamped(desk.odd())
    for file in (der + b"\0", der[:-1], der + der[:40], b"\0" + der, der[:4]):
        assert desk.judged(file).cause is Cause.MALFORMED
    armoured = pem.armor("CMS", der)
    for words in (b"leader", b"organisation"):
        assert desk.judged(words + b"\n" + armoured + words + b"\n" + armoured).cause is Cause.MALFORMED
    assert desk.judged(b"leader\n" + armoured + armoured).cause is Cause.MALFORMED


def test_signatures_and_stamps_are_counted_before_chains_are_looked_for(desk: Desk) -> None:
    """Each may need a search of its own; a file that asks for hundreds is refused at once."""
    one = desk.odd()
    tokens = [time_stamp(one.value(), SIGNED + number * HOUR, desk.service) for number in range(5)]
    few, many = (replace(one, unsigned=[attribute(odd.STAMP, *sorted(some))]).der() for some in (tokens[:3], tokens))
    assert desk.judged(many).cause is Cause.MALFORMED
    assert desk.judged(few * 8, at=SIGNED + 9 * HOUR).findings == ()
    assert desk.judged(few * 9, at=SIGNED + 9 * HOUR).cause is Cause.MALFORMED


@pytest.mark.parametrize(
    "how", [algorithm(odd.RSA_SHA256), algorithm("1.2.840.113549.1.1.5")], ids=["SHA-256", "SHA-1"]
)
def test_a_key_without_a_length_under_the_name_of_rsa(how: bytes, desk: Desk, keys: Keys) -> None:
    """An Ed25519 key, duly certified: the signature cannot be its own."""
    facts, public = leader(), ed25519.Ed25519PrivateKey.generate().public_key()
    certificate = issue(Stage([good()], keys).authority, facts.holder, public, facts.issued, facts.expires)  # type: ignore[arg-type]
    signer = Signer(certificate.public_bytes(serialization.Encoding.DER), desk.leader.key)
    signed = list(odd.attributes(CONTENT, signer, SIGNED).values())
    verdict = desk.judged(desk.stamped(desk.odd(signer=signer, signed=signed, how=how)))
    assert verdict.value is Value.FAILED
    assert verdict.cause in (Cause.SIGNATURE_WRONG, Cause.MALFORMED)


@pytest.mark.parametrize("filling", [b"", b"\x04\x00"])
def test_a_document_full_of_beginnings_is_judged_at_once(filling: bytes, desk: Desk) -> None:
    """BER that opens and never closes: to follow each to its end took a minute."""
    beginning = bytes.fromhex("308006092a864886f70d010702")
    content = (beginning + filling) * 60_000 + beginning * 40 + filling * 90_000
    seal = Odd(desk.registry, list(odd.attributes(content, desk.registry, SIGNED).values())).der()
    started = time.process_time()
    verdict = desk.judged(seal, Policy(leader_required=False, title_required=False), document=content)
    assert verdict.value is Value.PASSED
    assert time.process_time() - started < 5
