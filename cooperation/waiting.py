"""What waits among agreements: those signed long ago that are still not in force, by the published rule."""

import datetime

from django.db.models import Q

from cooperation.models import Agreement
from record.publishing import in_use

LONG = datetime.timedelta(days=365)


def signed_long_ago(user, today=None):
    """The condition on agreements: signed and not in force today, the signature's last possible day over a year ago."""
    today = today or datetime.date.today()
    waiting = Agreement.objects.as_of(today).waiting().filter(date_to__lt=today - LONG)
    return in_use() & Q(pk__in=waiting.order_by().values("pk"))
