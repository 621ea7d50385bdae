"""Versions for what was entered before there were any. By itself, so that no table is locked while it is worked out."""

import datetime

from django.db import migrations

# Rows of one save lie so close together; what came with the shipped record was written in one long go.
GAP, LONG_GAP = datetime.timedelta(seconds=5), datetime.timedelta(minutes=10)
# {row below: (the key to its owner, the name of the list)}.
OWNERS = {
    "participant": ("event", "participants"), "eventcitation": ("event", "citations"), "office": ("person", "offices"),
    "disagreementvalue": ("disagreement", "values"), "party": ("agreement", "parties"), "signatory": ("agreement", "signatories"),
    "agreementaction": ("agreement", "actions"), "agreementrelation": ("agreement", "relations"),
    "agreementreference": ("agreement", "references"), "agreementtext": ("agreement", "texts"),
    "agreementcitation": ("agreement", "citations"), "partner": ("initiative", "partners"),
    "initiativecitation": ("initiative", "citations"), "assessment": ("commitment", "assessments"),
    "commitmentcitation": ("commitment", "citations"), "quotedfigurecitation": ("quotedfigure", "citations"),
}
KEYS = {"quotedfigure": "quoted_figure"}
LETTERS = {"event": "E", "agreement": "A", "initiative": "I", "commitment": "C", "quotedfigure": "Q", "tradefigure": "T", "gapcause": "G"}
UNTOLD = ("history", "revision", "id", "version", "modified_at", "created_at", "state", "publish_at", "withdrawn", "editor_note", "folded", "confirmation", "translation_basis")


def group_what_is_there(apps, schema_editor):
    """Versions that were written row by row become versions of whole entries, and what readers saw of them becomes known."""
    Revision, Change = apps.get_model("record", "Revision"), apps.get_model("record", "Change")
    # What was told once is not told again, should this ever be taken back and done anew.
    told = set(Change.objects.values_list("letter", "number"))
    imports = set(Change.objects.filter(letter="T").values_list("number", "at"))
    for root, rows in sorted(_rows(apps).items()):
        groups = _groups(rows)
        revisions = [_keep(Revision, group) for group in groups]
        numbers = {(LETTERS.get(root[0]), row.number) for _date, row, name in rows if not name and root[0] in LETTERS}
        if numbers and not numbers & told:
            _tell(Change, root[0], groups, revisions)
    TradeImport = apps.get_model("cooperation", "TradeImport")
    for done in TradeImport.objects.filter(imported_at__isnull=False):
        if (done.first_number, done.imported_at) in imports:
            continue
        figures = done.last_number - done.first_number + 1
        Change.objects.create(letter="T", number=done.first_number, what="added", at=done.imported_at, by_id=done.by_id, figures=figures)


def _rows(apps):
    """{(kind, key): its old versions and those of the rows below it, in the order in which they were written}."""
    found = {}
    for app in ("record", "events", "cooperation"):
        for model in apps.get_app_config(app).get_models():
            kind = model.__name__.lower().removeprefix("historical")
            if not model.__name__.startswith("Historical") or "revision" not in {f.name for f in model._meta.fields}:
                continue
            owner = OWNERS.get(kind)
            for row in model.objects.filter(revision__isnull=True).order_by("history_id"):
                root = (owner[0], getattr(row, f"{KEYS.get(owner[0], owner[0])}_id")) if owner else (kind, row.id)
                found.setdefault(root, []).append((row.history_date, row, owner[1] if owner else ""))
    for rows in found.values():
        rows.sort(key=lambda one: one[0])
    return found


def _groups(rows):
    groups, shipped = [], False
    for date, row, name in rows:
        last = groups[-1][-1] if groups else None
        gap = LONG_GAP if shipped and row.history_user_id is None else GAP
        if last is None or last[1].history_user_id != row.history_user_id or date - last[0] > gap:
            groups.append([])
            shipped = False
        shipped = shipped or row.history_change_reason == "shipped record"
        groups[-1].append((date, row, name))
    return groups


def _keep(Revision, group):
    verbs = [row.history_change_reason for _date, row, _name in group if row.history_change_reason]
    verb = "shipped record" if "shipped record" in verbs else verbs[-1][:20] if verbs else ""
    revision = Revision.objects.create(moment=group[-1][0], by_id=group[-1][1].history_user_id, verb=verb)
    for _date, row, _name in group:
        type(row).objects.filter(history_id=row.history_id).update(revision=revision)
    return revision


def _tell(Change, kind, groups, revisions):
    """What readers saw: since when, which fields of it were corrected, and its withdrawal."""
    before, earlier, told = None, None, False
    for group, revision in zip(groups, revisions):
        own = [row for _date, row, name in group if not name]
        after = own[-1] if own else before
        if after is None:
            continue
        what, at = _happened(before, after, told, revision.moment)
        fields = _fields(before, after, group) if what == "corrected" else []
        if what and (what != "corrected" or fields):
            reasons = {l: w for l in ("en", "az", "uz", "ru") if (w := getattr(after, f"withdrawn_reason_{l}", None))} if what == "withdrawn" else {}
            given = {"before": earlier if what == "corrected" else None, "after": revision, "fields": fields, "reasons": reasons}
            Change.objects.create(letter=LETTERS[kind], number=after.number, what=what, at=at, by_id=revision.by_id, **given)
            told = True
        before, earlier = after, revision


def _happened(before, after, told, moment):
    was = before is not None and before.state == "published" and before.publish_at <= moment
    if was and after.state == "published":
        return "corrected", moment
    if was and after.state == "withdrawn":
        return "withdrawn", after.withdrawn_at
    if after.state == "published":
        return ("restored" if told else "added"), after.publish_at
    return None, None


def _fields(before, after, group):
    names = [f.attname for f in after._meta.fields if not f.name.startswith(UNTOLD)]
    own = [name for name in names if getattr(before, name) != getattr(after, name)]
    return list(dict.fromkeys([*(name.removesuffix("_id") for name in own), *(name for _date, _row, name in group if name)]))


class Migration(migrations.Migration):

    dependencies = [('cooperation', '0013_lists_read_from_indexes')]

    operations = [migrations.RunPython(group_what_is_there, migrations.RunPython.noop)]
