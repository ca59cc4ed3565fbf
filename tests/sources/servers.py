"""A world on this machine: the services' documented shapes over HTTP, and their bad days.

One server plays every service, each under a path of its own. The shapes are those of the services'
own documentation, serializers and recorded answers. `script` puts replies before the usual ones:
throttling, outages, redirects, nonsense.
"""

import json
import re
import threading
from collections import defaultdict, deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import field, frozen

from unsung.sources.service import SERVICES

GROUP = "11111111-1111-4111-8111-111111111111"
RELEASE = "22222222-2222-4222-8222-222222222222"
COMPOSER = "33333333-3333-4333-8333-333333333333"
IMDB = "tt7654321"
FILM = "Q4242"
TITLES = (
    "Overture", "The Lamplighter’s Walk", "Salt and Iron", "Night Ferry", "Glass", "The Meridian",
    "Ashes in June", "Counting Stars", "A Door Left Open", "End Credits",
)  # fmt: skip


def isrc(number):
    return f"ISAAA11{number:05}"


def recording(number):
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


@frozen
class Reply:
    body: object = b""
    status: int = 200
    headers: dict = field(factory=dict)

    @property
    def content(self):
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@frozen
class Seen:
    method: str
    path: str
    query: dict
    headers: dict
    body: bytes


