"""Writing Markdown at the desk: a field with a bar of marks and a preview, both of which work under the site's strict policy.

The preview travels as a tree of tags and words, and the page builds it tag by tag: no HTML is ever put into it as a string.
"""

from html.parser import HTMLParser

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from record import markup

LONGEST_PREVIEW = 100_000


class MarkdownWidget(AdminTextareaWidget):
    """A text field with a bar of marks. `preview` is the address that answers with what the text will look like."""

    class Media:
        js = ["js/markdown.js"]
        css = {"all": ["css/admin-markdown.css"]}

    def __init__(self, attrs=None, preview=""):
        super().__init__(attrs)
        self.preview = preview

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return render_to_string("components/markdown_field.html", {"field": field, "name": name, "preview": self.preview})


def preview_address(model_admin):
    """Where the texts of a model are previewed."""
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_markdown")


def preview_url(model_admin):
    """The address of the preview, for those who may write or read this kind of entry."""

    def view(request):
        if not (model_admin.has_view_or_change_permission(request) or model_admin.has_add_permission(request)):
            raise PermissionDenied
        return preview(request)

    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_markdown"
    return path("markdown/", model_admin.admin_site.admin_view(require_POST(view)), name=name)


def preview(request):
    """POST `text` and `sources` (S39,S40: those that the form cites): the text as a tree, and what saving it would take away."""
    text = request.POST.get("text", "")
    if len(text) > LONGEST_PREVIEW:
        return JsonResponse({"nodes": [], "told": [_("The text is too long for a preview.")]}, status=413)
    cited = [code for code in request.POST.get("sources", "").split(",") if code]
    numbers = {code: number for number, code in enumerate(dict.fromkeys(cited), 1)}
    words, told = markup.normalised(text)
    told += [
        _("%(mark)s is no source figure: choose the source from the list.") % {"mark": mark} for mark in markup.misplaced_figures(words)
    ]
    missing = [code for code in dict.fromkeys(markup.figures(words)) if code not in numbers]
    told += [_("%(source)s is not among the sources of the entry.") % {"source": code} for code in missing]
    return JsonResponse({"nodes": tree(markup.html(words, lambda code: f"<sup>{numbers.get(code, '?')}</sup>")), "told": told})


def tree(html):
    """Clean HTML as nested lists: words, or [tag, address or '', children]."""
    reader = _TreeReader()
    reader.feed(html)
    reader.close()
    return reader.roots


class _TreeReader(HTMLParser):
    VOID = ("br", "hr")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.roots = []
        self._open = [self.roots]

    def handle_starttag(self, tag, attrs):
        node = [tag, dict(attrs).get("href", ""), []]
        self._open[-1].append(node)
        if tag not in self.VOID:
            self._open.append(node[2])

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data):
        self._open[-1].append(data)
