"""The film's pictures: flat, painted shapes, one still a shot. A name is a light and a subject."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from skerry.render import SAMPLE_RATE_HZ, ffmpeg
from skerry.story import FILM_END_S, Shot

_WIDE, _HIGH = 640, 360
_HORIZON = 232
_FRAMES_A_SECOND = 12

Colour = tuple[int, int, int]

_LIGHTS: dict[str, tuple[Colour, Colour, Colour]] = {
    # top of the sky, its foot, the sea
    "night": ((8, 12, 26), (18, 28, 48), (8, 14, 26)),
    "dusk": ((38, 44, 84), (226, 138, 92), (44, 52, 84)),
    "day": ((94, 158, 208), (214, 232, 236), (52, 112, 138)),
    "quay": ((150, 178, 196), (236, 218, 180), (70, 110, 122)),
    "kitchen": ((52, 34, 26), (122, 80, 48), (40, 26, 20)),
    "letter": ((60, 42, 30), (140, 98, 60), (40, 26, 20)),
    "door": ((24, 22, 24), (52, 46, 44), (18, 16, 18)),
    "lamp": ((36, 28, 22), (150, 104, 40), (30, 24, 20)),
    "storm": ((14, 18, 24), (48, 58, 66), (20, 30, 36)),
    "dawn": ((84, 92, 132), (244, 190, 170), (84, 98, 124)),
    "morning": ((130, 184, 222), (252, 234, 196), (64, 128, 150)),
}
_ROCK: Colour = (30, 30, 34)
_WHITE: Colour = (236, 232, 222)
_RED: Colour = (186, 58, 46)
_LIT: Colour = (255, 226, 140)


def write_film(shots: tuple[Shot, ...], sound: Path, path: Path, folder: Path) -> None:
    """The film as VP9 and Opus in WebM; `folder` is room to work in."""
    listing = folder / "shots.txt"
    ends_s = [shot.start_s for shot in shots[1:]] + [FILM_END_S]
    words: list[str] = []
    for number, (shot, end_s) in enumerate(zip(shots, ends_s, strict=True)):
        still = folder / f"{number:02}.png"
        painted(shot).save(still)
        words.append(f"file '{still}'\nduration {end_s - shot.start_s:.3f}\n")
    words.append(f"file '{still}'\n")  # or FFmpeg drops the last picture
    listing.write_text("".join(words), encoding="utf-8")
    ffmpeg(
        "-f", "concat", "-safe", "0", "-i", str(listing), "-i", str(sound),
        "-vf", f"fps={_FRAMES_A_SECOND},tpad=stop_mode=clone:stop_duration=20",
        "-t", str(FILM_END_S), "-c:v", "libvpx-vp9", "-crf", "38", "-b:v", "0", "-g", "120",
        "-cpu-used", "4", "-threads", "1", "-pix_fmt", "yuv420p",
        "-c:a", "libopus", "-b:a", "44000", "-ar", str(SAMPLE_RATE_HZ), str(path),
    )  # fmt: skip


def painted(shot: Shot) -> Image.Image:
    """The picture of a shot."""
    light, _, subject = shot.picture.partition(" ")
    image = _sky(light)
    draw = ImageDraw.Draw(image, "RGBA")
    if light in ("kitchen", "letter", "door", "lamp") or subject == "window":
        _indoors(draw, light, subject)
    else:
        _sea(draw, light)
        _outdoors(draw, light, subject)
    if shot.words:
        _written(draw, shot.words)
    return image


def _sky(light: str) -> Image.Image:
    top, foot, _ = (np.array(colour, float) for colour in _LIGHTS[light])
    share = np.linspace(0, 1, _HIGH)[:, None] ** 1.4
    rows = (top + (foot - top) * share).round().astype(np.uint8)
    return Image.fromarray(np.broadcast_to(rows[:, None, :], (_HIGH, _WIDE, 3)).copy())


def _sea(draw: ImageDraw.ImageDraw, light: str) -> None:
    sea = _LIGHTS[light][2]
    draw.rectangle((0, _HORIZON, _WIDE, _HIGH), fill=sea)
    rough = 9 if light == "storm" else 2
    dice = np.random.default_rng(len(light))
    for y in range(_HORIZON + 6, _HIGH, 9):
        for x in dice.integers(0, _WIDE, 5):
            length = int((y - _HORIZON) * 0.6 + 14)
            draw.arc((int(x), y - rough, int(x) + length, y + rough), 190, 350, fill=(*_WHITE, 60))


def _outdoors(draw: ImageDraw.ImageDraw, light: str, subject: str) -> None:
    if light in ("dusk", "dawn", "morning"):
        draw.ellipse((430, _HORIZON - 62, 490, _HORIZON - 2), fill=(255, 232, 180, 150))
    if subject in ("tower", "rock", "light", "") and light != "quay":
        _tower(draw, 210 if subject != "rock" else 470, lit=_is_lit(light, subject))
    if subject in ("boat", "boats", "sea") and light != "dusk":
        _boat(draw, 330, _HORIZON + 34, red=light == "morning")
    if subject == "boats":
        _boat(draw, 180, _HORIZON + 16, red=False)
    if light == "quay" or subject == "quay":
        draw.polygon(((0, _HIGH), (0, 268), (420, 284), (520, _HIGH)), fill=(92, 84, 78))
        for x in (60, 150, 250):
            draw.rectangle((x, 236, x + 12, 276), fill=(70, 54, 42))
    if subject == "gulls":
        for x, y in ((150, 90), (240, 60), (330, 110), (420, 70), (500, 120)):
            draw.arc((x, y, x + 26, y + 16), 200, 340, fill=_WHITE, width=3)
            draw.arc((x + 24, y, x + 50, y + 16), 200, 340, fill=_WHITE, width=3)
    if subject == "rock":
        draw.ellipse((552, 226, 564, 238), fill=(196, 150, 116))
        draw.polygon(((558, 237), (548, 272), (568, 272)), fill=(70, 104, 170))


def _is_lit(light: str, subject: str) -> bool:
    return light in ("night", "dusk", "morning") or subject == "light"


def _tower(draw: ImageDraw.ImageDraw, x: int, *, lit: bool) -> None:
    if lit:
        draw.polygon(((x, 104), (_WIDE, 30), (_WIDE, 150)), fill=(*_LIT, 70))
        draw.polygon(((x, 104), (0, 60), (0, 130)), fill=(*_LIT, 40))
    draw.polygon(((x - 120, 300), (x - 60, 246), (x + 40, 236), (x + 130, 300)), fill=_ROCK)
    draw.polygon(((x - 22, 250), (x - 14, 118), (x + 14, 118), (x + 22, 250)), fill=_WHITE)
    draw.polygon(((x - 19, 206), (x - 17, 166), (x + 17, 166), (x + 19, 206)), fill=_RED)
    draw.rectangle((x - 12, 94, x + 12, 118), fill=_LIT if lit else (40, 44, 50))
    draw.polygon(((x - 16, 94), (x, 78), (x + 16, 94)), fill=_RED)


def _boat(draw: ImageDraw.ImageDraw, x: int, y: int, *, red: bool) -> None:
    draw.polygon(((x - 40, y), (x + 40, y), (x + 26, y + 16), (x - 28, y + 16)), fill=(64, 46, 38))
    draw.line((x, y, x, y - 70), fill=(60, 48, 40), width=3)
    draw.polygon(((x + 3, y - 68), (x + 3, y - 6), (x + 40, y - 8)), fill=_RED if red else _WHITE)


def _indoors(draw: ImageDraw.ImageDraw, light: str, subject: str) -> None:
    if subject == "window":
        draw.rectangle((0, 0, _WIDE, _HIGH), outline=(52, 44, 44), width=46)
        draw.rectangle((312, 0, 328, _HIGH), fill=(52, 44, 44))
        draw.rectangle((46, 240, _WIDE - 46, 314), fill=_LIGHTS[light][2])
    if light == "lamp":
        for radius, strength in ((170, 30), (110, 60), (60, 130)):
            glow = (320 - radius, 180 - radius, 320 + radius, 180 + radius)
            draw.ellipse(glow, fill=(*_LIT, strength))
        draw.rectangle((296, 130, 344, 236), fill=_LIT, outline=(90, 64, 30), width=5)
        draw.rectangle((280, 236, 360, 260), fill=(90, 64, 30))
    if light == "kitchen":
        draw.rectangle((90, 60, 210, 170), fill=(24, 30, 52), outline=(60, 40, 28), width=8)
        draw.rectangle((60, 262, 580, 286), fill=(74, 48, 32))
        draw.rectangle((330, 246, 420, 262), fill=_WHITE)
    if light == "letter":
        draw.polygon(((170, 70), (470, 60), (486, 300), (160, 306)), fill=(238, 228, 204))
        for y in range(104, 280, 22):
            draw.line((198, y, 440 - (y * 7) % 60, y - 3), fill=(90, 80, 96), width=3)
    if light == "door":
        draw.rectangle((240, 40, 400, _HIGH), fill=(70, 48, 36), outline=(28, 22, 20), width=6)
        draw.ellipse((372, 196, 386, 210), fill=(190, 160, 90))


def _written(draw: ImageDraw.ImageDraw, words: str) -> None:
    font = ImageFont.load_default(size=30)
    width = draw.textlength(words, font=font)
    draw.text(((_WIDE - width) / 2, 306), words, font=font, fill=_WHITE)
