"""Reading what a receiver holds: a file of trusted certificates and the lists of revoked ones it has fetched."""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto import cms, x509

from sim.exchange.signature.algorithm import is_signature
from sim.exchange.signature.armour import Armoured, UnreadableError, read_objects
from sim.exchange.signature.der import check_der, values
from sim.exchange.signature.revocation_list import RevocationList, revocation_list
from sim.exchange.signature.trust import Trust, signer_certificate_of
from sim.results.words import Words

MOST_CERTIFICATES = 1000
MOST_LISTS = 1000
LARGEST_CERTIFICATE = 64 * 1024
LARGEST_LIST = 20 * 1024 * 1024
"""About half a million revoked certificates; a larger list takes more time and memory than a check may."""

_LABELS = {
    "CERTIFICATE": "certificate",
    "X509 CERTIFICATE": "certificate",
    "X.509 CERTIFICATE": "certificate",
    "X509 CRL": "list",
    "CRL": "list",
    "PKCS7": "bundle",
    "PKCS #7 SIGNED DATA": "bundle",
    "CMS": "bundle",
}
_SEQUENCE, _OID = 0x30, 0x06
_TIMES = (0x17, 0x18)


class TrustUnreadableError(ValueError):
    """What the receiver holds cannot be read: `part` is "chain" or "crl", `index` which of the lists, and why."""

    def __init__(self, part: str, index: int, why: Words) -> None:
        super().__init__(f"{part} {index}: {why.en}")
        self.part = part
        self.index = index
        self.why = why

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.why.en


def read_trust(chain: bytes, crls: Sequence[bytes]) -> Trust:
    """Returns what the receiver holds: self-signed certificates of `chain` as roots, the others, the lists.

    Files may be PEM or DER with any number of objects, and bundles of certificates and lists (PKCS #7). A list that
    stands in `chain` counts as one; a certificate in a file of lists is refused, since it would be trusted by mistake.

    Raises:
        TrustUnreadableError: something in it cannot be read or does not belong there.
    """
    certificates: list[x509.Certificate] = []
    lists: list[RevocationList] = []
    for part, index, file in [("chain", 0, chain), *(("crl", index, file) for index, file in enumerate(crls))]:
        try:
            for one in read_objects(file):
                for kind, der in _contents(one):
                    if kind == "list":
                        lists.append(_list(one, der))
                    elif part == "chain":
                        certificates.append(_certificate(one, der))
                    else:
                        raise one.refused(
                            "là chứng thư số, không phải danh sách thu hồi; hãy đưa vào tệp của --chain",
                            "a certificate, not a list of revoked ones; put it in the file of --chain",
                        )
            _refuse_too_many(part, len(certificates), len(lists))
        except UnreadableError as error:
            raise TrustUnreadableError(part, index, error.words) from error
    marked = [(certificate, is_self_signed(certificate)) for certificate in certificates]
    roots = tuple(certificate for certificate, is_root in marked if is_root)
    return Trust(roots, tuple(certificate for certificate, is_root in marked if not is_root), tuple(lists))


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Returns whether a certificate is issued to its own name and signed with its own key."""
    if not certificate.self_issued:
        return False
    body, how = certificate["tbs_certificate"].dump(), certificate["signature_algorithm"]
    return is_signature(certificate["signature_value"].native, body, certificate.public_key, how)


def _refuse_too_many(part: str, certificates: int, lists: int) -> None:
    if part == "chain" and not 0 < certificates <= MOST_CERTIFICATES:
        raise UnreadableError(
            Words(
                f"có {certificates} chứng thư số trong tệp, phải có từ 1 đến {MOST_CERTIFICATES}",
                f"{certificates} certificates in it, must be 1 to {MOST_CERTIFICATES}",
            )
        )
    if lists > MOST_LISTS:
        raise UnreadableError(
            Words(f"có hơn {MOST_LISTS} danh sách thu hồi", f"more than {MOST_LISTS} lists of revoked certificates")
        )


def _contents(one: Armoured) -> list[tuple[str, bytes]]:
    """Returns kind ("certificate" or "list") and bytes of what an object is or, being a bundle, holds."""
    kind = _LABELS.get(one.label) if one.label else _kind(one)
    if kind is None:
        raise one.refused(
            f"là {one.label or 'đối tượng lạ'}, không phải chứng thư số hay danh sách thu hồi",
            f"{one.label or 'an unknown object'}, neither a certificate nor a list of revoked certificates",
        )
    return _bundled(one) if kind == "bundle" else [(kind, one.content)]


def _kind(one: Armoured) -> str | None:
    """Bundles begin with an identifier; in a list a time stands where a certificate has a pair of them."""
    try:
        outer = next(values(one.content, 0, len(one.content)))
        first = next(values(one.content, outer[2], outer[3]))
        if first[0] == _OID:
            return "bundle"
        tags = [tag for tag, *_ in values(one.content, first[2], first[3])]
    except (ValueError, StopIteration):
        return None
    if first[0] != _SEQUENCE or len(tags) < 3:
        return None
    return "list" if any(tag in _TIMES for tag in tags[2:4]) else "certificate"


def _bundled(one: Armoured) -> list[tuple[str, bytes]]:
    """What a bundle (RFC 5652, a SignedData without signers) holds."""
    try:
        check_der(one.content)
        data = cms.ContentInfo.load(one.content, strict=True)["content"]
        held = [("certificate", each) for each in data["certificates"] or ()]
        held += [("list", each) for each in data["crls"] or ()]
        kinds = {each.name for _, each in held}
        if not len(data["signer_infos"]) and kinds and kinds <= {"certificate", "crl"}:
            return [(kind, each.chosen.dump()) for kind, each in held]
        reason = "it holds other things than certificates and lists"
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = str(error)
    raise one.refused(
        "gói PKCS#7 không đọc được hoặc có thứ khác ngoài chứng thư số và danh sách thu hồi",
        f"a PKCS#7 bundle of another kind than certificates and lists ({reason})",
    )


def _certificate(one: Armoured, der: bytes) -> x509.Certificate:
    if len(der) > LARGEST_CERTIFICATE:
        most = LARGEST_CERTIFICATE // 2**10
        raise one.refused(f"chứng thư số lớn hơn {most} KB", f"a certificate larger than {most} KB")
    try:
        check_der(der)
        return signer_certificate_of(der)
    except ValueError as error:
        raise one.refused(
            "không phải chứng thư số đọc được", f"not a certificate that can be read ({error})"
        ) from error


def _list(one: Armoured, der: bytes) -> RevocationList:
    if len(der) > LARGEST_LIST:
        most = LARGEST_LIST // 2**20
        raise one.refused(
            f"danh sách thu hồi lớn hơn {most} MB", f"a list of revoked certificates larger than {most} MB"
        )
    try:
        return revocation_list(der)
    except ValueError as error:
        raise one.refused(
            "không phải danh sách thu hồi đọc được", f"not a list of revoked certificates that can be read ({error})"
        ) from error
