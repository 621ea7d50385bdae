"""Take the files of a release away, where something in it may no longer be handed out. Its version stays and says why."""

from django.core.management.base import BaseCommand, CommandError

from relations_site.bundle import releases


class Command(BaseCommand):
    help = "Delete the files of a release. Its address answers 410 with the reason from then on."

    def add_arguments(self, parser):
        parser.add_argument("version", help="2026-01-31.1")
        parser.add_argument("--reason", required=True, help="One sentence; readers see it.")

    def handle(self, *, version, reason, **options):
        release = releases.by_version(version)
        if release is None:
            raise CommandError(f"There is no release {version}.")
        if not reason.strip():
            raise CommandError("Say in one sentence why: readers will see it.")
        releases.withdraw(release, reason=reason.strip())
        self.stdout.write(f"Release {version} is withdrawn.")
