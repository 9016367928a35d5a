"""The words each command takes: places, options and switches, with what is said of them in both languages.

Those of the commands that simulate a scenario stand in `study_arguments`.
"""

from __future__ import annotations

from sim.command.parts import a_day, a_deadline, a_sample
from sim.command.usage import WordParser, one_of, whole_number
from sim.results.words import Words

ENGINES = ("compiled", "simpy")
LOG_FORMATS = ("ocel2", "xes", "csv")
MOST_REPLICATIONS = 10_000
MOST_WORKERS = 1_000


def list_words(parser: WordParser) -> None:
    """Words of `list`."""
    about = Words(
        "để liệt kê chỉ tiêu và mục chi của kịch bản đó; “measures”: mọi thứ đo được, để đặt chỉ tiêu",
        "to list that scenario's targets and budget lines; measures: all that a target may be of",
    )
    parser.word("SCENARIO", about, optional=True)


def new_words(parser: WordParser) -> None:
    """Words of `new`."""
    parser.word("NAME", Words("tên kịch bản mới: chữ không dấu, số, _ và -", "name of the new scenario"))
    copied = Words(
        "chép toàn bộ từ kịch bản này, kể cả các bảng (mặc định: tỉnh trống, có hướng dẫn điền)",
        "copy everything of this scenario, tables too (default: a blank province with guidance)",
    )
    parser.option("--from", "SCENARIO", copied)
    excel = Words(
        "viết thành sổ tính NAME.xlsx tại thư mục hiện tại; không có thì viết thư mục NAME trong scenarios/provinces"
        " của chương trình, để gọi bằng tên",
        "write the workbook NAME.xlsx in this folder; else a folder NAME in scenarios/provinces of the program, called"
        " by its name",
    )
    parser.switch("--excel", about=excel)


def export_words(parser: WordParser) -> None:
    """Words of `export`."""
    scenario_word(parser)
    out = Words("tệp .xlsx mới (mặc định: tên kịch bản, tại thư mục hiện tại)", "new .xlsx (default: its name, here)")
    parser.option("--out", "FILE", out)


def import_words(parser: WordParser) -> None:
    """Words of `import`."""
    parser.word("FILE", Words("sổ tính .xlsx do new --excel hoặc export viết", "a workbook of new --excel or export"))
    out = Words("tên hoặc thư mục mới (mặc định: tên của sổ tính)", "new name or folder (default: the workbook's name)")
    parser.option("--out", "NAME", out)


def scenario_word(parser: WordParser) -> None:
    """The scenario, as every command takes it."""
    about = Words(
        "tên trong scenarios/provinces, tệp .toml hoặc sổ tính .xlsx",
        "name in scenarios/provinces, a .toml or an .xlsx",
    )
    parser.word("SCENARIO", about)


def overlay_words(parser: WordParser) -> None:
    """What is laid over the scenario: values, options, an adoption regime, a future, a last day, no calibration."""
    parser.many("--set", "KEY=VALUE", Words("đặt một giá trị; lặp lại được", "set one value; may be repeated"))
    prior = Words(
        "không dùng kết quả hiệu chỉnh của kịch bản, chỉ dùng các khoảng đã nêu",
        "leave out the scenario's calibration: the stated ranges alone",
    )
    parser.short_for("--prior", "--set", 'calibration.draws=""', prior)
    parser.many("--option", "A,B", Words("các phương án áp lên kịch bản", "options applied to the scenario"))
    parser.option("--adoption", "NAME", Words("cách triển khai sử dụng", "adoption regime: how use is brought about"))
    parser.option("--future", "NAME", Words("bối cảnh tương lai", "a future: what the province does not choose"))
    parser.option(
        "--until",
        "DATE",
        Words("ngày cuối mô phỏng, dạng 2018-12-31 hay 31/12/2018", "last day simulated, as 2018-12-31 or 31/12/2018"),
    )
    parser.option(
        "--options-from",
        "DATE",
        Words(
            "phương án chỉ có hiệu lực từ đầu tháng kể từ ngày này; trước đó mọi việc như khi không có phương án",
            "options act from the first turn of a month from this day on; before it all is as without them",
        ),
    )


def check_words(parser: WordParser) -> None:
    """Words of `check`."""
    scenario_word(parser)
    overlay_words(parser)


