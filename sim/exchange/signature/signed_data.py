"""A signature as it is written: CMS SignedData (RFC 5652) in DER with one signer, by the rules of CAdES-B-B and -B-T.

What is signed is a set of attributes (ETSI EN 319 122-1, clause 6.3): content type, digest of the content, the claimed
time, and the signer's certificate by its digest, issuer and serial number (signing-certificate-v2, RFC 5035). The
organisation's signature has content hints too (RFC 2634, section 2.9), which tell a document from a document with the
leader's signature behind it. A time stamp over the signature value (RFC 3161) is put beside it, unsigned.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sim.exchange.signature.signed_attributes import CONTENT_HINTS

DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
    "sha1": hashes.SHA1,
    "md5": hashes.MD5,
}
"""Digests to sign with; the weak ones make what has to be refused."""


@dataclass(frozen=True)
class Signer:
    """A certificate (DER) and its key."""

    certificate: bytes
    key: rsa.RSAPrivateKey


@dataclass(frozen=True)
class SignedData:
    """The parts of one signature; `content` is None when it lies elsewhere, `token` when there is no time stamp."""

    content_type: str
    content: bytes | None
    digest: str
    certificate: bytes
    attributes: bytes
    signature: bytes
    token: bytes | None = None


def sign(
    content: bytes,
    signer: Signer,
    at: datetime,
    *,
    content_type: str = "data",
    detached: bool = True,
    digest: str = "sha256",
    hint: str = "",
) -> SignedData:
    """Returns a signature over `content`, saying that it was made at `at`.

    Args:
        content: what is signed.
        signer: who signs.
        at: the claimed time.
        content_type: of the content, for CMS.
        detached: False encloses the content.
        digest: name of the digest.
        hint: object identifier of what the content is, to be signed as content hints; empty says nothing.
    """
    claimed = at.astimezone(UTC).replace(microsecond=0)
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute.load(_type_attribute(content_type)),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time(name="utc_time", value=claimed)]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.new(digest, content).digest()]}),
            cms.CMSAttribute.load(_certificate_attribute(signer.certificate)),
            *([cms.CMSAttribute.load(_hint_attribute(hint))] if hint else []),
        ]
    ).dump()
    signature = signer.key.sign(attributes, padding.PKCS1v15(), DIGESTS[digest]())
    return SignedData(content_type, None if detached else content, digest, signer.certificate, attributes, signature)


@lru_cache(maxsize=1024)
def _certificate_attribute(certificate: bytes) -> bytes:
    """What is the same in signature after signature is written once; building it takes the library a millisecond."""
    named = x509.Certificate.load(certificate)
    issuer = x509.GeneralName(name="directory_name", value=named.issuer)
    reference = {
        "cert_hash": hashlib.sha256(certificate).digest(),
        "issuer_serial": {"issuer": [issuer], "serial_number": named.serial_number},
    }
    kind = "signing_certificate_v2"
    der: bytes = cms.CMSAttribute({"type": kind, "values": [tsp.SigningCertificateV2({"certs": [reference]})]}).dump()
    return der


@lru_cache
def _type_attribute(content_type: str) -> bytes:
    der: bytes = cms.CMSAttribute({"type": "content_type", "values": [content_type]}).dump()
    return der


@lru_cache
def _hint_attribute(hint: str) -> bytes:
    hints = core.Sequence(contents=core.ObjectIdentifier(hint).dump()).dump()
    values = b"\x31" + bytes([len(hints)]) + hints
    der: bytes = core.Sequence(contents=core.ObjectIdentifier(CONTENT_HINTS).dump() + values).dump()
    return der


def algorithm(digest: str) -> algos.SignedDigestAlgorithm:
    """Returns RSA (PKCS#1 v1.5) with this digest."""
    return algos.SignedDigestAlgorithm.load(_algorithm_der(f"{digest}_rsa"))


@lru_cache
def _algorithm_der(name: str) -> bytes:
    kind = algos.SignedDigestAlgorithm if name.endswith("_rsa") else algos.DigestAlgorithm
    der: bytes = kind({"algorithm": name, "parameters": core.Null()}).dump()
    return der


@lru_cache(maxsize=512)
def encode(signed: SignedData) -> bytes:
    """Returns the DER bytes."""
    certificate = x509.Certificate.load(signed.certificate)
    digest = _algorithm_der(signed.digest)
    info = [
        core.Integer(1).dump(),
        _value(0x30, certificate.issuer.dump(), core.Integer(certificate.serial_number).dump()),
        digest,
        b"\xa0" + signed.attributes[1:],
        _algorithm_der(f"{signed.digest}_rsa"),
        _value(0x04, signed.signature),
    ]
    if signed.token is not None:
        kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
        info.append(_value(0xA1, _value(0x30, kind, _value(0x31, signed.token))))
    content = b"" if signed.content is None else _value(0xA0, _value(0x04, signed.content))
    data = _value(
        0x30,
        core.Integer(1 if signed.content_type == "data" else 3).dump(),
        _value(0x31, digest),
        _value(0x30, cms.ContentType(signed.content_type).dump(), content),
        _value(0xA0, signed.certificate),
        _value(0x31, _value(0x30, *info)),
    )
    return _value(0x30, cms.ContentType("signed_data").dump(), _value(0xA0, data))


def _value(tag: int, *parts: bytes) -> bytes:
    """One DER value; the library takes exponential time to write nested values whose lengths end in 0x80."""
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content
