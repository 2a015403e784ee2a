#include "adapters/chat/stored.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace adapters::chat {
namespace {

using nlohmann::json;

/// Writes JSON straight into a string: every event stores its reply, and building a tree would cost more than the crypto.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void key(std::string_view name)
    {
        if (out_.back() != '{')
            out_ += ',';
        string(name);
        out_ += ':';
    }
    void text(std::string_view name, std::string_view value)
    {
        if (value.empty())
            return;
        key(name);
        string(value);
    }
    void string(std::string_view value)
    {
        static constexpr char kHex[] = "0123456789abcdef";
        out_ += '"';
        for (char const c : value) {
            auto const byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                out_ += '\\';
                out_ += c;
            } else if (byte < 0x20) {
                out_ += "\\u00";
                out_ += kHex[byte >> 4U];
                out_ += kHex[byte & 0xfU];
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }
    template <class Items, class One>
    void list(std::string_view name, Items const& items, One const& one)
    {
        if (items.empty())
            return;
        key(name);
        out_ += '[';
        for (auto const& item : items) {
            if (out_.back() != '[')
                out_ += ',';
            one(item);
        }
        out_ += ']';
    }
    void open() { out_ += '{'; }
    void close() { out_ += '}'; }

private:
    std::string& out_;
};

std::string_view kind_name(CardKind kind)
{
    switch (kind) {
    case CardKind::notice: return "notice";
    case CardKind::buttons: return "buttons";
    case CardKind::choice: return "choice";
    }
    return "notice";
}

void write_card(Writer& out, std::string& raw, Card const& card)
{
    out.open();
    out.text("kind", kind_name(card.kind));
    out.text("task_id", card.task_id);
    out.text("title", card.title);
    out.text("body", card.body);
    out.list("facts", card.facts, [&](auto const& fact) {
        raw += '[';
        out.string(fact.first);
        raw += ',';
        out.string(fact.second);
        raw += ']';
    });
    out.list("buttons", card.buttons, [&](Button const& button) {
        out.open();
        out.text("key", button.key);
        out.text("text", button.text);
        if (button.primary) {
            out.key("primary");
            raw += "true";
        }
        out.close();
    });
    out.text("question", card.question);
    out.list("options", card.options, [&](Option const& option) {
        out.open();
        out.text("id", option.id);
        out.text("text", option.text);
        out.close();
    });
    out.text("submit_key", card.submit_key);
    out.text("submit_text", card.submit_text);
    out.text("url", card.url);
    out.text("fallback", card.fallback);
    out.close();
}

std::string text_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found == object.end() ? std::string() : found->get<std::string>();
}

CardKind kind_of(std::string const& name)
{
    if (name == "buttons")
        return CardKind::buttons;
    return name == "choice" ? CardKind::choice : CardKind::notice;
}

Card read_card(json const& object)
{
    Card card;
    card.kind = kind_of(text_of(object, "kind"));
    card.task_id = text_of(object, "task_id");
    card.title = text_of(object, "title");
    card.body = text_of(object, "body");
    for (auto const& fact : object.value("facts", json::array()))
        card.facts.emplace_back(fact.at(0).get<std::string>(), fact.at(1).get<std::string>());
    for (auto const& button : object.value("buttons", json::array()))
        card.buttons.push_back({text_of(button, "key"), text_of(button, "text"), button.value("primary", false)});
    card.question = text_of(object, "question");
    for (auto const& option : object.value("options", json::array()))
        card.options.push_back({text_of(option, "id"), text_of(option, "text")});
    card.submit_key = text_of(object, "submit_key");
    card.submit_text = text_of(object, "submit_text");
    card.url = text_of(object, "url");
    card.fallback = text_of(object, "fallback");
    return card;
}

} // namespace

std::string encode_reply(Reply const& reply)
{
    std::string encoded;
    if (reply.empty())
        return encoded;
    encoded.reserve(reply.text.size() + 16);
    Writer out(encoded);
    out.open();
    out.text("text", reply.text);
    if (reply.card) {
        out.key("card");
        write_card(out, encoded, *reply.card);
    }
    if (reply.update) {
        out.key("update");
        out.open();
        out.text("task_id", reply.update->task_id);
        out.text("text", reply.update->text);
        out.key("card");
        write_card(out, encoded, reply.update->card);
        out.close();
    }
    out.close();
    return encoded;
}

std::optional<Reply> decode_reply(std::string_view stored)
{
    if (stored.empty())
        return Reply{};
    try {
        auto const object = json::parse(stored);
        if (!object.is_object())
            return std::nullopt;
        Reply reply;
        reply.text = text_of(object, "text");
        if (auto const card = object.find("card"); card != object.end())
            reply.card = read_card(*card);
        if (auto const update = object.find("update"); update != object.end())
            reply.update = CardUpdate{text_of(*update, "task_id"), text_of(*update, "text"), read_card(update->at("card"))};
        return reply;
    } catch (json::exception const&) {
        return std::nullopt;
    }
}

} // namespace adapters::chat
