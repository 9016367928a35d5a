"""CMS put together byte by byte, so that any part of it can be odd; what is not said is as it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from sim.exchange.signature.signed_data import Signer

CONTENT_TYPE, DIGEST, TIME = (f"1.2.840.113549.1.9.{number}" for number in (3, 4, 5))
REFERENCE, REFERENCE_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
STAMP, HINTS = "1.2.840.113549.1.9.16.2.14", "1.2.840.113549.1.9.16.2.4"
DATA, SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
SHA256, SHA512, SHA1 = "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.3", "1.3.14.3.2.26"
RSA_SHA256, RSA_SHA512 = "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.13"
NULL = b"\x05\x00"


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    count = (size.bit_length() + 7) // 8
    length = bytes([size]) if size < 128 else bytes([0x80 | count]) + size.to_bytes(count)
    return bytes([tag]) + length + content


def oid(dotted: str) -> bytes:
    der: bytes = core.ObjectIdentifier(dotted).dump()
    return der


def number(value: int) -> bytes:
    der: bytes = core.Integer(value).dump()
    return der


def algorithm(dotted: str, parameters: bytes = NULL) -> bytes:
    return tlv(0x30, oid(dotted), parameters)


def attribute(kind: str, *values: bytes) -> bytes:
    return tlv(0x30, oid(kind), tlv(0x31, *values))


def utc(moment: datetime) -> bytes:
    return tlv(0x17, moment.astimezone(UTC).strftime("%y%m%d%H%M%SZ").encode())


def issuer_serial(certificate: bytes) -> tuple[bytes, bytes]:
    named = x509.Certificate.load(certificate)
    return named.issuer.dump(), number(named.serial_number)


def reference(certificate: bytes, digest: str = "", value: bytes | None = None, serial: bytes | None = None) -> bytes:
    """An ESSCertID; `digest` is an object identifier to name, empty names none."""
    name = {SHA512: "sha512", SHA1: "sha1"}.get(digest, "sha256")
    issuer, own = issuer_serial(certificate)
    mark = hashlib.new(name, certificate).digest() if value is None else value
    named = tlv(0x30, tlv(0x30, tlv(0xA4, issuer)), serial or own)
    return tlv(0x30, algorithm(digest) if digest else b"", tlv(4, mark), named)


def references(kind: str, *those: bytes) -> bytes:
    return attribute(kind, tlv(0x30, tlv(0x30, *those)))


def attributes(
    content: bytes, signer: Signer, at: datetime, content_type: str = DATA, digest: str = "sha256"
) -> dict[str, bytes]:
    """The signed attributes by their types, as they should be."""
    return {
        CONTENT_TYPE: attribute(CONTENT_TYPE, oid(content_type)),
        DIGEST: attribute(DIGEST, tlv(4, hashlib.new(digest, content).digest())),
        TIME: attribute(TIME, utc(at)),
        REFERENCE_V2: references(REFERENCE_V2, reference(signer.certificate)),
    }


@dataclass
class Odd:
    """One CMS of one signer; `signed` are its attributes, None for none, `ordered` puts them as DER wants it."""

    signer: Signer
    signed: Sequence[bytes] | None
    content: bytes | None = None
    content_type: str = DATA
    version: int = 1
    info_version: int = 1
    digests: Sequence[bytes] = (algorithm(SHA256),)
    digest: bytes = algorithm(SHA256)
    how: bytes = algorithm(RSA_SHA256)
    certificates: Sequence[bytes] | None = None
    crls: bytes = b""
    unsigned: Sequence[bytes] = ()
    ordered: bool = True
    plain: bytes = b""
    extra: bytes = b""
    signature: bytes | None = None
    infos: Sequence[bytes] = ()

    def set_of_attributes(self, tag: int) -> bytes:
        signed = list(self.signed or ())
        return tlv(tag, *(sorted(signed) if self.ordered else signed))

    def value(self) -> bytes:
        """The signature value: over the attributes, or over `plain` without any."""
        if self.signature is not None:
            return self.signature
        over = self.plain if self.signed is None else self.set_of_attributes(0x31)
        return self.signer.key.sign(over, padding.PKCS1v15(), hashes.SHA256())

    def info(self) -> bytes:
        issuer, serial = issuer_serial(self.signer.certificate)
        return tlv(
            0x30,
            number(self.info_version),
            tlv(0x30, issuer, serial),
            self.digest,
            b"" if self.signed is None else self.set_of_attributes(0xA0),
            self.how,
            tlv(4, self.value()),
            tlv(0xA1, *sorted(self.unsigned)) if self.unsigned else b"",
        )

    def der(self) -> bytes:
        enclosed = [self.signer.certificate] if self.certificates is None else list(self.certificates)
        inner = tlv(0xA0, tlv(4, self.content)) if self.content is not None else b""
        data = tlv(
            0x30,
            number(self.version),
            tlv(0x31, *self.digests),
            tlv(0x30, oid(self.content_type), inner),
            tlv(0xA0, *sorted(enclosed)) if enclosed else b"",
            self.crls,
            tlv(0x31, *sorted([self.info(), *self.infos])),
            self.extra,
        )
        return tlv(0x30, oid(SIGNED_DATA), tlv(0xA0, data))


@dataclass
class OddStamp:
    """A time stamp over `signature`; the fields are those of TSTInfo in DER, empty for what is not there."""

    signature: bytes
    service: Signer
    at: datetime
    version: bytes = number(1)
    digest: str = SHA256
    gen_time: bytes = b""
    accuracy: bytes = b""
    ordering: bytes = b""
    nonce: bytes = b""
    name: bytes = b""
    extensions: bytes = b""
    extra: bytes = b""

    def told(self) -> bytes:
        name = {SHA512: "sha512", SHA1: "sha1"}.get(self.digest, "sha256")
        imprint = hashlib.new(name, self.signature).digest()
        written = self.at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()
        return tlv(
            0x30,
            self.version,
            oid("1.3.6.1.4.1.4146.2.3"),
            tlv(0x30, algorithm(self.digest), tlv(4, imprint)),
            number(7),
            tlv(0x18, self.gen_time or written),
            self.accuracy,
            self.ordering,
            self.nonce,
            self.name,
            self.extensions,
            self.extra,
        )

    def cms(self) -> Odd:
        told = self.told()
        signed = attributes(told, self.service, self.at, TST_INFO)
        return Odd(self.service, list(signed.values()), content=told, content_type=TST_INFO, version=3)
