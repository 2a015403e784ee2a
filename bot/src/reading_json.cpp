#include "bot/reading_json.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <stdexcept>

namespace bot {

namespace {

using namespace commands::reader;
using nlohmann::json;

[[noreturn]] void fail(std::string const& key, std::string const& what)
{
    throw std::invalid_argument("ctx." + key + " " + what);
}

json const* value_at(json const& ctx, char const* key)
{
    auto const found = ctx.find(key);
    return found == ctx.end() || found->is_null() ? nullptr : &*found;
}

std::vector<std::int64_t> numbers_at(json const& ctx, char const* key)
{
    auto const* list = value_at(ctx, key);
    if (!list)
        return {};
    if (!list->is_array())
        fail(key, "must be a list of numbers");
    std::vector<std::int64_t> numbers;
    for (auto const& n : *list) {
        if (!n.is_number_integer())
            fail(key, "must be a list of numbers");
        numbers.push_back(n.get<std::int64_t>());
    }
    return numbers;
}

std::string text_at(json const& ctx, char const* key)
{
    auto const* value = value_at(ctx, key);
    if (!value)
        return {};
    if (!value->is_string())
        fail(key, "must be a text");
    return value->get<std::string>();
}

std::int64_t number_of(std::string const& text)
{
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        fail("refs", "has a key that is no number");
    return number;
}

std::map<std::int64_t, Ref> refs_of(json const& ctx)
{
    std::map<std::int64_t, Ref> refs;
    auto const* object = value_at(ctx, "refs");
    if (!object)
        return refs;
    if (!object->is_object())
        fail("refs", "must be an object of number and kind");
    for (auto const& [key, kind] : object->items()) {
        if (!kind.is_string())
            fail("refs", "must be an object of number and kind");
        refs[number_of(key)] = ref_from(kind.get<std::string>());
    }
    return refs;
}

std::optional<ReplyTo> reply_of(json const& ctx)
{
    auto const* value = value_at(ctx, "reply_to");
    if (!value)
        return std::nullopt;
    if (!value->is_object())
        fail("reply_to", "must be an object");
    ReplyTo reply;
    reply.kind = text_at(*value, "kind");
    if (auto const* ref = value_at(*value, "ref_no"); ref && ref->is_number_integer())
        reply.ref_no = ref->get<std::int64_t>();
    if (auto const* options = value_at(*value, "options"); options && options->is_array())
        for (auto const& option : *options)
            reply.options.push_back(option.is_string() ? option.get<std::string>() : option.dump());
    return reply;
}

std::optional<PendingQuestion> question_of(json const& ctx)
{
    auto const* value = value_at(ctx, "pending_question");
    if (!value)
        return std::nullopt;
    if (!value->is_object())
        fail("pending_question", "must be an object");
    PendingQuestion question;
    question.kind = text_at(*value, "kind");
    if (auto const* options = value_at(*value, "options"))
        question.options = options->is_number_integer() ? options->get<int>() : static_cast<int>(options->size());
    return question;
}

json number_json(Hundredths n)
{
    if (n.value % 100 == 0)
        return n.value / 100;
    return static_cast<double>(n.value) / 100.0;
}

json address_json(Address const& address)
{
    json out = json::object();
    for (auto const& [name, value] : fields_of(address))
        out[std::string(name)] = value;
    if (!address.buildings.empty())
        out["buildings"] = address.buildings;
    return out;
}

json value_json(ArgValue const& value)
{
    if (auto const* number = std::get_if<Hundredths>(&value))
        return number_json(*number);
    if (auto const* address = std::get_if<Address>(&value))
        return address_json(*address);
    if (auto const* n = std::get_if<std::int64_t>(&value))
        return *n;
    if (auto const* flag = std::get_if<bool>(&value))
        return *flag;
    if (auto const* list = std::get_if<std::vector<std::string>>(&value))
        return *list;
    return std::get<std::string>(value);
}

} // namespace

Context context_from_json(json const& ctx)
{
    Context c;
    if (ctx.is_null())
        return c;
    if (!ctx.is_object())
        throw std::invalid_argument("ctx must be an object");
    auto const chat = text_at(ctx, "chat");
    if (!chat.empty() && chat != "group" && chat != "private")
        fail("chat", "must be group or private");
    c.chat = chat == "private" ? Chat::direct : Chat::group;
    if (auto const* mention = value_at(ctx, "mention")) {
        if (!mention->is_boolean())
            fail("mention", "must be true or false");
        c.mention = mention->get<bool>();
    }
    if (auto const* role = value_at(ctx, "role")) {
        if (role->is_string())
            c.roles.push_back(role->get<std::string>());
        else if (role->is_array())
            for (auto const& one : *role)
                c.roles.push_back(one.is_string() ? one.get<std::string>() : std::string{});
        else
            fail("role", "must be a text or a list of texts");
    }
    c.open_votes = numbers_at(ctx, "open_votes");
    c.open_endorse = numbers_at(ctx, "open_endorse");
    c.pending_rate = numbers_at(ctx, "pending_rate");
    c.refs = refs_of(ctx);
    c.reply_to = reply_of(ctx);
    c.session = text_at(ctx, "session");
    c.pending_question = question_of(ctx);
    return c;
}

json to_json(Reading const& reading)
{
    json out{{"mode", name_of(reading.mode)}, {"intent", name_of(reading.intent)}};
    auto& args = out["args"] = json::object();
    for (auto const& [name, value] : reading.args)
        args[std::string(name)] = value_json(value);
    if (!reading.missing.empty())
        out["missing"] = reading.missing;
    return out;
}

json to_json(Result const& result, std::function<bool(Reading const&)> const& denied)
{
    auto const with_authz = [&](Reading const& reading) {
        auto out = to_json(reading);
        if (denied && reading.mode != Mode::ignore && denied(reading))
            out["authz"] = "deny";
        return out;
    };
    if (result.readings.size() == 1)
        return with_authz(result.readings.front());
    json multi = json::array();
    for (auto const& reading : result.readings)
        multi.push_back(with_authz(reading));
    return json{{"multi", std::move(multi)}};
}

} // namespace bot
