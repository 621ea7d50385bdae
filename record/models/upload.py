"""A file that an editor has handed in and not yet confirmed: what is carried out is what was looked at."""

import datetime
import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = datetime.timedelta(days=1)


class Upload(models.Model):
    """Kept in the database, so that any process of the site can carry it out; forgotten after it was, or after a day."""

    purpose = models.CharField(max_length=40, editable=False)
    name = models.CharField(max_length=200, editable=False)
    data = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    terms = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True, editable=False)

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, purpose, file, *, by, terms=None):
        """Store an uploaded file for its confirmation; what is older than a day goes."""
        cls.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
        data = file.read()
        digest = hashlib.sha256(data).hexdigest()
        return cls.objects.create(purpose=purpose, name=file.name[:200], data=data, digest=digest, terms=terms or {}, by=by)
