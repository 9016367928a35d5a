"""What a verification can find: each finding once, with the word that ETSI EN 319 102-1 has for it and our own.

The sub-indications are those of ETSI EN 319 102-1 V1.3.1, clause 5.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from sim.results.words import Words


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
    """What was found, finer than the reason; the ids are stable.

    Attributes:
        reason: the sub-indication it is reported under.
        words: what it means to who received the document, and where it helps what to do.
    """

    reason: Reason
    words: Words

    def __new__(cls, cause_id: str, reason: Reason, vi: str, en: str) -> Self:
        """An id that is a text, with its reason and words."""
        cause = str.__new__(cls, cause_id)
        cause._value_ = cause_id
        cause.reason, cause.words = reason, Words(vi, en)
        return cause

    MALFORMED = (
        "malformed",
        Reason.FORMAT_FAILURE,
        "tệp chữ ký hỏng hoặc không đúng cấu trúc",
        "the signature is damaged or not of the right structure",
    )
    DOCUMENT_FORM = (
        "document_form",
        Reason.FORMAT_FAILURE,
        "không đọc được văn bản nên không biết ai phải ký; với loại tệp khác hãy thêm --any-title",
        "the document cannot be read, so who had to sign it is unknown; for another kind of file add --any-title",
    )
    PDF_DAMAGED = (
        "pdf_damaged",
        Reason.FORMAT_FAILURE,
        "tệp PDF hỏng hoặc có thể được hiểu theo nhiều cách; hãy xin lại tệp gốc",
        "the PDF is damaged or can be understood in more than one way; ask for the original again",
    )
    PDF_ENCRYPTED = (
        "pdf_encrypted",
        Reason.FORMAT_FAILURE,
        "tệp PDF có mật khẩu hoặc bị mã hóa nên không kiểm tra được; hãy xin bản không mã hóa",
        "the PDF is encrypted and cannot be judged; ask for one that is not",
    )
    PDF_LIMITS = (
        "pdf_limits",
        Reason.FORMAT_FAILURE,
        "đọc tệp PDF này cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép: có thể do cố ý; hãy xin lại tệp gốc",
        "reading this PDF takes more time or memory than it may, perhaps on purpose; ask for the original again",
    )
    PDF_COVERAGE = (
        "pdf_coverage",
        Reason.FORMAT_FAILURE,
        "chữ ký không bao trùm hết phần tệp mà nó phải bảo vệ",
        "the signature does not cover all of the file that it has to protect",
    )
    PDF_CHANGED = (
        "pdf_changed",
        Reason.HASH_FAILURE,
        "tệp PDF bị sửa sau chữ ký này, không chỉ ký thêm",
        "the PDF was changed after this signature, by more than signing again",
    )
    CONTENT_CHANGED = (
        "content_changed",
        Reason.HASH_FAILURE,
        "nội dung bị sửa sau khi ký",
        "the content was changed after signing",
    )
    LINE_ENDS_CHANGED = (
        "line_ends_changed",
        Reason.HASH_FAILURE,
        (
            "từ khi ký chỉ có dấu xuống dòng bị đổi (LF thành CRLF hoặc ngược lại), thường do thư điện tử hoặc "
            "chương trình soạn thảo; hãy xin lại tệp gốc"
        ),
        (
            "only line ends were changed since signing (LF to CRLF or back), as mail and editors do; ask for the "
            "original file"
        ),
    )
    SIGNATURE_WRONG = (
        "signature_wrong",
        Reason.SIG_CRYPTO_FAILURE,
        "chữ ký không khớp với chứng thư số",
        "the signature does not match the certificate",
    )
    WEAK_ALGORITHM = (
        "weak_algorithm",
        Reason.CRYPTO_CONSTRAINTS_FAILURE,
        "thuật toán, đường cong hoặc độ dài khóa quá yếu, hoặc không thuộc danh mục được chấp nhận",
        "the algorithm, curve or key is too weak, or none of the accepted ones",
    )
    UNKNOWN_ALGORITHM = (
        "unknown_algorithm",
        Reason.CRYPTO_CONSTRAINTS_FAILURE,
        "chữ ký dùng thuật toán mà chương trình không biết nên không kiểm tra được",
        "the signature uses an algorithm that is not known here, so it cannot be checked",
    )
    UNCHECKED_PART = (
        "unchecked_part",
        Reason.FORMAT_FAILURE,
        "tệp chữ ký có phần không ai ký và chương trình không kiểm tra",
        "the signature has a part that nobody signed and that is not checked here",
    )
    OTHER_SCOPE = (
        "other_scope",
        Reason.FORMAT_FAILURE,
        "chữ ký không phải trên đúng thứ này: trên văn bản kèm chữ ký lãnh đạo, hoặc chỉ trên văn bản",
        (
            "the signature is not over this: it is over a document together with the leader's signature, or over a "
            "document alone"
        ),
    )
    ATTRIBUTE_MISSING = (
        "attribute_missing",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "chữ ký thiếu một thuộc tính được ký bắt buộc",
        "the signature lacks a signed attribute that is demanded",
    )
    SIGNATURE_POLICY = (
        "signature_policy",
        Reason.SIGNATURE_POLICY_NOT_AVAILABLE,
        "người ký dẫn chiếu một chính sách chữ ký mà chương trình không có",
        "the signer refers to a signature policy that is not at hand here",
    )
    CERTIFICATE_MISSING = (
        "certificate_missing",
        Reason.NO_SIGNING_CERTIFICATE_FOUND,
        "không có chứng thư số của người ký, cả trong tệp chữ ký lẫn trong tệp chứng thư tin cậy",
        "the signer's certificate is neither in the signature nor in the file of certificates",
    )
    LEADER_MISSING = (
        "leader_missing",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "thiếu chữ ký của lãnh đạo",
        "the leader's signature is missing",
    )
    ORGANISATION_MISSING = (
        "organisation_missing",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "thiếu chữ ký số của cơ quan",
        "the organisation's signature is missing",
    )
    TIME_STAMP_MISSING = (
        "time_stamp_missing",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "thiếu dấu thời gian",
        "the time stamp is missing",
    )
    TIME_STAMP_OF_OTHER = (
        "time_stamp_of_other",
        Reason.HASH_FAILURE,
        "dấu thời gian không phải của chữ ký này",
        "the time stamp is of another signature",
    )
    TIME_STAMP_LATE = (
        "time_stamp_late",
        Reason.TIMESTAMP_ORDER_FAILURE,
        "dấu thời gian muộn hơn lúc kiểm tra",
        "the time stamp is later than the check",
    )
    TIME_STAMP_EARLY = (
        "time_stamp_early",
        Reason.TIMESTAMP_ORDER_FAILURE,
        "dấu thời gian sớm hơn lúc ký hoặc hai chữ ký ngược thứ tự",
        "the time stamp is before the signing, or the two signatures are in the wrong order",
    )
    CERTIFICATE_MISMATCH = (
        "certificate_mismatch",
        Reason.NO_SIGNING_CERTIFICATE_FOUND,
        "chứng thư kèm theo không phải chứng thư đã ký",
        "the certificate enclosed is not the one that signed",
    )
    OTHER_TITLE = (
        "other_title",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "chứng thư số mang chức danh khác với chức danh ký văn bản",
        "the certificate is of another title than the one that signs the document",
    )
    OTHER_SIGNER = (
        "other_signer",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "chứng thư số của người khác với người ký ghi trên văn bản",
        "the certificate is of another person than the signer whom the document names",
    )
    OTHER_AGENCY = (
        "other_agency",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "chứng thư số của cơ quan khác, hoặc không ghi mã định danh của cơ quan",
        "the certificate is of another agency, or does not state the agency's identifier",
    )
    NAME_UNCLEAR = (
        "name_unclear",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "tên, chức danh hoặc cơ quan ghi hai lần hoặc có ký tự ẩn, nên không biết là ai",
        "name, title or agency is given twice or has invisible characters, so who it is remains unclear",
    )
    SIGNER_KIND = (
        "signer_kind",
        Reason.SIG_CONSTRAINTS_FAILURE,
        "chứng thư số không đúng loại (cá nhân, cơ quan hay dấu thời gian)",
        "the certificate is of the wrong kind (personal, organisation or time-stamping)",
    )
    SIGNER_USAGE = (
        "signer_usage",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "chứng thư số không dùng để ký được",
        "the certificate is not for signing",
    )
    EXPIRED = ("expired", Reason.EXPIRED, "chứng thư số đã hết hạn lúc ký", "the certificate had expired at signing")
    NOT_YET_VALID = (
        "not_yet_valid",
        Reason.NOT_YET_VALID,
        "chứng thư số chưa có hiệu lực lúc ký",
        "the certificate was not yet valid at signing",
    )
    REVOKED = (
        "revoked",
        Reason.REVOKED,
        "chứng thư số đã bị thu hồi lúc ký",
        "the certificate had been revoked at signing",
    )
    KEY_STOLEN = (
        "key_stolen",
        Reason.REVOKED,
        (
            "khóa của tổ chức cấp chứng thư hoặc của dấu thời gian đã bị thu hồi vì lộ khóa hoặc không rõ lý do; ai"
            " có khóa đó đều ký lùi ngày được"
        ),
        (
            "the key of an authority or of the time stamp has been revoked as stolen, or without a reason that "
            "rules this out; whoever has it can date back"
        ),
    )
    NO_CHAIN = (
        "no_chain",
        Reason.NO_CERTIFICATE_CHAIN_FOUND,
        "chứng thư số không dẫn về gốc được tin cậy",
        "no chain leads from the certificate to a trusted root",
    )
    ISSUER_SIGNATURE = (
        "issuer_signature",
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        "chữ ký trên một chứng thư số của chuỗi là sai",
        "a certificate of the chain has a wrong signature",
    )
    NOT_AN_AUTHORITY = (
        "not_an_authority",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "một chứng thư số trong chuỗi không phải của tổ chức cấp chứng thư",
        "a certificate of the chain is not an authority's",
    )
    PATH_TOO_LONG = (
        "path_too_long",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "chuỗi chứng thư số quá dài",
        "the chain is longer than an authority allows",
    )
    ISSUER_USAGE = (
        "issuer_usage",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "một khóa trong chuỗi không được dùng để cấp chứng thư",
        "a key of the chain is not for issuing certificates",
    )
    CRITICAL_EXTENSION = (
        "critical_extension",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "chứng thư số có trường mở rộng quan trọng mà chương trình không hiểu",
        "a certificate has a critical extension that is not understood",
    )
    PROFILE = (
        "profile",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "một chứng thư số của chuỗi không theo khuôn dạng RFC 5280",
        "a certificate of the chain does not follow the profile of RFC 5280",
    )
    OTHER_CONSTRAINT = (
        "other_constraint",
        Reason.CHAIN_CONSTRAINTS_FAILURE,
        "chuỗi chứng thư số vi phạm một ràng buộc của tổ chức cấp",
        "the chain breaks a constraint of its authorities",
    )
    CRL_MISSING = (
        "crl_missing",
        Reason.TRY_LATER,
        "không có danh sách thu hồi để tra chứng thư số",
        "there is no list of revoked certificates to look the certificate up in",
    )
    CRL_STALE = (
        "crl_stale",
        Reason.TRY_LATER,
        "danh sách thu hồi đã quá hạn cập nhật; hãy tải danh sách mới nhất",
        "the list of revoked certificates is past its next update; fetch the newest",
    )
    CRL_NOT_YET = (
        "crl_not_yet",
        Reason.TRY_LATER,
        "đến lúc kiểm tra danh sách thu hồi chưa được công bố",
        "the list of revoked certificates had not been published at the time of the check",
    )
    CRL_AFTER_EXPIRY = (
        "crl_after_expiry",
        Reason.REVOCATION_OUT_OF_BOUNDS_NO_POE,
        (
            "danh sách thu hồi công bố sau khi chứng thư số hết hạn nên không còn phải nêu chứng thư đó; chờ thêm "
            "không ích gì, cần danh sách có nêu chứng thư đã hết hạn (expiredCertsOnCRL) hoặc danh sách cũ đã nêu "
            "nó"
        ),
        (
            "the list of revoked certificates was published after the certificate expired and need not name it any "
            "more; waiting is no help, one that reaches back (expiredCertsOnCRL) or an older one that names it is"
        ),
    )
    CRL_OPEN_ENDED = (
        "crl_open_ended",
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        "danh sách thu hồi không ghi thời điểm cập nhật tiếp theo nên không biết còn giá trị hay không",
        "the list of revoked certificates states no next update, so it may be out of date",
    )
    CRL_NUMBER = (
        "crl_number",
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        "danh sách thu hồi không có số thứ tự, trái với RFC 5280 mục 5.2.3",
        "the list of revoked certificates has no number, against RFC 5280, 5.2.3",
    )
    CRL_VERSION = (
        "crl_version",
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        "danh sách thu hồi không phải phiên bản 2, trái với RFC 5280 mục 5.1.2.1",
        "the list of revoked certificates is not of version 2, against RFC 5280, 5.1.2.1",
    )
    CRL_FORM = (
        "crl_form",
        Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE,
        "một mục trong danh sách thu hồi không đọc được",
        "an entry of the list of revoked certificates cannot be read",
    )
    CRL_DELTA = (
        "crl_delta",
        Reason.TRY_LATER,
        "chỉ có danh sách thu hồi phần thay đổi (delta); hãy tải danh sách đầy đủ làm gốc của nó",
        "only a list of changes (delta) is at hand; fetch the complete list that it builds on",
    )
    CRL_SCOPE = (
        "crl_scope",
        Reason.TRY_LATER,
        "danh sách thu hồi chỉ về một phần chứng thư số hoặc lý do thu hồi; hãy tải phần còn lại",
        "the list covers other certificates, or some reasons of revocation only; fetch the other parts",
    )
    CRL_NO_POINT = (
        "crl_no_point",
        Reason.TRY_LATER,
        (
            "danh sách thu hồi ghi chỉ về một phần (người dùng cuối) mà không ghi điểm công bố, nên không biết có "
            "phải phần của chứng thư số này; hãy tải danh sách từ địa chỉ ghi trong chứng thư số"
        ),
        (
            "the list says that it covers a part only (end users) and not at which point it is published, so "
            "whether it is this certificate's part is unknown; fetch the list from the address in the certificate"
        ),
    )
    CRL_WEAK = (
        "crl_weak",
        Reason.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
        "danh sách thu hồi được ký bằng thuật toán hoặc khóa quá yếu",
        "the list of revoked certificates is signed with an algorithm or a key that is too weak",
    )
    CRL_ISSUER_EXPIRED = (
        "crl_issuer_expired",
        Reason.EXPIRED,
        "bên ký danh sách thu hồi đã hết hạn chứng thư số trước khi công bố danh sách",
        "the certificate of the list's issuer had expired when the list was published",
    )
    CRL_SIGNATURE = (
        "crl_signature",
        Reason.TRY_LATER,
        "chữ ký trên danh sách thu hồi là sai; hãy tải lại",
        "the list of revoked certificates has a wrong signature; fetch it again",
    )
    CRL_EXTENSION = (
        "crl_extension",
        Reason.TRY_LATER,
        "danh sách thu hồi có phần quan trọng mà chương trình không hiểu",
        "the list of revoked certificates has a critical part that is not understood",
    )
    CRL_ISSUER = (
        "crl_issuer",
        Reason.TRY_LATER,
        "bên ký danh sách thu hồi không có quyền hoặc không tin được",
        "the issuer of the list of revoked certificates has no right to it or cannot be trusted",
    )
