"""Pages that open without a network: pictures inside, nothing loaded, all text escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib
import shlex
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.report.figures.drawing import WrittenPicture
from sim.report.formatting import date_text
from sim.report.manifest import Manifest
from sim.report.parameter_words import typed_quantity_text
from sim.report.passage import PageTable, Passage
from sim.report.phrases import ENGINES, RUN_FACTS, SENTENCES, say
from sim.report.words import term, verdict_group
from sim.results.words import NOTHING, Lang, Words

Facts = list[tuple[str, str]]
_PROGRAM = ".venv/bin/python run.py"
_DIGITS_OF_A_CODE = 12
_PICTURE_BY_DATA_URI = "data:image/svg+xml;base64,"
_HEADINGS = {"summary": Words("Tóm tắt bằng lời", "In words"), "pictures": Words("Hình", "Pictures")}
_FIELDS = {
    "": NOTHING,
    "value": NOTHING,
    "low": Words(" (thấp)", " (low)"),
    "high": Words(" (cao)", " (high)"),
    "kind": Words(" (phân bố)", " (distribution)"),
}
"""What of a parameter may be set, beside its title; a blank one is the parameter as a whole."""
_CHANGED = Words("Khác với kịch bản gốc", "Other than the scenario")
_WAS = Words(", trước là {was}", ", before {was}")
_WAS_DRAWN = Words(
    ", không đổi giữa các lần mô phỏng; trước rút ngẫu nhiên quanh {was}",
    ", alike in every simulation; before, drawn around {was}",
)


def study_page(
    kind: Words,
    manifest: Manifest,
    warnings: Sequence[str],
    passages: Sequence[Passage],
    pictures: Sequence[WrittenPicture],
    tables: Sequence[PageTable],
    language: Lang,
    titles: Mapping[str, Words],
    answer: PageTable | None = None,
) -> str:
    """The page of a sweep, a goal or a sensitivity analysis: words, pictures, tables; parameters by their titles.

    A table that is the answer stands before all of them.
    """
    own = {
        "provisional": bool(warnings),
        "warnings": [*warnings, *manifest.notes_in(language)],
        "passages": list(passages),
        "tables": list(tables),
        "answer": answer,
    }
    return filled_page("study.j2", kind, manifest, pictures, language, own, titles)


def filled_page(
    template: str,
    kind: Words,
    manifest: Manifest,
    pictures: Sequence[WrittenPicture],
    language: Lang,
    own: Mapping[str, object],
    titles: Mapping[str, Words] = MappingProxyType({}),
    script: str = "",
) -> str:
    """A page as HTML text; the same input gives the same text.

    Args:
        template: its file in templates/.
        kind: what kind of page it is, said above the title.
        manifest: of the folder; gives title and facts.
        pictures: to be put inside the page.
        language: of every word.
        titles: of parameters by key, to name what was changed.
        script: what the page runs, known by its hash; empty for nothing.
        own: what this template asks for beside the parts of every page; a `heading` here replaces that of every page.
    """
    style = template_text("style.css")
    every_page: dict[str, object] = {
        "language": language,
        "style": Markup(style),  # noqa: S704 - the package's own file
        "content_security_policy": _content_security_policy(style, script),
        "script": Markup(script),  # noqa: S704 - the package's own file
        "changed": _CHANGED.text(language),
        "kind": kind.text(language),
        "title": manifest.title(language),
        "facts": asked_facts(manifest, language),
        "changes": changed_facts(manifest, language, titles),
        "provenance": provenance_facts(manifest, language),
        "pictures": [embedded(picture, language) for picture in pictures],
        "heading": in_words(_HEADINGS, language),
        "say": in_words(SENTENCES, language),
    }
    page = _environment().get_template(template).render({**every_page, **own})
    words, tag, running = page.partition("<script>")  # which is run as it is: it is known by its hash
    return words.replace("n = ", "n\u00a0=\u00a0") + tag + running  # "n = 20" is never broken over two lines


@cache
def _environment() -> Environment:
    """Where templates are found; it keeps those it has compiled, which the other language's page needs too."""
    return Environment(loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined)


def in_words(entries: Mapping[str, Words], language: Lang) -> dict[str, str]:
    """Entries by name in one language, as templates ask for them."""
    return {name: words.text(language) for name, words in entries.items()}


def run_facts(manifest: Manifest, language: Lang, titles: Mapping[str, Words] = MappingProxyType({})) -> Facts:
    """What was run and what was changed for it, as name and value; blank ones left out.

    Args:
        manifest: of the folder.
        language: of names and titles.
        titles: of parameters by key, to name what was changed.
    """
    return [*asked_facts(manifest, language), *changed_facts(manifest, language, titles)]


def asked_facts(manifest: Manifest, language: Lang) -> Facts:
    """Scenario, period and simulations."""
    start, end = date_text(manifest.horizon_start, language), date_text(manifest.horizon_end, language)
    runs = say(SENTENCES["runs_shown"], language, done=manifest.replications_done, asked=manifest.replications_asked)
    values = {"scenario": manifest.scenario, "horizon": f"{start} – {end}", "replications": runs}
    return _filled(values, language)


