"""Takes the second factor off an account whose owner has lost the telephone and the recovery codes."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from relations_site.accounts import audit, sessions
from relations_site.models import DeskEvent


class Command(BaseCommand):
    help = "Takes the second factor off an account and ends its sessions; its owner sets up a new one at the next login."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the user name")

    @transaction.atomic
    def handle(self, *, name, **options):
        person = get_user_model()._base_manager.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account {name!r}.")
        taken, _by_kind = Authenticator.objects.filter(user=person).delete()
        ended = sessions.end_others(person, own=None)
        if taken:
            audit.note(DeskEvent.Kind.FACTOR_OFF, person=person, about="by the command forget_second_factor")
        self.stdout.write(f"{name}: {'second factor taken off' if taken else 'had no second factor'}; {ended} sessions ended.")
