"""The page on which a ministry or office says, without an account, whether an entry is right.

The token in the address is the right to answer, once: no other site can know it, so the form needs no cookie against forged
requests. What is sent is bounded in size and in number, kept as text, and waits for an editor.
"""

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from record import asking, previews
from record.dates import moment
from record.models import Answer, StaleObject
from record.publishing import State
from relations_site import rate
from relations_site.context import OWN_NAMES, frame
from relations_site.previews import over, page_of, private

MOST_BYTES = 100_000
CHOICES = [
    (Answer.CONFIRM, _("We confirm it as it stands")),
    (Answer.CORRECT, _("It needs to be corrected")),
    (Answer.DECLINE, _("We make no statement")),
]


class AnswerForm(forms.Form):
    """Confirm, correct or decline, a text, and who answers."""

    version = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31)
    answer = forms.ChoiceField(label=_("Your answer"), choices=CHOICES, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is to be corrected, or what you wish to add"),
        max_length=asking.LONGEST["text"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(label=_("Your name"), max_length=asking.LONGEST["name"], widget=forms.TextInput(attrs={"autocomplete": "name"}))
    office = forms.CharField(label=_("Your office"), max_length=asking.LONGEST["office"])
    email = forms.EmailField(
        label=_("E-mail, if we may ask back"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self):
        if self.cleaned_data.get("answer") == Answer.CORRECT and not self.cleaned_data.get("text") and "text" not in self.errors:
            self.add_error("text", gettext("Say what is to be corrected."))
        return self.cleaned_data


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The entry with the question, in the language in which it is asked.

    410 for an address that is used, expired or taken back, and one 404 for whatever this site did not give out.
    """
    if request.method == "POST" and (wait := rate.seconds_to_wait(request, "answer", settings.ANSWER_RATE)):
        return _busy(request, wait)
    asked = asking.given(token)
    if asked and not asked.works():
        return _over(request, asked)
    entry = previews.entry_of(asked) if asked else None
    if entry is None or entry.state == State.WITHDRAWN:
        raise Http404
    with translation.override(asked.language):
        if request.method == "POST":
            return _take(request, token, asked, entry)
        if asked.answer:
            return _over(request, asked)
        return _page(request, token, asked, entry, AnswerForm(initial={"version": entry.version}))


def _take(request, token, asked, entry):
    """Keep the answer, and lead to thanks; or the page again, with every reason why not and all that was typed."""
    if request.content_type != "application/x-www-form-urlencoded" or int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        form, sentence = AnswerForm(initial={"version": entry.version}), gettext("This is longer than can be taken.")
        return _page(request, token, asked, entry, form, status=413, problem=sentence)
    form = AnswerForm(request.POST)
    if asked.answer:
        is_same = form.is_valid() and asking.says_the_same(asked, form.cleaned_data)
        return _thanks(asked) if is_same else _over(request, asked)
    if not form.is_valid():
        return _page(request, token, asked, entry, form, status=400)
    try:
        asking.answer(asked, entry, version=form.cleaned_data["version"], said=form.cleaned_data)
    except asking.Overtaken:
        form = AnswerForm(request.POST | {"version": str(entry.version)})
        sentence = gettext("The entry was changed while you were reading it. Please read it once more, and send your answer again.")
        return _page(request, token, asked, entry, form, status=409, problem=sentence)
    except StaleObject:
        return _over(request, asking.given(token))
    return _thanks(asked)


def _over(request, asked):
    return over(request, asked, asked.language, {asked.language: request.path})


def _thanks(asked):
    response = HttpResponseRedirect(reverse("confirm-thanks", kwargs={"lang": asked.language}))
    response.status_code = 303
    return private(response)


def _page(request, token, asked, entry, form, *, status=200, problem=""):
    context = {
        "asked": asked,
        "until": moment(asked.expires_at),
        "version": entry.version,
        "original": _original(entry) if asked.language != entry.original_language else [],
        "original_name": OWN_NAMES[entry.original_language],
        "form": form,
        "problem": problem,
        "languages": [(asked.language, OWN_NAMES[asked.language], request.path)],
    }
    return page_of(request, entry, "record/confirm.html", context, status=status, token=token)


def _original(entry):
    """Title and summary as they were written: what is confirmed in a translation is confirmed of these words."""
    lang = entry.original_language
    return list(filter(None, (getattr(entry, f"{name}_{lang}", "") for name in ("title", "summary"))))


def _busy(request, wait):
    response = private(render(request, "relations_site/too_many_answers.html", status=429))
    response["Retry-After"] = str(wait)
    return response


@require_safe
def thanks(request, lang):
    """What somebody reads after answering. It belongs to no answer."""
    with translation.override(lang):
        languages = [(code, OWN_NAMES[code], reverse("confirm-thanks", kwargs={"lang": code})) for code, _name in settings.LANGUAGES]
        response = private(render(request, "relations_site/thanks.html", frame(request) | {"languages": languages}))
    response["Content-Language"] = lang
    return response