def changed_facts(
    manifest: Manifest, language: Lang, titles: Mapping[str, Words] = MappingProxyType({}), *, ids: bool = True
) -> Facts:
    """What is not as the scenario has it: options, future, regime, keys that were set; empty where nothing is.

    Args:
        manifest: of the folder.
        language: of names and titles.
        titles: of parameters by key.
        ids: whether ids and keys, as commands take them, stand beside titles.
    """
    values = {
        "options": "; ".join(manifest.overlay_named("option", name, language, ids=ids) for name in manifest.options),
        "future": manifest.overlay_named("future", manifest.future, language, ids=ids),
        "adoption": manifest.overlay_named("adoption", manifest.adoption, language, ids=ids),
        "set": "; ".join(_changed(one, manifest.set_before, titles, language, ids=ids) for one in manifest.sets),
    }
    return _filled(values, language)


def provenance_facts(manifest: Manifest, language: Lang) -> Facts:
    """What it takes to run the same again."""
    values = {
        "seed": manifest.seed,
        "model_version": manifest.model_version,
        "scenario_hash": manifest.scenario_hash,
        "engine": ENGINES.get(manifest.engine, Words(manifest.engine, manifest.engine)).text(language),
    }
    return _filled(values, language)


def again_facts(manifest: Manifest, language: Lang) -> Facts:
    """A run's code, as in the name of its folder, and the line that runs the same once more."""
    return _filled({"code": run_code(manifest), "again": command_again(manifest)}, language)


def run_code(manifest: Manifest) -> str:
    """The first digits of a run's hash, as many as in the name of its folder."""
    return manifest.run_hash[:_DIGITS_OF_A_CODE]


def command_again(manifest: Manifest) -> str:
    """The line that runs the same once more, whatever was typed then, called as README does."""
    asked = {
        "--option": ",".join(manifest.options),
        "--adoption": manifest.adoption,
        "--future": manifest.future,
        "--until": manifest.until,
        "--options-from": manifest.options_from.isoformat() if manifest.options_from else "",
        "--replications": str(manifest.replications_asked),
        "--seed": manifest.seed,
        "--remedies": f"{manifest.remedies_seconds / 60.0:g}min" if manifest.remedies_seconds else "",
    }
    words = [word for switch, value in asked.items() if value for word in (switch, value)]
    sets = [word for one in manifest.sets for word in ("--set", one)]
    return f"{_PROGRAM} {shlex.join(['run', manifest.asked_for or manifest.scenario, *words, *sets])}"


def _filled(values: Mapping[str, str], language: Lang) -> Facts:
    return [(RUN_FACTS[name].text(language), value) for name, value in values.items() if value]


def _changed(setting: str, before: Mapping[str, str], titles: Mapping[str, Words], language: Lang, *, ids: bool) -> str:
    """`Khả năng … = 80%, trước là 45% [budget.central_reliability]`; as typed where the key has no title."""
    key, value = (part.strip() for part in setting.split("=", 1)) if "=" in setting else (setting, "")
    whole, field = key, ""
    if key not in titles:
        whole, _, field = key.rpartition(".")
    title = titles.get(whole, NOTHING).text(language)
    if not title or field not in _FIELDS:
        return setting
    said = (
        typed_quantity_text(value.strip("\"'"), language)
        if field != "kind"
        else term("distribution", value.strip("\"'"), language)
    )
    named = f"{title}{_FIELDS[field].text(language)} = {said}"
    if was := before.get(key.removesuffix(".value")):
        is_fixed_now = field in {"", "value"} and before.get(f"{whole}.kind", "fixed") != "fixed"
        shown = term("distribution", was, language) if field == "kind" else typed_quantity_text(was, language)
        named += say(_WAS_DRAWN if is_fixed_now else _WAS, language, was=shown)
    return f"{named} [{key}]" if ids else named


def verdict_class(verdict: str | None) -> str:
    """The style-sheet class of a verdict; colour only repeats the word."""
    group = verdict_group(verdict)
    if group in {"reachable", "at risk", "out of reach"}:
        return group.replace(" ", "-")
    return "other" if verdict else "blank"


def template_text(name: str) -> str:
    """A style sheet or script of the package."""
    return files("sim.report").joinpath(f"templates/{name}").read_text(encoding="utf-8").strip()


def _content_security_policy(style: str, script: str) -> str:
    """Nothing may load or run but the page's own style sheet and script, known by their hashes, and its pictures."""
    allowed = f"style-src {_hash_of(style)};" + (f" script-src {_hash_of(script)};" if script else "")
    return f"default-src 'none'; {allowed} img-src data:; base-uri 'none'; form-action 'none'"


def _hash_of(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def embedded(written: WrittenPicture, language: Lang) -> dict[str, str]:
    """A picture as a page holds it, with the words that stand for it."""
    content = base64.b64encode(written.svg[language].read_bytes()).decode()
    return {
        "source": _PICTURE_BY_DATA_URI + content,
        "caption": written.picture.caption(language),
        "alternative": f"{written.picture.caption(language)} {written.picture.footnote(language)}",
        "data_file": f"{written.csv.parent.name}/{written.csv.name}",
    }
