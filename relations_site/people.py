"""The accounts of the desk: an administrator lets people in and gives them a role; nobody gives one to himself."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from record import previews, roles
from record.adminbase import days

# What decides over a person's rights.
RIGHTS = ("is_active", "is_staff", "is_superuser", "groups")


class PersonAdmin(UserAdmin):
    """Somebody who may work at the desk. Rights come from roles alone."""

    list_display = ("username", "email", "first_name", "last_name", "roles_shown", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = [
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may do"), {"fields": RIGHTS}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    ]

    def get_list_display(self, request):
        return days.in_words(self.model, super().get_list_display(request))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        """Whoever changes a superuser's account could make it his own."""
        return super().has_change_permission(request, obj) and (request.user.is_superuser or not (obj and obj.is_superuser))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.has_change_permission(request, obj) and obj != request.user

    def delete_model(self, request, obj):
        previews.revoke_all(obj, by=request.user)
        super().delete_model(request, obj)

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        if obj == request.user:
            return (*fixed, *RIGHTS)
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    @admin.display(description=_("roles"))
    def roles_shown(self, person):
        names = {_name_of(group) for group in person.groups.all()} | (
            {str(roles.ROLES[roles.ADMINISTRATOR])} if person.is_superuser else set()
        )
        return ", ".join(sorted(names)) or "–"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        roles.let_in(form.instance)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "is_staff":
            field.help_text = _(
                "Whether this person may log in at the desk. Whoever has a role may: saving sets the tick. "
                "To shut somebody out, take away “active”."
            )
        return field

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.label_from_instance = _name_of
        return field


def _name_of(group):
    """A role as people call it."""
    return str(roles.ROLES.get(group.name, group.name))


class RoleAdmin(GroupAdmin):
    """What a role may do is written in `record.roles` and nowhere else; here one sees it."""

    def has_add_permission(self, request):
        return super().has_add_permission(request) and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and request.user.is_superuser and (obj is None or obj.name not in roles.ROLES)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and request.user.is_superuser and (obj is None or obj.name not in roles.ROLES)

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


def register(site):
    """Take the place of Django's own pages about accounts."""
    site.unregister([User, Group])
    site.register(User, PersonAdmin)
    site.register(Group, RoleAdmin)
