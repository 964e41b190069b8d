"""Two ways to ask a language model: an HTTP endpoint and a local command.

Neither is ever used unless a user names it. What they give is text and treated as such.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from tempfile import TemporaryFile
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from holdfire.errors import HoldfireError, shown

SECONDS = 120.0
"""How long an answer may take."""
LONGEST = 4_000_000
"""Bytes of an answer that are read; what is longer is refused."""
URL, MODEL, KEY = "HOLDFIRE_ASK_URL", "HOLDFIRE_ASK_MODEL", "HOLDFIRE_ASK_KEY"
COMMAND = "HOLDFIRE_ASK_COMMAND"
PATH = "/chat/completions"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def named(environment: Mapping[str, str]) -> Endpoint | Command:
    """Return the way of asking that environment variables name.

    Either :data:`COMMAND`, parted as a shell would and run without one, or :data:`URL` and
    :data:`MODEL`, with :data:`KEY` where the endpoint wants one. Raises :class:`HoldfireError` if
    neither or both are named.
    """
    command, url, model = (environment.get(name, "") for name in (COMMAND, URL, MODEL))
    if command and url:
        raise _unclear(f"both {COMMAND} and {URL} are set", "Unset one of them.")
    if command:
        try:
            return Command(tuple(shlex.split(command)))
        except ValueError as error:
            raise _unclear(f"{COMMAND} is {shown(command)}: {error}", "Close it.") from None
    absent = [name for name, value in ((URL, url), (MODEL, model)) if not value]
    if absent:
        raise _unclear(
            f"not set: {', '.join(absent)}",
            f"Set {URL} and {MODEL} (and {KEY} if the endpoint wants a key), or {COMMAND}.",
        )
    return Endpoint(url, model, environment.get(KEY, ""))


def _unclear(found: str, advice: str) -> HoldfireError:
    return HoldfireError(found, where="the extractor asked", advice=advice)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An HTTP endpoint that speaks as OpenAI's ``/v1/chat/completions`` does.

    ``url`` is what stands before ``/chat/completions`` (or the whole). The key is sent and
    neither shown nor written. A redirection is refused, lest the text go where nobody said.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable:
            raise HoldfireError(
                f"{shown(self.url)} is no address of an endpoint",
                where=URL,
                advice="Expected the form http://localhost:11434/v1 or https://host/v1.",
            )

    @property
    def notice(self) -> str:
        """Return what a user has to know before it is used."""
        host = urlsplit(self.url).hostname or ""
        if host in _LOOPBACK:
            return f"The text of every article is sent to {self.url}, on this machine."
        return f"The text of every article leaves this machine: it is sent to {host}."

    def __call__(self, prompt: str) -> str:
        """Return the answer; raises :class:`HoldfireError` if there is none in time."""
        try:
            told = json.loads(self._sent(prompt))
            answer = told["choices"][0]["message"]["content"]
        except (ValueError, RecursionError, LookupError, TypeError):
            raise self._silent("the answer has not the form of a chat completion") from None
        if not isinstance(answer, str):
            raise self._silent("the answer holds no text")
        return answer

    def _sent(self, prompt: str) -> bytes:
        body = {
            "model": self.model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
        }
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        address = self.url.rstrip("/")
        address = address if address.endswith(PATH) else address + PATH
        request = urllib.request.Request(  # noqa: S310 -- the scheme was looked at above
            address, json.dumps(body).encode("ascii"), headers, method="POST"
        )
        until = monotonic() + self.seconds
        try:
            with _opener().open(request, timeout=self.seconds) as response:
                return self._read(response, until)
        except urllib.error.HTTPError as error:
            error.close()
            raise self._silent(f"the answer is HTTP {error.code}") from None
        except TimeoutError:
            raise self._silent(f"no answer within {self.seconds:g} seconds") from None
        except (OSError, ValueError, HTTPException) as error:
            late = isinstance(getattr(error, "reason", None), TimeoutError)
            found = f"no answer within {self.seconds:g} seconds" if late else shown(error)
            raise self._silent(found) from None

    def _read(self, response: Any, until: float) -> bytes:
        parts: list[bytes] = []
        length = 0
        while part := response.read1(65536):
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                raise self._silent(f"the answer is longer than {LONGEST} bytes")
            if monotonic() > until:
                raise TimeoutError
        return b"".join(parts)

    def _silent(self, found: str) -> HoldfireError:
        return HoldfireError(
            found, where=self.url, advice=f"See that the endpoint runs and knows {self.model}."
        )


class _Straight(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Straight)


@dataclass(frozen=True, slots=True)
class Command:
    """A local command that reads the prompt from its input and writes the answer to its output."""

    arguments: Sequence[str]
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        if not self.arguments:
            raise _unclear("no command", f"Name one in {COMMAND}.")

    @property
    def notice(self) -> str:
        """Return what a user has to know before it is used."""
        return (
            f"The text of every article is given to the command {shown(self.arguments[0])}; "
            "whether it leaves this machine is up to that."
        )

    def __call__(self, prompt: str) -> str:
        """Return the answer; raises :class:`HoldfireError` if there is none in time."""
        with TemporaryFile() as answer, TemporaryFile() as complaint:
            try:
                process = subprocess.Popen(  # noqa: S603 -- a user's own command, without a shell
                    list(self.arguments),
                    stdin=subprocess.PIPE,
                    stdout=answer,
                    stderr=complaint,
                    start_new_session=True,
                )
            except OSError as error:
                raise self._silent(error.strerror or str(error)) from None
            try:
                process.communicate(prompt.encode("utf-8", "replace"), timeout=self.seconds)
            except subprocess.TimeoutExpired:
                raise self._silent(f"no answer within {self.seconds:g} seconds") from None
            finally:
                _ended(process)
            if process.returncode:
                complaint.seek(0)
                told = complaint.read(1000).decode("utf-8", "replace").strip()
                raise self._silent(f"it ended with {process.returncode}: {shown(told)}")
            answer.seek(0)
            return answer.read(LONGEST).decode("utf-8", "replace")

    def _silent(self, found: str) -> HoldfireError:
        return HoldfireError(
            found,
            where=shown(self.arguments[0]),
            advice="The command is to read a prompt from its input and to print the answer.",
        )


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, with all it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
