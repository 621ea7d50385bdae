"""Sources are found whatever the case and the diacritics that are typed, on both databases alike."""

from django.db import migrations, models

from record.folding import fold


def fold_all(apps, schema_editor):
    Source = apps.get_model("record", "Source")
    for source in Source.objects.all():
        source.folded = fold(f"{source.publisher}\n{source.title}\n{source.url}")
        source.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [("record", "0002_bounds_are_present")]

    operations = [
        migrations.AddField(
            model_name="source", name="folded", field=models.TextField(blank=True, default="", editable=False)
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
