"""Command table: arguments, help text and lazily imported handler of each command."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from sim.command import arguments, study_arguments
from sim.command.console import Console
from sim.command.usage import WordParser, one_of
from sim.results.words import LANGUAGES, Lang, Words

Do = Callable[[argparse.Namespace, Console], int]


@dataclass(frozen=True)
class Command:
    """One command: what it says of itself, the words it takes, and where it is done (`module:function`)."""

    about: Words
    words: Callable[[WordParser], None]
    place: str
    examples: tuple[str, ...]
    """What follows the program's name, ready to be typed; `RUN` stands for a run's folder."""

    def load(self) -> Do:
        """Returns the function that does it."""
        module, _, name = self.place.partition(":")
        do: Do = getattr(import_module(module), name)
        return do


def parser_of(name: str, program: str, lang: Lang) -> WordParser:
    """Returns the parser of one command's words."""
    command = COMMANDS[name]
    title = Words("ví dụ", "for example").text(lang)
    examples = "\n".join([f"{title}:", *(f"  {program} {example}" for example in command.examples)])
    parser = WordParser(lang, f"{program} {name}", command.about, examples)
    command.words(parser)
    add_common(parser)
    return parser


def add_common(parser: WordParser) -> None:
    """Take what every command takes."""
    language = Words("ngôn ngữ: vi hay en", "language: vi or en")
    parser.option("--lang", "vi|en", language, one_of(LANGUAGES, parser.lang))
    parser.switch("--json", about=Words("in kết quả dạng JSON cho máy đọc", "print JSON"))
    parser.switch("-h", "--help", about=Words("hiện hướng dẫn này", "show this help"))


