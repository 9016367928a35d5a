"""The words of the commands that simulate a scenario: run, compare, sweep, sensitivity, goal and init."""

from __future__ import annotations

from sim.command.arguments import (
    ENGINES,
    MOST_REPLICATIONS,
    MOST_WORKERS,
    SCENARIO_TIMES,
    deadline_word,
    details_word,
    overlay_words,
    scenario_word,
    workers_word,
)
from sim.command.parts import a_budget, a_cluster, a_day, a_shard
from sim.command.usage import WordParser, a_share, one_of, some_points, whole_number
from sim.results.words import Words

DESIGNS = ("grid", "lhs", "sobol", "morris", "saltelli")
LUCKS = ("common", "own")
GOALS = ("cost", "TW", "DT", "SN")
MOST_CANDIDATES = 1_000_000
MOST_PROVINCES = 63


def init_words(parser: WordParser) -> None:
    """Words of `init`."""
    lang = parser.lang
    scenario_word(parser)
    number = Words("số trạng thái thử (mặc định 200)", "how many starting states to try (default 200)")
    parser.option("--candidates", "N", number, whole_number(1, MOST_CANDIDATES, lang))
    workers_word(parser)
    out = Words(
        "tệp .csv mới để ghi (mặc định: scenarios/initial/ của bản sao mã nguồn, nếu không thì thư mục hiện tại)",
        "new .csv file (default: in scenarios/initial/ of a clone, else in the current folder)",
    )
    parser.option("--out", "FILE", out)


def run_words(parser: WordParser) -> None:
    """Words of `run`."""
    scenario_word(parser)
    _study_words(parser)
    _part_words(parser)
    sure = Words(
        "chạy thêm đến khi biết chỉ tiêu (p:ID: xác suất đạt) đến ± chừng ấy điểm phần trăm: a3=2 là ±2 điểm",
        "add replications until a target's mean (p:ID: its probability) is known within ± so many percentage points:"
        " a3=2 is ±2 points",
    )
    parser.many("--half-width", "ID=POINTS", sure)
    about = Words(
        "không chạy thêm 10 lần để tách ảnh hưởng của tham số và yếu tố ngẫu nhiên (chỉ chạy thêm khi từ 10 lần trở "
        "lên)",
        "no 10 extra replications to separate parameters from luck (only a run of 10 or more has them)",
    )
    parser.switch("--no-variance", about=about)
    remedies = Words(
        "sau đó thử mọi phương án trong cùng các tương lai, trong chừng ấy thời gian: điều gì giúp đạt chỉ tiêu",
        "then try every option in the same futures, for this long: what would help",
    )
    parser.option("--remedies", "30min", remedies, a_budget(parser.lang))
    details_word(parser)


def compare_words(parser: WordParser) -> None:
    """Words of `compare`."""
    scenario_word(parser)
    options = Words("các phương án, mỗi phương án một trường hợp", "options, each a case of its own")
    adoptions = Words("các cách triển khai sử dụng, mỗi cách một trường hợp", "adoption regimes, each a case")
    futures = Words("các bối cảnh tương lai, mỗi bối cảnh một trường hợp", "futures, each a case of its own")
    parser.many("--options", "A,B,C", options)
    parser.many("--adoptions", "A,B,C", adoptions)
    parser.many("--futures", "A,B,C", futures)
    combine = Words("thêm mọi tổ hợp của --options để chia phần tác dụng", "add every combination of --options")
    parser.switch("--combine", about=combine)
    zone = Words("chênh lệch không đáng kể, ví dụ “2 điểm” (mặc định 1)", "difference too small to matter (1 point)")
    parser.option("--indifference", "POINTS", zone, some_points(parser.lang))
    details = Words("in thêm từng chỉ tiêu một, sau bảng tổng hợp", "print target by target too, after the matrix")
    parser.switch("--details", about=details)
    _study_words(parser)
    _part_words(parser)


def sweep_words(parser: WordParser) -> None:
    """Words of `sweep`."""
    scenario_word(parser)
    over = Words(
        "tham số cần thay đổi và khoảng: budget.scale.II.2a=0.5:2; lặp lại được",
        "a key and its range: budget.scale.II.2a=0.5:2; may be repeated",
    )
    parser.many("--over", "KEY=lo:hi[:n]", over)
    design = Words("cách chọn trường hợp (mặc định grid)", "how cells are chosen (default grid)")
    parser.option("--design", "|".join(DESIGNS), design, one_of(DESIGNS, parser.lang))
    every = Words("in thêm từng mức của từng chỉ tiêu", "print every level of each target too")
    parser.switch("--details", about=every)
    _cell_words(parser)
    _study_words(parser, Words("số lần chạy mỗi trường hợp (mặc định 1)", "replications of each cell (default 1)"))
    _part_words(parser)


def sensitivity_words(parser: WordParser) -> None:
    """Words of `sensitivity`."""
    study = Words("thư mục kết quả của run, sweep; hoặc kịch bản", "folder of a run or a sweep; or a scenario")
    parser.word("STUDY", study)
    over = Words("tham số và khoảng (mặc định: mọi điều chưa biết)", "a key and its range (default: every unknown)")
    parser.many("--over", "KEY[=lo:hi]", over)
    design = Words("morris (mặc định), saltelli cho chỉ số Sobol', lhs", "morris (default), saltelli for Sobol', lhs")
    parser.option("--design", "|".join(DESIGNS), design, one_of(DESIGNS, parser.lang))
    _cell_words(parser)
    _study_words(parser, Words("số lần chạy mỗi trường hợp (mặc định 1)", "replications of each cell (default 1)"))