class World:
    """What the services answer, and what they were asked."""

    def __init__(self, address):
        self.address = address
        self.seen = []
        self._scripted = defaultdict(deque)
        self.listens = {recording(n): (900 - 80 * n, 4000 - 300 * n) for n in range(1, 11)}
        self.listens[GROUP] = (321, 2345)
        self.listens[COMPOSER] = (90000, 1234567)
        self.down = set()
        self.isrcs = {isrc(n): [n] for n in range(1, 11)}

    @property
    def services(self):
        return {one.name: one.at(f"{self.address}/{one.name}") for one in SERVICES}

    def script(self, service, *replies):
        self._scripted[service].extend(replies)

    def asked(self, service):
        return [one for one in self.seen if one.path.startswith(f"/{service}/")]

    def reply(self, seen):
        self.seen.append(seen)
        service, _, rest = seen.path.lstrip("/").partition("/")
        if self._scripted[service]:
            return self._scripted[service].popleft()
        if service in self.down:
            return Reply(b"<html>down</html>", 503)
        agent = seen.headers.get("user-agent", "")
        if "@" not in agent or agent.startswith(("python", "curl")):
            return Reply(b"set a user agent with contact", 403)
        return getattr(self, f"_{service}")(rest.rstrip("/"), seen)

    def _musicbrainz(self, path, seen):
        if path == f"release-group/{GROUP}":
            return Reply(release_group())
        if path == "release-group":
            return Reply({"count": 1, "release-groups": [candidate()]})
        if path == f"release/{RELEASE}":
            return Reply(release())
        if path.startswith("isrc/") and path.removeprefix("isrc/") in self.isrcs:
            code = path.removeprefix("isrc/")
            on_release = "releases" in seen.query.get("inc", [""])[0].split("+")
            recordings = [coded(number, on_release) for number in self.isrcs[code]]
            return Reply({"isrc": code, "recordings": recordings})
        return Reply({"error": "Not Found", "help": "https://musicbrainz.org/development/mmd"}, 404)

    def _listenbrainz(self, path, seen):
        kind = path.removeprefix("1/popularity/")
        key = {
            "recording": "recording_mbid",
            "release-group": "release_group_mbid",
            "artist": "artist_mbid",
        }[kind]
        mbids = json.loads(seen.body).get(f"{key}s") or []
        uuid = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        if not mbids or len(mbids) > 1000 or not all(map(uuid.fullmatch, mbids)):
            return Reply({"code": 400, "error": "bad list"}, 400)
        limits = {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "29",
                  "X-RateLimit-Reset-In": "10"}  # fmt: skip
        return Reply([self._popularity(key, mbid) for mbid in mbids], headers=limits)

    def _popularity(self, key, mbid):
        people, times = self.listens.get(mbid, (None, None))
        return {key: mbid, "total_listen_count": times, "total_user_count": people}

    def _wikidata(self, path, seen):
        query = seen.query["query"][0]
        bindings = []
        if IMDB in query:
            bindings = [film_binding()]
        elif f"wd:{FILM}" in query:
            bindings = [
                award("Q488651", won=False),
                award("Q131520", won=True),
                award("Q99", won=True),
            ]
        return Reply({"head": {"vars": []}, "results": {"bindings": bindings}})

    def _wikimedia(self, path, seen):
        parts = path.split("/")
        title = unquote(parts[6])
        if title not in ("The_Glass_Meridian", "Ada_Vale"):
            problem = {"type": "about:blank", "title": "Not found.", "method": "get"}
            return Reply(problem, 404, {"Content-Type": "application/problem+json"})
        views = [700, 710, 690, 705, 90000, 700, 695, 702, 699, 701, 700, 698]
        items = [
            {"project": "en.wikipedia", "article": title, "granularity": "monthly",
             "timestamp": f"2025{month:02}0100", "access": "all-access", "agent": "user",
             "views": count}
            for month, count in enumerate(views, 1)
        ]  # fmt: skip
        return Reply({"items": items})

    def _critiquebrainz(self, path, seen):
        review = {
            "created": "Fri, 16 May 2008 00:00:00 GMT", "entity_id": GROUP,
            "entity_type": "release_group", "id": "c807d0b4-0dd0-43fe-a7c4-d29bb61f389e",
            "language": "en",
            "license": {"full_name": "Creative Commons Attribution-ShareAlike 3.0 Unported",
                        "id": "CC BY-SA 3.0", "info_url": "https://creativecommons.org"},
            "source": "A paper", "source_url": "https://example.org/review", "rating": 5,
            "text": "TEXT", "user": {"display_name": "A Reader"},
        }  # fmt: skip
        rating = {"rating": 4.5, "count": 2}
        return Reply({"count": 1, "limit": 50, "offset": 0, "reviews": [review],
                      "average_rating": rating})  # fmt: skip

    def _discogs(self, path, seen):
        limits = {"X-Discogs-Ratelimit": "25", "X-Discogs-Ratelimit-Used": "1",
                  "X-Discogs-Ratelimit-Remaining": "24"}  # fmt: skip
        if path == "masters/777":
            return Reply({"id": 777, "main_release": 888}, headers=limits)
        community = {"have": 40, "want": 408, "rating": {"count": 16, "average": 4.65},
                     "data_quality": "Needs Vote", "status": "Accepted"}  # fmt: skip
        return Reply({"id": 888, "community": community, "num_for_sale": 0}, headers=limits)

    def _tmdb(self, path, seen):
        if seen.headers.get("authorization") != "Bearer good":
            return Reply({"status_code": 7, "status_message": "Invalid API key"}, 401)
        if path.startswith("find/"):
            return Reply({"movie_results": [{"id": 550}], "tv_results": []})
        crew = [
            {
                "id": 947,
                "name": "Ada Vale",
                "department": "Sound",
                "job": "Original Music Composer",
            },
            {"id": 12, "name": "Ben Orr", "department": "Directing", "job": "Director"},
        ]
        film = {"id": 550, "imdb_id": IMDB, "title": "The Glass Meridian", "budget": 0,
                "original_language": "is", "vote_count": 812, "vote_average": 7.9,
                "popularity": 3.2, "release_date": "2011-03-04"}  # fmt: skip
        return Reply({**film, "credits": {"crew": crew}})

    def _lastfm(self, path, seen):
        if seen.query.get("api_key") != ["good"]:
            return Reply({"error": 10, "message": "Invalid API key"}, 403)
        if seen.query["method"] == ["album.getInfo"]:
            return Reply(
                {"album": {"name": "The Glass Meridian", "listeners": "93", "playcount": "6012"}}
            )
        number = int(seen.query["mbid"][0][-2:])
        if number == 9:
            return Reply({"error": 6, "message": "Track not found"})
        counted = {"listeners": str(700 - 60 * number), "playcount": str(9000 - 500 * number)}
        return Reply({"track": {"name": TITLES[number - 1], **counted}})


