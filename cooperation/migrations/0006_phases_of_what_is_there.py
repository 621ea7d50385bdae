"""Phases for the agreements that are there already, by the published rule; who says each disputed value; no value is typed."""

from django.db import migrations

from cooperation import status as rule
from cooperation.terms import Term
from record.confirmation import confirmation_of


def store_phases(apps, schema_editor):
    Agreement = apps.get_model("cooperation", "Agreement")
    AgreementPhase = apps.get_model("cooperation", "AgreementPhase")
    for agreement in Agreement.objects.prefetch_related("actions__sources").iterator(chunk_size=500):
        term = Term(agreement.duration, agreement.renewal, agreement.renewal_period, agreement.notice_period)
        terms = {"binding": agreement.binding, "entry_into_force": agreement.entry_into_force, "term": term}
        found = rule.phases([_step(action) for action in agreement.actions.all()], **terms)
        AgreementPhase.objects.bulk_create(
            AgreementPhase(agreement=agreement, status=now.status, since=now.since, first=first, last=last) for first, last, now in found
        )


def _step(action):
    return rule.Action(
        kind=action.kind,
        side=action.side,
        day=action.effective_to or action.date_to,
        date=action.effective or action.date,
        key=action.pk,
        has_effect=bool(action.effective),
        first=action.effective_from or action.date_from,
        known_by=None if action.date_to else min((s.published_to for s in action.sources.all() if s.published_to), default=None),
    )


def store_who_says(apps, schema_editor):
    for value in apps.get_model("record", "DisagreementValue").objects.prefetch_related("sources"):
        for name, found in confirmation_of(source.side for source in value.sources.all()).items():
            setattr(value, name, found)
        value.save(update_fields=["confirmation", "confirmed_by"])


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0005_phases_terms_and_commitments"), ("record", "0004_intervals_and_who_says")]

    operations = [
        migrations.RunPython(store_phases, migrations.RunPython.noop),
        migrations.RunPython(store_who_says, migrations.RunPython.noop),
    ]
