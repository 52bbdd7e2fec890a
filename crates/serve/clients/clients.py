"""The clients, each brought to one form: questions in, decisions out."""

import asyncio
import contextlib
import logging
import os

import decern
from authzen_backend import AsyncAuthZENBackend, AuthZENBackend
from empowernow_common import authzen as empowernow

from servers import token_endpoint

# The package refuses to start on a machine without a FIPS provider.
os.environ["EMPOWERNOW_FIPS_DISABLE"] = "1"
# It warns of every subject that is a `user`, as most of the standard's are.
logging.getLogger("empowernow_common").setLevel(logging.ERROR)


class Decern:
    """`decern`: asks one question at a time, as it stands."""

    prefix = ""

    def __init__(self, url, key, subject_type):
        self.client = decern.Client(url, timeout=30, token=key)

    def can_ask(self, request):
        return True

    def decide(self, requests):
        return [
            self.client.evaluate(one["subject"], one["action"], one["resource"], one.get("context")).allowed
            for one in requests
        ]


class Backend:
    """`authzen-policy-backend`: asks for agents, whose ids it makes; it has no place for properties."""

    prefix = "auth:account:agentmesh:"

    def __init__(self, url, key, subject_type):
        self.options = {
            "pdp_url": f"{url}/access/v1/evaluation",
            "pdp_application": "tests",
            "token": key,
            "timeout": 30,
            "default_subject_type": subject_type,
            # An error is one, and no denial.
            "fail_closed": False,
        }

    def can_ask(self, request):
        return not any("properties" in request[part] for part in ("subject", "action", "resource"))

    def flat(self, request):
        """The flat context of the toolkit that it is made for."""
        resource = request["resource"]
        is_user = resource["type"] == "user"
        return request.get("context", {}) | {
            "agent_id": request["subject"]["id"],
            "action": request["action"]["name"],
            "resource_type": resource["type"],
            "resource_id": self.prefix + resource["id"] if is_user else resource["id"],
        }

    def decide(self, requests):
        with contextlib.closing(AuthZENBackend(**self.options)) as backend:
            return [decision(backend.evaluate(self.flat(one))) for one in requests]


class AsyncBackend(Backend):
    """The same for programs that do not wait."""

    def decide(self, requests):
        async def ask():
            async with AsyncAuthZENBackend(**self.options) as backend:
                return [decision(await backend.evaluate(self.flat(one))) for one in requests]

        return asyncio.run(ask())


def decision(answer):
    if answer.error:
        raise RuntimeError(answer.error)
    return answer.allowed


class EmpowerNow:
    """`empowernow-sdk`: questions, batches and searches, with a token that it fetches first."""

    prefix = ""

    def __init__(self, url, key, subject_type):
        self.url, self.key = url, key

    def can_ask(self, request):
        return True

    def run(self, ask):
        """What a coroutine gives that is made of a client."""

        async def asked(config):
            async with empowernow.SecureEnhancedPDP(config) as client:
                return await ask(client)

        with token_endpoint(self.key) as tokens:
            connection = empowernow.PDPConnectionConfig(
                base_url=self.url, token_url=f"{tokens}/token", client_id="tests", client_secret="tests"
            )
            # Its own paths end in `actions`, `subjects` and `resources`; those of the standard do not.
            endpoints = {f"search_{kind}s": f"/access/v1/search/{kind}" for kind in ("subject", "resource", "action")}
            config = empowernow.PDPConfig(
                connection=connection,
                endpoints=empowernow.PDPEndpointsConfig(**endpoints),
                cache=empowernow.PDPCacheConfig(enabled=False),
            )
            return asyncio.run(asked(config))

    def decide(self, requests):
        async def ask(client):
            return [(await client.evaluate(typed(one))).decision for one in requests]

        return self.run(ask)

    def search(self, searches, page):
        """What searches find, page by page."""

        async def found(client, search):
            parts = search.request
            action = parts.get("action") and empowernow.SecureAction(**parts["action"])
            subject = "id" in parts["subject"] and empowernow.SecureSubject(**parts["subject"])
            resource = "id" in parts["resource"] and empowernow.SecureResource(**parts["resource"])
            if search.kind == "subject":
                results = client.iter_search_subjects(action, resource, parts["subject"]["type"], page_limit=page)
            elif search.kind == "resource":
                results = client.iter_search_resources(subject, action, parts["resource"]["type"], page_limit=page)
            else:
                results = client.iter_search_actions(subject, resource, page_limit=page)
            return [one.name if search.kind == "action" else one.id async for one in results]

        async def ask(client):
            return [await found(client, search) for search in searches]

        return self.run(ask)


class EmpowerNowBatch(EmpowerNow):
    """The same, with many questions in one request."""

    def decide(self, requests):
        async def ask(client):
            batches = [requests[at : at + 100] for at in range(0, len(requests), 100)]
            answers = [await client.evaluate_batch([typed(one) for one in batch]) for batch in batches]
            return [answer.decision for batch in answers for answer in batch]

        return self.run(ask)


def typed(request):
    """A request of the standard as an object of `empowernow-sdk`, which takes no member that it does not know."""

    def known(part):
        return {key: value for key, value in request[part].items() if key in ("type", "id", "name", "properties")}

    return empowernow.SecureAuthRequest(
        subject=empowernow.SecureSubject(**known("subject")),
        action=empowernow.SecureAction(**known("action")),
        resource=empowernow.SecureResource(**known("resource")),
        context=empowernow.SecureContext(attributes=request.get("context", {})),
    )


CLIENTS = [Decern, Backend, AsyncBackend, EmpowerNow, EmpowerNowBatch]
