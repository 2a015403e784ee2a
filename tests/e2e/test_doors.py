"""What the platform sends besides commands: openings of the chat, pictures, voice, polls, menu events. Each gets a lawful answer in time,
and none of them changes a book."""

import pytest

import house_rules


@pytest.fixture(scope="module", autouse=True)
def clean_end(story):
    before = story.api("ledger/head")
    yield
    assert story.api("ledger/head") == before
    house_rules.check_all(story)
    story.stop()


def app_event(world, user, name, more=""):
    return world.app.seal(world.app.plain(user, "event", f"<Event><![CDATA[{name}]]></Event><EventKey></EventKey>{more}"))


@pytest.mark.parametrize("name,more", (
    ("enter_agent", ""), ("subscribe", ""), ("unsubscribe", ""), ("click", "<EventKey>k</EventKey>"), ("view", ""),
    ("LOCATION", "<Latitude>30.1</Latitude><Longitude>119.4</Longitude><Precision>65</Precision>"),
    ("change_contact", "<ChangeType>update_user</ChangeType><UserID>u0155</UserID>"), ("low_active", ""), ("never_heard_of", "")))
def test_app_events(story, name, more):
    story.app.open(story.wire.deliver(app_event(story, "u0155", name, more)), "u0155")


def test_app_media(story):
    story.send_picture("u0155")
    story.app.open(story.wire.deliver(story.app.voice("u0155", "media-1")), "u0155")
    for kind, inner in (("video", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>"),
                        ("location", "<Location_X>30.1</Location_X><Location_Y>119.4</Location_Y><Scale>15</Scale><Label>村口</Label>"),
                        ("link", "<Title>t</Title><Description>d</Description><Url>https://a.example</Url><PicUrl></PicUrl>")):
        story.app.open(story.wire.deliver(story.app.seal(story.app.plain("u0155", kind, inner))), "u0155")


def test_robot_is_opened(story):
    callback = story.bot.enter("u0155")
    story.bot.open(story.wire.deliver(callback), callback, answer_to="enter_chat", single=True)


def test_robot_media(story):
    media = story.fake.post("/media", {"base64": "AAAA", "content_type": "image/jpeg"})
    for callback in (story.bot.image("u0155", media["url"]), story.bot.image("u0155", "file:///etc/passwd"),
                     story.bot.image("u0155", "http://192.0.2.1/x.jpg")):
        story.bot.open(story.wire.deliver(callback), callback, single=True)


def test_spoken_words_are_words(story):
    callback = story.bot.voice("u0155", "帮助")
    assert not story.bot.open(story.wire.deliver(callback), callback, single=True).empty


def test_poll_of_an_unknown_stream(story):
    """After a restart a client may still poll; it is told to stop."""
    callback = story.bot.seal({"msgid": "poll-1", "aibotid": "AIBOTID1", "chattype": "single", "from": {"userid": "u0155"},
                               "msgtype": "stream", "stream": {"id": "long-gone"}})
    reply = story.bot.open(story.wire.deliver(callback), callback, single=True)
    assert reply.kind == "stream" and reply.content["stream"]["finish"] is True and reply.content["stream"]["id"] == "long-gone"


def test_feedback_is_not_answered(story):
    callback = story.bot.seal({"msgid": "fb-1", "create_time": 1700000000, "aibotid": "AIBOTID1", "chattype": "single",
                               "from": {"userid": "u0155"}, "msgtype": "event",
                               "event": {"eventtype": "feedback_event", "feedback_event": {"id": "x", "type": 1}}})
    assert story.wire.deliver(callback).body == b""


def test_chatter_is_left_alone(story):
    """Quiet by default: neighbours' talk that only mentions the robot by the way gets no push, and a quotation is no command."""
    mark = story.mark()
    story.say_in_group("CG-G12", "u0155", "今天天气真好")
    callback = story.bot.quoting("u0155", "@小邻 哈哈", "赞成 1", "CG-G12")
    reply = story.bot.open(story.wire.deliver(callback), callback)
    assert "已记" not in reply.text
    assert not [h for h in story.heard[mark:] if h.pushed]


def test_pages(story):
    for path, kind in (("/healthz", ""), ("/readyz", ""), ("/metrics", "text/plain"), ("/", "text/html"), ("/c/V2/", "text/html"),
                       ("/playground/", "text/html"), ("/api/openapi.json", "application/json"),
                       ("/api/v1/communities", "application/json"), ("/api/v1/communities/V2/cases", "application/json")):
        answer = story.get(path)
        assert answer.status == 200 and kind in answer.headers.get("Content-Type", ""), f"{path}: {answer.status} {answer.headers}"
    missing = story.get("/api/v1/communities/V2/proposals/999")
    assert missing.status == 404 and "application/problem+json" in missing.headers["Content-Type"]
    assert {c["id"] for c in story.api("communities")["items"]} >= {"C1", "C2", "V1", "V2"}
