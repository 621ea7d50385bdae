"""Settings. Every environment variable is listed in .env.example with what it means."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from relations_site import safety
from relations_site.environment import Environment
from relations_site.operations import logs, storages

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY or SECRET_KEY.startswith("#"):
    raise ImproperlyConfigured("SECRET_KEY is empty: run `make run` once, or set it in .env (see .env.example).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The two states of this record: two ISO 3166-1 alpha-2 codes, in the order in which the site names them.
PAIR = tuple(code.strip().lower() for code in env.list("PAIR", default=["uz", "az"]))
if len(PAIR) != 2 or PAIR[0] == PAIR[1] or not all(len(code) == 2 and code.isalpha() for code in PAIR):
    raise ImproperlyConfigured("PAIR must be two different ISO 3166 codes, for example PAIR=uz,az.")

INSTALLED_APPS = [
    "modeltranslation",
    "relations_site",
    "record",
    "events",
    "cooperation",
    "relations_site.apps.RecordAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    # Whatever answers, a refusal at the door or a file, carries the headers of these five.
    "relations_site.headers.HeadersMiddleware",
    "relations_site.headers.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "relations_site.limits.ReadableRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "relations_site.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "relations_site.headers.MethodsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "relations_site.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "relations_site.urls"
WSGI_APPLICATION = "relations_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "relations_site.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "record.templatetags.kept",
                "record.templatetags.record",
                "relations_site.templatetags.site",
            ],
        },
    }
]

DATABASES = {"default": env.db_url_config(env("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue for the lock at once instead of failing when a read turns into a write. The file is read in place, as far as SQLite
    # can (2 GB), so that no connection needs much of a cache.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112;"
        " PRAGMA cache_size=-1000; PRAGMA journal_size_limit=67108864;",
    }

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    # Long and not known to anybody; which signs it is made of is the person's own business.
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "relations_site.accounts.passwords.KnownCoreValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("az", _("Azerbaijani")), ("uz", _("Uzbek")), ("ru", _("Russian"))]
# The second folder fills gaps in the translations of the libraries; `makemessages` leaves it alone.
LOCALE_PATHS = [BASE_DIR / "relations_site" / "locale", BASE_DIR / "relations_site" / "locale_upstream"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "ru", "uz", "az")
TIME_ZONE = env("TIME_ZONE", default="") or "Asia/Tashkent"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("handbook", BASE_DIR / "docs" / "handbook" / "pictures")]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default="") or BASE_DIR / "var" / "media")
# The releases of the whole record, made by `make_bundle`.
BUNDLE_ROOT = Path(env("BUNDLE_ROOT", default="") or BASE_DIR / "var" / "releases")
MEDIA_URL = "files/"
# Uploads go straight to the disk, and none is kept beyond this: see record/intake/receiving.py.
FILE_UPLOAD_HANDLERS = ["record.intake.receiving.ToDisk"]
UPLOAD_MOST_MB = env.int("UPLOAD_MOST_MB", default=64)
# The largest PDF of an agreement.
DOCUMENT_MOST_MB = env.int("DOCUMENT_MOST_MB", default=20)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Our styles and scripts are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Megabytes of finished pages that each process keeps; 0 keeps none.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=32)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
        "report-uri": ["/csp-report/"],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Behind TLS: cookies and redirects say so. Off for a first look on one's own machine.
HTTPS = env.bool("HTTPS", default=False)
if HTTPS and (_faults := safety.faults(debug=DEBUG, secret_key=SECRET_KEY, hosts=ALLOWED_HOSTS, trusted_origins=CSRF_TRUSTED_ORIGINS)):
    raise ImproperlyConfigured("HTTPS is true, but these settings are not safe for the public:\n- " + "\n- ".join(_faults))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# A browser takes a cookie of this prefix only from this very host, over TLS, for the whole site.
_OWN = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = f"{_OWN}session", f"{_OWN}csrf", f"{_OWN}language"
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "relations_site.views.csrf_failure"

# Accounts: made by an administrator, entered by user name and password, and a second factor for whoever publishes.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "admin:index"
ACCOUNT_ADAPTER = "relations_site.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "relations_site.accounts.forms.LoginForm",
    "change_password": "relations_site.accounts.forms.ChangePasswordForm",
}
# Guesses are counted in the database, by relations_site.accounts.guessing; allauth's own counts would be one for each process.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "relations_site.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "relations_site.accounts.forms.AuthenticateForm",
    "reauthenticate": "relations_site.accounts.forms.ReauthenticateForm",
    "activate_totp": "relations_site.accounts.forms.ActivateForm",
}
# Whether editors and administrators must have a second factor before the desk opens.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR") if env("REQUIRE_SECOND_FACTOR", default="") else HTTPS
# Hours after which a session ends: without a request, and at the latest.
SESSION_IDLE_HOURS = env.float("SESSION_IDLE_HOURS", default=4)
SESSION_HOURS = env.float("SESSION_HOURS", default=12)
SESSION_ENGINE = "relations_site.accounts.sessions"
SESSION_COOKIE_AGE = int(SESSION_HOURS * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "relations_site.accounts.messages.MessageStorage"
MESSAGES_COOKIE_NAME = f"{_OWN}messages"

# Whom /.well-known/security.txt names: a mail address or an https:// address; empty: the page is not there.
try:
    SECURITY_CONTACT = safety.contact(env("SECURITY_CONTACT", default=""))
except ValueError as fault:
    raise ImproperlyConfigured(str(fault)) from fault

# How often one address may ask the interface: 120/minute; empty for as often as it likes.
API_RATE = env("API_RATE", default="120/minute")
# How often one address may freeze a list, and how many lists may be frozen in a day by all together.
FREEZE_RATE = env("FREEZE_RATE", default="10/minute")
FREEZES_A_DAY = env.int("FREEZES_A_DAY", default=1000)
# For how many hours the address of a preview may work, the usual choice first.
PREVIEW_HOURS = env.list("PREVIEW_HOURS", cast=int, default=[1, 24, 168])
# For how many days a request for confirmation can be answered, and how often one address may send answers.
CONFIRMATION_DAYS = env.int("CONFIRMATION_DAYS", default=30)
ANSWER_RATE = env("ANSWER_RATE", default="20/minute")
if not PREVIEW_HOURS or min(*PREVIEW_HOURS, CONFIRMATION_DAYS) < 1:
    raise ImproperlyConfigured("PREVIEW_HOURS and CONFIRMATION_DAYS are numbers from 1 on, for example PREVIEW_HOURS=1,24,168.")
# The name under which `check_links` asks the addresses of sources; empty for one that names this site.
LINK_CHECK_AGENT = env("LINK_CHECK_AGENT", default="")
# How many proxies stand before this site and name, one after the other, the address that they were asked from.
PROXIES = env.int("PROXIES", default=0)

# Two people for a publication: whoever wrote the last change of an entry cannot be the one who publishes it.
FOUR_EYES = env.bool("FOUR_EYES", default=False)

# Letters to editors and authors; shown on the console unless a server is named. What is sent names the desk by this address.
vars().update(env.email_url_config(env("EMAIL_URL", default="") or "consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="") or "record@localhost"
SITE_ADDRESS = (env("SITE_ADDRESS", default="") or (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]).rstrip("/")

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Operations: what a site of several machines, and whoever watches over one, may set. docs/operations.md tells more.
REDIS_URL = env("REDIS_URL", default="")
# Charts and counters of rates. Without Redis for each process, with room for more than the few hundred that Django would keep.
# On the desk, who has which row open: for all processes of a machine, and no write in the database, which would empty the pages.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "desk": {
        "BACKEND": "relations_site.operations.caches.NotesInFiles",
        "LOCATION": env("DESK_ROOT", default="") or BASE_DIR / "var" / "desk",
    },
}
if REDIS_URL:
    CACHES["default"] = CACHES["desk"] = {
        "BACKEND": "relations_site.operations.caches.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "-".join(PAIR),
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
if S3_BUCKET := env("S3_BUCKET", default=""):
    STORAGES["default"] = storages.s3(
        S3_BUCKET, endpoint=env("S3_ENDPOINT", default=""), region=env("S3_REGION", default=""), prefix=env("S3_PREFIX", default="")
    )
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A server that is out of reach is given up soon: readers are told, instead of waiting.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 15_000} | DATABASES["default"].get("OPTIONS", {})
# /readyz/ says no where fewer megabytes are free.
DISK_FREE_MB = env.int("DISK_FREE_MB", default=200)
BACKUP_ROOT = Path(env("BACKUP_ROOT", default="") or BASE_DIR / "var" / "backups")
METRICS = env.bool("METRICS", default=False)
METRICS_TOKEN = env("METRICS_TOKEN", default="")
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=False)
LOG_FORMAT = env("LOG_FORMAT", default="") or "lines"
if LOG_FORMAT not in ("json", "lines"):
    raise ImproperlyConfigured("LOG_FORMAT must be json or lines.")
LOGGING = logs.settings(LOG_FORMAT, env("LOG_LEVEL", default="") or "INFO")
