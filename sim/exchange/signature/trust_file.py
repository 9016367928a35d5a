"""Reading what a receiver holds: a file of trusted certificates and the lists of revoked ones it has fetched."""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto import crl, pem, x509

from sim.exchange.signature.algorithm import is_signature
from sim.exchange.signature.trust import Trust, crl_of, signer_certificate_of

MOST_CERTIFICATES = 1000
LARGEST_LIST = 64 * 1024 * 1024


class TrustUnreadableError(ValueError):
    """What the receiver holds cannot be read: `part` is "chain" or "crl", `index` which of the lists, and why."""

    def __init__(self, part: str, index: int, reason: str) -> None:
        super().__init__(f"{part} {index}: {reason}")
        self.part = part
        self.index = index
        self.reason = reason


def read_trust(chain: bytes, crls: Sequence[bytes]) -> Trust:
    """Returns what the receiver holds: self-signed certificates of `chain` as roots, the others, the lists.

    Raises:
        TrustUnreadableError: something in it cannot be read.
    """
    try:
        certificates = _certificates(chain)
        marked = [(certificate, _is_self_signed(certificate)) for certificate in certificates]
    except (ValueError, TypeError) as error:
        raise TrustUnreadableError("chain", 0, str(error)) from error
    lists = []
    for index, text in enumerate(crls):
        try:
            lists.append(_list(text))
        except (ValueError, TypeError) as error:
            raise TrustUnreadableError("crl", index, str(error)) from error
    roots = tuple(certificate for certificate, is_root in marked if is_root)
    others = tuple(certificate for certificate, is_root in marked if not is_root)
    return Trust(roots, others, tuple(lists))


def _certificates(chain: bytes) -> list[x509.Certificate]:
    if len(chain) > LARGEST_LIST:
        raise ValueError(f"larger than {LARGEST_LIST} bytes")
    if not pem.detect(chain):
        raise ValueError("no PEM text in it")
    ders = [der for kind, _, der in pem.unarmor(chain, multiple=True) if kind == "CERTIFICATE"]
    if not 0 < len(ders) <= MOST_CERTIFICATES:
        raise ValueError(f"{len(ders)} certificates in it, must be 1 to {MOST_CERTIFICATES}")
    return [signer_certificate_of(der) for der in ders]


def _list(text: bytes) -> crl.CertificateList:
    if len(text) > LARGEST_LIST:
        raise ValueError(f"larger than {LARGEST_LIST} bytes")
    return crl_of(pem.unarmor(text)[2] if pem.detect(text) else text)


def _is_self_signed(certificate: x509.Certificate) -> bool:
    if not certificate.self_issued:
        return False
    body, how = certificate["tbs_certificate"].dump(), certificate["signature_algorithm"]
    return is_signature(certificate["signature_value"].native, body, certificate.public_key, how)
