"""The beginning of every page: head, title, warnings, facts. Nothing in it is loaded from anywhere."""

from __future__ import annotations

from sim.report.page_style import STYLE


def page_top(kind: str) -> str:
    """The template's text up to the end of the page's header.

    Args:
        kind: the template's expression for what kind of page it is.
    """
    return _TOP.replace("KIND", kind).replace("STYLE", STYLE)


_TOP = """<!DOCTYPE html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ content_security_policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ title }} – {{ KIND }}</title>
<style>STYLE</style>
</head>
<body>
<main>
<header>
<p class="kind">{{ KIND }}</p>
<h1>{{ title }}</h1>
{%- if warnings %}
<div class="status{{ ' provisional' if provisional }}" role="note">
{%- for line in warnings %}
<p>{{ line }}</p>
{%- endfor %}
</div>
{%- endif %}
<p class="facts">
{%- for name, value in facts %}<strong>{{ name }}:</strong> {{ value }}{{ ' · ' if not loop.last }}{% endfor -%}
</p>
</header>
"""
