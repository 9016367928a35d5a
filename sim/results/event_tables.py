"""The event log as a flat table: one row an event of a sampled document or dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results.table import Column, Table
from sim.results.words import Words


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened. Moments are local ones, as 2016-03-01T07:31:05.000+07:00."""

    event_id: Annotated[int, Column("số thứ tự của sự kiện trong nhật ký", "number of the event in the log")]
    time: Annotated[str, Column("lúc xong, giờ Việt Nam", "when it was done, Vietnamese time")]
    activity_code: Annotated[
        str, Column("mã hoạt động, không đổi theo ngôn ngữ", "code of the activity, in any language")
    ]
    activity: Annotated[str, Column("tên hoạt động", "name of the activity")]
    case_type: Annotated[str, Column("document: văn bản; dossier: hồ sơ", "document or dossier")]
    case_id: Annotated[str, Column("mã văn bản hoặc hồ sơ", "id of the document or dossier")]
    document_id: Annotated[str | None, Column("mã văn bản", "id of the document")]
    delivery_id: Annotated[
        str | None, Column("mã lượt gửi: một văn bản đến một nơi nhận", "one document to one recipient")
    ]
    copy_id: Annotated[
        str | None,
        Column("mã bản gửi kèm trên giấy của lượt gửi điện tử", "paper copy that goes with an electronic delivery"),
    ]
    dossier_id: Annotated[str | None, Column("mã hồ sơ", "id of the dossier")]
    agency_id: Annotated[str | None, Column("cơ quan nơi việc diễn ra", "agency where it happened")]
    post_id: Annotated[str | None, Column("vị trí công tác làm việc đó", "post that did it")]
    line_id: Annotated[str | None, Column("đường truyền hoặc máy đã dùng", "line or machine that carried it")]
    sender_id: Annotated[str | None, Column("cơ quan gửi", "sending agency")]
    recipient_id: Annotated[str | None, Column("cơ quan nhận", "receiving agency")]
    signature_id: Annotated[str | None, Column("chữ ký được tạo hoặc kiểm tra", "signature that was made or checked")]
    queued: Annotated[str, Column("lúc bắt đầu chờ", "when it began to wait for this")]
    started: Annotated[str, Column("lúc bắt đầu làm", "when work on it began")]
    waited_seconds: Annotated[
        float, Column("thời gian chờ, tính cả giờ nghỉ", "wait, closed hours included", "seconds")
    ]
    took_seconds: Annotated[float, Column("thời gian làm, tính cả giờ nghỉ", "work, closed hours included", "seconds")]
    attempt: Annotated[
        int, Column("lần gửi thứ mấy; hồ sơ: lần nộp thứ mấy", "attempt at sending; a dossier: at filing")
    ]
    channel: Annotated[
        str | None,
        Column("kênh: paper, linked, mail; hồ sơ: cách nộp", "channel: paper, linked or mail; how it was filed"),
    ]
    outcome: Annotated[str | None, Column("kết quả hoặc nguyên nhân, dạng mã", "what came of it or why, as a code")]
    size_bytes: Annotated[
        int | None, Column("dung lượng tệp gửi qua mạng", "size of the file that goes over the network", "bytes")
    ]


EVENTS = Table("events", EventRow, Words("Nhật ký sự kiện", "Event log"))
