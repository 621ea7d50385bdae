"""Everything between an installed environment and a running site: code, messages, database, record, administrator, static files.

Run by `make run`, every time; what is done already is skipped. It never waits for an answer.
"""

import compileall
import os
import secrets
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
APPS = "record", "events", "cooperation", "relations_site"


def compile_code():
    """Compile our code; that of the libraries is compiled when they are installed. Whoever may not write beside it, or is told not to,
    would do it at every start, which takes as long as all the rest of it."""
    for name in APPS:
        compileall.compile_dir(BASE / name, quiet=1)


def compile_messages():
    """Compile each catalogue that is newer than its compiled form."""
    for source in (BASE / "relations_site").glob("locale*/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            pybabel = Path(sys.executable).with_name("pybabel")
            subprocess.run([pybabel, "compile", "-i", source, "-o", target], check=True, capture_output=True)


def migrate():
    """Bring the database to the newest schema; what is there already is only looked at."""
    from django.core.management import call_command

    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        call_command("migrate", verbosity=0)


def collect_static():
    """Hash and compress the static files, when one of them has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = [(path, storage.path(path)) for finder in get_finders() for path, storage in finder.list([])]
    state = "\n".join(f"{path} {os.stat(file).st_size} {os.stat(file).st_mtime_ns}" for path, file in sorted(found))
    stamp = Path(settings.STATIC_ROOT).with_suffix(".state")
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)


def make_administrator():
    """The first administrator: from DJANGO_SUPERUSER_… where set, else with a random password that is shown once."""
    from django.contrib.auth import get_user_model

    users = get_user_model()
    if users.objects.filter(is_superuser=True).exists():
        return
    name = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin"
    given = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    password = given or secrets.token_urlsafe(12)
    users.objects.create_superuser(name, os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), password)
    shown = "the password that you set" if given else password
    print(f"First administrator: {name} / {shown}   (shown once; change it at /admin/)")


def make_first_release():
    """A release of the whole record for the page Data, where there is none yet; later ones are made when somebody asks for them."""
    from django.core.management import call_command

    from relations_site.bundle import releases

    if not releases.all_releases():
        call_command("make_bundle", verbosity=0)


def main(*, files=True, database=True):
    """Bring the project to the state in which the server can start; or only what lies in files (all that tests need, and a step of
    building an image), or only what lies in the database and beside it."""
    if files:
        compile_code()
        compile_messages()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if files:
        collect_static()
    if database:
        migrate()
        call_command("load_record", verbosity=1)
        call_command("check_record", mend=True)
        call_command("derive_pictures", verbosity=0)
        make_administrator()
        make_first_release()


if __name__ == "__main__":
    main(files="--database" not in sys.argv, database="--files" not in sys.argv)
