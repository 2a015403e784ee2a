#include "wecom/fields.hpp"
#include "wecom/inbound.hpp"
#include "wecom/xml_input.hpp"

#include <algorithm>
#include <array>

namespace adapters::wecom {

namespace {

constexpr std::size_t kMaxOptions = 64; // beyond the twenty of a card

void attach(chat::Event& event, chat::MediaKind kind, std::string handle)
{
    if (!handle.empty() && handle.size() <= 512)
        event.media.push_back({kind, std::move(handle), {}});
}

/// Messages of wecom.md 2.1. Unknown types stay ignored.
void decode_message(XmlInput const& xml, std::string const& type, chat::Event& event)
{
    event.kind = chat::EventKind::message;
    if (type == "text") {
        event.text = event_text(xml.text("Content"));
    } else if (type == "image") {
        attach(event, chat::MediaKind::image, xml.text("MediaId"));
    } else if (type == "voice") {
        attach(event, chat::MediaKind::voice, xml.text("MediaId"));
    } else if (type == "video") {
        attach(event, chat::MediaKind::video, xml.text("MediaId"));
    } else if (type == "location") {
        event.text = event_text(xml.text("Label"));
    } else if (type == "link") {
        event.text = event_text(xml.text("Title") + "\n" + xml.text("Url"));
    } else {
        event.kind = chat::EventKind::ignored;
    }
}

/// SelectedItems of a click. Older documentation and traffic spell the elements "Opiton" (wecom.md 2.3).
std::vector<chat::Selection> selections_of(XmlInput const& xml)
{
    std::vector<chat::Selection> selections;
    std::size_t options = 0;
    for (auto const item : xml.root().child("SelectedItems").children("SelectedItem")) {
        chat::Selection selection{XmlInput::text_of(item.child("QuestionKey")), {}};
        for (auto const& spelling : {std::pair{"OptionIds", "OptionId"}, std::pair{"OpitonIds", "OpitonId"}}) {
            for (auto const id : item.child(spelling.first).children(spelling.second)) {
                if (std::string value = XmlInput::text_of(id); is_id(value) && ++options <= kMaxOptions)
                    selection.options.push_back(std::move(value));
            }
        }
        selections.push_back(std::move(selection));
    }
    return selections;
}

void decode_click(XmlInput const& xml, chat::Received& received)
{
    chat::CardAction action{xml.text("TaskId"), event_text(xml.text("EventKey")), selections_of(xml)};
    if (!is_id(action.task_id))
        return;
    auto& values = received.context.values;
    values.insert_or_assign(std::string(context::kPurpose), context::kClick);
    values.insert_or_assign(std::string(context::kTask), action.task_id);
    std::string picked;
    for (auto const& selection : action.selections) {
        for (auto const& option : selection.options)
            picked += option + "\n";
    }
    values.insert_or_assign(std::string(context::kPicked), std::move(picked));
    received.event.kind = chat::EventKind::card_action;
    received.event.action = std::move(action);
    received.event.reply_handle = xml.text("ResponseCode");
}

/// Events of wecom.md 2.2 and 2.3. Names are compared without regard to case, as the documentation mixes cases.
void decode_event(XmlInput const& xml, chat::Received& received)
{
    std::string const name = lower(xml.text("Event"));
    auto& values = received.context.values;
    received.event.kind = chat::EventKind::ignored;
    if (name == "template_card_event" || name == "template_card_menu_event") {
        decode_click(xml, received);
    } else if (name == "click") {
        // The key of a menu entry is the sentence it stands for.
        received.event.text = event_text(xml.text("EventKey"));
        if (!received.event.text.empty())
            received.event.kind = chat::EventKind::message;
        values.insert_or_assign(std::string(context::kPurpose), context::kMessage);
    } else if (name == "subscribe") {
        received.event.kind = chat::EventKind::entered;
        values.insert_or_assign(std::string(context::kPurpose), context::kEntered);
    }
    // enter_agent comes at every opening of the app: a welcome each time would be noise, so it is ignored like all the rest.
}

} // namespace

std::optional<chat::Received> decode_app(std::string_view plain)
{
    auto const xml = XmlInput::parse(plain);
    if (!xml)
        return std::nullopt;
    std::string const type = lower(xml->text("MsgType"));
    if (type.empty())
        return std::nullopt;
    chat::Received received;
    auto& event = received.event;
    std::string user = xml->text("FromUserName");
    event.dedup_key = dedup_key_of(xml->text("MsgId"), plain);
    event.sent_at = instant_of(xml->text("CreateTime"));
    event.place = chat::Place::direct;
    event.mention = true;
    event.kind = chat::EventKind::ignored;
    received.context.values.emplace(context::kPurpose, type == "event" ? context::kNothing : context::kMessage);
    // "sys" reports changes of the address book and the like.
    if (!is_id(user) || user == "sys")
        return received;
    event.user_id = lower(user);
    received.context.values.emplace(context::kUser, std::move(user));
    if (type == "event")
        decode_event(*xml, received);
    else
        decode_message(*xml, type, event);
    return received;
}

} // namespace adapters::wecom
