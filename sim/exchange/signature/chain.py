"""From a certificate to a trusted root: the path is found and checked by `pyhanko-certvalidator`, never by host clock.

Two times matter. The certificates must have been valid, and not revoked, when the signature was made; the list that
says so must be fresh when the check is made. All times count in whole seconds, the resolution of X.509: a certificate
is valid from its first to its last second, and revoked from the very second of revocation.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from asn1crypto import x509
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager
from pyhanko_certvalidator.validate import async_validate_path

from sim.exchange.signature.algorithm import algorithms
from sim.exchange.signature.held_lists import HeldLists, held_lists
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.profile import profile_fault
from sim.exchange.signature.trust import Trust
from sim.exchange.signature.verdict import Cause

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
_CRL_MESSAGES = (
    ("not authorized to sign", Cause.CRL_ISSUER),
    ("certificate path could not be validated", Cause.CRL_ISSUER),
    ("chain of trust", Cause.CRL_ISSUER),
    ("signature could not be verified", Cause.CRL_SIGNATURE),
    ("critical extensions", Cause.CRL_EXTENSION),
)
_CAME_FURTHEST = (Cause.REVOKED, Cause.EXPIRED, Cause.NOT_YET_VALID)


@dataclass(frozen=True)
class Fault:
    """Why no path is good: the cause, and a date, name or rule as its detail."""

    cause: Cause
    detail: str = ""
    note: str = ""


def path_fault(
    leaf: x509.Certificate,
    trust: Trust,
    signed: datetime,
    checked: datetime,
    policy: Policy,
    *,
    lists_required: bool = True,
) -> Fault | None:
    """Returns None if some path from `leaf` to a root is good, else the fault of the path that came furthest.

    Args:
        leaf: the signer's certificate.
        trust: what the receiver holds.
        signed: when the signature was made, as far as that is proved.
        checked: when it is verified; the lists of revoked certificates must be in force then.
        policy: the receiver's rules.
        lists_required: False looks at no list, for test suites that have none; no document is ever verified so.
    """
    signed, checked = signed.replace(microsecond=0), checked.replace(microsecond=0)
    near = trust.near(leaf)
    held = held_lists(near, checked, policy) if lists_required else None
    context = _context(near, held, signed, policy)
    faults = asyncio.run(_faults(leaf, context, held, signed, policy.most_intermediates))
    if faults is None:
        return None
    return next((fault for cause in _CAME_FURTHEST for fault in faults if fault.cause is cause), faults[0])


def _context(near: Trust, held: HeldLists | None, signed: datetime, policy: Policy) -> ValidationContext:
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)  # it logs what is returned as a fault
    return ValidationContext(
        moment=signed + _TICK,  # the library calls a certificate revoked only after the moment of revocation
        time_tolerance=_TICK,
        crls=held.usable if held else [],
        ocsps=[],
        revocation_mode="require" if held else "none",
        retroactive_revinfo=True,  # freshness at the time of the check is settled already
        poe_manager=POEManager(current_dt_override=signed),
        trust_manager=SimpleTrustManager.build(trust_roots=near.roots),
        certificate_registry=_Searched.build((*near.others, *near.roots)),
        algorithm_usage_policy=algorithms(policy),
    )


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


async def _faults(
    leaf: x509.Certificate, context: ValidationContext, held: HeldLists | None, signed: datetime, most: int
) -> list[Fault] | None:
    """Returns None at the first good path, else the fault of every path tried, of which there is at least one."""
    faults: list[Fault] = []
    none_found = Fault(Cause.NO_CHAIN)
    try:
        async for path in context.path_builder.async_build_paths_lazy(leaf):
            fault = await _fault_of(path, context, held, signed, most)
            if fault is None:
                return None
            faults.append(fault)
            if len(faults) == MOST_PATHS:
                break
    except (PathBuildingError, RecursionError):  # a subject without a name sends the library round in circles
        faults.append(none_found)
    return faults or [none_found]


async def _fault_of(
    path: ValidationPath, context: ValidationContext, held: HeldLists | None, signed: datetime, most: int
) -> Fault | None:
    certificates = [*path.iter_certs(include_root=True)]
    if sum(not authority.self_issued for authority in certificates[1:-1]) > most:
        return Fault(Cause.PATH_TOO_LONG, str(most))
    try:
        await async_validate_path(context, path)
    except ValidationError as error:
        return _named(error, path, held)
    except (ValueError, TypeError, KeyError, AssertionError, NotImplementedError) as error:
        return Fault(Cause.PROFILE, note=str(error))
    fault = profile_fault(certificates, signed)
    if fault is not None:
        return Fault(*fault)
    authorities = frozenset(authority.public_key.dump() for authority in certificates[:-1])
    if held is not None and not all(held.covers(certificate, authorities) for certificate in certificates[1:]):
        return Fault(Cause.CRL_MISSING)
    return None


def _named(error: ValidationError, path: ValidationPath, held: HeldLists | None) -> Fault:
    """The library says with its class, and where that is general with its words, what is wrong."""
    text = str(error)
    match error:
        case RevokedError():
            return Fault(Cause.REVOKED, f"{error.revocation_dt:%Y-%m-%d %H:%M:%SZ}")
        case ExpiredError():
            return Fault(Cause.EXPIRED, f"{error.expired_dt:%Y-%m-%d %H:%M:%SZ}")
        case NotYetValidError():
            return Fault(Cause.NOT_YET_VALID, f"{error.valid_from:%Y-%m-%d %H:%M:%SZ}")
        case DisallowedAlgorithmError():
            return Fault(Cause.WEAK_ALGORITHM)
        case InsufficientRevinfoError():
            issuers = [certificate.issuer.hashable for certificate in path.iter_certs(include_root=False)]
            unusable = held.unusable if held else {}
            known = next((unusable[name] for name in issuers if name in unusable), Cause.CRL_MISSING)
            return Fault(next((cause for words, cause in _CRL_MESSAGES if words in text), known))
    return Fault(next((cause for words, cause in _MESSAGES if words in text), Cause.OTHER_CONSTRAINT))
