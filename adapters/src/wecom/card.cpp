#include "wecom/card.hpp"

#include "text/utf8.hpp"
#include "wecom/fields.hpp"
#include "wecom/markdown.hpp"

#include <algorithm>

namespace adapters::wecom {

namespace {

using text::cut_chars;

constexpr std::size_t kMaxKeyBytes = 1024;
constexpr std::size_t kMaxButtons = 6;
constexpr std::size_t kMaxOptions = 20;

bool is_key(std::string_view key)
{
    return !key.empty() && key.size() <= kMaxKeyBytes && text::is_utf8(key);
}

bool has_buttons(chat::Card const& card)
{
    std::set<std::string_view> keys;
    for (auto const& button : card.buttons) {
        if (!is_key(button.key) || text::is_blank(button.text) || !keys.insert(button.key).second)
            return false;
    }
    return !keys.empty() && keys.size() <= kMaxButtons;
}

bool has_choice(chat::Card const& card)
{
    std::set<std::string_view> ids;
    for (auto const& option : card.options) {
        if (!is_id(option.id) || text::is_blank(option.text) || !ids.insert(option.id).second)
            return false;
    }
    return !ids.empty() && ids.size() <= kMaxOptions && is_key(card.question) && is_key(card.submit_key) &&
           !text::is_blank(card.submit_text);
}

void write_title(text::JsonWriter& out, std::string_view title, std::string_view description, CardLimits const& limits)
{
    out.begin_object("main_title").member("title", cut_chars(title, limits.title));
    if (!description.empty())
        out.member("desc", cut_chars(description, limits.description));
    out.end_object();
}

void write_body(text::JsonWriter& out, chat::Card const& card, CardLimits const& limits)
{
    if (!card.body.empty())
        out.member("sub_title_text", cut_chars(card.body, limits.body));
    if (auto const facts = shown_facts(card); !facts.empty()) {
        out.begin_array("horizontal_content_list");
        for (auto const& [label, value] : facts) {
            out.begin_object()
                .member("keyname", cut_chars(label, kMaxLabelChars))
                .member("value", cut_chars(value, limits.value))
                .end_object();
        }
        out.end_array();
    }
    if (is_link(card.url))
        out.begin_object("card_action").number("type", 1).member("url", card.url).end_object();
}

void write_buttons(text::JsonWriter& out, chat::Card const& card)
{
    out.begin_array("button_list");
    for (auto const& button : card.buttons) {
        out.begin_object().member("text", cut_chars(button.text, kMaxButtonChars));
        out.number("style", button.primary ? 1 : 2).member("key", button.key).end_object();
    }
    out.end_array();
}

void write_choice(text::JsonWriter& out, chat::Card const& card, CardLimits const& limits, Clicked const* clicked)
{
    out.begin_object("checkbox").member("question_key", card.question).number("mode", 0);
    if (clicked != nullptr)
        out.boolean("disable", true);
    out.begin_array("option_list");
    for (auto const& option : card.options) {
        out.begin_object().member("id", option.id).member("text", cut_chars(option.text, limits.option));
        out.boolean("is_checked", clicked != nullptr && clicked->picked.count(option.id) != 0).end_object();
    }
    out.end_array().end_object();
    std::string_view const label = clicked != nullptr && !clicked->text.empty() ? clicked->text : card.submit_text;
    out.begin_object("submit_button").member("text", cut_chars(label, kMaxButtonChars)).member("key", card.submit_key).end_object();
}

} // namespace

std::vector<std::pair<std::string, std::string>> shown_facts(chat::Card const& card)
{
    constexpr std::size_t kMaxFacts = 6;
    std::vector<std::pair<std::string, std::string>> facts;
    for (auto const& fact : card.facts) {
        if (facts.size() < kMaxFacts && !text::is_blank(fact.first))
            facts.push_back(fact);
    }
    return facts;
}

bool is_task_id(std::string_view id)
{
    auto const legal = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '@';
    };
    return !id.empty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), legal);
}

bool is_showable(chat::Card const& card)
{
    if (text::is_blank(card.title))
        return false;
    switch (card.kind) {
    case chat::CardKind::notice: return is_link(card.url) && (card.task_id.empty() || is_task_id(card.task_id));
    case chat::CardKind::buttons: return is_task_id(card.task_id) && has_buttons(card);
    case chat::CardKind::choice: return is_task_id(card.task_id) && has_choice(card);
    }
    return false;
}

std::string description_of(chat::Card const& card)
{
    if (!card.body.empty())
        return card.body;
    std::string line;
    for (auto const& [label, value] : shown_facts(card))
        line.append(line.empty() ? "" : "，").append(label).append("：").append(value);
    return line;
}

void write_card(text::JsonWriter& out, chat::Card const& card, CardLimits const& limits)
{
    out.begin_object("template_card");
    switch (card.kind) {
    case chat::CardKind::notice:
        out.member("card_type", "text_notice");
        write_title(out, card.title, {}, limits);
        write_body(out, card, limits);
        break;
    case chat::CardKind::buttons:
        out.member("card_type", "button_interaction");
        write_title(out, card.title, {}, limits);
        write_body(out, card, limits);
        write_buttons(out, card);
        break;
    case chat::CardKind::choice:
        out.member("card_type", "vote_interaction");
        write_title(out, card.title, description_of(card), limits);
        write_choice(out, card, limits, nullptr);
        break;
    }
    if (!card.task_id.empty())
        out.member("task_id", card.task_id);
    out.end_object();
}

void write_clicked_card(text::JsonWriter& out, chat::Card const& card, Clicked const& clicked)
{
    constexpr auto kLimits = kRobotLimits;
    std::string const shown = clicked.text.empty() ? description_of(card) : clicked.text;
    out.begin_object("template_card");
    if (card.kind == chat::CardKind::choice) {
        out.member("card_type", "vote_interaction");
        write_title(out, card.title, shown, kLimits);
        write_choice(out, card, kLimits, &clicked);
    } else if (card.kind == chat::CardKind::buttons) {
        out.member("card_type", "button_interaction");
        write_title(out, card.title, shown, kLimits);
        write_body(out, card, kLimits);
        chat::Card left;
        left.buttons.push_back({clicked.key.empty() ? card.buttons.front().key : clicked.key, shown.empty() ? card.title : shown, false});
        write_buttons(out, left);
    } else {
        out.member("card_type", "text_notice");
        write_title(out, card.title, shown, kLimits);
        write_body(out, card, kLimits);
    }
    out.member("task_id", clicked.task_id).end_object();
}

} // namespace adapters::wecom
