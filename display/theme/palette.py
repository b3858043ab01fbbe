"""The colours of the hall, by the part they play; the same names in every palette, so a screen can change palettes.

A colour and what stands on it go together: `ink` and `ink_2` on `paper`, `card`, `jade_soft` and `gold_soft`;
`on_jade` on `jade`, `on_chosen` on `chosen`, `on_gold` on `gold`, `on_seal` on `seal`. `jade` and `seal` may also be
the colour of words on `paper` and `card`. `line` frames what can be touched; `hair` separates and carries no meaning.
"""

from __future__ import annotations

from msgspec import Struct

Colour = tuple[float, float, float, float]


def colour(code: str) -> Colour:
    """`#14232E` as Kivy's red, green, blue, alpha from 0 to 1."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, 1.0


class Palette(Struct, frozen=True):
    """One set of colours. `gold` is "now": the called number, what is due; on paper it has an ink frame."""

    ink: Colour
    ink_2: Colour
    faint: Colour
    """Words of what cannot be pressed now."""
    paper: Colour
    card: Colour
    line: Colour
    hair: Colour
    jade: Colour
    on_jade: Colour
    jade_soft: Colour
    chosen: Colour
    on_chosen: Colour
    seal: Colour
    on_seal: Colour
    gold: Colour
    on_gold: Colour
    gold_soft: Colour
    night: Colour
    """Side bars and grounds darker than everything else."""
    on_night: Colour
    night_line: Colour


_INK, _WHITE, _BLACK, _YELLOW = colour("#14232E"), colour("#FFFFFF"), colour("#000000"), colour("#FFE15A")
_NIGHT, _NIGHT_LINE, _GOLD = colour("#10242F"), colour("#6B8896"), colour("#F5CB63")

NORMAL = Palette(
    ink=_INK,
    ink_2=colour("#3A4A55"),
    faint=colour("#6A737B"),
    paper=colour("#FAF7F1"),
    card=_WHITE,
    line=colour("#857B6B"),
    hair=colour("#DDD6C8"),
    jade=colour("#084640"),
    on_jade=_WHITE,
    jade_soft=colour("#E7EFEA"),
    chosen=colour("#E7EFEA"),
    on_chosen=_INK,
    seal=colour("#7A1D10"),
    on_seal=_WHITE,
    gold=_GOLD,
    on_gold=_INK,
    gold_soft=colour("#FFF3D6"),
    night=_NIGHT,
    on_night=_WHITE,
    night_line=_NIGHT_LINE,
)
"""Kiosk and counter by day: calm, warm paper."""

HIGH_CONTRAST = Palette(
    ink=_WHITE,
    ink_2=_WHITE,
    faint=colour("#A0A0A0"),
    paper=_BLACK,
    card=_BLACK,
    line=_WHITE,
    hair=_WHITE,
    jade=_YELLOW,
    on_jade=_BLACK,
    jade_soft=_BLACK,
    chosen=_YELLOW,
    on_chosen=_BLACK,
    seal=_WHITE,
    on_seal=_BLACK,
    gold=_YELLOW,
    on_gold=_BLACK,
    gold_soft=_BLACK,
    night=_BLACK,
    on_night=_WHITE,
    night_line=_WHITE,
)
"""高对比: black ground, white text and frames, yellow for chosen and primary."""

NIGHT = Palette(
    ink=_WHITE,
    ink_2=colour("#C6D3DA"),
    faint=colour("#93A6B1"),
    paper=_NIGHT,
    card=_NIGHT,
    line=_NIGHT_LINE,
    hair=colour("#2F4552"),
    jade=colour("#74C7AC"),
    on_jade=_INK,
    jade_soft=colour("#173642"),
    chosen=_GOLD,
    on_chosen=_INK,
    seal=colour("#FFB4A6"),
    on_seal=_INK,
    gold=_GOLD,
    on_gold=_INK,
    gold_soft=colour("#2B3328"),
    night=_NIGHT,
    on_night=_WHITE,
    night_line=_NIGHT_LINE,
)
"""The wall: light on night blue, readable across the hall."""


def dimmed(palette: Palette, percent: int) -> Palette:
    """The same colours with so much of their brightness, for a glass that shines at night."""
    if percent == 100:
        return palette
    part = percent / 100
    named = {name: getattr(palette, name) for name in palette.__struct_fields__}
    return Palette(**{name: (*(part * one for one in own[:3]), own[3]) for name, own in named.items()})


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(of: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
