"""`country`: provinces that exchange documents, all at once; what they exchanged, and what it took to simulate."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.command import exit_codes
from sim.command.arguments import ENGINES
from sim.command.console import Console
from sim.report.formatting import date_text, number_text, share_text
from sim.results.atomic_files import FileWriteError, plain_reason
from sim.results.country_tables import COUNTRY_PROVINCES, CountryProvinceRow
from sim.results.words import Lang, Words
from sim.scenario.country import Country, hours, read_country
from sim.studies.country import CountryRun, Holder
from sim.studies.country_rows import province_rows
from sim.studies.executor_choice import refuse_without_extra
from sim.studies.refusals import InputRefusedError

DEFAULT_SEED = 1
_WHO = Words(
    "{n} tỉnh (phỏng theo {pattern}), {agencies} cơ quan, {first} đến {last}; mọi tham số lấy giá trị nêu ra, số khởi"
    " tạo {seed}",
    "{n} provinces (generated after {pattern}), {agencies} agencies, {first} to {last}; every parameter at its stated"
    " value, seed {seed}",
)
_DELIVERIES = Words(
    "Lượt gửi: {deliveries}; trong tỉnh {inside}, trong đó điện tử {electronic}",
    "Deliveries: {deliveries}; within provinces {inside}, {electronic} of them electronic",
)
_BETWEEN = Words(
    "Giữa các tỉnh: {n}, điện tử {electronic}: trục quốc gia {linked}, thư công vụ {mail}, giấy {paper}",
    "Between provinces: {n}, {electronic} electronic: national axis {linked}, official e-mail {mail}, paper {paper}",
)
_CENTRE = Words(
    "Với trung ương: {out} lượt đi, {back} lượt đến",
    "With Government and ministries: {out} deliveries to them, {back} from them",
)
_CONSERVED = Words(
    "Kiểm đếm từ ngày mô phỏng đầu tiên: {handed} lượt gửi đi = {taken} lượt đã đến + {under_way} lượt đang đi",
    "Counted from the first simulated day: {handed} handed over to other provinces = {taken} taken in + {under_way}"
    " under way",
)
_TOOK = Words(
    "Thời gian: {minutes} phút ({processor} phút bộ xử lý), bộ nhớ {memory} GB; {windows} kỳ lấy văn bản, mỗi kỳ"
    " {hours} giờ",
    "Took {minutes} minutes ({processor} of processor), {memory} GB of memory; {windows} windows of {hours} h",
)
_COST = Words(
    "Mỗi lượt gửi: {cost} µs bộ xử lý; riêng {pattern} một mình: {alone} µs; gấp {ratio} lần",
    "A delivery: {cost} µs of processor; {pattern} alone: {alone} µs; ratio {ratio}",
)
_LARGEST = Words("Nhiều trao đổi nhất với tỉnh khác:", "Most exchange with other provinces:")
_LINE = Words("  {name}: gửi {out}, nhận {back}", "  {name}: sent {out}, received {back}")
_SHOWN = 5
_GIGABYTE = 1e9


def run(words: Namespace, console: Console) -> int:
    """Run it, print what was exchanged and what it took, and write the table of provinces.

    Raises:
        InputRefusedError: the table is there already.
        FileWriteError: its folder cannot be made, or the disk refuses the table.
        ScenarioErrors: the pattern cannot be run up to that day.
        ConservationError: something was lost; nothing is written.
    """
    refuse_without_extra(words.executor or "")
    folder = Path(words.out) if words.out else None
    if folder is not None:
        _make(folder)
    whole = read_country(until=words.until)
    country = whole.first(words.provinces or len(whole.provinces))
    seed = DEFAULT_SEED if words.seed is None else words.seed
    ran = _ran(country, seed, words, console)
    alone = ran if len(country.provinces) == 1 else _ran(country.first(1), seed, words, console, alone=True)
    rows = province_rows(ran)
    if folder is not None:
        path = COUNTRY_PROVINCES.write(folder, rows)
        console.say(Words(f"đã ghi {path}", f"wrote {path}"))
    if console.as_json:
        console.answer_json("country", _content(ran, alone, rows, seed))
    else:
        console.answer("\n".join(_lines(ran, alone, rows, seed, console.lang)))
    return exit_codes.DONE


def _make(folder: Path) -> None:
    """The folder for the table, before anything is simulated."""
    path = folder / COUNTRY_PROVINCES.file
    if path.exists():
        vietnamese = f"{path}: đã có tệp này; chọn thư mục khác bằng --out DIR"
        raise InputRefusedError(Words(vietnamese, f"{path}: is there already; name another folder with --out DIR"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileWriteError(folder, plain_reason(error)) from error


def _ran(country: Country, seed: int, words: Namespace, console: Console, *, alone: bool = False) -> CountryRun:
    from sim.studies.country import run_country

    begun = time.perf_counter()
    with _holder(country, seed, words, console, alone=alone) as holder:
        return run_country(country, holder, seed, (lambda _: None) if alone else _tenths(console), begun=begun)


@contextmanager
def _holder(country: Country, seed: int, words: Namespace, console: Console, *, alone: bool) -> Iterator[Holder]:
    from sim.studies.country import HeldHere, begin_at_all
    from sim.studies.country_holders import held_by_cluster, held_by_processes
    from sim.studies.preparing import compile_once, is_prepared

    engine = words.engine or ENGINES[0]
    if not is_prepared(engine):
        console.say(
            Words("chuẩn bị mô hình lần đầu trên máy này", "preparing the model for the first time on this machine")
        )
        compile_once(country.pattern, seed, engine)
    workers = 0 if alone else words.workers or 0
    if words.executor and not alone:
        holder: Holder = held_by_cluster(country, seed, engine, words.executor)
    elif workers > 1:
        holder = held_by_processes(country, seed, engine, workers)
    else:
        begin_at_all(country, seed, engine)
        holder = HeldHere(country, seed, engine)
    try:
        yield holder
    finally:
        holder.stop()


def _tenths(console: Console) -> Callable[[float], None]:
    """Says of every tenth that it is done."""
    said = 0

    def report(done: float) -> None:
        nonlocal said
        if int(done * 10) > said:
            said = int(done * 10)
            console.say(Words(f"đã mô phỏng {said * 10}%", f"{said * 10} % simulated"))

    return report


def _lines(ran: CountryRun, alone: CountryRun, rows: list[CountryProvinceRow], seed: int, lang: Lang) -> Iterator[str]:
    def number(value: float, decimals: int = 0) -> str:
        return number_text(value, decimals, lang)

    horizon, like = ran.country.pattern.scenario.horizon, ran.country.like
    pattern = like.name_vi if lang == "vi" else like.name_en
    inside, electronic = sum(row.inside for row in rows), sum(row.inside_electronic for row in rows)
    linked, mail = sum(row.to_provinces_linked for row in rows), sum(row.to_provinces_mail for row in rows)
    between = sum(row.to_provinces for row in rows)
    yield _WHO.text(lang).format(
        n=number(len(rows)),
        pattern=pattern,
        agencies=number(sum(row.agencies for row in rows)),
        first=date_text(horizon.start, lang),
        last=date_text(horizon.end, lang),
        seed=seed,
    )
    yield _DELIVERIES.text(lang).format(
        deliveries=number(ran.deliveries), inside=number(inside), electronic=_part(electronic, inside, lang)
    )
    yield _BETWEEN.text(lang).format(
        n=number(between),
        electronic=_part(linked + mail, between, lang),
        linked=number(linked),
        mail=number(mail),
        paper=number(between - linked - mail),
    )
    yield _CENTRE.text(lang).format(
        out=number(sum(row.to_centre for row in rows)), back=number(sum(row.from_centre for row in rows))
    )
    yield _CONSERVED.text(lang).format(
        handed=number(ran.handed_over), taken=number(ran.handed_over - ran.under_way), under_way=number(ran.under_way)
    )
    if between:
        yield _LARGEST.text(lang)
        for row in sorted(rows, key=lambda row: (-row.to_provinces - row.from_provinces, row.province_id))[:_SHOWN]:
            out, back = number(row.to_provinces), number(row.from_provinces)
            yield _LINE.text(lang).format(name=row.name(lang), out=out, back=back)
    yield _TOOK.text(lang).format(
        minutes=number(ran.wall_seconds / 60, 1),
        processor=number(ran.work.processor_seconds / 60, 1),
        memory=number(ran.work.memory_octets / _GIGABYTE, 2),
        windows=number(ran.windows),
        hours=number(hours(ran.country.exchange)),
    )
    cost, of_one = ran.microseconds, alone.microseconds
    yield _COST.text(lang).format(
        cost=number(cost, 1), alone=number(of_one, 1), ratio=number(cost / of_one, 2), pattern=pattern
    )


def _part(some: int, of: int, lang: Lang) -> str:
    return share_text(some / of, lang) if of else "—"


def _content(ran: CountryRun, alone: CountryRun, rows: list[CountryProvinceRow], seed: int) -> dict[str, object]:
    names = [column.name for column in COUNTRY_PROVINCES.columns]
    return {
        "seed": seed,
        "deliveries": ran.deliveries,
        "between_provinces": sum(row.to_provinces for row in rows),
        "handed_over": ran.handed_over,
        "under_way": ran.under_way,
        "windows": ran.windows,
        "wall_seconds": round(ran.wall_seconds, 3),
        "processor_seconds": round(ran.work.processor_seconds, 3),
        "memory_octets": ran.work.memory_octets,
        "microseconds_a_delivery": round(ran.microseconds, 3),
        "microseconds_alone": round(alone.microseconds, 3),
        "load": [round(load, 1) for load in os.getloadavg()],
        "provinces": [dict(zip(names, values, strict=True)) for values in COUNTRY_PROVINCES.plain(rows)],
    }