def goal_words(parser: WordParser) -> None:
    """Words of `goal`."""
    lang = parser.lang
    scenario_word(parser)
    parser.many("--target", "A,B", Words("các chỉ tiêu phải cùng đạt", "targets that must all be reached"))
    over = Words("đòn bẩy và giới hạn: budget.scale.II.2a=0.5:3", "a lever and its bounds: budget.scale.II.2a=0.5:3")
    parser.many("--over", "KEY=lo:hi", over)
    price = Words("giá một đơn vị của đòn bẩy khác", "unit cost of another lever")
    parser.many("--price", "KEY=MONEY[:SN]", price)
    least = Words("làm nhỏ nhất: mọi nguồn (cost) hay một nguồn", "what to minimise: money of all sources, or of one")
    parser.option("--minimize", "cost|TW|DT|SN", least, one_of(GOALS, lang))
    chance = Words("xác suất cần đạt (mặc định: theo kịch bản)", "required probability (default: the scenario's)")
    parser.option("--probability", "P", chance, a_share(lang))
    points = Words("thử nhiều nhất bao nhiêu điểm (mặc định 40)", "most points to try (default 40)")
    parser.option("--samples", "N", points, whole_number(1, MOST_REPLICATIONS, lang))
    fresh = Words("số tương lai mới để kiểm lại (mặc định gấp đôi)", "fresh futures of the final check (default twice)")
    parser.option("--recheck", "N", fresh, whole_number(1, MOST_REPLICATIONS, lang))
    _study_words(parser, Words("số lần chạy mỗi điểm (mặc định: theo kịch bản)", "replications of each point"))


def _cell_words(parser: WordParser) -> None:
    samples = Words(
        "số trường hợp (lhs, sobol), quỹ đạo (morris), mẫu gốc (saltelli)", "cells, trajectories or base samples"
    )
    parser.option("--samples", "N", samples, whole_number(1, MOST_REPLICATIONS, parser.lang))
    luck = Words(
        "common: mọi trường hợp gặp cùng tương lai (mặc định); own: mỗi trường hợp một tương lai",
        "common: all cells see the same futures (default); own: each cell its own",
    )
    parser.option("--luck", "common|own", luck, one_of(LUCKS, parser.lang))


def _study_words(parser: WordParser, times: Words = SCENARIO_TIMES) -> None:
    lang = parser.lang
    parser.option("--replications", "N", times, whole_number(1, MOST_REPLICATIONS, lang))
    seed = Words("số khởi tạo ngẫu nhiên (mặc định: theo kịch bản)", "random seed (default: the scenario's)")
    parser.long_run_option("--seed", "S", seed, whole_number(0, 2**63 - 1, lang))
    overlay_words(parser)
    engine = Words("bộ lập lịch: compiled (nhanh) hay simpy (đối chứng)", "compiled (fast) or simpy (the reference)")
    parser.long_run_option("--engine", "compiled|simpy", engine, one_of(ENGINES, lang))
    workers_word(parser)
    cluster = Words("chạy trên cụm Dask thay vì máy này", "run on a Dask cluster instead of this machine")
    parser.long_run_option("--executor", "dask://HOST:PORT", cluster, a_cluster(lang))
    parser.set_defaults(shard=None, deadline=None)
    dry = Words("chỉ ước lượng thời gian và dung lượng", "only estimate time and disk space")
    parser.switch("--dry-run", about=dry)
    out = Words("thư mục kết quả (mặc định results/<tên>@<mã>)", "run folder (default results/<name>@<hash>)")
    parser.long_run_option("--out", "DIR", out)


def _part_words(parser: WordParser) -> None:
    shard = Words("chỉ chạy phần thứ i trong n phần, để gộp bằng merge", "run only part i of n, for merge")
    parser.long_run_option("--shard", "i/n", shard, a_shard(parser.lang))
    deadline_word(parser)


def country_words(parser: WordParser) -> None:
    """Words of `country`."""
    lang = parser.lang
    number = Words(
        "chỉ chừng ấy tỉnh, bắt đầu từ tỉnh mẫu rồi các tỉnh gần với nó nhất về dân số (mặc định: cả nước)",
        "only so many: the pattern's province, then those nearest to it in population (default: all)",
    )
    parser.option("--provinces", "N", number, whole_number(1, MOST_PROVINCES, lang))
    until = Words(
        "ngày cuối mô phỏng, dạng 2016-06-30 hay 30/6/2016 (mặc định: hết năm đầu)",
        "last day simulated, as 2016-06-30 or 30/6/2016 (default: the end of the first year)",
    )
    parser.option("--until", "DATE", until, a_day(lang))
    parser.option(
        "--seed", "S", Words("số khởi tạo (mặc định 1)", "seed (default 1)"), whole_number(0, 2**63 - 1, lang)
    )
    engine = Words("bộ lập lịch: compiled (nhanh) hay simpy (đối chứng)", "compiled (fast) or simpy (the reference)")
    parser.option("--engine", "compiled|simpy", engine, one_of(ENGINES, lang))
    workers = Words(
        "chia các tỉnh cho chừng ấy tiến trình (mặc định 1: chính tiến trình này)",
        "share the provinces out among so many processes (default 1: this one)",
    )
    parser.option("--workers", "W", workers, whole_number(1, MOST_WORKERS, lang))
    cluster = Words("chia các tỉnh cho các tiến trình của cụm Dask này", "share them out among this cluster's workers")
    parser.option("--executor", "dask://HOST:PORT", cluster, a_cluster(lang))
    out = Words("thư mục để ghi bảng provinces.csv (mặc định: không ghi)", "folder for provinces.csv (default: none)")
    parser.option("--out", "DIR", out)