def explain_words(parser: WordParser) -> None:
    """Words of `explain`."""
    scenario_word(parser)
    about = Words(
        "tham số, nhóm tham số, chỉ tiêu, mục chi, phương án hoặc từ trong tên gọi, ví dụ network, a3, II.2a;"
        " bỏ trống: cả kế hoạch trong một màn hình",
        "a key or section, target, budget line, option, or words of a title, for example network, a3, II.2a;"
        " left out: the plan on one screen",
    )
    parser.words("KEY", about, optional=True)
    every = Words("mọi tham số với khoảng và căn cứ", "every parameter with its range and basis")
    parser.switch("--details", about=every)
    overlay_words(parser)


def details_word(parser: WordParser) -> None:
    """Whether the terminal shows every reading and all that stands in the way."""
    about = Words(
        "in đầy đủ: từng cách tính, mọi nguyên nhân", "print in full: every reading, all that stands in the way"
    )
    parser.switch("--details", about=about)


SCENARIO_TIMES = Words("số lần chạy (mặc định: theo kịch bản)", "how many replications (default: the scenario's)")


def workers_word(parser: WordParser) -> None:
    """How many processes run replications."""
    about = Words("số tiến trình (mặc định: số lõi máy)", "worker processes (default: the machine's cores)")
    parser.long_run_option("--workers", "W", about, whole_number(0, MOST_WORKERS, parser.lang))


def status_words(parser: WordParser) -> None:
    """Words of `status`."""
    about = Words(
        "thư mục kết quả, hoặc một lần chạy (mặc định: results và thư mục hiện tại)",
        "folder of runs, or one run (default: results and the present folder)",
    )
    parser.word("DIR", about, optional=True)


def run_folder_word(parser: WordParser) -> None:
    """A run folder and nothing else: `watch`, `brief`."""
    parser.word("RUN", Words("thư mục của một lần mô phỏng", "a run folder"))


def report_words(parser: WordParser) -> None:
    """Words of `report`."""
    run_folder_word(parser)
    tables = Words(
        "thay vào đó ghi các bảng vào csv_excel/ để mở thẳng bằng Excel tiếng Việt (dấu “;”, dấu phẩy thập phân)",
        "instead, write the tables into csv_excel/ for an Excel with decimal commas to open (semicolons, UTF-8 mark)",
    )
    parser.switch("--excel-csv", about=tables)
    details_word(parser)
    why = Words(
        "thay vào đó trả lời vì sao một chỉ tiêu (mã hoặc số thứ tự) chưa đạt",
        "instead, say why a target (its code or number) fails",
    )
    parser.option("--why", "a3", why)
    where = Words(
        "cùng --why: ở một huyện, ở cấp tỉnh hay ở một cơ quan (xã, sở), theo mã hoặc tên, có dấu hay không",
        "with --why: in one district, in provincial agencies, or in one agency, by id or name, with or without accents",
    )
    parser.option("--where", "PLACE", where)


def extend_words(parser: WordParser) -> None:
    """Words of `extend`."""
    run_folder_word(parser)
    about = Words("chạy thêm bao nhiêu lần", "how many replications to add")
    parser.option("--replications", "N", about, whole_number(1, MOST_REPLICATIONS, parser.lang), required=True)
    workers_word(parser)
    details_word(parser)


def replay_words(parser: WordParser) -> None:
    """Words of `replay`."""
    run_folder_word(parser)
    about = Words("lần chạy thứ mấy, từ 0 (mặc định: lần hỏng đầu tiên)", "which one (default: the first that failed)")
    parser.option("--replication", "N", about, whole_number(0, MOST_REPLICATIONS, parser.lang))
    cell = Words("trường hợp nào của một so sánh (mặc định: kịch bản gốc)", "which case (default: the baseline)")
    parser.option("--cell", "NAME", cell)


def events_words(parser: WordParser) -> None:
    """Words of `events`."""
    lang = parser.lang
    run_folder_word(parser)
    form = Words(
        "ocel2 (OCEL 2.0, SQLite), xes (IEEE 1849) hay csv", "ocel2 (OCEL 2.0 in SQLite), xes (IEEE 1849) or csv"
    )
    parser.option("--format", "|".join(LOG_FORMATS), form, one_of(LOG_FORMATS, lang), required=True)
    sample = Words(
        "tỷ lệ văn bản, hồ sơ được ghi, kèm mọi thứ thuộc về chúng (mặc định 1%)",
        "share of documents and dossiers, with all that belongs to them (default 1%)",
    )
    parser.option("--sample", "1%", sample, a_sample(lang))
    number = Words(
        "lần chạy thứ mấy, từ 0 (mặc định: lần xong đầu tiên)", "which one (default: the first that is done)"
    )
    parser.option("--replication", "N", number, whole_number(0, MOST_REPLICATIONS, lang))
    cell = Words("trường hợp nào của một so sánh (mặc định: kịch bản gốc)", "which case (default: the baseline)")
    parser.option("--cell", "NAME", cell)
    first = Words("chỉ ghi từ ngày này (mặc định: ngày mô phỏng đầu tiên)", "record from this day (default: the first)")
    parser.option("--from", "DATE", first, a_day(lang))
    last = Words("chỉ ghi đến hết ngày này rồi dừng", "record to the end of this day, then stop")
    parser.option("--until", "DATE", last, a_day(lang))
    out = Words(
        "tệp mới để ghi (mặc định: trong events/ của thư mục đó)", "new file (default: in the folder's events/)"
    )
    parser.option("--out", "FILE", out)


