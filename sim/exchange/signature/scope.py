"""Which certificates a list of revoked ones is about, and for which reasons (RFC 5280, 6.3.3, steps b and d).

A certificate says in its distribution points where its revocation would be listed and by whom; a list says in its own
point which part of the certificates it covers. Only where the two meet does the list's silence mean anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from asn1crypto import core, x509

from sim.exchange.signature.revocation_list import RevocationList, name_key

EVERY_REASON = frozenset(
    {
        "key_compromise",
        "ca_compromise",
        "affiliation_changed",
        "superseded",
        "cessation_of_operation",
        "certificate_hold",
        "privilege_withdrawn",
        "aa_compromise",
    }
)
_Names = frozenset[tuple[str, str]]


def covered_reasons(listed: RevocationList, certificate: x509.Certificate) -> frozenset[str]:
    """Returns the reasons of revocation for which the list would name the certificate; none if it is about others."""
    covered: frozenset[str] = frozenset()
    for point in (*(certificate.crl_distribution_points_value or ()), None):
        if _is_at_point(listed, certificate, point):
            covered |= _reasons(point["reasons"] if point is not None else None)
    if listed.scope is None:
        return covered
    return covered & _reasons(listed.scope["only_some_reasons"]) if _is_of_kind(listed, certificate) else frozenset()


def has_no_point(listed: RevocationList, certificate: x509.Certificate) -> bool:
    """Returns whether a list is about end users only, of no point that it names, while the certificate names points.

    RFC 5280, 6.3.3 (b), takes such a list for all users; here it may be one of several parts, until it says which.
    """
    if listed.scope is None or not listed.scope["only_contains_user_certs"].native:
        return False
    points = certificate.crl_distribution_points_value or ()
    names_places = any(not isinstance(point["distribution_point"], core.Void) for point in points)
    return names_places and isinstance(listed.scope["distribution_point"], core.Void)


def is_asked_for(listed: RevocationList, certificate: x509.Certificate) -> bool:
    """Returns whether the list is by the certificate's issuer or by one that it names, whatever part it covers."""
    named = {
        name_key(name.chosen)
        for point in certificate.crl_distribution_points_value or ()
        for name in point["crl_issuer"] or ()
        if name.name == "directory_name"
    }
    return listed.issuer == name_key(certificate.issuer) or listed.issuer in named


def _is_at_point(listed: RevocationList, certificate: x509.Certificate, point: x509.DistributionPoint | None) -> bool:
    """Without a point the certificate's issuer lists under its own names (RFC 5280, 6.3.3, last paragraphs)."""
    issuers = () if point is None else point["crl_issuer"] or ()
    if issuers:
        named = {name_key(name.chosen) for name in issuers if name.name == "directory_name"}
        if listed.issuer not in named or not listed.is_indirect:
            return False
    elif listed.issuer != name_key(certificate.issuer):
        return False
    if listed.scope is None or isinstance(listed.scope["distribution_point"], core.Void):
        return True
    at = _point_names(listed.scope["distribution_point"], listed.name)
    if point is None:
        return bool(at & frozenset(_default_names(certificate)))
    if isinstance(point["distribution_point"], core.Void):
        return bool(at & frozenset(map(_key, issuers)))
    base = next((name.chosen for name in issuers if name.name == "directory_name"), certificate.issuer)
    return bool(at & _point_names(point["distribution_point"], base))


def _is_of_kind(listed: RevocationList, certificate: x509.Certificate) -> bool:
    if listed.scope is None:
        return True
    only = {kind for kind in ("user", "ca", "attribute") if listed.scope[f"only_contains_{kind}_certs"].native}
    return only <= ({"ca"} if certificate.ca else {"user"})


def _reasons(flags: core.Asn1Value | None) -> frozenset[str]:
    if flags is None or isinstance(flags, core.Void):
        return EVERY_REASON
    return EVERY_REASON & frozenset(flags.native)


def _default_names(certificate: x509.Certificate) -> Iterator[tuple[str, str]]:
    yield "directory_name", name_key(certificate.issuer)
    yield from map(_key, certificate.issuer_alt_name_value or ())


def _point_names(point: x509.DistributionPointName, base: x509.Name) -> _Names:
    if point.name == "full_name":
        return frozenset(map(_key, point.chosen))
    names = [*base.chosen, point.chosen]
    relative = x509.Name(name="", value=x509.RDNSequence(names))
    return frozenset({("directory_name", name_key(relative))})


def _key(name: x509.GeneralName) -> tuple[str, str]:
    return name.name, name_key(name.chosen) if name.name == "directory_name" else name.chosen.dump().hex()
