"""Which algorithms are known, which count, and whether a signature is that of a key."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from asn1crypto import algos, core, keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator.policy_decl import (
    AcceptAllAlgorithms,
    AlgorithmUsageConstraint,
    AlgorithmUsagePolicy,
    DisallowWeakAlgorithmsPolicy,
)
from pyhanko_certvalidator.sig_validate import DEFAULT_SIGNATURE_VALIDATOR

from sim.exchange.signature.policy import Policy

DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
"""Digests a signature may name; the weak ones are read so that they can be refused for being weak."""
SHORTEST_RSA = 2048
"""Bits of a modulus from which on it counts (ETSI TS 119 312)."""
CURVES = {"secp256r1", "secp384r1", "secp521r1", "brainpoolp256r1", "brainpoolp384r1", "brainpoolp512r1"}
"""Those of ETSI TS 119 312 that the libraries know; any has 256 bits or more."""
UNABLE = (
    UnsupportedAlgorithm,
    NotImplementedError,  # a mask other than MGF1
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,  # an algorithm that the library does not know
    AssertionError,
    OverflowError,
    UnboundLocalError,  # a key of a kind that has no length
)
"""What the library raises over keys, algorithms and certificates of odd kinds."""
_RSA_KEYS = ("rsa", "rsassa_pss")
_RSA = (*(f"{digest}_rsa" for digest in DIGESTS), "rsassa_pkcs1v15")
_ECDSA = tuple(f"{digest}_ecdsa" for digest in DIGESTS if digest != "md5")


class UnknownAlgorithmError(ValueError):
    """An algorithm, or a choice within it, that is not verified here; the message names it."""


class _StrongAlgorithms(DisallowWeakAlgorithmsPolicy):
    """The library's rules, and of curves, of which it takes any, those that are accepted."""

    def signature_algorithm_allowed(
        self, algo: algos.SignedDigestAlgorithm, moment: datetime | None, public_key: keys.PublicKeyInfo | None
    ) -> AlgorithmUsageConstraint:
        if public_key is not None and public_key.algorithm == "ec" and curve_of(public_key) not in CURVES:
            return AlgorithmUsageConstraint(allowed=False, failure_reason=f"the curve {curve_of(public_key)}")
        if public_key is not None and public_key.algorithm in _RSA_KEYS and key_bits(public_key) < SHORTEST_RSA:
            return AlgorithmUsageConstraint(allowed=False, failure_reason=f"RSA of {key_bits(public_key)} bits")
        if public_key is not None and not key_bits(public_key):
            public_key = None  # no key of the kind that is named; the library would stumble over its length
        return super().signature_algorithm_allowed(algo, moment, public_key)


def curve_of(key: keys.PublicKeyInfo) -> str:
    """Returns the name of the curve of an elliptic key; empty if it is written out, or there is none."""
    kind, name = key.curve if key.algorithm == "ec" else ("", "")
    return str(name) if kind == "named" else ""


def key_bits(key: keys.PublicKeyInfo) -> int:
    """Returns the length of a key, 0 for kinds without one such as Ed25519.

    `bit_size` of the library rounds a modulus up to whole bytes.
    """
    if key.algorithm in _RSA_KEYS:
        return int(key["public_key"].parsed["modulus"].native).bit_length()
    return int(key.bit_size) if key.algorithm in ("dsa", "ec") else 0


def algorithms(policy: Policy) -> AlgorithmUsagePolicy:
    """Returns which algorithms count: by default no MD5, no SHA-1, RSA from 2048 bits, curves of the list."""
    return AcceptAllAlgorithms() if policy.weak_allowed else _StrongAlgorithms()  # type: ignore[no-untyped-call]


def is_signature(
    signature: bytes, signed: bytes, key: keys.PublicKeyInfo, algorithm: algos.SignedDigestAlgorithm
) -> bool:
    """Returns whether `signature` over `signed` was made with the private half of `key`."""
    try:
        DEFAULT_SIGNATURE_VALIDATOR.validate_signature(signature, signed, key, algorithm)
    except (InvalidSignature, *UNABLE):
        return False
    return True


@lru_cache(maxsize=256)
def digest_name(identifier: bytes) -> str:
    """Returns the name of a digest, as `hashlib` knows it, from its identifier in DER.

    Raises:
        ValueError: it is no identifier of an algorithm, or has parameters that a digest does not take.
        UnknownAlgorithmError: a digest that is not known.
    """
    try:
        algorithm = algos.DigestAlgorithm.load(identifier, strict=True)
        name, parameters = algorithm["algorithm"].native, algorithm["parameters"].native
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"a digest that cannot be read: {error}") from error
    if name not in DIGESTS:
        raise UnknownAlgorithmError(name)
    if parameters is not None:  # absent or NULL, RFC 5754, section 2
        raise ValueError(f"parameters of {name}")
    return str(name)


@lru_cache(maxsize=256)
def signature_algorithm(identifier: bytes, digest: str) -> algos.SignedDigestAlgorithm:
    """Returns how a CMS was signed, from the identifier in DER and the digest that it names beside.

    RSA without a digest (rsaEncryption) takes it from beside (RFC 3370, section 3.2); any other has to name the same
    (RFC 5754, section 3; RFC 4056, section 3; RFC 5753, section 2.1.1; RFC 8419, section 2.3).

    Raises:
        ValueError: it is no identifier of an algorithm, the digests differ, or parameters are not those it takes.
        UnknownAlgorithmError: an algorithm that is not known, or PSS other than with MGF1 of the same digest.
    """
    try:
        algorithm = algos.SignedDigestAlgorithm.load(identifier, strict=True)
        name, parameters = algorithm["algorithm"].native, algorithm["parameters"]
        native = parameters.native
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"a signature algorithm that cannot be read: {error}") from error
    if name in _RSA and native is None:
        signed_digest = digest if name == "rsassa_pkcs1v15" else name.removesuffix("_rsa")
        how = algos.SignedDigestAlgorithm({"algorithm": f"{signed_digest}_rsa", "parameters": core.Null()})
    elif name in _ECDSA and isinstance(parameters, core.Void):
        signed_digest, how = name.removesuffix("_ecdsa"), algorithm
    elif name == "rsassa_pss" and isinstance(parameters, algos.RSASSAPSSParams):
        signed_digest, how = _pss_digest(parameters), algorithm
    elif name == "ed25519" and isinstance(parameters, core.Void):
        signed_digest, how = "sha512", algorithm  # RFC 8419, section 2.3
    elif name in (*_RSA, *_ECDSA, "rsassa_pss", "ed25519"):
        raise ValueError(f"parameters of {name}")
    else:
        raise UnknownAlgorithmError(name)
    if signed_digest != digest:
        raise ValueError(f"signed with {signed_digest}, but {digest} is named beside it")
    return how


def _pss_digest(parameters: algos.RSASSAPSSParams) -> str:
    digest = str(parameters["hash_algorithm"]["algorithm"].native)
    mask = parameters["mask_gen_algorithm"].native
    if mask["algorithm"] != "mgf1" or (mask["parameters"] or {}).get("algorithm") != digest:
        raise UnknownAlgorithmError("rsassa_pss, mgf1")
    if parameters["trailer_field"].native != "trailer_field_bc" or parameters["salt_length"].native < 0:
        raise ValueError("parameters of rsassa_pss")
    return digest