COMMANDS = {
    "list": Command(
        Words(
            "liệt kê kịch bản, phương án, cách triển khai, bối cảnh; chỉ tiêu, mục chi của một kịch bản",
            "list scenarios, options, adoption regimes and futures; a scenario's targets and budget lines",
        ),
        arguments.list_words,
        "sim.command.scenarios:list_all",
        ("list", "list binh_dinh_2016_2020"),
    ),
    "new": Command(
        Words(
            "bắt đầu một kịch bản của mình: trống, hoặc chép từ kịch bản khác; tệp văn bản hoặc Excel",
            "start your own scenario, blank or copied from another, as text files or for Excel",
        ),
        arguments.new_words,
        "sim.command.workbooks:new_one",
        ("new tinh_toi --excel", "new tinh_toi --from binh_dinh_2016_2020 --excel"),
    ),
    "export": Command(
        Words("viết cả kịch bản thành một sổ tính Excel để sửa", "write a whole scenario as an Excel workbook to edit"),
        arguments.export_words,
        "sim.command.workbooks:export_one",
        ("export binh_dinh_2016_2020",),
    ),
    "import": Command(
        Words(
            "đổi sổ tính kịch bản đã sửa thành thư mục tệp văn bản",
            "turn an edited workbook into a folder of text files",
        ),
        arguments.import_words,
        "sim.command.workbooks:import_one",
        ("import tinh_toi.xlsx",),
    ),
    "check": Command(
        Words("kiểm tra kịch bản, nêu mọi lỗi cùng một lúc", "check a scenario, naming every error at once"),
        arguments.check_words,
        "sim.command.scenarios:check",
        ("check binh_dinh_2016_2020", "check binh_dinh_2016_2020 --option second_line"),
    ),
    "explain": Command(
        Words(
            "một giá trị là gì, khoảng, căn cứ, nguồn, do lớp nào đặt",
            "show a value, its range, basis and source, and which layer set it",
        ),
        arguments.explain_words,
        "sim.command.scenarios:explain_key",
        (
            "explain binh_dinh_2016_2020 a3",
            "explain binh_dinh_2016_2020 II.2a",
            "explain binh_dinh_2016_2020 second_line",
            'explain binh_dinh_2016_2020 "văn thư"',
        ),
    ),
    "init": Command(
        Words(
            "ước lượng trạng thái đầu kỳ từ số liệu báo cáo, nêu phần còn lệch",
            "fit the starting state to the reported figures, show the residuals",
        ),
        study_arguments.init_words,
        "sim.command.initial:init",
        ("init binh_dinh_2016_2020",),
    ),
    "run": Command(
        Words(
            "mô phỏng: chỉ tiêu nào đạt, kèm báo cáo và hình; chạy lại để tiếp tục",
            "simulate: verdict on each target, report, figures; the same command resumes",
        ),
        study_arguments.run_words,
        "sim.command.studies:run",
        (
            "run binh_dinh_2016_2020",
            "run binh_dinh_2016_2020 --replications 4 --until 2017-12-31",
            'run binh_dinh_2016_2020 --set people.scan="6 phút" --option second_line',
            "run binh_dinh_2016_2020 --remedies 30min",
        ),
    ),
    "compare": Command(
        Words(
            "so sánh các phương án với kịch bản gốc, trong cùng điều kiện ngẫu nhiên",
            "options beside the baseline, all under the same random draws",
        ),
        study_arguments.compare_words,
        "sim.command.studies:compare",
        (
            "compare binh_dinh_2016_2020 --options second_line,clerks_busiest --replications 8",
            "compare binh_dinh_2016_2020 --adoptions voluntary,project,mandate,campaign",
        ),
    ),
    "sweep": Command(
        Words(
            "thay đổi vài tham số (kinh phí trước hết), xem từng chỉ tiêu thay đổi ra sao",
            "vary a few keys, money first, and see what each does to each target",
        ),
        study_arguments.sweep_words,
        "sim.command.studies:sweep",
        (
            "sweep binh_dinh_2016_2020 --over budget.scale.II.2a=0.5:3:6 --replications 4",
            "sweep binh_dinh_2016_2020 --over budget.scale.all=0:3 --design lhs --samples 50 --luck own",
        ),
    ),
    "sensitivity": Command(
        Words(
            "điều gì quan trọng nhất với từng chỉ tiêu, điều chưa biết nào nên đo trước",
            "which inputs each target depends on most, and which unknown is worth measuring first",
        ),
        study_arguments.sensitivity_words,
        "sim.command.studies:sensitivity",
        (
            "sensitivity RUN --samples 10",
            "sensitivity binh_dinh_2016_2020 --over people.scan --over network.gateway --samples 10",
        ),
    ),
    "goal": Command(
        Words(
            "ít tiền nhất để các chỉ tiêu đã chọn cùng đạt với xác suất cần có",
            "least money at which the chosen targets are reached with a required probability",
        ),
        study_arguments.goal_words,
        "sim.command.studies:goal",
        (
            "goal binh_dinh_2016_2020 --target a4 --over budget.scale.II.2a=0.5:3",
            "goal binh_dinh_2016_2020 --target 4,9 --over budget.scale.all=0.5:3 --probability 0.8 --dry-run",
        ),
    ),
    "country": Command(
        Words(
            "cả nước: 63 tỉnh phỏng theo Bình Định, chạy cùng lúc và gửi văn bản cho nhau",
            "the country: 63 provinces generated after Bình Định, run together, sending each other documents",
        ),
        study_arguments.country_words,
        "sim.command.country:run",
        ("country --provinces 3 --until 2016-01-31", "country --workers 2 --out ca_nuoc"),
    ),
    "status": Command(
        Words("có những lần mô phỏng nào, đã đến đâu", "which runs there are and how far they have got"),
        arguments.status_words,
        "sim.command.status:status",
        ("status", "status RUN"),
    ),
    "watch": Command(
        Words("theo dõi một lần mô phỏng đang chạy", "follow a run in progress"),
        arguments.run_folder_word,
        "sim.command.watching:watch",
        ("watch RUN",),
    ),
    "replay": Command(
        Words("chạy lại một lần, ví dụ lần bị hỏng, và nêu rõ lỗi", "run one replication again and show its error"),
        arguments.replay_words,
        "sim.command.replaying:replay",
        ("replay RUN --replication 3",),
    ),
    "events": Command(
        Words(
            "nhật ký sự kiện của một lần chạy, cho công cụ khai phá quy trình",
            "event log of one replication, for process-mining tools",
        ),
        arguments.events_words,
        "sim.command.replaying:events",
        ("events RUN --format ocel2", "events RUN --format csv --sample 5% --from 2019-03-01 --until 2019-03-31"),
    ),
    "report": Command(
        Words(
            "viết lại báo cáo và hình từ các bảng, in lại kết quả",
            "write the report again from the tables, print the answer again",
        ),
        arguments.report_words,
        "sim.command.reporting:report",
        (
            "report RUN",
            'report RUN --why a3 --where "Tuy Phước"',
            "report RUN --why a4 --where 'xã Phước Hòa'",
            "report RUN --excel-csv",
        ),
    ),
    "brief": Command(
        Words(
            "một trang A4 cho lãnh đạo (PDF, Word), trình bày như phụ lục công văn",
            "one A4 page for a leader (PDF, Word), laid out as an annex to a letter",
        ),
        arguments.run_folder_word,
        "sim.command.reporting:brief",
        ("brief RUN",),
    ),
    "extend": Command(
        Words("chạy thêm cho một lần mô phỏng, so sánh, sweep đã có", "add replications to a run, comparison or sweep"),
        arguments.extend_words,
        "sim.command.studies:extend",
        ("extend RUN --replications 10",),
    ),
    "sharpen": Command(
        Words(
            "biết các chỉ tiêu chính xác hơn trong ít thời gian: thêm nhiều lần mô phỏng thưa",
            "know the targets more closely in little time: many draws of a thinned world",
        ),
        arguments.sharpen_words,
        "sim.command.sharpening:sharpen_run",
        ("sharpen RUN", "sharpen RUN --draws 400 --deadline 20min"),
    ),
    "update": Command(
        Words(
            "rà soát giữa kỳ: xét các số đã đo, chỉ tiêu còn lại ra sao",
            "the mid-term review: take in what was measured, see what is still to come",
        ),
        arguments.update_words,
        "sim.command.updating:update_run",
        (
            "update RUN --worth --day 2018-06-30",
            "update RUN --blank so_da_do.csv --day 2018-06-30",
            "update RUN --observed so_da_do.csv",
        ),
    ),
    "calibrate": Command(
        Words(
            "hiệu chỉnh: giữ các lần rút hợp với số đã đo, để mọi lệnh sau rút từ đó",
            "keep the draws that agree with what was measured, for all later commands to draw from",
        ),
        arguments.calibrate_words,
        "sim.command.calibrating:calibrate_run",
        ("calibrate RUN --observed so_da_do.csv",),
    ),
    "hindcast": Command(
        Words(
            "đặt mô phỏng cạnh số đã báo cáo: trong dải hay ngoài dải; hoặc viết dự báo",
            "set a run beside what was reported, inside its band or not; or write predictions",
        ),
        arguments.hindcast_words,
        "sim.command.hindcasting:hindcast_run",
        (
            "hindcast binh_dinh_2016_2020 --at 2017-12-31",
            "hindcast RUN --observed so_da_do.csv",
            "hindcast RUN --leave-one-out --model-error 15%",
            "hindcast binh_dinh_2016_2020 --predict du_bao.csv --replications 20",
        ),
    ),
    "merge": Command(
        Words("gộp các phần chạy ở nhiều nơi thành một", "combine shards into one run"),
        arguments.merge_words,
        "sim.command.studies:merge",
        ("merge RUN RUN RUN",),
    ),
    "verify": Command(
        Words("kiểm tra chữ ký số của một văn bản", "verify the digital signatures of a document"),
        arguments.verify_words,
        "sim.command.verifying:verify",
        ("verify --sample vi_du_ky_so", "verify vi_du.pdf --chain ca.pem --crl danh_sach.crl --at 2018-06-30"),
    ),
}
