"""The door of a local web page: who may come in, and what the browser is told to refuse.

A page on 127.0.0.1 can be reached by every program of the machine and, through the browser, by
every page of the web.  So a link works once; after it only the browser that opened it is served.
Names other than this address are refused (DNS rebinding), and so is whatever another page sends.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.render.environment import environment, style

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",  # without a referrer forms would not name their origin
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
READS = {"GET", "HEAD"}


@dataclass(eq=False)
class Session:
    """One browser that was let in."""

    form_token: str = field(default_factory=secrets.token_urlsafe)


class Gate:
    """Middleware that lets in whoever has the link, once for each link."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.port = port
        self._links: set[str] = set()
        self._sessions: dict[str, Session] = {}

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, and two of these pages may be open."""
        return f"grader-{self.port}"

    def link(self) -> str:
        """Return an address that lets one browser in, once."""
        token = secrets.token_urlsafe()
        self._links.add(token)
        return f"http://127.0.0.1:{self.port}/?token={token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            return
        nonce = secrets.token_urlsafe()
        policy = _policy(nonce)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | {"content-security-policy": policy})
            await send(message)

        response = self._refusal(scope) or self._entrance(scope)
        if response is None:
            session = self._session(scope)
            if session is None:
                response = refusal(
                    403,
                    "This page opens through the link that the terminal shows. A link works once.",
                )
            else:
                scope["session"], scope["nonce"], scope["gate"] = session, nonce, self
                await self.app(scope, receive, guarded)
                return
        await response(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """Refuse what does not come from this page."""
        headers = Headers(scope=scope)
        own = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        if headers.get("host") not in own:
            return refusal(421, "This page has another address.")
        if scope["method"] not in READS:
            origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
            if origin != f"http://{headers['host']}" or site != "same-origin":
                return refusal(403, "This was sent by another page, so nothing was changed.")
        return None

    def _entrance(self, scope: Scope) -> Response | None:
        """Let in whoever brings a link that was not used yet."""
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if scope["path"] != "/" or scope["method"] != "GET" or not token:
            return None
        used = next((one for one in self._links if _equal(one, token[0])), None)
        if used is None:
            return refusal(
                403, "This link was used before, or never was one. The terminal shows another."
            )
        self._links.discard(used)
        key = secrets.token_urlsafe()
        self._sessions[key] = Session()
        response = RedirectResponse("/", 303)
        response.set_cookie(self.cookie, key, httponly=True, samesite="strict", path="/")
        return response

    def _session(self, scope: Scope) -> Session | None:
        jar = SimpleCookie()
        try:
            jar.load(Headers(scope=scope).get("cookie", ""))
        except CookieError:
            return None
        key = jar[self.cookie].value if self.cookie in jar else ""
        return next((one for name, one in self._sessions.items() if _equal(name, key)), None)


def _policy(nonce: str) -> str:
    return (
        f"default-src 'none'; style-src '{style().hash}' 'self'; script-src 'nonce-{nonce}'; "
        "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def refusal(status: int, why: str) -> Response:
    """Return a page that says why there is nothing to see."""
    html = environment().get_template("web/refusal.html.jinja").render(why=why)
    return HTMLResponse(html, status)
