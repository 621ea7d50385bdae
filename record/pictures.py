"""Pictures on the way out: shown only where readers may look, and gone in the same second when they may look no more."""

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from record import kinds, previews, rights
from record.models import Picture

TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg"}
# What a picture could do if a browser took it for a page: nothing.
POWERLESS = "default-src 'none'; sandbox"


def picture_file(request, name, form, width=None):
    """A picture's bytes, or a rendition's: for everybody while a public entry uses it, for who previews its entry, at the desk for who
    may see it, and for nobody else."""
    own = Picture.objects.filter(image=f"pictures/{name}.webp")
    picture = own.first()
    is_public = picture is not None and kinds.seen_by_readers(own).exists()
    if picture is None or not (is_public or _is_shown(request, picture, own)):
        raise Http404
    end = f"-{width}.{form}" if width else f".{form}"
    return stored_file(request, picture.image.storage, f"pictures/{name}{end}", TYPES[form], is_public=is_public)


def _is_shown(request, picture, own):
    """Whether who asks may see a picture that readers may not."""
    return previews.shows_picture(request.GET.get("preview", ""), picture) or rights.seen(request.user, own).exists()


def stored_file(request, storage, name, content_type, *, is_public):
    """A stored file as an answer: asked again each time, never run, and 404 where the file is not there.

    Who keeps it asks before showing it again; what is not public is kept by nobody.
    """
    try:
        file = storage.open(name)
    except OSError:
        raise Http404 from None
    tag = f'"{name.rpartition("/")[2]}-{storage.size(name)}-{storage.get_modified_time(name).timestamp():.0f}"'
    response = get_conditional_response(request, etag=tag) if is_public else None
    if response is None:
        response = FileResponse(file, content_type=content_type)
    else:
        file.close()
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POWERLESS
    return response
