"""The certification authorities, in the pattern of the Government's specialised service: a root, an issuing authority.

The Government Cipher Committee certifies State agencies (Decree 130/2018, chapter V; Circular 185/2019 of the Ministry
of Defence): organisation certificates for the registries' seal, personal ones bound to a title, validity at most five
years. Every time is given by the caller; nothing reads the clock of the machine. Names say that all is simulated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sim.exchange.signature.holder import COUNTRY, Holder, Kind, distinguished_name
from sim.exchange.signature.keys import MARK, Keys

LONGEST_VALIDITY = timedelta(days=1827)
"""Five years with two leap days, the longest a subscriber's certificate may be valid."""
AUTHORITY_VALIDITY = timedelta(days=30 * 365)
GOVERNMENT = "Ban Cơ yếu Chính phủ (mô phỏng)"
_SERVER = "http://crl.simulation.invalid"


@dataclass(frozen=True)
class Issuer:
    """An authority: its certificate, its key, and where its list of revoked certificates is published."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    crl_url: str


@dataclass(frozen=True)
class Authority:
    """A root and the authority under it that issues to agencies and people."""

    root: Issuer
    issuing: Issuer

    def chain_pem(self) -> bytes:
        """Returns both certificates as a receiver keeps them."""
        pem = serialization.Encoding.PEM
        return self.root.certificate.public_bytes(pem) + self.issuing.certificate.public_bytes(pem)


def found(keys: Keys, since: datetime, name: str = GOVERNMENT) -> Authority:
    """Returns an authority whose certificates begin at `since`.

    Args:
        keys: where its keys come from.
        since: start of validity, with a time zone.
        name: another name founds a foreign authority, with other keys.
    """
    root_key, issuing_key = keys.key(f"root of {name}"), keys.key(f"issuing authority of {name}")
    label = hashlib.sha256(name.encode()).hexdigest()[:8]
    root_url, issuing_url = f"{_SERVER}/{label}/root.crl", f"{_SERVER}/{label}/issuing.crl"
    root_name, issuing_name = _authority_name(name, "Root CA"), _authority_name(name, "CA")
    root = _certified(root_name, root_name, root_key.public_key(), since, AUTHORITY_VALIDITY)
    root = _as_authority(root, root_key.public_key(), root_key, path_length=None)
    until = AUTHORITY_VALIDITY - timedelta(days=365)
    issuing = _certified(issuing_name, root_name, issuing_key.public_key(), since, until)
    issuing = _listed_at(issuing, root_url)
    issuing = _as_authority(issuing, issuing_key.public_key(), root_key, path_length=0)
    return Authority(
        Issuer(root.sign(root_key, hashes.SHA256()), root_key, root_url),
        Issuer(issuing.sign(root_key, hashes.SHA256()), issuing_key, issuing_url),
    )


def issue(
    authority: Authority, holder: Holder, key: rsa.RSAPublicKey, since: datetime, until: datetime
) -> x509.Certificate:
    """Returns a certificate of the holder's key.

    Raises:
        ValueError: it would be valid for no time or for more than five years.
    """
    if not timedelta(0) < until - since <= LONGEST_VALIDITY:
        raise ValueError(f"a certificate from {since} to {until}: must be longer than nothing, at most five years")
    issuer = authority.issuing
    builder = _certified(holder.subject(), issuer.certificate.subject, key, since, until - since)
    builder = _listed_at(builder, issuer.crl_url)
    builder = _with_identifiers(builder, key, issuer.key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    if holder.kind is Kind.TIME_STAMP:
        only_stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(only_stamps, critical=True)
    return builder.sign(issuer.key, hashes.SHA256())


def serial_of(holder: x509.Name, issuer: x509.Name, since: datetime) -> int:
    """Returns the serial number: 127 bits that depend on who certifies whom since when, and on nothing else."""
    marks = holder.public_bytes() + issuer.public_bytes() + since.isoformat().encode()
    return int.from_bytes(hashlib.sha256(marks).digest()[:16]) >> 1 | 1 << 126


def _authority_name(name: str, what: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, COUNTRY),
        (NameOID.ORGANIZATION_NAME, name),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, MARK),
        (NameOID.COMMON_NAME, f"{what} - {name}"),
    ]
    return distinguished_name(parts)


def _certified(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, since: datetime, validity: timedelta
) -> x509.CertificateBuilder:
    since = since.replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(serial_of(subject, issuer, since))
        .not_valid_before(since)
        .not_valid_after((since + validity).replace(microsecond=0))
    )


def _as_authority(
    builder: x509.CertificateBuilder, key: rsa.RSAPublicKey, issuer_key: rsa.RSAPrivateKey, path_length: int | None
) -> x509.CertificateBuilder:
    builder = _with_identifiers(builder, key, issuer_key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    return builder.add_extension(_usage(signs=False), critical=True)


def _with_identifiers(
    builder: x509.CertificateBuilder, key: rsa.RSAPublicKey, issuer_key: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(issuer, critical=False)


def _listed_at(builder: x509.CertificateBuilder, url: str) -> x509.CertificateBuilder:
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """A holder signs documents and cannot deny it; an authority signs certificates and lists."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
