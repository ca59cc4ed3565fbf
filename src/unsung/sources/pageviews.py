"""Wikimedia page views: how often people look an article up.

The number is the median over the last twelve whole months of views by people (bots excluded): a
month of news moves a mean, not a median. A 404 may mean no article or no views: it stays unknown.
Redirects are not followed by the service, so an article that was renamed is undercounted.
"""

from datetime import date
from statistics import median
from urllib.parse import quote, unquote

from unsung.model.world import Row, Subject, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import asked
from unsung.sources.service import WIKIMEDIA, Service


def monthly_views(
    client: Client,
    article: str,
    subject: Subject,
    indicator: str,
    today: date,
    service: Service = WIKIMEDIA,
) -> World:
    """The median monthly views of an article of the English Wikipedia over a year."""
    title = quote(unquote(article).replace(" ", "_"), safe="")
    start, end = _last_year(today)
    path = (
        f"metrics/pageviews/per-article/en.wikipedia/all-access/user/{title}/monthly/{start}/{end}"
    )
    found = asked(client, service, Question(path))
    items = [] if found is None else list(found.at("items"))
    views = [number for one in items if (number := one.at("views").number) is not None]
    if found is None or not views:
        reason = "no such article, or no views: the service does not tell which"
        return World(unknown=(Unknown(subject, indicator, service.name, reason),))
    return World((Row(subject, indicator, float(median(views)), found.answer, "/items"),))


def _last_year(today: date) -> tuple[str, str]:
    """From the first day of twelve months ago to the last whole month."""
    start = date(today.year - 1, today.month, 1)
    return f"{start:%Y%m%d}", f"{today.replace(day=1):%Y%m%d}"
