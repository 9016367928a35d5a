"""One signature as CMS SignedData (RFC 5652) with the signed attributes of CAdES (ETSI EN 319 122-1): one signer, DER.

What was signed is the set of attributes: the digest of the content, the digest of the signer's certificate, the
claimed time. A time stamp over the signature value (RFC 3161) may be put beside it. Reading is strict: bytes that are
not exactly what this module writes for what it has read are refused, so that no bit stands outside what is checked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
    "sha1": hashes.SHA1,
    "md5": hashes.MD5,
}
"""Digests a signature may name; the weak ones are read so that they can be refused by name."""
LARGEST_SIGNATURE = 256 * 1024


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

    def attribute(self, name: str) -> Any:
        """Returns the native value of a signed attribute.

        Raises:
            ValueError: it is not there exactly once.
        """
        found = [one["values"] for one in cms.CMSAttributes.load(self.attributes) if one["type"].native == name]
        if len(found) != 1 or len(found[0]) != 1:
            raise ValueError(f"{name} is not there exactly once")
        return found[0][0].native


def sign(
    content: bytes,
    signer: Signer,
    at: datetime,
    *,
    content_type: str = "data",
    detached: bool = True,
    digest: str = "sha256",
) -> SignedData:
    """Returns a signature over `content`, saying that it was made at `at`."""
    claimed = at.astimezone(UTC).replace(microsecond=0)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", content_type),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time(name="utc_time", value=claimed)]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.new(digest, content).digest()]}),
            _attribute("signing_certificate_v2", hashlib.sha256(signer.certificate).digest()),
        ]
    ).dump()
    signature = signer.key.sign(attributes, padding.PKCS1v15(), DIGESTS[digest]())
    return SignedData(content_type, None if detached else content, digest, signer.certificate, attributes, signature)


def _attribute(kind: str, value: str | bytes) -> cms.CMSAttribute:
    return cms.CMSAttribute.load(_attribute_der(kind, value))


@lru_cache(maxsize=1024)
def _attribute_der(kind: str, value: str | bytes) -> bytes:
    """What is the same in signature after signature is written once; building it takes the library a millisecond."""
    values = [tsp.SigningCertificateV2({"certs": [{"cert_hash": value}]}) if isinstance(value, bytes) else value]
    der: bytes = cms.CMSAttribute({"type": kind, "values": values}).dump()
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
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    digest = algos.DigestAlgorithm.load(_algorithm_der(signed.digest))
    info: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(name="issuer_and_serial_number", value=cms.IssuerAndSerialNumber(named)),
        "digest_algorithm": digest,
        "signed_attrs": cms.CMSAttributes.load(signed.attributes),
        "signature_algorithm": algorithm(signed.digest),
        "signature": signed.signature,
    }
    if signed.token is not None:
        token = cms.ContentInfo.load(signed.token)
        kind = "signature_time_stamp_token"
        info["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": [token]})])
    encapsulated: dict[str, Any] = {"content_type": signed.content_type}
    if signed.content is not None:
        encapsulated["content"] = core.ParsableOctetString(signed.content)
    data = cms.SignedData(
        {
            "version": "v1" if signed.content_type == "data" else "v3",
            "digest_algorithms": [digest],
            "encap_content_info": encapsulated,
            "certificates": [certificate],
            "signer_infos": [cms.SignerInfo(info)],
        }
    )
    der: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    return der


def decode(der: bytes) -> SignedData:
    """Returns the parts of a signature.

    Raises:
        ValueError: damaged, not DER, or with anything in it that is not checked.
    """
    if len(der) > LARGEST_SIGNATURE:
        raise ValueError(f"larger than {LARGEST_SIGNATURE} bytes")
    try:
        signed = _read(der)
        again = encode(signed)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(str(error) or type(error).__name__) from error
    if again != der:
        raise ValueError("not in the one form that a signature may have")
    return signed


def _read(der: bytes) -> SignedData:
    whole = cms.ContentInfo.load(der, strict=True)
    if whole["content_type"].native != "signed_data":
        raise ValueError("not signed data")
    data = whole["content"]
    if len(data["signer_infos"]) != 1 or len(data["certificates"]) != 1:
        raise ValueError("not one signer with one certificate")
    info = data["signer_infos"][0]
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in DIGESTS:
        raise ValueError(f"unknown digest {digest}")
    encapsulated = data["encap_content_info"]
    content = encapsulated["content"]
    return SignedData(
        encapsulated["content_type"].native,
        None if isinstance(content, core.Void) or content.native is None else content.contents,
        digest,
        data["certificates"][0].chosen.dump(),
        info["signed_attrs"].untag().dump(),
        info["signature"].native,
        _token(info["unsigned_attrs"]),
    )


def _token(attributes: Any) -> bytes | None:
    if isinstance(attributes, core.Void) or not attributes:
        return None
    token: bytes = attributes[0]["values"][0].dump()
    return token
