"""Which algorithms count, and whether a signature is that of a key."""

from __future__ import annotations

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.keys import PublicKeyInfo
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms, AlgorithmUsagePolicy, DisallowWeakAlgorithmsPolicy
from pyhanko_certvalidator.sig_validate import DEFAULT_SIGNATURE_VALIDATOR

from sim.exchange.signature.policy import Policy


def algorithms(policy: Policy) -> AlgorithmUsagePolicy:
    """Returns which algorithms count: by default no MD5, no SHA-1, RSA from 2048 bits."""
    return AcceptAllAlgorithms() if policy.weak_allowed else DisallowWeakAlgorithmsPolicy()


def is_signature(signature: bytes, signed: bytes, key: PublicKeyInfo, algorithm: SignedDigestAlgorithm) -> bool:
    """Returns whether `signature` over `signed` was made with the private half of `key`."""
    try:
        DEFAULT_SIGNATURE_VALIDATOR.validate_signature(signature, signed, key, algorithm)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, KeyError, AssertionError):
        return False
    return True
