"""What waits, as the desk shows it: counts on the first page, and the list behind each of them.

A person is counted what the person's own lists show: the rows come from the queryset of the model's admin.
"""

from django.contrib import admin
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record import dates, queues
from record.texts import capital


class QueueFilter(admin.SimpleListFilter):
    """The rows of a list that wait in a queue of the first page."""

    title = _("waiting")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [(key, _called(one)) for key, one in queues.waiting_for(model_admin.model).items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        found = queues.waiting_for(queryset.model).get(self.value())
        # A queue that does not exist holds nothing: never everything.
        return queryset.filter(found.condition(request.user)) if found else queryset.none()


def _called(waiting):
    """What a line is called where its queue is not named beside it."""
    label = next(queue.label for queue in queues.all_queues() if queue.name == waiting.queue)
    return f"{label}: {waiting.label}" if waiting.label else str(label)


def shown_queues(site, request):
    """(queue, its lines) for a person, in the order of the queues; lines that count nothing are left out."""
    counted = {}
    for model_admin in site._registry.values():
        for waiting, line in _lines_of(model_admin, request):
            counted.setdefault(waiting.queue, []).append(line)
    shown = [(queue, queue.lines(request.user) if queue.lines else counted.get(queue.name, [])) for queue in queues.all_queues()]
    return [(queue, [line for line in lines if line.count]) for queue, lines in shown]


def _lines_of(model_admin, request):
    """The lines of one model, counted in one statement."""
    waiting = list(queues.waiting_for(model_admin.model).values())
    if not waiting or not model_admin.has_view_or_change_permission(request):
        return []
    asked = {f"n{at}": Count("pk", filter=one.condition(request.user), distinct=True) for at, one in enumerate(waiting)}
    asked |= {f"m{at}": Min(one.next_at, filter=one.condition(request.user)) for at, one in enumerate(waiting) if one.next_at}
    found = model_admin.get_queryset(request).order_by().aggregate(**asked)
    return [(one, _line(model_admin, one, found[f"n{at}"], found.get(f"m{at}"))) for at, one in enumerate(waiting)]


def _line(model_admin, waiting, count, moment):
    opts = model_admin.opts
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", current_app=model_admin.admin_site.name)
    label = f"{capital(opts.verbose_name_plural)}: {waiting.label}" if waiting.label else capital(opts.verbose_name_plural)
    note = gettext("next: %(moment)s") % {"moment": dates.moment(moment)} if moment else ""
    return queues.Line(label, count, f"{address}?queue={waiting.key}", note)
