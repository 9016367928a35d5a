"""Refusals by the parts below, in both languages. What has no words here is a bug."""

from __future__ import annotations

import errno
import re
import resource
from importlib.metadata import PackageNotFoundError, requires

from sim.results.atomic_files import FileWriteError
from sim.results.table import TableError
from sim.results.words import Words
from sim.scenario.errors import ScenarioErrors
from sim.studies.dask_cluster import LOST, NO_SCHEDULER, NO_WORKERS, OTHER_PROGRAM, ClusterError
from sim.studies.folder import FolderRefusedError
from sim.studies.journal import JournalConflictError
from sim.studies.journal_file import SCHEMA_VERSION, JournalUnreadableError, JournalVersionError, JournalWriteError
from sim.studies.journal_row import JournalDamagedError
from sim.studies.lock import FolderBusyError
from sim.studies.worker_processes import WorkerStartError

_NO_MEMORY = Words(
    "không đủ bộ nhớ; đóng chương trình khác, bỏ giới hạn (ulimit -v unlimited) hoặc bớt tiến trình (--workers 1), rồi"
    " chạy lại cùng lệnh: phần đã xong được giữ",
    "there is not enough memory; close other programs, lift the limit (ulimit -v unlimited) or use fewer processes"
    " (--workers 1), then type the same command: what is finished is kept",
)
_NO_PROCESSES = Words(
    "hệ thống không cho mở thêm tiến trình hay luồng; nâng giới hạn (ulimit -u) hoặc bớt tiến trình (--workers 1), rồi"
    " chạy lại cùng lệnh",
    "the system allows no further process or thread; raise the limit (ulimit -u) or use fewer processes (--workers 1),"
    " then type the same command",
)
_OF_MEMORY = ("failed to map segment", "cannot allocate memory", "unable to allocate")
_OF_PROCESSES = ("can't start new thread",)


def limit_words(error: BaseException) -> Words | None:
    """Which limit an error tells of and how to lift it; None when it is another error."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error).lower()
    if number in (errno.EMFILE, errno.ENFILE):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return Words(
            f"hết số tệp được mở cùng lúc (giới hạn {most}); gõ ulimit -n 1024 rồi chạy lại cùng lệnh",
            f"too many files are open at once (the limit is {most}); type ulimit -n 1024, then the same command",
        )
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return _NO_MEMORY
    if isinstance(error, ImportError | OSError) and any(part in text for part in _OF_MEMORY):
        return _NO_MEMORY
    if isinstance(error, BlockingIOError) or (isinstance(error, RuntimeError) and text in _OF_PROCESSES):
        return _NO_PROCESSES
    return None


_VIETNAMESE = {
    "the disk is full": "đĩa đã đầy",
    "the disk quota is used up": "đã hết hạn mức đĩa",
    "the file would pass the size limit": "tệp sẽ vượt giới hạn dung lượng",
    "the disk is read-only": "đĩa chỉ cho đọc",
    "permission is denied": "không có quyền",
    "the disk reports an input/output error": "đĩa báo lỗi vào/ra",
    "it is a symbolic link, which is not followed": "là liên kết, chương trình không đi theo liên kết",
    "its folder does not exist": "thư mục chứa nó không có",
    "a part of the path is not a folder": "một phần đường dẫn không phải thư mục",
    "it is a folder": "là thư mục",
    "the name is too long for this disk": "tên quá dài đối với ổ đĩa này",
    "the system refused": "hệ thống từ chối",
    "the disk or the file is read-only": "đĩa hoặc tệp chỉ cho đọc",
    "the disk reports an input/output error or a size limit": "đĩa báo lỗi vào/ra hoặc quá giới hạn dung lượng",
    "it cannot be opened or made": "không mở hoặc tạo được",
    "another program keeps it locked": "chương trình khác đang khóa tệp",
    "the folder is not empty and was not made by lienthong; choose another": (
        "thư mục không trống và không phải do lienthong tạo; hãy chọn thư mục khác"
    ),
    "the folder holds the results of another scenario or program version; choose another": (
        "thư mục chứa kết quả của kịch bản hoặc phiên bản chương trình khác; hãy chọn thư mục khác"
    ),
    "it is a file, not a folder": "là tệp, không phải thư mục",
    "there is no run of lienthong in it": "không có kết quả chạy nào của lienthong trong đó",
    "it keeps the tables and pictures of a run and not the run itself; read the tables, or run the scenario anew": (
        "thư mục chỉ giữ bảng và hình của một lần chạy, không giữ các lần mô phỏng; hãy đọc bảng, hoặc chạy lại"
    ),
    NO_SCHEDULER: "không có bộ điều phối Dask nào trả lời; hãy chạy `dask scheduler`, kiểm tra máy, cổng, tường lửa",
    NO_WORKERS: "chưa có tiến trình nào nối vào bộ điều phối; khởi động bằng `dask worker MÁY:CỔNG --nthreads 1`",
    OTHER_PROGRAM: "một máy có phiên bản lienthong, Python hoặc gói khác; hãy cài giống nhau trên mọi máy",
    LOST: "mất kết nối với bộ điều phối; những gì đã xong được giữ, gõ lại cùng lệnh để chạy tiếp",
}
_COMES_WITH = {"dask": "distributed", "docx": "python-docx", "fpdf": "fpdf2", "PIL": "pillow"}


class InputRefusedError(Exception):
    """An input cannot be used as it is; `words` say which, why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class SpecRefusedError(InputRefusedError):
    """What is asked is not whole, or asks for what does not go together."""