def release_group():
    links = (
        ("IMDb", f"https://www.imdb.com/title/{IMDB}/"),
        ("discogs", "https://www.discogs.com/master/777"),
        ("review", "https://www.example.org/a-review"),
        ("review", "javascript:alert(1)"),
    )
    return {
        "id": GROUP, "title": "The Glass Meridian", "first-release-date": "2011-03-01",
        "primary-type": "Album", "secondary-types": ["Soundtrack"],
        "artist-credit": [{"artist": {"id": COMPOSER, "name": "Ada Vale", "sort-name": "Vale, Ada"},
                           "name": "Ada Vale", "joinphrase": ""}],
        "releases": [{"id": RELEASE, "title": "The Glass Meridian", "status": "Official"}],
        "relations": [{"type": kind, "target-type": "url", "direction": "forward",
                       "url": {"resource": address}} for kind, address in links],
        "disambiguation": "", "rating": {"votes-count": 0, "value": None}, "tags": [],
    }  # fmt: skip


def candidate():
    return {"id": GROUP, "title": "The Glass Meridian (Original Soundtrack)",
            "first-release-date": "2011-03-01", "score": 100,
            "artist-credit": [{"artist": {"id": COMPOSER, "name": "Ada Vale"}}]}  # fmt: skip


def release():
    composer = {"type": "composer", "target-type": "artist", "direction": "backward",
                "artist": {"id": COMPOSER, "name": "Ada Vale"}}  # fmt: skip
    tracks = [
        {"position": number, "number": str(number), "title": title,
         "recording": {"id": recording(number), "title": title, "isrcs": [isrc(number)],
                       "relations": [
             {"type": "performance", "target-type": "work", "direction": "forward",
              "work": {"id": f"bbbbbbbb-0000-4000-8000-{number:012d}", "title": title,
                       "relations": [composer]}}]}}
        for number, title in enumerate(TITLES, 1)
    ]  # fmt: skip
    return {"id": RELEASE, "title": "The Glass Meridian", "release-group": {"id": GROUP},
            "media": [{"position": 1, "tracks": tracks}], "relations": []}  # fmt: skip


def coded(number, on_release):
    one = {"id": recording(number), "title": TITLES[number - 1], "length": 180000,
           "video": False, "disambiguation": "", "first-release-date": "2011-03-01"}  # fmt: skip
    releases = [{"id": RELEASE, "title": "The Glass Meridian", "status": "Official"}]
    return {**one, "releases": releases} if on_release else one


def _uri(item):
    return {"type": "uri", "value": f"http://www.wikidata.org/entity/{item}"}


def _literal(text):
    return {"xml:lang": "en", "type": "literal", "value": text}


def film_binding():
    return {
        "film": _uri(FILM), "filmLabel": _literal("The Glass Meridian"),
        "rg": _literal(GROUP), "composer": _uri("Q77"), "composerLabel": _literal("Ada Vale"),
        "composerMbid": _literal(COMPOSER), "composerLinks": _literal("12"),
        "director": _uri("Q78"), "directorLabel": _literal("Ben Orr"),
        "date": _literal("2011-03-04T00:00:00Z"), "language": _literal("is"),
        "kind": _uri("Q11424"), "sitelinks": _literal("31"),
        "article": {"type": "uri", "value": "https://en.wikipedia.org/wiki/The_Glass_Meridian"},
        "composerArticle": {"type": "uri", "value": "https://en.wikipedia.org/wiki/Ada_Vale"},
    }  # fmt: skip


def award(item, *, won):
    return {"award": _uri(item), "won": {"type": "literal", "value": str(won).lower()}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _any(self):
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.command, address.path, parse_qs(address.query), headers, body)
        reply = self.server.world.reply(seen)
        if reply.status == 0:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.content)))
        self.end_headers()
        if reply.status != 204:
            self.wfile.write(reply.content)

    do_GET = do_POST = _any  # noqa: N815  (as http.server wants it)

    def log_message(self, *_words):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        """A client that hangs up in the middle is part of the play."""


@contextmanager
def world():
    """The world, on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.world = World(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
