"""From a certificate to a trusted root: the path is found and checked by `pyhanko-certvalidator`, never by host clock.

Two times matter. The certificates must have been valid, and not revoked, when the signature was made; the lists that
say so must be in force when the check is made, and what is known by then of a stolen key counts, since a thief dates
everything back. All times count in whole seconds, the resolution of X.509: a certificate is valid from its first to its
last second, and revoked from the very second of revocation.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from asn1crypto import x509
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager
from pyhanko_certvalidator.validate import async_validate_path

from sim.exchange.signature.algorithm import UNABLE, algorithms, is_signature
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.held_lists import Fault, HeldLists, Path
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.profile import profile_fault
from sim.exchange.signature.trust import Trust

if TYPE_CHECKING:
    from pyhanko_certvalidator.authority import TrustAnchor
    from pyhanko_certvalidator.path import ValidationPath
    from pyhanko_certvalidator.registry import TrustManager

MOST_PATHS = 16
MOST_STEPS = 400
"""Paths tried and issuers looked at for one certificate; more is an attack, not a chain."""

_TICK = timedelta(microseconds=1)
_MESSAGES = (
    ("unsupported critical extension", Cause.CRITICAL_EXTENSION),
    ("issuer name could not be matched", Cause.NO_CHAIN),
    ("is not a CA", Cause.NOT_AN_AUTHORITY),
    ("maximum path length", Cause.PATH_TOO_LONG),
    ("not allowed to sign certificates", Cause.ISSUER_USAGE),
    ("could not be verified", Cause.ISSUER_SIGNATURE),
)
_CAME_FURTHEST = (Cause.REVOKED, Cause.KEY_STOLEN, Cause.EXPIRED, Cause.NOT_YET_VALID, Cause.CRL_ISSUER_EXPIRED)


def path_fault(
    leaf: x509.Certificate,
    trust: Trust,
    signed: datetime,
    checked: datetime,
    policy: Policy,
    *,
    lists_required: bool = True,
    harmless: frozenset[str] | None = None,
) -> Fault | None:
    """Returns None if some path from `leaf` to a root is good, else the fault of the path that came furthest.

    Args:
        leaf: the signer's certificate.
        trust: what the receiver holds.
        signed: when the signature was made, as far as that is proved.
        checked: when it is verified; the lists of revoked certificates must be in force then.
        policy: the receiver's rules.
        lists_required: False looks at no list, for test suites that have none; no document is ever verified so.
        harmless: for a time-stamping service, the reasons of a later revocation that leave its stamps believed.
    """
    signed, checked = signed.replace(microsecond=0), checked.replace(microsecond=0)
    near = trust.near(leaf)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)  # it logs what is returned as a fault
    held = HeldLists(near, checked, policy, partial(_paths_to, near=near, policy=policy)) if lists_required else None
    found: list[Fault] = []
    for path, fault in _paths(leaf, near, signed, policy):
        faults = [fault] if fault else held.faults(path, signed, harmless) if held else []
        if not faults:
            return None
        found += faults
    return next((fault for cause in _CAME_FURTHEST for fault in found if fault.cause is cause), found[0])


def _paths_to(
    signer: x509.Certificate, at: datetime, is_root: bool = True, *, near: Trust, policy: Policy
) -> list[Path] | Fault:
    """Returns the good paths to a certificate at a time, lists aside, or what is wrong with the last of them.

    Args:
        signer: the certificate.
        at: the time.
        is_root: False leaves out roots of the same key, at which each path would end that very moment.
        near: what can concern it.
        policy: the receiver's rules.
    """
    if not is_root:
        key = signer.public_key.dump()
        near = replace(near, roots=tuple(root for root in near.roots if root.public_key.dump() != key))
    found = _paths(signer, near, at, policy)
    return [path for path, fault in found if fault is None] or found[-1][1] or Fault(Cause.NO_CHAIN)


def _paths(leaf: x509.Certificate, near: Trust, at: datetime, policy: Policy) -> list[tuple[Path, Fault | None]]:
    """Returns paths from a root to `leaf`, each with what is wrong with it at a time, and at least one."""
    context = ValidationContext(
        moment=at + _TICK,
        time_tolerance=_TICK,
        revocation_mode="none",
        poe_manager=POEManager(current_dt_override=at),
        trust_manager=SimpleTrustManager.build(trust_roots=near.roots),
        certificate_registry=_Searched.build((*near.others, *near.roots)),
        algorithm_usage_policy=algorithms(policy),
    )
    return asyncio.run(_tried(leaf, context, at, policy.most_intermediates))


class _Searched(CertificateRegistry):
    """A registry whose search for issuers ends, however the certificates point at one another."""

    steps = 0

    def find_potential_issuers(
        self, cert: x509.Certificate, trust_manager: TrustManager
    ) -> Iterator[TrustAnchor | x509.Certificate]:
        for issuer in super().find_potential_issuers(cert, trust_manager):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise PathBuildingError("too many certificates that name one another as issuers")
            yield issuer


async def _tried(
    leaf: x509.Certificate, context: ValidationContext, at: datetime, most: int
) -> list[tuple[Path, Fault | None]]:
    tried: list[tuple[Path, Fault | None]] = []
    try:
        async for path in context.path_builder.async_build_paths_lazy(leaf):
            certificates: Path = tuple(path.iter_certs(include_root=True))
            tried.append((certificates, await _fault_of(path, certificates, context, at, most)))
            if len(tried) == MOST_PATHS:
                break
    except (PathBuildingError, RecursionError, *UNABLE):  # a subject without a name sends the library round in circles
        tried.append(((), Fault(Cause.NO_CHAIN)))
    return tried or [((), Fault(Cause.NO_CHAIN))]


async def _fault_of(
    path: ValidationPath, certificates: Path, context: ValidationContext, at: datetime, most: int
) -> Fault | None:
    if sum(not authority.self_issued for authority in certificates[1:-1]) > most:
        return Fault(Cause.PATH_TOO_LONG, str(most))
    try:
        await async_validate_path(context, path)
    except ValidationError as error:
        return _named(error)
    except UNABLE as error:  # over a key of an odd kind, or a signature of another kind than the key
        return Fault(Cause.PROFILE if _are_signed(certificates) else Cause.ISSUER_SIGNATURE, note=str(error))
    fault = profile_fault(certificates, at)
    return Fault(*fault) if fault else None


def _are_signed(path: Path) -> bool:
    return all(
        is_signature(
            one["signature_value"].native, one["tbs_certificate"].dump(), above.public_key, one["signature_algorithm"]
        )
        for above, one in pairwise(path)
    )


def _named(error: ValidationError) -> Fault:
    """The library says with its class, and where that is general with its words, what is wrong."""
    match error:
        case ExpiredError():
            return Fault(Cause.EXPIRED, f"{error.expired_dt:%Y-%m-%d %H:%M:%SZ}")
        case NotYetValidError():
            return Fault(Cause.NOT_YET_VALID, f"{error.valid_from:%Y-%m-%d %H:%M:%SZ}")
        case DisallowedAlgorithmError():
            return Fault(Cause.WEAK_ALGORITHM)
    text = str(error)
    return Fault(next((cause for words, cause in _MESSAGES if words in text), Cause.OTHER_CONSTRAINT))
