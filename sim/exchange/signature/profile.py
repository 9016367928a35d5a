"""What RFC 5280 asks of the certificates of a path beyond the path algorithm, and the library does not look at.

The algorithm of RFC 5280, section 6, takes the root as given and ignores how certificates are written. A receiver that
is handed a root in a file has to look: at its dates, at its extensions, at constraints in it that the algorithm would
not apply. What none of the specialised-Government authorities uses, name constraints outside critical extensions of
intermediate authorities or on mail and host names, is refused rather than half understood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from asn1crypto import x509
from pyhanko_certvalidator.validate import SUPPORTED_EXTENSIONS

from sim.exchange.signature.causes import Cause

_Is = Callable[[x509.Certificate], bool]
_NEVER_CRITICAL = {"authority_information_access", "authority_key_identifier", "key_identifier"}


def profile_fault(path: Sequence[x509.Certificate], signed: datetime) -> tuple[Cause, str, str] | None:
    """Returns the first rule that a certificate of the path breaks, the rule as detail and its text as note.

    Args:
        path: certificates from the root to the signer.
        signed: the root too must be valid then; for the others the library has seen to it.
    """
    root, leaf = path[0], path[-1]
    if signed > root.not_valid_after:
        return Cause.EXPIRED, f"{root.not_valid_after:%Y-%m-%d %H:%M:%SZ}", "the root"
    if signed < root.not_valid_before:
        return Cause.NOT_YET_VALID, f"{root.not_valid_before:%Y-%m-%d %H:%M:%SZ}", "the root"
    if root.critical_extensions - SUPPORTED_EXTENSIONS:
        return Cause.CRITICAL_EXTENSION, ", ".join(sorted(root.critical_extensions)), "the root"
    length = root.max_path_length
    if length is not None and sum(not authority.self_issued for authority in path[1:-1]) > length:
        return Cause.PATH_TOO_LONG, str(length), "the root"
    rules = [(certificate, _EVERY) for certificate in path]
    rules.append((root, _ROOT))
    rules += [(authority, _AUTHORITY) for authority in path[:-1]]
    rules += [(authority, _BETWEEN) for authority in path[1:-1]]
    if len(path) > 1:
        rules.append((leaf, _SIGNER))
    for certificate, group in rules:
        for rule, is_broken in group.items():
            if is_broken(certificate):
                return Cause.PROFILE, rule.partition(":")[0], rule
    return None


def _extension_ids(certificate: x509.Certificate) -> list[str]:
    return [one["extn_id"].native for one in certificate["tbs_certificate"]["extensions"]]


def _repeats_an_extension(certificate: x509.Certificate) -> bool:
    ids = _extension_ids(certificate)
    return len(ids) != len(set(ids))


def _is_critical(name: str) -> _Is:
    return lambda certificate: name in certificate.critical_extensions


def _has_uncritical(name: str) -> _Is:
    return lambda certificate: name in _extension_ids(certificate) and name not in certificate.critical_extensions


def _may_sign_certificates(certificate: x509.Certificate) -> bool:
    usage = certificate.key_usage_value
    return usage is not None and "key_cert_sign" in usage.native


def _has_empty_purposes(certificate: x509.Certificate) -> bool:
    purposes = certificate.extended_key_usage_value
    return purposes is not None and len(purposes) == 0


def _names_two_algorithms(certificate: x509.Certificate) -> bool:
    return bool(certificate["tbs_certificate"]["signature"].dump() != certificate["signature_algorithm"].dump())


_EVERY: dict[str, _Is] = {
    "RFC 5280 4.1.1.2: two signature algorithms are named": _names_two_algorithms,
    "RFC 5280 4.2: an extension appears twice": _repeats_an_extension,
    **{f"RFC 5280 4.2: {name} is critical": _is_critical(name) for name in sorted(_NEVER_CRITICAL)},
    "RFC 5280 4.1.2.4: no issuer": lambda certificate: len(certificate.issuer.chosen) == 0,
}
_ROOT: dict[str, _Is] = {
    "RFC 5280 4.2.1.9: the root is not marked as an authority": lambda root: not root.ca,
    "RFC 5280 4.2.1.9: basic constraints of the root are not critical": _has_uncritical("basic_constraints"),
    "RFC 5280 4.2.1.3: the root may not sign certificates": (
        lambda root: root.key_usage_value is not None and not _may_sign_certificates(root)
    ),
    "RFC 5280 4.2.1.10: constraints in a root are not supported": (
        lambda root: root.name_constraints_value is not None
    ),
    "RFC 5280 4.2.1.11: policy constraints in a root are not supported": (
        lambda root: root.policy_constraints_value is not None
    ),
}
_AUTHORITY: dict[str, _Is] = {
    "RFC 5280 4.1.2.6: an authority without a name": lambda authority: len(authority.subject.chosen) == 0,
    "RFC 5280 4.2.1.2: an authority without subject key identifier": lambda authority: not authority.key_identifier,
    "RFC 5280 4.2.1.10: name constraints that are not critical": _has_uncritical("name_constraints"),
    "RFC 5280 4.2.1.11: policy constraints that are not critical": _has_uncritical("policy_constraints"),
}


def _constrains_other_names(authority: x509.Certificate) -> bool:
    constraints = authority.name_constraints_value
    if constraints is None:
        return False
    trees = [*(constraints["permitted_subtrees"] or ()), *(constraints["excluded_subtrees"] or ())]
    return any(tree["base"].name != "directory_name" for tree in trees)


_BETWEEN: dict[str, _Is] = {
    "RFC 5280 4.2.1.1: an authority without authority key identifier": (
        lambda authority: not authority.self_issued and not authority.authority_key_identifier
    ),
    "RFC 5280 4.2.1.10: constraints on other names than those of holders are not supported": _constrains_other_names,
}
_SIGNER: dict[str, _Is] = {
    "RFC 5280 4.2.1.9: a signer who may sign certificates without being an authority": (
        lambda leaf: _may_sign_certificates(leaf) and not leaf.ca
    ),
    "RFC 5280 4.2.1.12: no purpose in the extended key usage": _has_empty_purposes,
    "RFC 5280 4.2.1.10: name constraints in a signer's certificate": (
        lambda leaf: leaf.name_constraints_value is not None
    ),
    "RFC 5280 4.2.1.1: no authority key identifier": lambda leaf: not leaf.authority_key_identifier,
}
