#include "playground/wire.hpp"
#include "adapters/chat/stored.hpp"

#include <nlohmann/json.hpp>

namespace adapters::playground {
namespace {

using nlohmann::json;

constexpr std::size_t kWrittenLimitBytes = 64 * 1024UL;
constexpr std::size_t kListLimit = 20;

std::string text_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found == object.end() ? std::string() : found->get<std::string>();
}

chat::CardAction read_action(json const& object)
{
    chat::CardAction action;
    action.task_id = object.at("task_id").get<std::string>();
    action.key = text_of(object, "key");
    for (auto const& selection : object.value("selections", json::array())) {
        auto options = selection.at("options").get<std::vector<std::string>>();
        action.selections.push_back({selection.at("question").get<std::string>(), std::move(options)});
    }
    return action;
}

json write_action(chat::CardAction const& action)
{
    json object = {{"task_id", action.task_id}, {"key", action.key}, {"selections", json::array()}};
    for (auto const& selection : action.selections)
        object["selections"].push_back({{"question", selection.question}, {"options", selection.options}});
    return object;
}

Message read_message(json const& object)
{
    Message message;
    message.id = object.at("id").get<std::string>();
    message.user_id = object.at("as").get<std::string>();
    message.chat_id = text_of(object, "chat");
    message.text = text_of(object, "text");
    if (auto const quote = object.find("quote"); quote != object.end()) {
        message.quote_text = text_of(*quote, "text");
        message.quote_task_id = text_of(*quote, "task_id");
    }
    for (auto const& picture : object.value("pictures", json::array()))
        message.pictures.push_back({chat::MediaKind::image, picture.at("handle").get<std::string>(), text_of(picture, "name")});
    if (auto const action = object.find("action"); action != object.end())
        message.action = read_action(*action);
    return message;
}

} // namespace

std::string encode(Message const& message)
{
    json object = {{"id", message.id}, {"as", message.user_id}};
    if (!message.chat_id.empty())
        object["chat"] = message.chat_id;
    if (!message.text.empty())
        object["text"] = message.text;
    if (!message.quote_text.empty() || !message.quote_task_id.empty())
        object["quote"] = {{"text", message.quote_text}, {"task_id", message.quote_task_id}};
    for (auto const& picture : message.pictures)
        object["pictures"].push_back({{"handle", picture.handle}, {"name", picture.name}});
    if (message.action)
        object["action"] = write_action(*message.action);
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Message> decode(std::string_view body)
{
    try {
        auto const object = json::parse(body);
        if (!object.is_object())
            return std::nullopt;
        auto message = read_message(object);
        if (message.id.empty() || message.user_id.empty() || message.text.size() > kWrittenLimitBytes ||
            message.pictures.size() > kListLimit)
            return std::nullopt;
        return message;
    } catch (json::exception const&) {
        return std::nullopt;
    }
}

std::optional<chat::Reply> decode_answer(std::string_view body)
{
    return chat::decode_reply(body == "{}" ? std::string_view() : body);
}

std::string picture_handle(std::int64_t id)
{
    return "picture:" + std::to_string(id);
}

} // namespace adapters::playground
