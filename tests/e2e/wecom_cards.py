"""Field rules of WeCom template cards, as strict as the platform, with its error codes.

Two dialects exist: "app" (message/send) and "robot" (smart robot replies). Byte and count limits are hard; limits in characters only
decide what is folded or cut on the screen, so they are not checked here."""

import re

TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}\Z")
KINDS = ("text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction")
INTERACTIVE = KINDS[2:]


class Refused(Exception):
    """The platform refuses the request with this errcode."""

    def __init__(self, errcode, errmsg):
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg


def need(condition, errcode, errmsg):
    if not condition:
        raise Refused(errcode, errmsg)


def is_text(value, limit_bytes=None):
    return isinstance(value, str) and value.strip() != "" and (limit_bytes is None or len(value.encode()) <= limit_bytes)


def check_list(value, low, high, errcode, name):
    need(isinstance(value, list) and low <= len(value) <= high and all(isinstance(v, dict) for v in value), errcode,
         f"{name} must hold {low} to {high} objects")
    return value


def check_url(value, errcode, name):
    need(is_text(value), errcode, f"{name} missing")
    need(len(value.encode()) <= 1024, 40039, f"{name} longer than 1024 bytes")
    need(value.startswith(("http://", "https://")), errcode, f"{name} has no scheme")


def check_link(item, errcode_type, name):
    """The {type, url, appid} group of card_action, jump_list and quote_area."""
    kind = item.get("type", 0)
    need(isinstance(kind, int) and not isinstance(kind, bool) and kind in (0, 1, 2, 3), errcode_type, f"{name}.type")
    if kind == 1:
        check_url(item.get("url"), 42028, f"{name}.url")
    if kind == 2:
        need(is_text(item.get("appid")), 42030, f"{name}.appid missing")
    return kind


def check_horizontal(card, dialect):
    if "horizontal_content_list" not in card:
        return
    for item in check_list(card["horizontal_content_list"], 1, 6, 42035, "horizontal_content_list"):
        need(is_text(item.get("keyname")), 42027, "horizontal_content_list.keyname missing")
        need(isinstance(item.get("value", ""), str), 40035, "horizontal_content_list.value")
        kind = item.get("type", 0)
        need(kind in ((0, 1, 3) if dialect == "robot" else (0, 1, 2, 3)), 40035, "horizontal_content_list.type")
        if kind == 1:
            check_url(item.get("url"), 42028, "horizontal_content_list.url")
        need(kind != 2 or is_text(item.get("media_id")), 42029, "horizontal_content_list.media_id missing")
        need(kind != 3 or is_text(item.get("userid")), 42050, "horizontal_content_list.userid missing")


def check_options(options, high, name):
    seen = set()
    for option in check_list(options, 1, high, 42037, f"{name}.option_list"):
        need(is_text(option.get("id"), 128) and option["id"] not in seen, 42040, f"{name}.option_list.id")
        need(is_text(option.get("text")), 42041, f"{name}.option_list.text")
        need(isinstance(option.get("is_checked", False), bool), 40035, f"{name}.is_checked")
        seen.add(option["id"])


def check_question(item, name):
    need(is_text(item.get("question_key"), 1024), 42043, f"{name}.question_key")
    check_options(item.get("option_list"), 10, name)


def check_submit(card):
    submit = card.get("submit_button")
    need(isinstance(submit, dict), 42046, "submit_button missing")
    need(is_text(submit.get("key"), 1024), 42046, "submit_button.key")
    need(is_text(submit.get("text")), 42049, "submit_button.text")


def check_buttons(card):
    seen = set()
    for button in check_list(card.get("button_list"), 1, 6, 40058, "button_list"):
        need(is_text(button.get("text")), 42038, "button_list.text")
        if button.get("type", 0) == 1:
            check_url(button.get("url"), 42028, "button_list.url")
            continue
        need(is_text(button.get("key"), 1024) and button["key"] not in seen, 42039, "button_list.key missing, too long or repeated")
        need(button.get("style", 1) in (1, 2, 3, 4), 40035, "button_list.style")
        seen.add(button["key"])
    if "button_selection" in card:
        check_question(card["button_selection"], "button_selection")


