"""An official document as it travels: one canonical text, so that the same document always has the same bytes."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass, fields

FORMAT = "lienthong-document/1"
LARGEST_DOCUMENT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """What a registry sends.

    Attributes:
        number: number and symbol, such as "125/UBND-VX".
        issued: date of issue, as 2018-06-15.
        agency_id: stable id of the issuing agency; `agency` is its name.
        title: title of the leader who signs, as it stands above the name.
        signer: name of that leader.
        subject: what the document is about (trích yếu).
        body: the text itself.
    """

    number: str
    issued: str
    agency_id: str
    agency: str
    title: str
    signer: str
    subject: str
    body: str


def document_bytes(document: Document) -> bytes:
    """Returns the canonical bytes: UTF-8 JSON of the NFC texts, keys sorted, one line."""
    texts = {key: unicodedata.normalize("NFC", text) for key, text in asdict(document).items()}
    whole = {"format": FORMAT, **texts}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read_document(content: bytes) -> Document:
    """Returns the document in these bytes.

    Raises:
        ValueError: they are not the canonical bytes of a document.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise ValueError(f"larger than {LARGEST_DOCUMENT} bytes")
    try:
        whole = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    names = {field.name for field in fields(Document)}
    if not isinstance(whole, dict) or whole.pop("format", None) != FORMAT or whole.keys() != names:
        raise ValueError(f"not a document of the form {FORMAT}")
    if not all(isinstance(text, str) for text in whole.values()):
        raise ValueError("a field of the document is not text")
    document = Document(**whole)
    if document_bytes(document) != content:
        raise ValueError("not in the canonical form")
    return document


def is_document(content: bytes) -> bool:
    """Returns whether these bytes are a document of the exchange, in canonical form."""
    try:
        read_document(content)
    except ValueError:
        return False
    return True
