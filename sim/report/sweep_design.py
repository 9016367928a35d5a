"""How large a sweep is: its design, cells and futures, what is missing of them, and what so many can say."""

from __future__ import annotations

from sim.report.headlines import first_answer_texts
from sim.report.phrases import say
from sim.report.sweep_tables import SweepTables
from sim.results.words import Lang, Words

_DESIGNS = {
    "grid": Words("mọi tổ hợp của các mức", "all combinations of the levels"),
    "lhs": Words("rải đều, siêu lập phương Latinh", "spread evenly, Latin hypercube"),
    "sobol": Words("dãy Sobol’", "Sobol’ sequence"),
    "morris": Words("quỹ đạo Morris", "Morris trajectories"),
    "saltelli": Words("mẫu chéo cho chỉ số Sobol’", "crossed samples for Sobol’ indices"),
}


def design_text(design: str, language: Lang) -> str:
    """What a design is called."""
    return _DESIGNS.get(design, Words(design, design)).text(language)


def counted_text(tables: SweepTables, language: Lang) -> str:
    """How many cells and simulations there are."""
    wording = Words(
        "{points} trường hợp, mỗi trường hợp là một bộ giá trị của các tham số ({design}); đã chạy"
        " {done}/{asked} lần mô phỏng.",
        "{points} cells, each a set of values of the keys ({design}); {done} of {asked} simulations done.",
    )
    return say(
        wording,
        language,
        points=tables.study.get("points", 0),
        design=design_text(str(tables.study.get("design", "")), language),
        done=tables.simulations_done,
        asked=tables.simulations_asked,
    )


def luck_text(tables: SweepTables, language: Lang) -> str:
    """What luck the cells met, and so what the curves can say."""
    if tables.study.get("luck") != "common":
        wording = Words(
            "Mỗi trường hợp gặp một tương lai riêng (tham số, yếu tố ngẫu nhiên khác): số liệu là bình quân"
            " trên các tương lai.",
            "Each cell meets a future of its own (other unknowns, other luck): values are averages over futures.",
        )
    elif tables.futures <= 1:
        wording = Words(
            "Mọi trường hợp gặp cùng một tương lai: kết quả cho biết thay đổi làm được gì trong tương lai đó, chưa cho"
            " biết xác suất đạt; thêm --replications N hoặc --luck own để có xác suất.",
            "All cells meet one and the same future: the answer is what a change does in that future, not how likely a"
            " target is; --replications N or --luck own gives probabilities.",
        )
    else:
        wording = Words(
            "Mỗi trường hợp gặp cùng {futures} tương lai (tham số và yếu tố ngẫu nhiên).",
            "Every cell meets the same {futures} futures (unknowns and luck).",
        )
    return say(wording, language, futures=tables.futures)


def first_answer_text(tables: SweepTables, language: Lang) -> str:
    """Says of few futures that they are a first answer; empty with enough of them, or with their own luck."""
    return " ".join(first_answer_texts(tables.futures, language)) if tables.futures else ""


def sweep_warnings(tables: SweepTables, language: Lang) -> list[str]:
    """What is missing, and that single futures are no forecast."""
    first = first_answer_text(tables, language)
    return [*([first] if first else []), *missing_texts(tables, language)]


def missing_texts(tables: SweepTables, language: Lang) -> list[str]:
    """How many simulations failed, and how many have not been run."""
    lines = []
    failed = sum(row.status == "failed" for row in tables.cells)
    missing = tables.simulations_asked - tables.simulations_done - failed
    if failed:
        wording = Words("{n} lần mô phỏng hỏng; cells.csv nêu lỗi.", "{n} simulations failed; cells.csv says why.")
        lines.append(say(wording, language, n=failed))
    if missing > 0:
        wording = Words("Còn {n} lần mô phỏng chưa chạy.", "{n} simulations have not been run yet.")
        lines.append(say(wording, language, n=missing))
    return lines
