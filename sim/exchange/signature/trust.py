"""What a receiver holds to judge a signature by: trusted roots, other certificates, lists of revoked certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from asn1crypto import core, x509

from sim.exchange.signature.algorithm import key_bits
from sim.exchange.signature.revocation_list import RevocationList, name_key

MOST_NEAR = 64
"""Certificates that may stand between a signer and a root by their names; more is an attack, not a hierarchy."""


def certificate_of(der: bytes) -> x509.Certificate:
    """Returns a certificate, every field of which can be read.

    Each call makes a new object, since the library may write a certificate it has read otherwise than it was.

    Raises:
        ValueError: it is no certificate.
    """
    _check_certificate(der)
    return x509.Certificate.load(der)


@lru_cache(maxsize=1024)
def _check_certificate(der: bytes) -> None:
    _read_wholly(x509.Certificate.load(der, strict=True))


def signer_certificate_of(der: bytes) -> x509.Certificate:
    """Returns a certificate whose names can be compared and whose key has a length, as those of our authorities do.

    Raises:
        ValueError: it is no such certificate.
    """
    certificate = certificate_of(der)
    try:
        _ = name_key(certificate.subject), name_key(certificate.issuer)
        _ = key_bits(certificate.public_key)
    except (TypeError, KeyError, AttributeError, NameError) as error:  # the library trips over odd keys in these ways
        raise ValueError(str(error)) from error
    return certificate


def _read_wholly(value: core.Asn1Value) -> None:
    """The library reads a field when it is first asked for; what it stumbles over then is bad input now."""
    try:
        _ = value.native
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True)
class Trust:
    """Roots are trusted because the receiver says so; all else must be proved from them."""

    roots: tuple[x509.Certificate, ...]
    others: tuple[x509.Certificate, ...] = ()
    crls: tuple[RevocationList, ...] = ()

    def helped_by(self, certificates: Sequence[x509.Certificate]) -> Trust:
        """Returns what the receiver holds with authorities' certificates that came along, to help to reach a root."""
        known = {one.dump() for one in (*self.others, *self.roots)}
        more = tuple(one for one in certificates if one.ca and one.self_signed == "no" and one.dump() not in known)
        return replace(self, others=(*self.others, *dict.fromkeys(more))) if more else self

    def near(self, leaf: x509.Certificate) -> Trust:
        """Returns what can concern `leaf`: its possible issuers by name, theirs, other certificates for the same keys.

        With them come the lists they may sign. What is unrelated can only slow the search for a path down or lead it
        astray.
        """
        by_subject: dict[str, list[x509.Certificate]] = {}
        by_key: dict[bytes, list[x509.Certificate]] = {}
        for certificate in self.others:
            by_subject.setdefault(name_key(certificate.subject), []).append(certificate)
            by_key.setdefault(certificate.public_key.dump(), []).append(certificate)
        chosen: dict[int, x509.Certificate] = {}  # by identity: to write one again may alter it before it is verified
        names, waiting = set(_issuer_names(leaf)), [leaf]
        while waiting and len(chosen) < MOST_NEAR:
            one = waiting.pop()
            found = by_key.pop(one.public_key.dump(), [])
            for name in _issuer_names(one):
                names.add(name)
                found += by_subject.pop(name, [])
            new = {id(each): each for each in found if id(each) not in chosen}
            chosen.update(new)
            waiting += new.values()
        roots = tuple(root for root in self.roots if name_key(root.subject) in names)
        crls = tuple(one for one in self.crls if one.issuer in names)
        return Trust(roots, tuple(chosen.values())[:MOST_NEAR], crls)


def _issuer_names(certificate: x509.Certificate) -> Iterator[str]:
    """Names of who issued a certificate and who is said to list it when revoked."""
    yield name_key(certificate.issuer)
    for point in certificate.crl_distribution_points_value or ():
        for name in point["crl_issuer"] or ():
            if name.name == "directory_name":
                yield name_key(name.chosen)
