from django.conf import settings
from django.db import migrations, models

from record.migrating import Together


def call_corrected(apps, schema_editor):
    """The way back has no word for translations."""
    apps.get_model('record', 'Change').objects.filter(what='translated').update(what='corrected')


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0001_squashed_0013_requests_have_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.RemoveConstraint(
                model_name='change',
                name='change_what_is_known',
            ),
            migrations.AlterField(
                model_name='change',
                name='what',
                field=models.CharField(choices=[('added', 'added'), ('corrected', 'corrected'), ('translated', 'translated'), ('withdrawn', 'withdrawn'), ('restored', 'published again')], editable=False, max_length=10, verbose_name='what happened'),
            ),
            migrations.AddConstraint(
                model_name='change',
                constraint=models.CheckConstraint(condition=models.Q(('what__in', ['added', 'corrected', 'translated', 'withdrawn', 'restored'])), name='change_what_is_known'),
            ),
        ]),
        migrations.RunPython(migrations.RunPython.noop, call_corrected),
    ]
