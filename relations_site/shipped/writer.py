"""Writes the checked content in one transaction. What is there already, or was changed or removed by an editor, stays."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.derived import refresh_agreement
from cooperation.models import Agreement, Commitment
from cooperation.models.commitment import refresh_score
from record import confirmation, history, publishing
from record.models import Disagreement, Office, TranslationMark
from relations_site.shipped.reader import LANGS, Fault, source_of
from relations_site.shipped.shapes import SHAPES


class Refusal(Exception):
    """Something that the files want published may not be; nothing was written."""

    def __init__(self, faults):
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class Writer:
    """Adds to the database what `content` has and the database never had."""

    def __init__(self, content, *, progress=iter):
        self.content = content
        self.progress = progress
        self.rows = {name: {} for name in [*SHAPES, "offices"]}
        self.added, self.kept, self.refused = 0, 0, []
        self.new = []

    @transaction.atomic
    def write(self):
        """Add every missing row, then what leads from one to another, then publish, as one version. Raises Refusal."""
        with history.version(verb="shipped record"):
            return self._write()

    def _write(self):
        for name, shape in SHAPES.items():
            self._find_existing(name, shape)
        missing = [row for name in SHAPES for row in self.content.rows[name] if self._is_missing(row)]
        for row in self.progress(missing):
            self.new.append((row, self._named(row, self._add, row)))
        for row, instance in self.new:
            self._named(row, self._connect, row, instance)
        for row, instance in self.progress(self.new):
            self._named(row, self._finish, row, instance)
        if self.refused:
            raise Refusal(self.refused)
        return self

    def _named(self, row, step, *arguments):
        """Take a step; what the database refuses is named by the row, and nothing stays written."""
        try:
            return step(*arguments)
        except (IntegrityError, ValidationError) as error:
            raise Refusal([Fault(row.file, row.key, "–", f"breaks a rule of the database: {error}")]) from error

    def _find_existing(self, name, shape):
        for instance in shape.model._base_manager.all():
            self.rows[name][str(instance.code if shape.key == "number" else getattr(instance, shape.key))] = instance
        if name == "people":
            self._find_offices()

    def _find_offices(self):
        existing = {(office.person.slug, office.title_en): office for office in Office.objects.select_related("person")}
        for row in self.content.rows["people"]:
            for office in row.data.get("offices") or []:
                if found := existing.get((row.key, office["title"]["en"])):
                    self.rows["offices"][office["key"]] = found

    def _is_missing(self, row):
        shape = SHAPES[row.shape]
        value = int(row.key[1:]) if shape.key == "number" else row.key
        known = row.key in self.rows[row.shape] or shape.model.history.filter(**{shape.key: value}).exists()
        self.kept += known
        return not known

    def _add(self, row):
        shape = SHAPES[row.shape]
        instance = self._build(shape, row.data)
        self._refer(shape, row.data, instance)
        instance._change_reason = "shipped record"
        instance.save()
        # Its references, lists and children are no versions of their own: the next one is written when it is finished.
        instance.skip_history_when_saving = True
        self.rows[row.shape][row.key] = instance
        self.added += 1
        return instance

    def _build(self, shape, data, **fixed):
        instance = shape.model(**fixed)
        for name in shape.fields:
            if data.get(name) is not None:
                setattr(instance, name, shape.model._meta.get_field(name).to_python(data[name]))
        if shape.key == "number":
            instance.number = int(str(data["number"])[1:])
        elif shape.key and shape.key != "key":
            setattr(instance, shape.key, data[shape.key])
        for name in shape.texts:
            for lang, words in (data.get(name) or {}).items():
                setattr(instance, f"{name}_{lang}", words.strip())
        self._mark_translations(instance, shape, data)
        return instance

    def _mark_translations(self, instance, shape, data):
        """Whatever language has a text beside the original is a translation that no native editor has reviewed."""
        if not shape.texts or not hasattr(instance, "original_language"):
            return
        for lang in LANGS:
            if lang in (data.get(shape.texts[0]) or {}):
                original = lang == instance.original_language
                mark = TranslationMark.ORIGINAL if original else TranslationMark.MACHINE
                setattr(instance, f"translation_{lang}", mark)

    def _connect(self, row, instance):
        shape = SHAPES[row.shape]
        if self._refer(shape, row.data, instance):
            instance.save()
        self._lead(shape, row.data, instance)
        for name, child in shape.children.items():
            for position, data in enumerate(row.data.get(name) or []):
                self._add_child(child, data, instance, position)
        for position, citation in enumerate(row.data.get("sources") or []):
            if hasattr(shape.model, "citations"):
                self._cite(instance, citation, position)

    def _refer(self, shape, data, instance):
        """Set the references whose targets exist by now; whether any was set that was not set before."""
        changed = False
        for name, target in shape.refs.items():
            found = self.rows[target].get(str(data.get(name)))
            if found is not None and getattr(instance, f"{name}_id") != found.pk:
                setattr(instance, name, found)
                changed = True
        return changed

    def _lead(self, shape, data, instance):
        for name, target in shape.lists.items():
            if data.get(name):
                getattr(instance, name).set([self.rows[target][str(key)] for key in data[name]])

    def _add_child(self, shape, data, parent, position):
        instance = self._build(shape, data, **{shape.parent: parent})
        if any(field.name == "position" for field in shape.model._meta.fields):
            instance.position = position
        self._refer(shape, data, instance)
        instance.save()
        self._lead(shape, data, instance)
        if shape.key == "key":
            self.rows["offices"][data["key"]] = instance

    def _cite(self, instance, citation, position):
        details = {k: v for k, v in citation.items() if k != "source"} if isinstance(citation, dict) else {}
        source = self.rows["sources"][str(source_of(citation))]
        instance.citations.create(source=source, position=position, **details)

    def _finish(self, row, instance):
        """Store what follows from the rows below, and write the finished version: published, or as it stands."""
        if hasattr(instance, "confirmation"):
            confirmation.refresh(instance)
        if isinstance(instance, Agreement):
            refresh_agreement(instance)
        if isinstance(instance, Commitment):
            refresh_score(instance)
        if isinstance(instance, Disagreement):
            confirmation.refresh_values(instance)
        del instance.skip_history_when_saving
        shape = SHAPES[row.shape]
        if shape.publishes and row.data.get("state") != "draft":
            self._publish(row, instance)
        elif shape.lists or shape.refs:
            instance.save()

    def _publish(self, row, instance):
        try:
            publishing.publish(instance, by=None)
        except publishing.Refused as refused:
            self.refused += [Fault(row.file, row.key, "state", reason) for reason in refused.reasons]
