"""The views of /api/v1/: negotiation, cross-origin reading, validators, rate, refusals as problem details (RFC 9457)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from record import jsonlist, problems
from record.outlets import FORMS, Form, finished
from relations_site import rate
from relations_site.api import answers, browse, description
from relations_site.api.question import Question, faults_beside_a_list
from relations_site.context import OWN_NAMES

HTML = Form("html", "HTML", "text/html; charset=utf-8")
# What a page elsewhere may send with its question, and read of the answer.
ASKED_WITH = "Accept, Accept-Language, If-None-Match, If-Modified-Since"
READ_OF = "ETag, Last-Modified, Link, Retry-After"


UNANSWERABLE = gettext_lazy("This question cannot be answered as it stands.")


@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    """Base of the interface: an answer as JSON, or as a page for a browser that asks for one. Reading only."""

    http_method_names = ["get", "head", "options"]
    # The path in the description, for the page that explains the answer; the parameters that are known beside those of a list.
    described = ""
    known = ("format",)

    def dispatch(self, request, *args, **kwargs):
        wait = rate.seconds_to_wait(request, "api", settings.API_RATE)
        if wait and request.method != "OPTIONS":
            response = self.problem(429, _("Too many requests from one address."), detail=_("Read more slowly, please."))
            response["Retry-After"] = str(wait)
        elif faults := self.faults(request):
            response = self.problem(400, str(UNANSWERABLE), errors=faults)
        else:
            response = super().dispatch(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = READ_OF
        patch_vary_headers(response, ["Accept"])
        return response

    def faults(self, request):
        """What is wrong with the parameters, before anything is looked up."""
        return faults_beside_a_list(request.GET, self.known) if request.method in ("GET", "HEAD") else []

    def options(self, request, *args, **kwargs):
        response = HttpResponse(status=204)
        response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(self._allowed_methods())
        response["Access-Control-Allow-Headers"] = ASKED_WITH
        response["Access-Control-Max-Age"] = "86400"
        return response

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = self.problem(405, _("This interface is for reading."))
        response["Allow"] = ", ".join(self._allowed_methods())
        return response

    @cached_property
    def origin(self):
        return f"{self.request.scheme}://{self.request.get_host()}"

    @property
    def wants_page(self):
        """Whether the answer is for a person: by name, or because a browser prefers HTML."""
        asked = self.request.GET.get("format")
        if asked in ("html", "json"):
            return asked == "html"
        return self.request.get_preferred_type(["application/json", "text/html"]) == "text/html"

    def answered(self, said, changed=None, follows=None):
        """200 with an object, in the form asked for."""
        content = jsonlist.written(said)
        form = HTML if self.wants_page else FORMS["json"]
        response = self.page(content) if self.wants_page else HttpResponse(content)
        if follows:
            response["Link"] = f'<{follows}>; rel="next"'
        return finished(self.request, response, form, changed)

    def problem(self, status, title, **more):
        """A refusal, in the form asked for."""
        return self.refused(problems.problem(status, title, **more))

    def refused(self, response):
        return self.page(response.content, status=response.status_code) if self.wants_page else response

    def page(self, content, status=200):
        """The answer on a page that explains it."""
        with override(None):
            operation = description.operation(self.described)
        languages = [(code, OWN_NAMES.get(code, code), _documentation(code)) for code, _name in settings.LANGUAGES]
        context = {
            "status": status,
            "answer": browse.linked(content, self.origin),
            "operation": operation,
            "languages": languages,
            "as_json": browse.as_json(self.request),
        }
        return render(self.request, "relations_site/api/browse.html", context, status=status)


def _documentation(code):
    with override(code):
        return reverse("api-docs")


class Root(ApiView):
    """Everything that the interface offers."""

    described = "/api/v1/"

    def get(self, request):
        return self.answered(answers.root(self.origin))


class Description(ApiView):
    """The description of the interface itself, OpenAPI 3.1."""

    described = "/api/v1/openapi.json"
    wants_page = False
    known = ()

    def get(self, request):
        return finished(request, HttpResponse(jsonlist.written(description.document())), FORMS["json"], None)


class ListView(ApiView):
    """A page of a list by its own question."""

    resource = None

    @property
    def described(self):
        return f"/api/v1/{self.resource.path}"

    @cached_property
    def question(self):
        return Question(self.resource, self.request.GET)

    def faults(self, request):
        return self.question.faults if request.method in ("GET", "HEAD") else []

    def get(self, request):
        said, changed = answers.page(self.question, self.origin)
        return self.answered(said, changed, said["next"])


class RowView(ApiView):
    """A row by itself: 410 with the reason where it was withdrawn, 404 where readers never saw it."""

    resource = None

    @property
    def described(self):
        return f"/api/v1/{self.resource.path}{{key}}/"

    def get(self, request, key):
        found = answers.one(self.resource, key, self.origin)
        if found:
            return self.answered(*found)
        rows = self.resource.model.objects.filter(pk__in=self.resource.rows(key).values("pk"))
        gone = rows.gone().first() if hasattr(rows, "gone") else None
        return self.refused(problems.withdrawn(gone) if gone else problems.problem(404, _("There is no such entry.")))


class Nowhere(ApiView):
    """An address at which the interface offers nothing, whatever it is asked."""

    described = "/api/v1/"

    def faults(self, request):
        return []

    def get(self, request, rest=""):
        meant = f"{request.path_info}/"
        if not rest.endswith("/") and resolve(meant).url_name != "api-nowhere":
            return redirect(f"{meant}?{query}" if (query := request.META["QUERY_STRING"]) else meant, permanent=True)
        return self.problem(404, _("There is nothing at this address."), detail=f"{self.origin}{reverse('api')}")
