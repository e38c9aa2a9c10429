"""A limit to what anybody may send, counted as it arrives: a declared length is only a claim."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.problems import problem

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes: a full batch of 200 ordinary transactions is a tenth of it."""


class BodyLimit:
    """Reads a body to its end before the application sees it, or answers 413."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._application(scope, receive, send)
            return
        body = await _whole(scope, receive)
        if body is None:
            refusal = problem(413, "central.too_large", "The message is too large")
            await refusal(scope, receive, send)
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._application(scope, replay, send)


async def _whole(scope: Scope, receive: Receive) -> bytes | None:
    """The body; None as soon as it is too long, by its declared length or by what arrived."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > BODY_LIMIT:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            return None
        if not message.get("more_body", False):
            return bytes(body)
