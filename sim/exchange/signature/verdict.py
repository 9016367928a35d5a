"""What a verification says: one of three values, and each finding in the words of ETSI EN 319 102-1.

The sub-indications are those of ETSI EN 319 102-1 V1.3.1, clause 5. Its main indication is not taken over: the standard
calls a foreign chain or a wrong key usage INDETERMINATE too, and here that value belongs to what another list of
revoked certificates may mend, because an agency may accept what is indeterminate and must never accept the rest.
TRY_LATER is said only where such a list comes by waiting or can be fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sim.results.words import Lang, Words
from sim.scenario.errors import shown

LONGEST_NOTE = 160
"""Letters shown of what a reading said; the rest is cut."""


class Value(StrEnum):
    """The three values of a verdict."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Reason(StrEnum):
    """Sub-indications of ETSI EN 319 102-1 that a verification here can give."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CERTIFICATE_CHAIN_GENERAL_FAILURE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    REVOKED = "REVOKED"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    SIGNATURE_POLICY_NOT_AVAILABLE = "SIGNATURE_POLICY_NOT_AVAILABLE"
    TRY_LATER = "TRY_LATER"
    REVOCATION_OUT_OF_BOUNDS_NO_POE = "REVOCATION_OUT_OF_BOUNDS_NO_POE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"


class Cause(StrEnum):
    """What was found, finer than the reason; the ids are stable."""

    MALFORMED = "malformed"
    DOCUMENT_FORM = "document_form"
    PDF_DAMAGED = "pdf_damaged"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_LIMITS = "pdf_limits"
    PDF_COVERAGE = "pdf_coverage"
    PDF_CHANGED = "pdf_changed"
    CONTENT_CHANGED = "content_changed"
    LINE_ENDS_CHANGED = "line_ends_changed"
    SIGNATURE_WRONG = "signature_wrong"
    WEAK_ALGORITHM = "weak_algorithm"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    UNCHECKED_PART = "unchecked_part"
    OTHER_SCOPE = "other_scope"
    ATTRIBUTE_MISSING = "attribute_missing"
    SIGNATURE_POLICY = "signature_policy"
    CERTIFICATE_MISSING = "certificate_missing"
    LEADER_MISSING = "leader_missing"
    ORGANISATION_MISSING = "organisation_missing"
    TIME_STAMP_MISSING = "time_stamp_missing"
    TIME_STAMP_OF_OTHER = "time_stamp_of_other"
    TIME_STAMP_LATE = "time_stamp_late"
    TIME_STAMP_EARLY = "time_stamp_early"
    CERTIFICATE_MISMATCH = "certificate_mismatch"
    OTHER_TITLE = "other_title"
    OTHER_SIGNER = "other_signer"
    OTHER_AGENCY = "other_agency"
    NAME_UNCLEAR = "name_unclear"
    SIGNER_KIND = "signer_kind"
    SIGNER_USAGE = "signer_usage"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    KEY_STOLEN = "key_stolen"
    NO_CHAIN = "no_chain"
    ISSUER_SIGNATURE = "issuer_signature"
    NOT_AN_AUTHORITY = "not_an_authority"
    PATH_TOO_LONG = "path_too_long"
    ISSUER_USAGE = "issuer_usage"
    CRITICAL_EXTENSION = "critical_extension"
    PROFILE = "profile"
    OTHER_CONSTRAINT = "other_constraint"
    CRL_MISSING = "crl_missing"
    CRL_STALE = "crl_stale"
    CRL_NOT_YET = "crl_not_yet"
    CRL_AFTER_EXPIRY = "crl_after_expiry"
    CRL_OPEN_ENDED = "crl_open_ended"
    CRL_NUMBER = "crl_number"
    CRL_VERSION = "crl_version"
    CRL_FORM = "crl_form"
    CRL_DELTA = "crl_delta"
    CRL_SCOPE = "crl_scope"
    CRL_NO_POINT = "crl_no_point"
    CRL_WEAK = "crl_weak"
    CRL_ISSUER_EXPIRED = "crl_issuer_expired"
    CRL_SIGNATURE = "crl_signature"
    CRL_EXTENSION = "crl_extension"
    CRL_ISSUER = "crl_issuer"


_SIG, _CHAIN = Reason.SIG_CONSTRAINTS_FAILURE, Reason.CHAIN_CONSTRAINTS_FAILURE
_GENERAL = Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE
CAUSES: dict[Cause, tuple[Reason, Words]] = {
    Cause.MALFORMED: (
        Reason.FORMAT_FAILURE,
        Words("tệp chữ ký hỏng hoặc không đúng cấu trúc", "the signature is damaged or not of the right structure"),
    ),
    Cause.DOCUMENT_FORM: (
        Reason.FORMAT_FAILURE,
        Words(
            "không đọc được văn bản nên không biết ai phải ký; với loại tệp khác hãy thêm --any-title",
            "the document cannot be read, so who had to sign it is unknown; for another kind of file add --any-title",
        ),
    ),
    Cause.PDF_DAMAGED: (
        Reason.FORMAT_FAILURE,
        Words(
            "tệp PDF hỏng hoặc có thể được hiểu theo nhiều cách; hãy xin lại tệp gốc",
            "the PDF is damaged or can be understood in more than one way; ask for the original again",
        ),
    ),
    Cause.PDF_ENCRYPTED: (
        Reason.FORMAT_FAILURE,
        Words(
            "tệp PDF có mật khẩu hoặc bị mã hóa nên không kiểm tra được; hãy xin bản không mã hóa",
            "the PDF is encrypted and cannot be judged; ask for one that is not",
        ),
    ),
    Cause.PDF_LIMITS: (
        Reason.FORMAT_FAILURE,
        Words(
            "đọc tệp PDF này cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép: có thể do cố ý; hãy xin lại tệp gốc",
            "reading this PDF takes more time or memory than it may, perhaps on purpose; ask for the original again",
        ),
    ),
    Cause.PDF_COVERAGE: (
        Reason.FORMAT_FAILURE,
        Words(
            "chữ ký không bao trùm hết phần tệp mà nó phải bảo vệ",
            "the signature does not cover all of the file that it has to protect",
        ),
    ),
    Cause.PDF_CHANGED: (
        Reason.HASH_FAILURE,
        Words(
            "tệp PDF bị sửa sau chữ ký này, không chỉ ký thêm",
            "the PDF was changed after this signature, by more than signing again",
        ),
    ),
    Cause.CONTENT_CHANGED: (
        Reason.HASH_FAILURE,
        Words("nội dung bị sửa sau khi ký", "the content was changed after signing"),
    ),
    Cause.LINE_ENDS_CHANGED: (
        Reason.HASH_FAILURE,
        Words(
            "từ khi ký chỉ có dấu xuống dòng bị đổi (LF thành CRLF hoặc ngược lại), thường do thư điện tử hoặc chương"
            " trình soạn thảo; hãy xin lại tệp gốc",
            "only line ends were changed since signing (LF to CRLF or back), as mail and editors do; ask for the"
            " original file",
        ),
    ),
    Cause.SIGNATURE_WRONG: (
        Reason.SIG_CRYPTO_FAILURE,
        Words("chữ ký không khớp với chứng thư số", "the signature does not match the certificate"),
    ),
    Cause.WEAK_ALGORITHM: (
        Reason.CRYPTO_CONSTRAINTS_FAILURE,
        Words(
            "thuật toán, đường cong hoặc độ dài khóa quá yếu, hoặc không thuộc danh mục được chấp nhận",
            "the algorithm, curve or key is too weak, or none of the accepted ones",
        ),
    ),
    Cause.UNKNOWN_ALGORITHM: (
        Reason.CRYPTO_CONSTRAINTS_FAILURE,
        Words(
            "chữ ký dùng thuật toán mà chương trình không biết nên không kiểm tra được",
            "the signature uses an algorithm that is not known here, so it cannot be checked",
        ),
    ),
    Cause.UNCHECKED_PART: (
        Reason.FORMAT_FAILURE,
        Words(
            "tệp chữ ký có phần không ai ký và chương trình không kiểm tra",
            "the signature has a part that nobody signed and that is not checked here",
        ),
    ),
    Cause.OTHER_SCOPE: (
        Reason.FORMAT_FAILURE,
        Words(
            "chữ ký không phải trên đúng thứ này: trên văn bản kèm chữ ký lãnh đạo, hoặc chỉ trên văn bản",
            "the signature is not over this: it is over a document together with the leader's signature, or over a "
            "document alone",
        ),
    ),
    Cause.ATTRIBUTE_MISSING: (
        _SIG,
        Words(
            "chữ ký thiếu một thuộc tính được ký bắt buộc", "the signature lacks a signed attribute that is demanded"
        ),
    ),
    Cause.SIGNATURE_POLICY: (
        Reason.SIGNATURE_POLICY_NOT_AVAILABLE,
        Words(
            "người ký dẫn chiếu một chính sách chữ ký mà chương trình không có",
            "the signer refers to a signature policy that is not at hand here",
        ),
    ),
    Cause.CERTIFICATE_MISSING: (
        Reason.NO_SIGNING_CERTIFICATE_FOUND,
        Words(
            "không có chứng thư số của người ký, cả trong tệp chữ ký lẫn trong tệp chứng thư tin cậy",
            "the signer's certificate is neither in the signature nor in the file of certificates",
        ),
    ),
    Cause.LEADER_MISSING: (_SIG, Words("thiếu chữ ký của lãnh đạo", "the leader's signature is missing")),
    Cause.ORGANISATION_MISSING: (_SIG, Words("thiếu chữ ký số của cơ quan", "the organisation's signature is missing")),
    Cause.TIME_STAMP_MISSING: (_SIG, Words("thiếu dấu thời gian", "the time stamp is missing")),
    Cause.TIME_STAMP_OF_OTHER: (
        Reason.HASH_FAILURE,
        Words("dấu thời gian không phải của chữ ký này", "the time stamp is of another signature"),
    ),
    Cause.TIME_STAMP_LATE: (
        Reason.TIMESTAMP_ORDER_FAILURE,
        Words("dấu thời gian muộn hơn lúc kiểm tra", "the time stamp is later than the check"),
    ),
    Cause.TIME_STAMP_EARLY: (
        Reason.TIMESTAMP_ORDER_FAILURE,
        Words(
            "dấu thời gian sớm hơn lúc ký hoặc hai chữ ký ngược thứ tự",
            "the time stamp is before the signing, or the two signatures are in the wrong order",
        ),
    ),
    Cause.CERTIFICATE_MISMATCH: (
        Reason.NO_SIGNING_CERTIFICATE_FOUND,
        Words("chứng thư kèm theo không phải chứng thư đã ký", "the certificate enclosed is not the one that signed"),
    ),
    Cause.OTHER_TITLE: (
        _SIG,
        Words(
            "chứng thư số mang chức danh khác với chức danh ký văn bản",
            "the certificate is of another title than the one that signs the document",
        ),
    ),
    Cause.OTHER_SIGNER: (
        _SIG,
        Words(
            "chứng thư số của người khác với người ký ghi trên văn bản",
            "the certificate is of another person than the signer whom the document names",
        ),
    ),
    Cause.OTHER_AGENCY: (
        _SIG,
        Words(
            "chứng thư số của cơ quan khác, hoặc không ghi mã định danh của cơ quan",
            "the certificate is of another agency, or does not state the agency's identifier",
        ),
    ),
    Cause.NAME_UNCLEAR: (
        _SIG,
        Words(
            "tên, chức danh hoặc cơ quan ghi hai lần hoặc có ký tự ẩn, nên không biết là ai",
            "name, title or agency is given twice or has invisible characters, so who it is remains unclear",
        ),
    ),
    Cause.SIGNER_KIND: (
        _SIG,
        Words(
            "chứng thư số không đúng loại (cá nhân, cơ quan hay dấu thời gian)",
            "the certificate is of the wrong kind (personal, organisation or time-stamping)",
        ),
    ),
    Cause.SIGNER_USAGE: (_CHAIN, Words("chứng thư số không dùng để ký được", "the certificate is not for signing")),
    Cause.EXPIRED: (Reason.EXPIRED, Words("chứng thư số đã hết hạn lúc ký", "the certificate had expired at signing")),
    Cause.NOT_YET_VALID: (
        Reason.NOT_YET_VALID,
        Words("chứng thư số chưa có hiệu lực lúc ký", "the certificate was not yet valid at signing"),
    ),
    Cause.REVOKED: (
        Reason.REVOKED,
        Words("chứng thư số đã bị thu hồi lúc ký", "the certificate had been revoked at signing"),
    ),
    Cause.KEY_STOLEN: (
        Reason.REVOKED,
        Words(
            "khóa của tổ chức cấp chứng thư hoặc của dấu thời gian đã bị thu hồi vì lộ khóa hoặc không rõ lý do;"
            " ai có khóa đó đều ký lùi ngày được",
            "the key of an authority or of the time stamp has been revoked as stolen, or without a reason that rules"
            " this out; whoever has it can date back",
        ),
    ),
    Cause.NO_CHAIN: (
        Reason.NO_CERTIFICATE_CHAIN_FOUND,
        Words("chứng thư số không dẫn về gốc được tin cậy", "no chain leads from the certificate to a trusted root"),
    ),
    Cause.ISSUER_SIGNATURE: (
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        Words("chữ ký trên một chứng thư số của chuỗi là sai", "a certificate of the chain has a wrong signature"),
    ),
    Cause.NOT_AN_AUTHORITY: (
        _CHAIN,
        Words(
            "một chứng thư số trong chuỗi không phải của tổ chức cấp chứng thư",
            "a certificate of the chain is not an authority's",
        ),
    ),
    Cause.PATH_TOO_LONG: (_CHAIN, Words("chuỗi chứng thư số quá dài", "the chain is longer than an authority allows")),
    Cause.ISSUER_USAGE: (
        _CHAIN,
        Words(
            "một khóa trong chuỗi không được dùng để cấp chứng thư",
            "a key of the chain is not for issuing certificates",
        ),
    ),
    Cause.CRITICAL_EXTENSION: (
        _CHAIN,
        Words(
            "chứng thư số có trường mở rộng quan trọng mà chương trình không hiểu",
            "a certificate has a critical extension that is not understood",
        ),
    ),
    Cause.PROFILE: (
        _CHAIN,
        Words(
            "một chứng thư số của chuỗi không theo khuôn dạng RFC 5280",
            "a certificate of the chain does not follow the profile of RFC 5280",
        ),
    ),
    Cause.OTHER_CONSTRAINT: (
        _CHAIN,
        Words(
            "chuỗi chứng thư số vi phạm một ràng buộc của tổ chức cấp",
            "the chain breaks a constraint of its authorities",
        ),
    ),
    Cause.CRL_MISSING: (
        Reason.TRY_LATER,
        Words(
            "không có danh sách thu hồi để tra chứng thư số",
            "there is no list of revoked certificates to look the certificate up in",
        ),
    ),
    Cause.CRL_STALE: (
        Reason.TRY_LATER,
        Words(
            "danh sách thu hồi đã quá hạn cập nhật; hãy tải danh sách mới nhất",
            "the list of revoked certificates is past its next update; fetch the newest",
        ),
    ),
    Cause.CRL_NOT_YET: (
        Reason.TRY_LATER,
        Words(
            "đến lúc kiểm tra danh sách thu hồi chưa được công bố",
            "the list of revoked certificates had not been published at the time of the check",
        ),
    ),
    Cause.CRL_AFTER_EXPIRY: (
        Reason.REVOCATION_OUT_OF_BOUNDS_NO_POE,
        Words(
            "danh sách thu hồi công bố sau khi chứng thư số hết hạn nên không còn phải nêu chứng thư đó; chờ thêm không"
            " ích gì, cần danh sách có nêu chứng thư đã hết hạn (expiredCertsOnCRL) hoặc danh sách cũ đã nêu nó",
            "the list of revoked certificates was published after the certificate expired and need not name it any"
            " more; waiting is no help, one that reaches back (expiredCertsOnCRL) or an older one that names it is",
        ),
    ),
    Cause.CRL_OPEN_ENDED: (
        _GENERAL,
        Words(
            "danh sách thu hồi không ghi thời điểm cập nhật tiếp theo nên không biết còn giá trị hay không",
            "the list of revoked certificates states no next update, so it may be out of date",
        ),
    ),
    Cause.CRL_NUMBER: (
        _GENERAL,
        Words(
            "danh sách thu hồi không có số thứ tự, trái với RFC 5280 mục 5.2.3",
            "the list of revoked certificates has no number, against RFC 5280, 5.2.3",
        ),
    ),
    Cause.CRL_VERSION: (
        _GENERAL,
        Words(
            "danh sách thu hồi không phải phiên bản 2, trái với RFC 5280 mục 5.1.2.1",
            "the list of revoked certificates is not of version 2, against RFC 5280, 5.1.2.1",
        ),
    ),
    Cause.CRL_FORM: (
        _GENERAL,
        Words(
            "một mục trong danh sách thu hồi không đọc được",
            "an entry of the list of revoked certificates cannot be read",
        ),
    ),
    Cause.CRL_DELTA: (
        Reason.TRY_LATER,
        Words(
            "chỉ có danh sách thu hồi phần thay đổi (delta); hãy tải danh sách đầy đủ làm gốc của nó",
            "only a list of changes (delta) is at hand; fetch the complete list that it builds on",
        ),
    ),
    Cause.CRL_SCOPE: (
        Reason.TRY_LATER,
        Words(
            "danh sách thu hồi chỉ về một phần chứng thư số hoặc lý do thu hồi; hãy tải phần còn lại",
            "the list covers other certificates, or some reasons of revocation only; fetch the other parts",
        ),
    ),
    Cause.CRL_NO_POINT: (
        Reason.TRY_LATER,
        Words(
            "danh sách thu hồi ghi chỉ về một phần (người dùng cuối) mà không ghi điểm công bố, nên không biết có phải"
            " phần của chứng thư số này; hãy tải danh sách từ địa chỉ ghi trong chứng thư số",
            "the list says that it covers a part only (end users) and not at which point it is published, so whether it"
            " is this certificate's part is unknown; fetch the list from the address in the certificate",
        ),
    ),
    Cause.CRL_WEAK: (
        Reason.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
        Words(
            "danh sách thu hồi được ký bằng thuật toán hoặc khóa quá yếu",
            "the list of revoked certificates is signed with an algorithm or a key that is too weak",
        ),
    ),
    Cause.CRL_SIGNATURE: (
        Reason.TRY_LATER,
        Words(
            "chữ ký trên danh sách thu hồi là sai; hãy tải lại",
            "the list of revoked certificates has a wrong signature; fetch it again",
        ),
    ),
    Cause.CRL_EXTENSION: (
        Reason.TRY_LATER,
        Words(
            "danh sách thu hồi có phần quan trọng mà chương trình không hiểu",
            "the list of revoked certificates has a critical part that is not understood",
        ),
    ),
    Cause.CRL_ISSUER: (
        Reason.TRY_LATER,
        Words(
            "bên ký danh sách thu hồi không có quyền hoặc không tin được",
            "the issuer of the list of revoked certificates has no right to it or cannot be trusted",
        ),
    ),
    Cause.CRL_ISSUER_EXPIRED: (
        Reason.EXPIRED,
        Words(
            "bên ký danh sách thu hồi đã hết hạn chứng thư số trước khi công bố danh sách",
            "the certificate of the list's issuer had expired when the list was published",
        ),
    ),
}


class Part(StrEnum):
    """What of the signed document a finding is about."""

    DOCUMENT = "document"
    LEADER = "leader"
    ORGANISATION = "organisation"
    LEADER_STAMP = "leader_time_stamp"
    ORGANISATION_STAMP = "organisation_time_stamp"
    DOCUMENT_STAMP = "document_time_stamp"


PARTS: dict[Part, Words] = {
    Part.DOCUMENT: Words("văn bản", "document"),
    Part.LEADER: Words("chữ ký lãnh đạo", "leader's signature"),
    Part.ORGANISATION: Words("chữ ký cơ quan", "organisation's signature"),
    Part.LEADER_STAMP: Words("dấu thời gian của chữ ký lãnh đạo", "time stamp of the leader's signature"),
    Part.ORGANISATION_STAMP: Words("dấu thời gian của chữ ký cơ quan", "time stamp of the organisation's signature"),
    Part.DOCUMENT_STAMP: Words("dấu thời gian trên cả văn bản", "time stamp over the document"),
}


@dataclass(frozen=True)
class Finding:
    """One thing wrong.

    Attributes:
        cause: what.
        part: where.
        detail: a name, date or rule number, the same in every language; may be empty.
        note: what the reading or the rule said, in English, for who looks closer; may be empty.
        note_vi: the same in Vietnamese, where there are words for it.
    """

    cause: Cause
    part: Part = Part.DOCUMENT
    detail: str = ""
    note: str = ""
    note_vi: str = ""

    @property
    def reason(self) -> Reason:
        """The ETSI word."""
        return CAUSES[self.cause][0]

    @property
    def value(self) -> Value:
        """Indeterminate if another list of revoked certificates may mend it, else failed."""
        return Value.INDETERMINATE if self.cause.startswith("crl_") else Value.FAILED

    def text(self, lang: Lang) -> str:
        """Returns one line in plain words; what a stranger wrote is cut and its control characters are escaped.

        Of what is not of the right form it says what was found, in English where there are no other words.
        """
        note = self.note_vi if lang == "vi" and self.note_vi else self.note
        told = (self.detail, note if self.reason is Reason.FORMAT_FAILURE else "")
        brackets = "".join(f" ({shown(text, LONGEST_NOTE)})" for text in told if text)
        return f"{PARTS[self.part].text(lang)}: {CAUSES[self.cause][1].text(lang)}{brackets}"


class Later(StrEnum):
    """What was added to a PDF after a signature without changing what it signed."""

    NOTHING = "nothing"
    HELPS = "helps"
    """Metadata, or time stamps, certificates and lists that help to verify it for longer (PAdES-LTA)."""
    SIGNATURES = "signatures"
    """Further signatures or what is filled in by leave of the signer, and perhaps the helps."""


@dataclass(frozen=True)
class SignedBy:
    """Who made one signature and when, as the certificate and the signature say; proved only if the verdict is passed.

    Attributes:
        part: the leader's or the organisation's signature.
        name: the person or the agency; title, agency and agency_id are empty where the certificate has none.
        claimed: when the signer says to have signed; None if that is not said.
        stamped: when the time-stamping service saw the signature; None without a time stamp.
        revision: which state of a PDF it covers, from 1, and of how many; None where there is but one.
        later: what was added to a PDF after it.
    """

    part: Part
    name: str
    title: str
    agency: str
    agency_id: str
    claimed: datetime | None
    stamped: datetime | None
    revision: tuple[int, int] | None = None
    later: Later = Later.NOTHING


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: all findings, what failed before what is only indeterminate, and who signed."""

    findings: tuple[Finding, ...] = ()
    signers: tuple[SignedBy, ...] = ()

    @classmethod
    def of(cls, findings: list[Finding], signers: Sequence[SignedBy] = ()) -> Verdict:
        """Returns the verdict on these findings; the order among failures is kept, the first one gives the reason."""
        first = sorted(dict.fromkeys(findings), key=lambda finding: finding.value is not Value.FAILED)
        return cls(tuple(first), tuple(signers))

    @property
    def value(self) -> Value:
        """Passed only when nothing was found."""
        return self.findings[0].value if self.findings else Value.PASSED

    @property
    def reason(self) -> Reason | None:
        """The ETSI word of the first finding; None when passed."""
        return self.findings[0].reason if self.findings else None

    @property
    def cause(self) -> Cause | None:
        """The first finding's cause; None when passed."""
        return self.findings[0].cause if self.findings else None
