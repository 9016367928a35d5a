"""A target's range, median and threshold as a picture the height of a line, readable in black and white."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from sim.report.brief_board import Strip

WIDTH_MM, HEIGHT_MM = 19.0, 3.2
_DOTS_PER_MM = 16
"""About 400 dots per inch."""
_INK, _RANGE = (0, 255), (130, 255)
"""Shade of grey, and that it hides what is behind."""


def strip_picture(strip: Strip) -> BytesIO:
    """The strip as PNG: a bar from the 5 to the 95 % point, a dot at the median, an upright line at the threshold."""
    wide, high = round(WIDTH_MM * _DOTS_PER_MM), round(HEIGHT_MM * _DOTS_PER_MM)
    picture = Image.new("LA", (wide, high), (255, 0))
    draw = ImageDraw.Draw(picture)
    edge, middle, thin = high // 4, high // 2, high // 14
    at = {
        name: edge + round(min(1.0, max(0.0, share)) * (wide - 1 - 2 * edge))
        for name, share in (
            ("low", strip.low),
            ("median", strip.median),
            ("high", strip.high),
            ("due", strip.threshold),
        )
    }
    draw.line((edge, middle, wide - 1 - edge, middle), fill=_RANGE, width=1)
    draw.rectangle((at["low"], middle - 2 * thin, at["high"], middle + 2 * thin), fill=_RANGE)
    draw.rectangle((at["due"] - thin, 0, at["due"] + thin, high - 1), fill=_INK)
    radius = high // 4
    draw.ellipse((at["median"] - radius, middle - radius, at["median"] + radius, middle + radius), fill=_INK)
    written = BytesIO()
    picture.save(written, format="PNG")
    written.seek(0)
    return written
