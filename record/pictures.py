"""Pictures on the way in and on the way out: decoded, turned, stripped and stored anew; shown only where readers may look."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from record import kinds
from record.adminbase.forms import VersionedForm
from record.models import Picture

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 2400


def cleaned(upload):
    """The upload as a fresh WebP of at most 2400 px: pixels only, upright, without metadata.

    Raises ValidationError with a sentence for the editor when the file is too large, of another type, or broken.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 12 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has more than 40 million pixels."))
            picture.load()
    except ValidationError:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise ValidationError(_("This is not a whole JPEG, PNG, WebP or AVIF picture.")) from error
    return _encoded(ImageOps.exif_transpose(picture))


def _encoded(picture):
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    bare = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=82)
    return ContentFile(out.getvalue(), name="picture.webp")


class PictureForm(VersionedForm):
    """Re-encodes a new file before it is stored."""

    class Meta:
        model = Picture
        fields = "__all__"

    def clean_image(self):
        upload = self.cleaned_data["image"]
        return cleaned(upload) if "image" in self.changed_data else upload


def picture_file(request, name):
    """A picture's bytes: for everybody while a public entry uses it, for editors always, for nobody else."""
    picture = Picture.objects.filter(image=f"pictures/{name}.webp").first()
    if picture is None:
        raise Http404
    public = kinds.seen_by_readers(Picture.objects.filter(pk=picture.pk)).exists()
    if not (public or (request.user.is_authenticated and request.user.is_staff)):
        raise Http404
    response = FileResponse(picture.image.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=60" if public else "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
