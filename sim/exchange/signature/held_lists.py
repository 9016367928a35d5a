"""Which lists of revoked certificates can be used at a moment, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from asn1crypto import crl, x509
from asn1crypto.keys import PublicKeyInfo

from sim.exchange.signature.algorithm import algorithms, is_signature
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.trust import Trust
from sim.exchange.signature.verdict import Cause


@dataclass
class HeldLists:
    """Lists in force and well signed; `unusable` says of an issuer why its other lists are not.

    `certificates` are those that may have signed them.
    """

    certificates: tuple[x509.Certificate, ...] = ()
    usable: list[crl.CertificateList] = field(default_factory=list)
    unusable: dict[str, Cause] = field(default_factory=dict)

    def covers(
        self, certificate: x509.Certificate, authorities: frozenset[bytes], asked: frozenset[bytes] = frozenset()
    ) -> bool:
        """Returns whether a list can say if `certificate` is revoked.

        That is a list of its issuer, or one that says it lists for others, signed not with the certificate's own key
        but with that of an authority of the path, or of another certificate that is covered itself. The library also
        takes a list of any authority with the same issuer, and a key that vouches for itself.

        Args:
            certificate: one of the path, or the signer of a list.
            authorities: the public keys of the path's authorities.
            asked: public keys whose own standing is being asked for.
        """
        own = certificate.public_key.dump()
        if own in asked:
            return False
        for one in self.usable:
            if one.issuer == certificate.issuer or _is_indirect(one):
                for signer in self._signers(one):
                    key = signer.public_key.dump()
                    if key != own and (key in authorities or self.covers(signer, authorities, asked | {own})):
                        return True
        return False

    def _signers(self, one: crl.CertificateList) -> list[x509.Certificate]:
        named = (certificate for certificate in self.certificates if certificate.subject == one.issuer)
        return [certificate for certificate in named if _is_signed_by(one.dump(), certificate.public_key.dump())]


def held_lists(trust: Trust, checked: datetime, policy: Policy) -> HeldLists:
    """Sorts the lists by whether they can be used at `checked`.

    A list is in force from its publication to its next update, both seconds included; one that names no next update
    never is. Its signature must be that of a certificate with its issuer's name, which the library that checks paths
    does not verify in every order of its search.
    """
    held = HeldLists((*trust.others, *trust.roots))
    for one in trust.crls:
        cause = _fault(one, trust, checked, policy)
        if cause is None:
            held.usable.append(one)
        else:
            held.unusable.setdefault(one.issuer.hashable, cause)
    return held


def _fault(one: crl.CertificateList, trust: Trust, checked: datetime, policy: Policy) -> Cause | None:
    listed = one["tbs_cert_list"]
    published, until = listed["this_update"].native, listed["next_update"].native
    if until is None or not published <= checked <= until:
        return Cause.CRL_STALE
    if one.crl_number_value is None or "crl_number" in one.critical_extensions:
        return Cause.CRL_EXTENSION  # RFC 5280, 5.2.3
    algorithm = one["signature_algorithm"]
    if algorithm.dump() != listed["signature"].dump():
        return Cause.CRL_SIGNATURE
    if not algorithms(policy).signature_algorithm_allowed(algorithm, None, None):
        return Cause.CRL_SIGNATURE
    issuers = [issuer for issuer in (*trust.others, *trust.roots) if issuer.subject == one.issuer]
    if issuers and not any(_is_signed_by(one.dump(), issuer.public_key.dump()) for issuer in issuers):
        return Cause.CRL_SIGNATURE
    return None


def _is_indirect(one: crl.CertificateList) -> bool:
    scope = one.issuing_distribution_point_value
    return bool(scope is not None and scope["indirect_crl"].native)


@lru_cache(maxsize=1024)
def _is_signed_by(list_der: bytes, key_der: bytes) -> bool:
    one = crl.CertificateList.load(list_der)
    return is_signature(
        one["signature"].native, one["tbs_cert_list"].dump(), PublicKeyInfo.load(key_der), one["signature_algorithm"]
    )
