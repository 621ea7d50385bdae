"""The texts of agreements as files: for everybody while the agreement is public, and never run by a browser."""

from django.http import Http404
from django.utils.http import content_disposition_header

from cooperation.models import Agreement, AgreementText
from record import previews, rights
from record.pictures import stored_file


def agreement_file(request, name):
    """The PDF of a text, to be saved: for everybody while readers may see its agreement, for who previews the agreement, at the desk
    for who may see it, and for nobody else."""
    text = AgreementText.objects.filter(file=f"documents/{name}.pdf").select_related("agreement").first()
    if text is None or not ((is_public := _is_public(text)) or _is_shown(request, text)):
        raise Http404
    response = stored_file(request, text.file.storage, text.file.name, "application/pdf", is_public=is_public)
    response["Content-Disposition"] = content_disposition_header(True, f"{text.agreement.code}-{text.language}.pdf")
    return response


def _is_public(text):
    return Agreement.objects.public().filter(pk=text.agreement_id).exists()


def _is_shown(request, text):
    """Whether who asks may have a text that readers may not."""
    own = Agreement.objects.filter(pk=text.agreement_id)
    return previews.shows_text(request.GET.get("preview", ""), text) or rights.seen(request.user, own).exists()