def update_words(parser: WordParser) -> None:
    """Words of `update`."""
    run_folder_word(parser)
    observed = Words("tệp số đã đo: CSV hay .xlsx, mỗi số một dòng", "what was measured: CSV or .xlsx, a figure a line")
    parser.option("--observed", "FILE", observed)
    blank = Words("viết tệp mới với các dòng chờ điền số", "write a new file with lines to be filled in")
    parser.option("--blank", "FILE", blank)
    worth = Words(
        "nói trước nên đo số nào vào ngày --day để biết kết quả chỉ tiêu rõ nhất",
        "say which figures of the day --day would narrow each target most",
    )
    parser.switch("--worth", about=worth)
    day = Words(
        "ngày của các số sẽ điền (mặc định: hôm nay) hoặc sẽ đo (mặc định: giữa kỳ)",
        "day of the figures to be (default: today), or to measure (default: the middle)",
    )
    parser.option("--day", "DATE", day, a_day(parser.lang))


def sharpen_words(parser: WordParser) -> None:
    """Words of `sharpen`."""
    lang = parser.lang
    run_folder_word(parser)
    draws = Words(
        "số lần mô phỏng thưa, nhiều hơn số lần của chính lần chạy đó (mặc định: gấp 12)",
        "thinned draws, more than the run has replications (default: 12 times as many)",
    )
    parser.option("--draws", "N", draws, whole_number(2, MOST_REPLICATIONS, lang))
    thinning = Words(
        "cứ bao nhiêu văn bản, hồ sơ thì lấy một (mặc định 50)", "one in so many documents and dossiers (default 50)"
    )
    parser.long_run_option("--thinning", "N", thinning, whole_number(2, 1000, lang))
    deadline_word(parser)
    workers_word(parser)
    out = Words(
        "thư mục của các lần mô phỏng thưa (mặc định results/<tên>@<mã>)",
        "folder of the thinned draws (default results/<name>@<hash>)",
    )
    parser.long_run_option("--out", "DIR", out)


def model_error_word(parser: WordParser) -> None:
    """What the model itself is taken to be off by."""
    error = Words(
        "chính mô hình có thể lệch chừng ấy ở mỗi tỷ lệ, mức 95 %, cộng vào sai số của số đo (mặc định: không)",
        "what the model itself may be off by in a share, 95 %, added to the figures' errors (default: nothing)",
    )
    parser.option("--model-error", "10%", error, a_sample(parser.lang))


def calibrate_words(parser: WordParser) -> None:
    """Words of `calibrate`."""
    run_folder_word(parser)
    observed = Words(
        "tệp số đã đo, như của update (mặc định: scenarios/observations/TÊN.csv)",
        "what was measured, a file as update takes it (default: scenarios/observations/NAME.csv)",
    )
    parser.option("--observed", "FILE", observed)
    model_error_word(parser)
    draws = Words(
        "tổng số lần rút; phần ngoài các lần mô phỏng chỉ rút kinh phí, không văn bản nào (mili giây mỗi lần), dùng"
        " được khi riêng kinh phí quyết định số đã đo (mặc định: chỉ các lần mô phỏng)",
        "draws in all; those beyond the run's are of the money alone, without any document (milliseconds each), where"
        " the money alone decides the figures (default: the run's replications)",
    )
    parser.option("--draws", "N", draws, whole_number(2, MOST_REPLICATIONS, parser.lang))
    out = Words(
        "tệp .csv mới để ghi (mặc định: scenarios/calibrated/ của bản sao mã nguồn, nếu không thì cạnh kịch bản)",
        "new .csv file (default: in scenarios/calibrated/ of a clone, else beside the scenario)",
    )
    parser.option("--out", "FILE", out)


