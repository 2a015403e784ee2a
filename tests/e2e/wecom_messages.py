"""What the WeCom API accepts as a message: message/send of an app, webhook/send of a group robot, response_url of a smart robot."""

import base64
import hashlib
import json
import re

from wecom_cards import INTERACTIVE, Refused, check_card, check_url, is_text, need, visible_text

USER_ID = re.compile(r"[0-9A-Za-z_\-.@]{1,64}\Z")
ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{4}")


def parse_body(raw):
    """The JSON object of a request; Refused as the platform does for bad bytes."""
    need(len(raw) <= 2 * 1024 * 1024, 40206, "request body too large")
    need(not ESCAPE.search(raw), 40033, "request contains \\uXXXX")
    try:
        body = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(40058, f"Warning: wrong json format. {error}") from error
    need(isinstance(body, dict), 40058, "not an object")
    return body


def check_text(part, limit_bytes, too_long=45002):
    need(isinstance(part, dict) and isinstance(part.get("content"), str), 40063, "content missing")
    need(part["content"].strip() != "", 44004, "empty content")
    need(len(part["content"].encode()) <= limit_bytes, too_long, f"content longer than {limit_bytes} bytes")
    return [part["content"]]


def check_news(part):
    articles = part.get("articles") if isinstance(part, dict) else None
    need(isinstance(articles, list) and 1 <= len(articles) <= 8, 45008, "1 to 8 articles")
    for article in articles:
        need(is_text(article.get("title"), 128), 41016, "article title")
        need(len(article.get("description", "").encode()) <= 512, 45002, "article description")
        check_url(article.get("url"), 40063, "article url")
    return visible_text(articles)


def check_textcard(part):
    need(isinstance(part, dict) and is_text(part.get("title"), 128), 41016, "textcard title")
    need(is_text(part.get("description"), 512), 45002, "textcard description")
    need(is_text(part.get("url"), 2048) and "://" in part["url"], 40039, "textcard url")
    return [part["title"], part["description"]]


def split_ids(body, name, limit, errcode):
    value = body.get(name, "")
    need(isinstance(value, str), 40031, f"{name} must be a string")
    ids = [one for one in value.split("|") if one != ""]
    need(len(ids) <= limit, errcode, f"more than {limit} in {name}")
    return ids


def check_receivers(body):
    users = split_ids(body, "touser", 1000, 40032)
    parties = split_ids(body, "toparty", 100, 82002)
    tags = split_ids(body, "totag", 100, 82003)
    need(users or parties or tags, 82001, "no receiver")
    need(all(one == "@all" or USER_ID.match(one) for one in users), 40003, "illegal userid")
    return users


def check_app_message(body, agent_id, has_callback):
    """Checks a message/send body. Returns (user ids, visible lines, task_id or None)."""
    need("agentid" in body, 41011, "agentid missing")
    need(isinstance(body["agentid"], int) and not isinstance(body["agentid"], bool), 40056, "agentid must be an integer")
    need(body["agentid"] == agent_id, 301002, "token has no right to this agentid")
    users = check_receivers(body)
    kind = body.get("msgtype")
    part = body.get(kind) if isinstance(kind, str) else None
    need(body.get("safe", 0) in (0, 1), 40035, "safe")
    need(body.get("enable_duplicate_check", 0) in (0, 1), 40035, "enable_duplicate_check")
    need(0 <= body.get("duplicate_check_interval", 1800) <= 14400, 40035, "duplicate_check_interval")
    if kind in ("text", "markdown"):
        return users, check_text(part, 2048), None
    if kind == "textcard":
        return users, check_textcard(part), None
    if kind == "news":
        return users, check_news(part), None
    if kind in ("image", "voice", "file"):
        need(isinstance(part, dict) and is_text(part.get("media_id")), 40007, "media_id")
        return users, [], None
    if kind == "template_card":
        task_id = check_card(part, "app")
        need(part["card_type"] not in INTERACTIVE or has_callback, 43012, "app needs a callback URL")
        return users, visible_text(part), task_id
    raise Refused(40008, f"msgtype {kind!r}")


def check_mentions(part):
    for name in ("mentioned_list", "mentioned_mobile_list"):
        need(isinstance(part.get(name, []), list) and all(isinstance(one, str) for one in part.get(name, [])), 40035, name)


def check_group_robot_message(body):
    """Checks a webhook/send body. Returns the visible lines."""
    kind = body.get("msgtype")
    part = body.get(kind) if isinstance(kind, str) else None
    if kind == "text":
        lines = check_text(part, 2048, 40058)
        check_mentions(part)
        return lines
    if kind in ("markdown", "markdown_v2"):
        return check_text(part, 4096, 40058)
    if kind == "image":
        need(isinstance(part, dict) and is_text(part.get("base64")), 44001, "empty image")
        data = base64.b64decode(part["base64"], validate=True)
        need(len(data) <= 2 * 1024 * 1024, 40009, "image size")
        need(hashlib.md5(data).hexdigest() == part.get("md5"), 301019, "md5 does not match")
        return []
    if kind == "news":
        return check_news(part)
    if kind in ("file", "voice"):
        need(isinstance(part, dict) and is_text(part.get("media_id")), 40007, "media_id")
        return []
    if kind == "template_card":
        need(isinstance(part, dict) and part.get("card_type") in ("text_notice", "news_notice"), 40008,
             "a group robot takes text_notice and news_notice only")
        check_card(part, "app")
        return visible_text(part)
    raise Refused(40008, f"msgtype {kind!r}")


def check_active_reply(body, single_chat):
    """Checks what is posted to a response_url. Returns the visible lines."""
    kind = body.get("msgtype")
    if kind == "markdown":
        return check_text(body.get("markdown"), 20480, 40058)
    if kind == "template_card" and single_chat:
        check_card(body.get("template_card"), "robot")
        return visible_text(body["template_card"])
    raise Refused(40008, f"msgtype {kind!r} is not allowed at a response_url here")


def check_robot_reply(reply, answer_to, single_chat):
    """Checks the plaintext of a smart robot's passive reply. `answer_to` is message, enter_chat or card. Returns the visible lines."""
    need(isinstance(reply, dict), 40058, "not an object")
    if reply.get("response_type") == "update_template_card":
        need(answer_to == "card", 40008, "update_template_card answers a card event only")
        check_card(reply.get("template_card"), "robot")
        need(isinstance(reply.get("userids", []), list), 40035, "userids")
        return visible_text(reply["template_card"])
    kind = reply.get("msgtype")
    need(answer_to != "card", 40008, "a card event is answered by update_template_card only")
    if kind == "text":
        need(answer_to == "enter_chat", 40008, "text answers enter_chat only; a message is answered by a stream")
        return check_text(reply.get("text"), 20480)
    lines = []
    if kind in ("stream", "stream_with_template_card"):
        need(answer_to == "message", 40008, "a stream answers a message only")
        stream = reply.get("stream")
        need(isinstance(stream, dict) and is_text(stream.get("id")), 40063, "stream.id")
        need(isinstance(stream.get("finish"), bool), 40035, "stream.finish")
        need(isinstance(stream.get("content"), str) and len(stream["content"].encode()) <= 20480, 45002, "stream.content")
        lines = [stream["content"]]
    if kind in ("template_card", "stream_with_template_card"):
        check_card(reply.get("template_card"), "robot")
        lines += visible_text(reply["template_card"])
    need(kind in ("stream", "template_card", "stream_with_template_card"), 40008, f"msgtype {kind!r}")
    return lines
