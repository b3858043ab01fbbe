import asyncio
import contextlib

import pytest

from hub import keys
from hub.domain.hall import HubAddress
from hub.link import Link, NoAnswer
from hub.web.asking import AsyncLink
from hub.wire.messages import LookUp, Rejected
from tests.factories import a_progress
from tests.hub.web.fakes import RouterHub, answer

KNOWN = {f"secret-{at}": a_progress(ahead=at) for at in range(20)}


@pytest.fixture
def pairs(tmp_path):
    return keys.make_pair(tmp_path, "hub"), keys.make_pair(tmp_path, "web")


def asked(pairs, port, secrets, timeout_s=5.0):
    address = HubAddress(commands=f"tcp://127.0.0.1:{port}", feed="tcp://127.0.0.1:9")

    async def everything():
        with contextlib.closing(Link((address,), pairs[1], pairs[0].public, feed=False)) as link:
            asking = AsyncLink(link, timeout_s)
            asking.start()
            try:
                return await asyncio.gather(*(asking.ask(LookUp(secret=secret)) for secret in secrets)), link.pending
            finally:
                await asking.stop()

    return asyncio.run(everything())


def test_many_who_ask_at_once_each_get_their_own_answer(pairs):
    hub = RouterHub(pairs[0], lambda command: answer(KNOWN, command))
    try:
        answers, pending = asked(pairs, hub.port, [*KNOWN, "nobody's"])
    finally:
        hub.close()
    assert answers[:-1] == list(KNOWN.values())
    assert isinstance(answers[-1], Rejected)
    assert pending == 0


def test_a_hub_that_is_away_is_reported_and_not_waited_for(pairs):
    with pytest.raises(NoAnswer, match="did not answer LookUp"):
        asked(pairs, 9, ["anything"], timeout_s=0.05)
