#include "text/shape.hpp"
#include "text/utf8.hpp"
#include "wecom/fields.hpp"
#include "wecom/inbound.hpp"

#include <nlohmann/json.hpp>

namespace adapters::wecom {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 16; // selected options sit at depth eight
constexpr std::size_t kMaxItems = 64;
constexpr std::size_t kMaxUrlBytes = 2048;

json const& member(json const& object, char const* name)
{
    static json const nothing;
    if (!object.is_object())
        return nothing;
    auto const found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string string_of(json const& value)
{
    auto const* text = value.get_ptr<std::string const*>();
    return text != nullptr ? *text : std::string();
}

std::string string_at(json const& object, char const* name)
{
    return string_of(member(object, name));
}

/// The first of two spellings that is there: tables and samples of the documentation differ (wecom.md 3A.4).
std::string string_at(json const& object, char const* name, char const* other)
{
    std::string value = string_at(object, name);
    return value.empty() ? string_at(object, other) : value;
}

/// The elements of an array, or the value itself where the sender wrote a single one without brackets.
std::vector<json const*> elements_of(json const& value)
{
    std::vector<json const*> elements;
    if (!value.is_array()) {
        if (!value.is_null())
            elements.push_back(&value);
        return elements;
    }
    for (auto const& element : value) {
        if (elements.size() < kMaxItems)
            elements.push_back(&element);
    }
    return elements;
}

void append_line(std::string& text, std::string const& more)
{
    if (!text.empty() && !more.empty())
        text += '\n';
    text += more;
}

void attach(std::vector<chat::Media>* media, chat::MediaKind kind, json const& body)
{
    std::string url = string_at(body, "url");
    if (media != nullptr && !url.empty() && url.size() <= kMaxUrlBytes)
        media->push_back({kind, std::move(url), event_text(string_at(body, "name", "filename"))});
}

/// Text of one content, whatever its type; files are added to `media` where one is given. False for an unknown type.
bool read_content(json const& holder, std::string const& type, std::string& said, std::vector<chat::Media>* media)
{
    if (type == "text" || type == "voice") {
        append_line(said, event_text(string_at(member(holder, type.c_str()), "content")));
    } else if (type == "image") {
        attach(media, chat::MediaKind::image, member(holder, "image"));
    } else if (type == "file") {
        attach(media, chat::MediaKind::file, member(holder, "file"));
    } else if (type == "video") {
        attach(media, chat::MediaKind::video, member(holder, "video"));
    } else if (type == "mixed") {
        for (auto const* item : elements_of(member(member(holder, "mixed"), "msg_item"))) {
            std::string const inner = string_at(*item, "msgtype");
            if (inner == "text" || inner == "image")
                read_content(*item, inner, said, media);
        }
        said.resize(text::prefix_bytes(said, kMaxTextBytes).size());
    } else {
        return false;
    }
    return true;
}

std::optional<chat::Quote> quote_of(json const& quote)
{
    if (!quote.is_object())
        return std::nullopt;
    chat::Quote result;
    read_content(quote, string_at(quote, "msgtype"), result.text, nullptr);
    return result;
}

void decode_click(json const& click, chat::Received& received)
{
    chat::CardAction action{string_at(click, "task_id", "taskid"), event_text(string_at(click, "event_key", "eventkey")), {}};
    if (!is_id(action.task_id))
        return;
    std::string picked;
    for (auto const* item : elements_of(member(member(click, "selected_items"), "selected_item"))) {
        chat::Selection selection{event_text(string_at(*item, "question_key", "questionkey")), {}};
        for (auto const* id : elements_of(member(member(*item, "option_ids"), "option_id"))) {
            if (std::string value = string_of(*id); is_id(value)) {
                picked += value + "\n";
                selection.options.push_back(std::move(value));
            }
        }
        action.selections.push_back(std::move(selection));
    }
    auto& values = received.context.values;
    values.insert_or_assign(std::string(context::kPurpose), context::kClick);
    values.insert_or_assign(std::string(context::kTask), action.task_id);
    values.insert_or_assign(std::string(context::kKey), action.key);
    values.insert_or_assign(std::string(context::kPicked), std::move(picked));
    received.event.kind = chat::EventKind::card_action;
    received.event.action = std::move(action);
}

/// Events of wecom.md 3A.4; feedback and unknown ones stay ignored.
void decode_event(json const& body, chat::Received& received)
{
    json const& event = member(body, "event");
    std::string const type = string_at(event, "eventtype", "event_type");
    if (type == "enter_chat") {
        received.event.kind = chat::EventKind::entered;
        received.context.values.insert_or_assign(std::string(context::kPurpose), context::kEntered);
    } else if (type == "template_card_event") {
        decode_click(member(event, "template_card_event"), received);
    }
}

std::string seconds_of(json const& value)
{
    return value.is_number_integer() ? std::to_string(value.get<std::int64_t>()) : string_of(value);
}

/// Fields that every callback has. False where it does not say who speaks where.
bool read_common(json const& body, chat::Received& received)
{
    auto& event = received.event;
    std::string user = string_at(member(body, "from"), "userid");
    event.chat_id = string_at(body, "chatid");
    bool const group = string_at(body, "chattype") == "group";
    if (!is_id(user) || (group && !is_id(event.chat_id)))
        return false;
    event.place = group ? chat::Place::group : chat::Place::direct;
    if (!group)
        event.chat_id.clear();
    event.user_id = lower(user);
    event.mention = true; // in a group it hears nothing else
    event.sent_at = instant_of(seconds_of(member(body, "create_time")));
    event.reply_handle = string_at(body, "response_url");
    if (event.reply_handle.size() > kMaxUrlBytes)
        event.reply_handle.clear();
    received.context.values.emplace(context::kUser, std::move(user));
    return true;
}

} // namespace

std::optional<std::variant<chat::Received, StreamPoll>> decode_robot(std::string_view plain)
{
    if (plain.size() > kMaxBodyBytes || !text::json_depth_within(plain, kMaxDepth))
        return std::nullopt;
    json const body = json::parse(plain.begin(), plain.end(), nullptr, false);
    if (!body.is_object())
        return std::nullopt;
    std::string const type = string_at(body, "msgtype");
    if (type.empty())
        return std::nullopt;
    if (type == "stream")
        return StreamPoll{string_at(member(body, "stream"), "id")};
    chat::Received received;
    auto& event = received.event;
    event.kind = chat::EventKind::ignored;
    event.dedup_key = dedup_key_of(string_at(body, "msgid"), plain);
    auto& values = received.context.values;
    values.emplace(context::kPurpose, context::kNothing);
    if (!read_common(body, received))
        return received;
    if (type == "event") {
        decode_event(body, received);
    } else if (read_content(body, type, event.text, &event.media)) {
        event.kind = chat::EventKind::message;
        event.quote = quote_of(member(body, "quote"));
        values.insert_or_assign(std::string(context::kPurpose), context::kMessage);
        values.emplace(context::kStream, digest_of(event.dedup_key));
    }
    return received;
}

} // namespace adapters::wecom
