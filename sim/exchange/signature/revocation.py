"""Lists of revoked certificates (CRL, RFC 5280 section 5): published at fixed intervals, each naming the next.

What happens between two publications is unknown to whoever holds the older list: that gap is a fact of the system, and
the reason why a certificate revoked in the morning may still be believed in the afternoon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from sim.exchange.signature.authority import Issuer

Reason = x509.ReasonFlags
_EXPIRED_TOO = x509.ObjectIdentifier("2.5.29.60")


@dataclass(frozen=True)
class Revocation:
    """A certificate taken back: its serial number, when, and why (a posting is `affiliation_changed`)."""

    serial: int
    at: datetime
    reason: Reason = Reason.affiliation_changed


@dataclass(frozen=True)
class Publication:
    """The rhythm of one list: the first, how long until the next, and how long after that one still counts."""

    first: datetime
    interval: timedelta
    grace: timedelta = timedelta(0)

    def number(self, at: datetime) -> int:
        """Returns the number of the last list published at or before `at`, from 1; 0 if there was none."""
        return (at - self.first) // self.interval + 1 if at >= self.first else 0

    def published(self, number: int) -> datetime:
        """Returns when the list of this number was published."""
        return self.first + (number - 1) * self.interval

    def next_update(self, number: int) -> datetime:
        """Returns the last second at which the list of this number counts."""
        return self.published(number) + self.interval + self.grace


def publish(
    issuer: Issuer, revocations: Iterable[Revocation], number: int, published: datetime, next_update: datetime
) -> bytes:
    """Returns the signed list (DER) of all that was revoked by `published`, that second included.

    It goes on naming certificates that have expired, and says so (expiredCertsOnCRL, ISO/IEC 9594-8), so that a
    document can still be checked when its signer's certificate has run out; assumed of the Government's authority.
    """
    published = published.replace(microsecond=0)
    since = issuer.certificate.not_valid_before_utc.strftime("%Y%m%d%H%M%SZ").encode()
    reaches_back = x509.UnrecognizedExtension(_EXPIRED_TOO, bytes([0x18, len(since)]) + since)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(published)
        .next_update(next_update.replace(microsecond=0))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        .add_extension(reaches_back, critical=False)
    )
    for one in sorted(set(revocations), key=lambda revocation: (revocation.at, revocation.serial)):
        at = one.at.replace(microsecond=0)
        if at <= published:
            entry = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(at)
            builder = builder.add_revoked_certificate(
                entry.add_extension(x509.CRLReason(one.reason), critical=False).build()
            )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
