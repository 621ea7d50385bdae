
import cooperation.models.trade_import
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cooperation', '0004_who_confirms'),
        ('record', '0003_source_is_found_by_any_spelling'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalTradeImport',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('file', models.TextField(blank=True, max_length=100, verbose_name='file')),
                ('name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='name of the file')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256 of the file')),
                ('encoding', models.CharField(choices=[('utf-8', 'UTF-8, with or without a mark'), ('windows-1252', 'Windows-1252 (Western European)'), ('windows-1251', 'Windows-1251 (Cyrillic)'), ('windows-1254', 'Windows-1254 (Turkish, Azerbaijani)')], default='utf-8', help_text='Change it only if a file is refused for it.', max_length=12, verbose_name='encoding')),
                ('decimal_sign', models.CharField(blank=True, choices=[('.', 'a point: 1234.50'), (',', 'a comma: 1234,50')], help_text='Only for a file with numbers such as 1,234.', max_length=1, verbose_name='decimal sign')),
                ('released_on', models.DateField(blank=True, help_text='The day on which these figures were published. Needed where the rows of the file do not say so.', null=True, verbose_name='released on')),
                ('outcome', models.JSONField(default=dict, editable=False, verbose_name='what it would change, or changed')),
                ('uploaded_at', models.DateTimeField(blank=True, editable=False, verbose_name='read')),
                ('imported_at', models.DateTimeField(editable=False, null=True, verbose_name='imported')),
                ('first_number', models.PositiveIntegerField(editable=False, null=True, verbose_name='first figure')),
                ('last_number', models.PositiveIntegerField(editable=False, null=True, verbose_name='last figure')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, db_constraint=False, help_text='Whose figures these are. Needed where the rows of the file do not say so.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='record.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'historical import of trade figures',
                'verbose_name_plural': 'historical imports of trade figures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='TradeImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, upload_to=cooperation.models.trade_import.private_name, verbose_name='file')),
                ('name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='name of the file')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256 of the file')),
                ('encoding', models.CharField(choices=[('utf-8', 'UTF-8, with or without a mark'), ('windows-1252', 'Windows-1252 (Western European)'), ('windows-1251', 'Windows-1251 (Cyrillic)'), ('windows-1254', 'Windows-1254 (Turkish, Azerbaijani)')], default='utf-8', help_text='Change it only if a file is refused for it.', max_length=12, verbose_name='encoding')),
                ('decimal_sign', models.CharField(blank=True, choices=[('.', 'a point: 1234.50'), (',', 'a comma: 1234,50')], help_text='Only for a file with numbers such as 1,234.', max_length=1, verbose_name='decimal sign')),
                ('released_on', models.DateField(blank=True, help_text='The day on which these figures were published. Needed where the rows of the file do not say so.', null=True, verbose_name='released on')),
                ('outcome', models.JSONField(default=dict, editable=False, verbose_name='what it would change, or changed')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='read')),
                ('imported_at', models.DateTimeField(editable=False, null=True, verbose_name='imported')),
                ('first_number', models.PositiveIntegerField(editable=False, null=True, verbose_name='first figure')),
                ('last_number', models.PositiveIntegerField(editable=False, null=True, verbose_name='last figure')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('source', models.ForeignKey(blank=True, help_text='Whose figures these are. Needed where the rows of the file do not say so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trade_imports', to='record.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'import of trade figures',
                'verbose_name_plural': 'imports of trade figures',
                'ordering': ['-uploaded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first_number__isnull', True), ('imported_at__isnull', True), ('last_number__isnull', True)), models.Q(('first_number__isnull', False), ('first_number__lte', models.F('last_number')), ('imported_at__isnull', False), ('last_number__isnull', False)), _connector='OR'), name='trade_import_carried_out_brought_figures')],
            },
        ),
    ]
