#include "playground/requests.hpp"

#include "bot/web/query.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bot::playground {
namespace {

using nlohmann::json;

constexpr std::size_t kIdLimitBytes = 64;
constexpr std::size_t kTextLimitBytes = 4096;
constexpr std::size_t kPictureLimitBytes = 350 * 1024UL; ///< in base64
constexpr std::size_t kMostNeighbours = 200;
constexpr std::int64_t kLargestWeight = 1000;

json parse(std::string_view body)
{
    auto document = json::parse(body, nullptr, false);
    if (!document.is_object())
        throw BadRequest("the body must be a JSON object");
    return document;
}

std::string text_of(json const& object, char const* name, std::size_t limit_bytes)
{
    auto const found = object.find(name);
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_string() || found->get_ref<std::string const&>().size() > limit_bytes ||
        !is_plain_text(found->get_ref<std::string const&>()))
        throw BadRequest(std::string(name) + " must be plain text of at most " + std::to_string(limit_bytes) + " bytes");
    return found->get<std::string>();
}

std::string id_of(json const& object, char const* name)
{
    auto id = text_of(object, name, kIdLimitBytes);
    auto const fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.' || c == '@';
    };
    if (!std::all_of(id.begin(), id.end(), fits))
        throw BadRequest(std::string(name) + " must be an id");
    return id;
}

std::int64_t integer_of(json const& object, char const* name, std::int64_t low, std::int64_t high)
{
    auto const found = object.find(name);
    if (found == object.end() || !found->is_number_integer() || *found < low || *found > high)
        throw BadRequest(std::string(name) + " must be an integer from " + std::to_string(low) + " to " + std::to_string(high));
    return found->get<std::int64_t>();
}

json object_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_object())
        throw BadRequest(std::string(name) + " must be an object");
    return *found;
}

adapters::chat::CardAction action_of(json const& object)
{
    adapters::chat::CardAction action;
    action.task_id = text_of(object, "task_id", 128);
    action.key = text_of(object, "key", 1024);
    if (action.task_id.empty())
        throw BadRequest("action.task_id is missing");
    auto const selections = object.value("selections", json::array());
    if (!selections.is_array() || selections.size() > 20)
        throw BadRequest("action.selections must be a list");
    for (auto const& selection : selections) {
        if (!selection.is_object())
            throw BadRequest("action.selections must hold objects");
        adapters::chat::Selection picked{text_of(selection, "question", 1024), {}};
        auto const options = selection.value("options", json::array());
        if (!options.is_array() || options.size() > 20)
            throw BadRequest("options must be a list");
        for (auto const& option : options) {
            if (!option.is_string() || option.get_ref<std::string const&>().size() > 128)
                throw BadRequest("options must hold option ids");
            picked.options.push_back(option.get<std::string>());
        }
        action.selections.push_back(std::move(picked));
    }
    return action;
}

void read_picture(json const& object, Spoken& spoken)
{
    spoken.picture_name = text_of(object, "name", 128);
    spoken.picture.content_type = text_of(object, "type", 32);
    spoken.picture.base64 = text_of(object, "base64", kPictureLimitBytes);
    auto const fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/' || c == '=';
    };
    if (spoken.picture.content_type != "image/jpeg" && spoken.picture.content_type != "image/png")
        throw BadRequest("picture.type must be image/jpeg or image/png");
    if (spoken.picture.base64.size() < 8 || !std::all_of(spoken.picture.base64.begin(), spoken.picture.base64.end(), fits))
        throw BadRequest("picture.base64 must hold the picture in base64");
}

NeighbourAction action_word(std::string const& word)
{
    if (word == "endorse")
        return NeighbourAction::endorse;
    if (word == "vote")
        return NeighbourAction::vote;
    if (word == "rate")
        return NeighbourAction::rate;
    throw BadRequest("action must be endorse, vote or rate");
}

} // namespace

Spoken read_message(std::string_view body)
{
    auto const document = parse(body);
    Spoken spoken;
    spoken.user_id = id_of(document, "as");
    spoken.chat_id = id_of(document, "chat");
    spoken.text = text_of(document, "text", kTextLimitBytes);
    if (spoken.user_id.empty())
        throw BadRequest("as is missing: who speaks");
    if (auto const quote = object_of(document, "quote"); !quote.empty()) {
        spoken.quote_text = text_of(quote, "text", kTextLimitBytes);
        spoken.quote_task_id = text_of(quote, "task_id", 128);
    }
    if (auto const picture = object_of(document, "picture"); !picture.empty())
        read_picture(picture, spoken);
    if (auto const action = object_of(document, "action"); !action.empty())
        spoken.action = action_of(action);
    if (spoken.text.empty() && spoken.picture.base64.empty() && !spoken.action)
        throw BadRequest("nothing is said: text, picture or action is needed");
    return spoken;
}

NeighbourRequest read_neighbours(std::string_view body)
{
    auto const document = parse(body);
    NeighbourRequest request;
    request.community = id_of(document, "community");
    request.no = integer_of(document, "no", 1, 1'000'000'000);
    request.action = action_word(text_of(document, "action", 16));
    request.count = static_cast<std::size_t>(integer_of(document, "count", 1, kMostNeighbours));
    request.in_group = request.action == NeighbourAction::endorse;
    if (auto const where = text_of(document, "where", 16); !where.empty())
        request.in_group = where == "group";
    auto const mix = object_of(document, "mix");
    for (auto const& [key, weight] : mix.items()) {
        if (key.empty() || key.size() > 64 || !weight.is_number_integer() || weight < 0 || weight > kLargestWeight || mix.size() > 20)
            throw BadRequest("mix must give weights from 0 to 1000");
        if (request.action == NeighbourAction::rate && (key.size() != 1 || key[0] < '1' || key[0] > '5'))
            throw BadRequest("mix of ratings must name scores from 1 to 5");
        request.mix[key] = weight.get<std::int64_t>();
    }
    return request;
}

std::vector<std::string> deal(std::map<std::string, std::int64_t> const& mix, std::size_t count)
{
    std::int64_t total = 0;
    for (auto const& [key, weight] : mix)
        total += weight;
    std::vector<std::string> dealt;
    std::map<std::string, std::int64_t> given;
    while (total > 0 && dealt.size() < count) {
        // Who lags most behind its share of the list so far and one more.
        std::string const* next = nullptr;
        std::int64_t most = INT64_MIN;
        for (auto const& [key, weight] : mix) {
            auto const lag = weight * static_cast<std::int64_t>(dealt.size() + 1) - given[key] * total;
            if (weight > 0 && lag > most) {
                most = lag;
                next = &key;
            }
        }
        ++given[*next];
        dealt.push_back(*next);
    }
    return dealt;
}

} // namespace bot::playground