def hindcast_words(parser: WordParser) -> None:
    """Words of `hindcast`."""
    lang = parser.lang
    about = Words("kịch bản, hoặc thư mục của một lần mô phỏng đã xong", "a scenario, or the folder of a finished run")
    parser.word("PLACE", about)
    at = Words(
        "chỉ xét số đến ngày này; với kịch bản: mô phỏng đến ngày này (mặc định: đến hết kế hoạch)",
        "figures up to this day; of a scenario, simulate up to it (default: to the end of the plan)",
    )
    parser.option("--at", "DATE", at, a_day(lang))
    observed = Words(
        "tệp số đã báo cáo, như của update (mặc định: scenarios/observations/TÊN.csv)",
        "reported figures, as update takes them (default: scenarios/observations/NAME.csv)",
    )
    parser.option("--observed", "FILE", observed)
    alone = Words(
        "để riêng từng số, dự báo nó từ các lần mô phỏng gán trọng số theo những số còn lại",
        "leave out each figure in turn and foretell it from the replications as the others weigh them",
    )
    parser.switch("--leave-one-out", about=alone)
    model_error_word(parser)
    predict = Words(
        "thay vào đó, viết dự báo những gì scenarios/predictions/asked.csv hỏi, trước khi ai đối chiếu",
        "instead, write what is predicted of all that scenarios/predictions/asked.csv asks, before anybody compares",
    )
    parser.option("--predict", "FILE", predict)
    parser.option("--replications", "N", SCENARIO_TIMES, whole_number(1, MOST_REPLICATIONS, lang))
    seed = Words("số khởi tạo ngẫu nhiên (mặc định: theo kịch bản)", "random seed (default: the scenario's)")
    parser.long_run_option("--seed", "S", seed, whole_number(0, 2**63 - 1, lang))
    prior = Words(
        "với kịch bản đã hiệu chỉnh: rút từ các khoảng ghi trong kịch bản, như chưa hiệu chỉnh",
        "of a calibrated scenario: draw from the stated ranges, as if it had not been",
    )
    parser.switch("--prior", about=prior)
    workers_word(parser)
    out = Words("thư mục kết quả (mặc định results/<tên>@<mã>)", "run folder (default results/<name>@<hash>)")
    parser.long_run_option("--out", "DIR", out)


def merge_words(parser: WordParser) -> None:
    """Words of `merge`."""
    about = Words("các thư mục kết quả của cùng một lệnh", "run folders of the same study")
    parser.words("RUN", about)
    out = Words("thư mục kết quả chung (mặc định results/<tên>@<mã>)", "merged folder (default results/<name>@<hash>)")
    parser.option("--out", "DIR", out)


def verify_words(parser: WordParser) -> None:
    """Words of `verify`."""
    parser.word("FILE", Words("văn bản đã nhận", "the received document"), optional=True)
    beside = Words("tệp chữ ký đi kèm; PDF có sẵn chữ ký thì không cần", "its signature file; a PDF brings its own")
    parser.option("--signature", "SIG", beside)
    chain = Words("chứng thư số gốc và trung gian được tin cậy", "trusted root and intermediate certificates")
    parser.option("--chain", "PEM", chain)
    lists = Words("danh sách thu hồi; lặp lại được", "revocation list; may be repeated")
    parser.many("--crl", "CRL", lists)
    when = Words("lúc kiểm tra; một ngày là đến hết ngày", "time of the check; a date means the end of that day")
    parser.option("--at", "DATE", when)
    alone = Words(
        "không đòi chữ ký của cơ quan, có thì vẫn kiểm tra",
        "do not require the organisation's signature, check it if it is there",
    )
    parser.switch("--leader-only", about=alone)
    scan = Words(
        "không đòi chữ ký lãnh đạo, có thì vẫn kiểm tra: bản quét đóng dấu số",
        "do not require the leader's, check it if it is there: a sealed scan",
    )
    parser.switch("--organisation-only", about=scan)
    title = Words(
        "không so tên, chức danh, cơ quan với văn bản; cho tệp bất kỳ",
        "compare no name, title or agency with the document; for any kind of file",
    )
    parser.switch("--any-title", about=title)
    parser.switch("--history", about=Words("chấp nhận thuật toán cũ, yếu", "accept outdated, weak algorithms"))
    sample = Words("ghi một mẫu để thử vào thư mục mới", "write a sample to try into a new folder")
    parser.option("--sample", "DIR", sample)


def deadline_word(parser: WordParser) -> None:
    """The time by which the answer must be there."""
    deadline = Words(
        "dừng sau chừng ấy thời gian, báo cáo từ những lần chạy đã xong",
        "stop after this long and report on finished replications",
    )
    parser.long_run_option("--deadline", "20min", deadline, a_deadline(parser.lang))
