"""Time stamps with one thing odd, each judged by the clause it breaks or keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import odd_cms as odd
import pytest
from asn1crypto import pem, x509
from odd_cms import Odd, OddStamp, attribute, number, oid, tlv
from signed_world import HOUR, SIGNED
from signing_desk import UNKNOWN, Desk, causes_of

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.timestamping import time_stamp


def _extension(*critical: bytes) -> bytes:
    return tlv(0xA1, tlv(0x30, oid(UNKNOWN), *critical, tlv(4, odd.NULL)))


def _subject(certificate: bytes) -> bytes:
    return tlv(0xA0, tlv(0xA4, x509.Certificate.load(certificate).subject.dump()))


STAMPS: dict[str, tuple[Callable[[Desk], dict[str, object]], Cause | None]] = {
    "as it should be": (lambda _: {}, None),
    "imprint by SHA-512": (lambda _: {"digest": odd.SHA512}, None),
    "imprint by SHA-1": (lambda _: {"digest": odd.SHA1}, Cause.WEAK_ALGORITHM),
    "imprint by SHA-3": (lambda _: {"digest": "2.16.840.1.101.3.4.2.8"}, Cause.UNKNOWN_ALGORITHM),
    "version 2": (lambda _: {"version": number(2)}, Cause.MALFORMED),
    "a fraction of a second": (lambda _: {"gen_time": b"20180615032005.5Z"}, None),
    "a fraction that ends in zero": (lambda _: {"gen_time": b"20180615032005.50Z"}, Cause.MALFORMED),
    "no zone": (lambda _: {"gen_time": b"20180615032005"}, Cause.MALFORMED),
    "another zone": (lambda _: {"gen_time": b"20180615102005+0700"}, Cause.MALFORMED),
    "no seconds": (lambda _: {"gen_time": b"201806150320Z"}, Cause.MALFORMED),
    "accuracy": (lambda _: {"accuracy": tlv(0x30, number(1), tlv(0x80, b"\x05"))}, None),
    "accuracy of 1000 thousandths": (lambda _: {"accuracy": tlv(0x30, tlv(0x80, b"\x03\xe8"))}, Cause.MALFORMED),
    "accuracy below nothing": (lambda _: {"accuracy": tlv(0x30, number(-1))}, Cause.MALFORMED),
    "ordering": (lambda _: {"ordering": b"\x01\x01\xff"}, None),
    "ordering as by default": (lambda _: {"ordering": b"\x01\x01\x00"}, Cause.MALFORMED),
    "nonce": (lambda _: {"nonce": number(99)}, None),
    "the service's name": (lambda desk: {"name": _subject(desk.service.certificate)}, None),
    "another's name": (lambda desk: {"name": _subject(desk.leader.certificate)}, Cause.CERTIFICATE_MISMATCH),
    "an extension": (lambda _: {"extensions": _extension()}, None),
    "a critical extension": (lambda _: {"extensions": _extension(b"\x01\x01\xff")}, Cause.MALFORMED),
    "an extension twice": (
        lambda _: {"extensions": tlv(0xA1, *[tlv(0x30, oid(UNKNOWN), tlv(4, odd.NULL))] * 2)},
        Cause.MALFORMED,
    ),
    "a field too many": (lambda _: {"extra": tlv(12, b"more")}, Cause.MALFORMED),
    "another signature": (lambda _: {"signature": b"another"}, Cause.TIME_STAMP_OF_OTHER),
    "before the signing": (lambda _: {"at": SIGNED - HOUR}, Cause.TIME_STAMP_EARLY),
    "after the check": (lambda _: {"at": SIGNED + 9 * HOUR}, Cause.TIME_STAMP_LATE),
    "by the leader": (lambda desk: {"service": desk.leader}, Cause.SIGNER_KIND),
}


@pytest.mark.parametrize("kind", STAMPS)
def test_a_time_stamp(kind: str, desk: Desk) -> None:
    make, cause = STAMPS[kind]
    one = desk.odd()
    fields: dict[str, object] = {"signature": one.value(), "service": desk.service, "at": SIGNED, **make(desk)}
    token = OddStamp(**fields).cms().der()  # type: ignore[arg-type]
    verdict = desk.judged(replace(one, unsigned=[attribute(odd.STAMP, token)]).der())
    assert causes_of(verdict) == [] if cause is None else cause in causes_of(verdict)


TOKENS: dict[str, tuple[Callable[[Odd, Desk], bytes], Cause | None]] = {
    "without certificate": (lambda token, _: replace(token, certificates=[]).der(), Cause.CERTIFICATE_MISSING),
    "without reference": (
        lambda token, _: replace(token, signed=[one for one in token.signed or () if b"\x10\x02\x2f" not in one]).der(),
        Cause.ATTRIBUTE_MISSING,
    ),
    "without signed attributes": (
        lambda token, _: replace(token, signed=None, plain=token.content).der(),
        Cause.MALFORMED,
    ),
    "in BER": (lambda token, _: b"\x30\x80" + token.der()[4:] + b"\0\0", Cause.MALFORMED),
    "of data": (lambda token, _: replace(token, content_type=odd.DATA, version=1).der(), Cause.MALFORMED),
    "without content": (lambda token, _: replace(token, content=None).der(), Cause.MALFORMED),
    "of version 1": (lambda token, _: replace(token, version=1).der(), Cause.MALFORMED),
    "with an unsigned attribute": (
        lambda token, _: replace(token, unsigned=[attribute(UNKNOWN, number(1))]).der(),
        Cause.UNCHECKED_PART,
    ),
    "with a nested stamp": (
        lambda token, desk: replace(
            token, unsigned=[attribute(odd.STAMP, time_stamp(token.value(), SIGNED, desk.service))]
        ).der(),
        Cause.UNCHECKED_PART,
    ),
    "of two signers": (lambda token, desk: replace(token, infos=[desk.odd().info()]).der(), Cause.MALFORMED),
    "with another signature value": (
        lambda token, _: replace(token, signature=bytes(256)).der(),
        Cause.SIGNATURE_WRONG,
    ),
    "no CMS": (lambda _, __: number(5), Cause.MALFORMED),
}


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_of_another_form(kind: str, desk: Desk) -> None:
    make, cause = TOKENS[kind]
    one = desk.odd()
    token = make(OddStamp(one.value(), desk.service, SIGNED).cms(), desk)
    assert cause in causes_of(desk.judged(replace(one, unsigned=[attribute(odd.STAMP, token)]).der()))


def test_a_service_in_the_chain_file_is_found(desk: Desk) -> None:
    one = desk.odd()
    token = replace(OddStamp(one.value(), desk.service, SIGNED).cms(), certificates=[]).der()
    der = replace(one, unsigned=[attribute(odd.STAMP, token)]).der()
    chain = desk.received.chain + pem.armor("CERTIFICATE", desk.service.certificate)
    assert desk.judged(der, chain=chain).findings == ()


def test_all_time_stamps_are_judged_and_the_first_counts(desk: Desk) -> None:
    one = desk.odd()
    later = time_stamp(one.value(), SIGNED + HOUR, desk.service)
    verdict = desk.judged(desk.stamped(one, later))
    assert verdict.findings == ()
    assert verdict.signers[0].stamped == SIGNED
    assert Cause.TIME_STAMP_OF_OTHER in causes_of(
        desk.judged(desk.stamped(one, time_stamp(b"x", SIGNED, desk.service)))
    )
    again = time_stamp(one.value(), SIGNED, desk.service)
    assert desk.judged(desk.stamped(one, again)).cause is Cause.MALFORMED
