"""What the desk remembers: the language of who works at it, and for a while forms that were sent, so that a double click makes one row."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = datetime.timedelta(days=2)


class DeskLanguage(models.Model):
    """The language in which somebody last took a step of publishing: letters are written in it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="desk_language")
    language = models.CharField(max_length=5)

    def __str__(self):
        return f"{self.user}: {self.language}"

    @classmethod
    def keep(cls, user, language):
        """Remember the language of somebody at work."""
        if language in dict(settings.LANGUAGES) and not cls.objects.filter(user=user, language=language).exists():
            cls.objects.update_or_create(user=user, defaults={"language": language})

    @classmethod
    def of(cls, user):
        """Somebody's language, the site's own where it is not known."""
        return cls.objects.filter(user=user).values_list("language", flat=True).first() or settings.LANGUAGE_CODE


class Submission(models.Model):
    """An empty form that was filled and sent, and the row that it made."""

    token = models.CharField(max_length=36, primary_key=True)
    label = models.CharField(max_length=100)
    key = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "submission"

    def __str__(self):
        return f"{self.label} {self.key}"

    @classmethod
    def keep(cls, token, row):
        """Remember which row a form made; a second one of the same form raises IntegrityError. Old ones are forgotten."""
        cls.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
        cls.objects.create(token=token, label=row._meta.label_lower, key=row.pk)

    @classmethod
    def made_by(cls, token, model):
        """The key of the row that a form made, or None."""
        return cls.objects.filter(token=token, label=model._meta.label_lower).values_list("key", flat=True).first()