class ProvincesLostError(InputRefusedError):
    """Whoever kept some of a country's provinces is gone; of the country nothing is kept."""

    def __init__(self, who: Words) -> None:
        vietnamese = f"{who.vi} đang giữ một số tỉnh thì bị ngắt; chưa lưu được gì, gõ lại cùng lệnh"
        super().__init__(
            Words(vietnamese, f"{who.en} that kept provinces is gone; nothing is kept, type the command again")
        )


def in_both_languages(reason: str) -> Words:
    """Returns a reason that the parts below give in English, with its Vietnamese where it is known."""
    return Words(_VIETNAMESE.get(reason, reason), reason)


def refusal(error: BaseException) -> Words | None:
    """What to say of a refused input; None for anything else, which is then a bug."""
    match error:
        case ScenarioErrors():
            return Words(error.text("vi"), error.text("en"))
        case InputRefusedError():
            return error.words
        case FolderRefusedError():
            reason = in_both_languages(error.reason)
            return Words(f"{error.path}: {reason.vi}", f"{error.path}: {reason.en}")
        case JournalWriteError():
            reason = in_both_languages(error.reason)
            vietnamese = f"{error.path}: không ghi được: {reason.vi}; những lần chạy đã ghi vẫn nguyên vẹn"
            return Words(vietnamese, str(error))
        case FileWriteError():
            reason = in_both_languages(error.reason)
            return Words(f"{error.path}: không ghi được: {reason.vi}", str(error))
        case FolderBusyError():
            holder = f" (tiến trình {error.holder})" if error.holder else ""
            vietnamese = f"{error.path}: một lần chạy khác{holder} đang ghi vào thư mục này; hãy chờ hoặc dừng nó"
            return Words(vietnamese, str(error))
        case _:
            return _run_refusal(error) or limit_words(error)


def _run_refusal(error: BaseException) -> Words | None:
    match error:
        case JournalDamagedError():
            return Words(f"{error.path}: bị hỏng: {error.part}", str(error))
        case JournalConflictError():
            vietnamese = (
                f"{error.other}: lần chạy {error.replication} của {error.label} khác với {error.path} dù cùng kịch bản,"
                " số khởi tạo và chương trình; chạy lại lần đó trên cả hai máy, bỏ thư mục sai"
            )
            return Words(vietnamese, str(error))
        case JournalVersionError():
            age = "mới" if error.newer else "cũ"
            vietnamese = (
                f"{error.path}: do phiên bản lienthong {age} hơn ghi (lược đồ {error.found}, bản này đọc"
                f" {SCHEMA_VERSION}); dùng phiên bản đó, hoặc chạy vào thư mục khác; chưa có gì bị sửa"
            )
            return Words(vietnamese, str(error))
        case JournalUnreadableError():
            return Words(f"không đọc được kết quả: {error}", str(error))
        case TableError():
            return Words(f"không đọc được bảng: {error.words.vi}", f"a table cannot be read: {error.words.en}")
        case ClusterError():
            reason = in_both_languages(error.reason)
            detail = f" ({error.detail})" if error.detail else ""
            return Words(f"{error.address}: {reason.vi}{detail}", str(error))
        case WorkerStartError():
            return Words(f"không khởi động được tiến trình chạy: {error}", str(error))
        case ModuleNotFoundError() if error.name and error.name.partition(".")[0] not in ("sim", "agents"):
            name = error.name.partition(".")[0]
            return _missing(name)
        case _:
            return None


def _missing(name: str) -> Words:
    how = f'pip install "{_requirement(name)}"'
    return Words(f"thiếu gói {name}; cài bằng: {how}", f"the package {name} is not installed; install it with: {how}")


def _requirement(module: str) -> str:
    """The package of a module, with the versions that lienthong works with where it names them."""
    package = _COMES_WITH.get(module, module).replace("_", "-")
    try:
        wanted = requires("lienthong") or []
    except PackageNotFoundError:
        wanted = []
    for requirement in wanted:
        versions = requirement.partition(";")[0].strip()
        if re.split(r"[^A-Za-z0-9._-]", versions)[0].lower() == package.lower():
            return versions
    return package
