# SPDX-License-Identifier: EUPL-1.2
"""The waiting list page by Django (ORM and templates) and gunicorn: the same query, rows and headers as bare.c, and it
leaves out the same (no middleware, session, rights, log of looks or counts; names in memory, the rest of the page as it
stands). Its templates write an apostrophe as &#x27;, otherwise the bytes are the same too.
    REGISTER=... PAGE=... gunicorn --chdir tests/bench/peers/django waiting:application"""
import os
import time
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import django
from django.conf import settings

REGISTER, PAGE = os.environ["REGISTER"], os.environ["PAGE"]
settings.configure(
    DEBUG=False,
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    USE_TZ=True,
    USE_I18N=False,
    USE_L10N=False,
    TIME_ZONE="Europe/Amsterdam",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": REGISTER, "CONN_MAX_AGE": None}},
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.dirname(os.path.abspath(__file__))],
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])]},
    }],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import loader  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.safestring import mark_safe  # noqa: E402

TOWN = ZoneInfo("Europe/Amsterdam")
MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
NORM = [10, 20, 10, 3, 0]
LOOKS = [("inactive", "Nog niet bekend"), ("inactive", "Kan wachten"), ("neutral", "Gewoon"), ("warning", "Dringend"),
         ("danger", "Spoed")]

with open(PAGE, encoding="utf-8") as f:
    text = f.read()
HEAD, TAIL = (mark_safe(t) for t in (text[:text.index("<tbody>\n") + 8], text[text.index("</tbody>"):]))
with open(PAGE + ".headers", encoding="utf-8", newline="\r\n") as f:
    HEADERS = [h for h in (line.rstrip("\r\n").split(": ", 1) for line in f)
               if len(h) == 2 and h[0] not in ("Date", "Content-Length")]
with open(REGISTER + ".names", encoding="utf-8") as f:
    NAMES = {int(person): name for person, name in (line.rstrip("\n").split("\t") for line in f)}
with open(REGISTER + ".days", encoding="utf-8") as f:
    OPEN = [date.fromisoformat(line.rstrip("\n")).toordinal() for line in f]
BEFORE, n = {}, 0
for day in range(OPEN[0], OPEN[-1] + 1):
    n += n < len(OPEN) and OPEN[n] == day
    BEFORE[day] = n


class Neighbourhood(models.Model):
    name = models.TextField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "neighbourhood"


class Standing(models.Model):
    request = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField()
    state = models.TextField()
    waiting = models.IntegerField()
    urgency = models.IntegerField()
    team = models.BigIntegerField()
    neighbourhood = models.BigIntegerField()
    worker = models.BigIntegerField(null=True)
    received_at = models.TextField()
    heard_at = models.TextField()
    attempts = models.IntegerField()
    listed = models.IntegerField()
    paused_at = models.TextField(null=True)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "standing"


HOODS = dict(Neighbourhood.objects.values_list("id", "name"))
PAGE_TEMPLATE = loader.get_template("waiting.html")


def show_day(ordinal):
    d = date.fromordinal(ordinal)
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def days(count):
    return "1 dag" if count == 1 else f"{count} dagen"


def moment(iso):
    return datetime.fromisoformat(iso[:-1]).replace(tzinfo=timezone.utc)


def norm_day(asked, urgency):
    return asked if NORM[urgency] == 0 else OPEN[BEFORE[asked] + NORM[urgency] - 1]


def row(s, now, today):
    received, heard = moment(s.received_at), moment(s.heard_at)
    asked = received.astimezone(TOWN).date().toordinal()
    last = norm_day(asked, s.urgency)
    call = heard.astimezone(TOWN).date().toordinal() + 14
    silent = (now - heard).days
    kind, urgency = LOOKS[s.urgency]
    return {
        "id": s.request, "number": f"{date.fromordinal(asked).year}-{s.request}", "name": NAMES[s.person],
        "neighbourhood": HOODS[s.neighbourhood], "kind": kind, "urgency": urgency, "asked": show_day(asked),
        "waits": days((now - received).days), "paused": s.paused_at is not None, "norm": show_day(last),
        "over": days(today - last) if today > last else "", "left": days(last - today),
        "silent": f"{days(silent)} geleden" if silent > 0 else "vandaag", "call": show_day(call), "late": today > call,
        "listed": s.listed,
    }


def waiting(request):
    now = datetime.fromtimestamp(int(time.time()), timezone.utc)
    today = now.astimezone(TOWN).date().toordinal()
    found = Standing.objects.filter(waiting=1).order_by("-urgency", "received_at", "request")[:50]
    page = {"head": HEAD, "tail": TAIL, "rows": [row(s, now, today) for s in found]}
    response = HttpResponse(PAGE_TEMPLATE.render(page)[:-1])  # without the line end of the file
    for name, value in HEADERS:
        response[name] = value
    return response


urlpatterns = [path("waiting", waiting)]
application = get_wsgi_application()