def check_action_menu(card):
    if "action_menu" not in card:
        return
    keys = []
    for action in check_list(card["action_menu"].get("action_list"), 1, 3, 40058, "action_list"):
        need(is_text(action.get("text")) and is_text(action.get("key"), 1024), 40063, "action_list.text and .key")
        keys.append(action["key"])
    need(len(set(keys)) == len(keys), 42051, "action_list key not unique")


def check_common(card, dialect):
    source = card.get("source", {})
    need(isinstance(source, dict) and source.get("desc_color", 0) in (0, 1, 2, 3), 40035, "source")
    check_horizontal(card, dialect)
    if "vertical_content_list" in card:
        for item in check_list(card["vertical_content_list"], 1, 4, 42036, "vertical_content_list"):
            need(is_text(item.get("title")), 42033, "vertical_content_list.title")
    if "jump_list" in card:
        for item in check_list(card["jump_list"], 1, 3, 42042, "jump_list"):
            need(is_text(item.get("title")), 42033, "jump_list.title")
            check_link(item, 40035, "jump_list")
    if "quote_area" in card:
        check_link(card["quote_area"], 40035, "quote_area")
    check_action_menu(card)
    for name in ("main_title", "emphasis_content"):
        part = card.get(name, {})
        need(isinstance(part, dict) and all(isinstance(v, str) for v in part.values()), 40035, name)
    need(isinstance(card.get("sub_title_text", ""), str), 40035, "sub_title_text")


def check_card(card, dialect):
    """Raises Refused for a card that the platform would not take. Returns its task_id, or None."""
    need(isinstance(card, dict), 40063, "template_card missing")
    kind = card.get("card_type")
    need(kind in KINDS, 42031, f"card_type {kind!r} illegal")
    check_common(card, dialect)
    title = card.get("main_title", {}).get("title")
    need(is_text(title) or (kind == "text_notice" and is_text(card.get("sub_title_text"))), 41016, "title missing")
    if kind in ("text_notice", "news_notice"):
        need(isinstance(card.get("card_action"), dict), 42045, "card_action missing")
        need(check_link(card["card_action"], 42045, "card_action") in (1, 2), 42045, "card_action.type must be 1 or 2")
    if kind == "news_notice":
        need(is_text(card.get("card_image", {}).get("url")) or "image_text_area" in card, 42044, "card_image.url missing")
        need(1.3 <= card.get("card_image", {}).get("aspect_ratio", 1.3) <= 2.25, 40035, "card_image.aspect_ratio")
    if kind == "button_interaction":
        check_buttons(card)
    if kind == "vote_interaction":
        box = card.get("checkbox")
        need(isinstance(box, dict), 40063, "checkbox missing")
        need(is_text(box.get("question_key"), 1024), 42043, "checkbox.question_key")
        need(box.get("mode", 0) in (0, 1), 40035, "checkbox.mode")
        check_options(box.get("option_list"), 20, "checkbox")
        check_submit(card)
    if kind == "multiple_interaction":
        for item in check_list(card.get("select_list"), 1, 3, 42047, "select_list"):
            check_question(item, "select_list")
        check_submit(card)
    task_id = card.get("task_id")
    if kind in INTERACTIVE or "action_menu" in card or task_id is not None:
        need(isinstance(task_id, str) and TASK_ID.match(task_id), 42014, "task_id missing or illegal")
    return task_id


def visible_text(value):
    """Everything a reader of the card sees, one line each."""
    hidden = {"key", "task_id", "question_key", "id", "url", "card_type", "icon_url", "userid", "media_id", "appid", "pagepath"}
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [line for item in value for line in visible_text(item)]
    if isinstance(value, dict):
        return [line for name, item in value.items() if name not in hidden for line in visible_text(item)]
    return []
