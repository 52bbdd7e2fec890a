"""What the clients hear is what the vectors of the standard and the fixtures of the rules expect."""

import decern
import pytest
from empowernow_common.authzen import PDPError

from clients import CLIENTS, Backend, Decern, EmpowerNow
from questions import SCENARIOS, all_searches
from servers import always, served

# How many questions of each scenario are allowed and denied; behind them, those without properties.
COUNTS = {
    "certification": ((8, 8), (3, 3)),
    "todo 1.0.01": ((26, 14), (18, 2)),
    "todo 1.0.02": ((29, 17), (18, 2)),
    "gateway": ((19, 6), (19, 6)),
    "search": ((368, 832), (368, 832)),
    "built-in rules": ((672, 453), (672, 453)),
}


def counted(questions):
    allowed = sum(question.allowed for question in questions)
    return allowed, len(questions) - allowed


def unlike(client, questions):
    """The questions to which a client hears another answer."""
    heard = client.decide([question.request for question in questions])
    return [question for question, allowed in zip(questions, heard, strict=True) if allowed is not question.allowed]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
@pytest.mark.parametrize("kind", CLIENTS)
def test_every_decision_is_as_expected(kind, scenario, tmp_path):
    options = {"subject_type": scenario.subject_type, "prefix": kind.prefix, "key": True}
    with served(tmp_path, scenario.rulebook, **options) as (url, key):
        client = kind(url, key, scenario.subject_type)
        questions = [one for one in scenario.questions if client.can_ask(one.request)]
        assert unlike(client, questions) == []
    everything, bare = COUNTS[scenario.name]
    assert counted(questions) == (bare if issubclass(kind, Backend) else everything)


@pytest.mark.parametrize("page", [3, 100])
def test_every_search_finds_what_is_expected_in_its_order(page, tmp_path):
    searches = all_searches()
    assert len(searches) == 60 + 18 + 120 + 6
    with served(tmp_path, "authzen-search", key=True) as (url, key):
        found = EmpowerNow(url, key, "user").search(searches, page)
    for search, results in zip(searches, found, strict=True):
        assert results == search.found, search


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("kind", CLIENTS)
def test_a_wrong_decision_is_noticed(kind, answer):
    for scenario in SCENARIOS[:4]:
        with always(answer) as url:
            client = kind(url, "a key", scenario.subject_type)
            questions = [one for one in scenario.questions if client.can_ask(one.request)]
            wrong = [one for one in questions if one.allowed is not answer]
            assert wrong != [] and unlike(client, questions) == wrong


def test_a_wrong_search_is_noticed():
    searches = [search for search in all_searches() if search.found]
    with always(True) as url:
        found = EmpowerNow(url, "a key", "user").search(searches, 100)
    assert all(results != search.found for search, results in zip(searches, found, strict=True))


def test_a_wrong_key_is_refused(tmp_path):
    question = SCENARIOS[0].questions[0].request
    with served(tmp_path, "authzen", key=True) as (url, _):
        with pytest.raises(decern.DecernError) as refused:
            Decern(url, "a wrong key", "user").decide([question])
        assert refused.value.status_code == 401
        with pytest.raises(RuntimeError, match="HTTP 401"):
            Backend(url, "a wrong key", "user").decide([question])
        with pytest.raises(PDPError) as refused:
            EmpowerNow(url, "a wrong key", "user").decide([question])
        assert refused.value.status_code == 401


def test_what_cannot_be_asked_is_an_error_and_no_denial(tmp_path):
    with served(tmp_path, "authzen") as (url, key):
        client = decern.Client(url, timeout=30, token=key)
        assert client.healthy()
        with pytest.raises(decern.DecernError) as refused:
            client.evaluate({"type": "user"}, "read", {"type": "record", "id": "record-1"})
        assert (refused.value.status_code, "id" in refused.value.body) == (400, True)
