"""The HSLuv colour space (hsluv.org, revision 4): hue, saturation and lightness as eyes see them.

Hue is in degrees, saturation and lightness from 0 to 100, red, green and blue from 0 to 1.
"""

import math
from collections.abc import Iterator

Rgb = tuple[float, float, float]

# From CIE XYZ to linear sRGB, and back.
_TO_RGB = (
    (3.240969941904521, -1.537383177570093, -0.498610760293),
    (-0.96924363628087, 1.87596750150772, 0.041555057407175),
    (0.055630079696993, -0.20397695888897, 1.056971514242878),
)
_TO_XYZ = (
    (0.41239079926595, 0.35758433938387, 0.18048078840183),
    (0.21263900587151, 0.71516867876775, 0.072192315360733),
    (0.019330818715591, 0.11919477979462, 0.95053215224966),
)
_REF_U, _REF_V = 0.19783000664283, 0.46831999493879
_KAPPA, _EPSILON = 903.2962962, 0.0088564516


def to_rgb(hue: float, saturation: float, lightness: float) -> Rgb:
    """Return the colour as red, green and blue."""
    if lightness <= 0:
        return (0.0, 0.0, 0.0)
    if lightness >= 100:
        return (1.0, 1.0, 1.0)
    angle = math.radians(hue)
    chroma = _max_chroma(lightness, angle) * saturation / 100
    u = chroma * math.cos(angle) / (13 * lightness) + _REF_U
    v = chroma * math.sin(angle) / (13 * lightness) + _REF_V
    y = _luminance(lightness)
    x = 9 * y * u / (4 * v)
    z = (9 * y - 15 * v * y - v * x) / (3 * v)
    red, green, blue = (_encode(part) for part in _multiply(_TO_RGB, (x, y, z)))
    return (red, green, blue)


def hue_and_lightness(rgb: Rgb) -> tuple[float, float]:
    """Return both of a colour that is no grey."""
    red, green, blue = (_decode(part) for part in rgb)
    x, y, z = _multiply(_TO_XYZ, (red, green, blue))
    lightness = y * _KAPPA if y <= _EPSILON else 116 * y ** (1 / 3) - 16
    total = x + 15 * y + 3 * z
    angle = math.atan2(9 * y / total - _REF_V, 4 * x / total - _REF_U)
    return math.degrees(angle) % 360, lightness


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted(_multiply(_TO_XYZ, _linear(rgb))[1] for rgb in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(rgb: Rgb) -> Rgb:
    red, green, blue = (_decode(part) for part in rgb)
    return (red, green, blue)


def _max_chroma(lightness: float, angle: float) -> float:
    """Return how far from grey sRGB reaches at this lightness and hue."""
    return min(
        length
        for slope, intercept in _bounds(lightness)
        if (length := intercept / (math.sin(angle) - slope * math.cos(angle))) >= 0
    )


def _bounds(lightness: float) -> Iterator[tuple[float, float]]:
    """Yield slope and intercept of each line that bounds sRGB in the plane of this lightness."""
    cubed = (lightness + 16) ** 3 / 1560896
    scale = cubed if cubed > _EPSILON else lightness / _KAPPA
    for m1, m2, m3 in _TO_RGB:
        for end in (0, 1):
            bottom = (632260 * m3 - 126452 * m2) * scale + 126452 * end
            slope = (284517 * m1 - 94839 * m3) * scale / bottom
            top = (838422 * m3 + 769860 * m2 + 731718 * m1) * lightness * scale
            yield slope, (top - 769860 * end * lightness) / bottom


def _luminance(lightness: float) -> float:
    return lightness / _KAPPA if lightness <= 8 else ((lightness + 16) / 116) ** 3


def _multiply(matrix: tuple[Rgb, Rgb, Rgb], vector: Rgb) -> Rgb:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return (first, second, third)


def _encode(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _decode(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4) if part > 0.04045 else part / 12.92
