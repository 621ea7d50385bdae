"""A picture as pixels only: decoded whole, turned upright, in sRGB, without anything that stood beside the pixels, in several widths.

Runs in the process of `worker` alone. The folder receives `picture.webp`, the record's own copy, and a rendition for each
width as `WIDTH.avif` and `WIDTH.webp`, and one as `fallback.jpg` for readers whose browser takes neither.
"""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from record.intake.endings import must_end
from record.intake.refusal import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 2400
WIDTHS = (480, 960, 1600)
FALLBACK = 960
# Quick rather than small: an editor waits for it.
AVIF = {"quality": 60, "speed": 8, "max_threads": 1}


def read(path, folder):
    """Write the copies into the folder; {width, height, widths}. Raises Refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = _opened(path)
        must_end(Path(path).read_bytes(), picture.format)
        picture.load()
    bare = _bare(picture)
    bare.save(Path(folder, "picture.webp"), "WEBP", quality=82)
    widths = widths_of(bare.width)
    for width in widths:
        _rendition(bare, width, folder)
    small = resized(bare, min(FALLBACK, bare.width))
    _on_white(small).save(Path(folder, "fallback.jpg"), "JPEG", quality=80, progressive=True, optimize=True)
    return {"width": bare.width, "height": bare.height, "widths": widths}


def widths_of(width):
    """The widths of the renditions of a picture: never wider than itself, three at most."""
    return [w for w in WIDTHS if w < width] + ([width] if width <= WIDTHS[-1] else [])


def _opened(path):
    """The picture with its size checked from the header, before anything is decoded."""
    try:
        picture = Image.open(path, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("broken") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("pixels")
    # A JPEG of several frames is a photograph with its depth or its neighbour: the first one is meant.
    if picture.format in ("PNG", "WEBP", "AVIF") and getattr(picture, "n_frames", 1) > 1:
        raise Refused("moving")
    # A JPEG of many pixels is decoded at a fraction of its size at once.
    picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    return picture


def _bare(picture):
    """Pixels in sRGB, upright, of bearable size, and nothing else."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_EDGE, LONGEST_EDGE), reducing_gap=3.0)
    has_alpha = "A" in turned.getbands() or "transparency" in turned.info
    bare = _in_srgb(turned, profile).convert("RGBA" if has_alpha else "RGB")
    bare.info = {}
    return bare


def _in_srgb(picture, profile):
    """The colours as they were meant, where a profile says how; a profile that cannot be read is left out."""
    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture


def resized(picture, width):
    """The picture at a width."""
    if width == picture.width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)


def _rendition(picture, width, folder):
    own = resized(picture, width)
    own.save(Path(folder, f"{width}.avif"), "AVIF", **AVIF)
    own.save(Path(folder, f"{width}.webp"), "WEBP", quality=78, method=4)


def _on_white(picture):
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
