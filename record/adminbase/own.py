"""The desk shows and changes what `record.rights` allows: rows, choices, lines within an entry, pages of deletion."""

from django.forms.models import _get_foreign_key
from django.utils.translation import ngettext

from record import rights, roles
from record.adminbase.choosing import AutocompleteSelect, AutocompleteSelectMultiple
from record.history.fields import is_tracked


def hides(model):
    """Whether a person may be kept from seeing some rows of a model."""
    return is_tracked(model) and (roles.is_entry(model) or roles.is_reference(model))


class OwnChoices:
    """References are chosen by their name, among what a person may see."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **self._choices(AutocompleteSelect, db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **self._choices(AutocompleteSelectMultiple, db_field, request, kwargs))

    def _choices(self, widget, db_field, request, kwargs):
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs = {**kwargs, "widget": widget(db_field, self.admin_site, using=kwargs.get("using"))}
        return _seen_choices(db_field, request, kwargs)


class OwnRows(OwnChoices):
    """What a page about rows of a model asks before it answers."""

    def get_queryset(self, request):
        return rights.seen(request.user, super().get_queryset(request))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or rights.may_view(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or rights.may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or rights.may_delete(request.user, obj))

    def get_object(self, request, object_id, from_field=None):
        """What a person may only read shows nothing of what it leads to and he may not see."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and not rights.sees_all(request.user) and not rights.may_change(request.user, row):
            hide_what_is_unseen(row, request.user)
        return row

    def get_deleted_objects(self, objs, request):
        """Whoever may not see everything is told how many rows go, or stand in the way, and not which."""
        names, counts, needed, protected = super().get_deleted_objects(objs, request)
        if rights.sees_all(request.user):
            return names, counts, needed, protected
        in_the_way = ngettext("%(count)s row that leads here", "%(count)s rows that lead here", len(protected))
        return [str(row) for row in objs], counts, needed, [in_the_way % {"count": len(protected)}] if protected else []


class SeenLines(OwnChoices):
    """Lines within a form: those that lead to something which the person may not see are left as they are, and not shown."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if rights.sees_all(request.user):
            return rows
        upwards = _get_foreign_key(self.parent_model, self.model, fk_name=self.fk_name)
        for field in self.model._meta.fields:
            to = field.related_model
            if field.many_to_one and field != upwards and hides(to):
                hidden = to._base_manager.exclude(pk__in=rights.seen(request.user, to._default_manager.all()).order_by().values("pk"))
                rows = rows.exclude(**{f"{field.name}__in": hidden.values("pk")})
        return rows


def _seen_choices(db_field, request, kwargs):
    """Only what a person may see can be chosen, and only that is named."""
    to = db_field.related_model
    if "queryset" in kwargs or not hides(to) or rights.sees_all(request.user):
        return kwargs
    return {**kwargs, "queryset": rights.seen(request.user, to._default_manager.all())}


def hide_what_is_unseen(row, user):
    """Take from a row in hand, which will not be saved, what it leads to and a person may not see."""
    for field in row._meta.fields:
        key = field.many_to_one and hides(field.related_model) and getattr(row, field.attname)
        if key and not _is_seen(field.related_model, key, user):
            setattr(row, field.name, None)
    row._prefetched_objects_cache = {
        field.name: rights.seen(user, getattr(row, field.name).all()) for field in row._meta.many_to_many if hides(field.related_model)
    }


def _is_seen(model, key, user):
    return rights.seen(user, model._default_manager.filter(pk=key)).exists()


def keep_unseen(form):
    """What a form's row led to before and its editor may not see stays as it is: it could not be shown to be chosen again."""
    row = form.instance
    relations = {field.name: field for field in (*row._meta.fields, *row._meta.many_to_many)}
    for name in form.fields.keys() & relations.keys() & form.cleaned_data.keys():
        if row.pk and hasattr(form.fields[name], "queryset"):
            keep = _keep_many if relations[name].many_to_many else _keep_one
            form.cleaned_data[name] = keep(row, relations[name], form.fields[name].queryset, form.cleaned_data[name])


def _keep_many(row, relation, choices, chosen):
    model = relation.related_model
    before = set(getattr(row, relation.name).values_list("pk", flat=True))
    unseen = before - set(choices.filter(pk__in=before).values_list("pk", flat=True))
    return model._base_manager.filter(pk__in=unseen | {other.pk for other in chosen}) if unseen else chosen


def _keep_one(row, relation, choices, chosen):
    before = type(row)._base_manager.filter(pk=row.pk).values_list(relation.attname, flat=True).first()
    if chosen is not None or before is None or choices.filter(pk=before).exists():
        return chosen
    return relation.related_model._base_manager.get(pk=before)
