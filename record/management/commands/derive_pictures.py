"""Make the renditions of pictures that have none: those that were stored before there were any."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from record.intake.fields import clean_picture
from record.models import Picture


class Command(BaseCommand):
    help = "Make the renditions of pictures that have none yet. What is there is left alone; it may be run at any time."

    def handle(self, **options):
        for picture in Picture.objects.filter(widths="").exclude(image="").order_by("pk").iterator(chunk_size=100):
            try:
                with picture.image.open("rb") as file:
                    made = clean_picture(file)
            except (OSError, ValidationError) as error:
                self.stderr.write(f"{picture.image.name}: {error}")
                continue
            picture.image.save_renditions(made.renditions)
            # Derived from what is stored: neither a change of the row nor a version of it.
            Picture.objects.filter(pk=picture.pk).update(widths=" ".join(map(str, made.widths)))
            if options["verbosity"]:
                self.stdout.write(f"{picture.image.name}: {', '.join(map(str, made.widths))} px")
