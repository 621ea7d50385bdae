"""The three roles as groups. What they may do is given to them after every migration (`record.roles.grant`)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = ("author", "editor", "administrator")


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0006_frozen_selection"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # People may stand in the groups: going back leaves them.
    operations = [
        migrations.CreateModel(
            name="DeskLanguage",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk_language",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("language", models.CharField(max_length=5)),
            ],
        ),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
