"""A root, an authority, signers and lists of revoked certificates of every kind, made to measure for one test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sim.exchange.signature.chain import path_fault
from sim.exchange.signature.held_lists import HARMLESS_STAMPER, Fault
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.revocation_list import revocation_list
from sim.exchange.signature.trust import Trust, certificate_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SIGNED = datetime(2018, 6, 15, 3, 0, tzinfo=UTC)
CHECKED = SIGNED + 2 * HOUR
FROM, UNTIL = datetime(2016, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
DER = serialization.Encoding.DER
Why = x509.ReasonFlags
BEFORE, AFTER = SIGNED - 2 * HOUR, SIGNED + HOUR
URL = [x509.UniformResourceIdentifier("http://lists.invalid/one.crl")]
OTHER_URL = [x509.UniformResourceIdentifier("http://lists.invalid/other.crl")]


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Made:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def serial(self) -> int:
        return self.certificate.serial_number

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject


def certified(
    subject: str,
    above: Made | None = None,
    *,
    authority: bool = False,
    lists: bool = True,
    of: Any = None,
    since: datetime = FROM,
    until: datetime = UNTIL,
    points: Sequence[x509.DistributionPoint] = (),
    stamps: bool = False,
    digest: Any = None,
    signed_how: Any = None,
    path_length: int | None = None,
    more: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> Made:
    """A certificate; self-signed without `above`, of the key `of` if that is given."""
    own = of or key()
    issuer_key, issuer = (above.key, above.name) if above else (own, name(subject))
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(not authority, not authority, False, False, False, authority, lists, False, False),
            critical=True,
        )
    )
    if points:
        builder = builder.add_extension(x509.CRLDistributionPoints(points), critical=False)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    for one, critical in more:
        builder = builder.add_extension(one, critical=critical)
    return Made(builder.sign(issuer_key, digest or hashes.SHA256(), **(signed_how or {})), own)


def extension(oid: str, content: bytes, *, critical: bool = False) -> tuple[x509.ExtensionType, bool]:
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), content), critical


UNKNOWN = extension("1.2.3.4", b"\x05\x00", critical=True)


def entry(
    serial: int, at: datetime, why: Why | None = Why.key_compromise, *more: tuple[x509.ExtensionType, bool]
) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
    if why is not None:
        builder = builder.add_extension(x509.CRLReason(why), critical=False)
    for one, critical in more:
        builder = builder.add_extension(one, critical=critical)
    return builder.build()


def listed(
    by: Made,
    *entries: x509.RevokedCertificate,
    at: datetime = SIGNED - HOUR,
    until: datetime | None = None,
    number: int | None = 7,
    base: int | None = None,
    scope: dict[str, Any] | None = None,
    more: Sequence[tuple[x509.ExtensionType, bool]] = (),
    digest: Any = None,
) -> bytes:
    """A list signed by the key of `by`."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.name).last_update(at)
    builder = builder.next_update(until or at + 2 * DAY)
    if number is not None:
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    if base is not None:
        builder = builder.add_extension(x509.DeltaCRLIndicator(base), critical=True)
    if scope is not None:
        nothing = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
        flags = ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs")
        parts = {**nothing, **dict.fromkeys(flags, False), **scope}
        builder = builder.add_extension(x509.IssuingDistributionPoint(**parts), critical=True)
    for one, critical in more:
        builder = builder.add_extension(one, critical=critical)
    for one in entries:
        builder = builder.add_revoked_certificate(one)
    return builder.sign(by.key, digest or hashes.SHA256()).public_bytes(DER)


@dataclass
class World:
    """Root, authority, signer, and what the receiver holds; the root's list is clean unless another is given."""

    root: Made = field(default_factory=lambda: certified("Root", authority=True))
    others: list[Made] = field(default_factory=list)
    other_roots: list[Made] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.authority = certified("Authority", self.root, authority=True)
        self.leaf = certified("Signer", self.authority)

    def root_list(self, *entries: x509.RevokedCertificate, **changed: Any) -> bytes:
        return listed(self.root, *entries, **changed)

    def fault(
        self,
        *lists: bytes,
        root_list: bytes | None = None,
        leaf: Made | None = None,
        signed: datetime = SIGNED,
        checked: datetime = CHECKED,
        stamps: bool = False,
    ) -> Fault | None:
        """What is wrong with the path to the signer."""
        others = tuple(one.certificate for one in (self.authority, *self.others))
        trust = Trust(
            tuple(certificate_of(one.certificate.public_bytes(DER)) for one in (self.root, *self.other_roots)),
            tuple(certificate_of(one.public_bytes(DER)) for one in others),
            tuple(revocation_list(der) for der in (root_list or self.root_list(at=SIGNED - DAY), *lists)),
        )
        signer = certificate_of((leaf or self.leaf).certificate.public_bytes(DER))
        harmless = HARMLESS_STAMPER if stamps else None
        return path_fault(signer, trust, signed, checked, Policy(), harmless=harmless)

    def cause(self, *lists: bytes, **changed: Any) -> str | None:
        fault = self.fault(*lists, **changed)
        return fault.cause.value if fault else None


def delta(world: World, *entries: x509.RevokedCertificate, **changed: Any) -> bytes:
    return listed(world.authority, *entries, **{"number": 8, "base": 7, **changed})
