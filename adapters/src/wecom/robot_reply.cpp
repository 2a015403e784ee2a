#include "text/json_writer.hpp"
#include "text/utf8.hpp"
#include "wecom/card.hpp"
#include "wecom/context.hpp"
#include "wecom/markdown.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

std::string markdown_content(std::string_view plain)
{
    return text::cut_bytes(text::cleaned(escape_markdown(plain)), kStreamLimitBytes);
}

void write_stream(text::JsonWriter& out, std::string_view id, std::string_view plain)
{
    out.begin_object("stream").member("id", id).boolean("finish", true).member("content", markdown_content(plain)).end_object();
}

/// To a message: a finished stream, a card, or both.
std::string message_answer(chat::ReplyContext const& context, std::string const& text, chat::Card const* card)
{
    text::JsonWriter out;
    out.begin_object();
    if (text.empty()) {
        out.member("msgtype", "template_card");
    } else {
        out.member("msgtype", card != nullptr ? "stream_with_template_card" : "stream");
        write_stream(out, value_of(context, context::kStream), text);
    }
    if (card != nullptr)
        write_card(out, *card, kRobotLimits);
    out.end_object();
    return out.take();
}

/// To an entry: a card or a plain text, never both.
std::string welcome(std::string const& text, chat::Card const* card)
{
    text::JsonWriter out;
    out.begin_object();
    if (card != nullptr && text.empty()) {
        out.member("msgtype", "template_card");
        write_card(out, *card, kRobotLimits);
    } else {
        std::string const words = card != nullptr && !card->fallback.empty() ? text + "\n" + card->fallback : text;
        out.member("msgtype", "text")
            .begin_object("text")
            .member("content", text::cut_bytes(text::cleaned(words), kTextLimitBytes))
            .end_object();
    }
    out.end_object();
    return out.take();
}

/// To a click: the clicker's card changes; nothing else can be said.
std::string update_answer(chat::ReplyContext const& context, chat::CardUpdate const& update)
{
    text::JsonWriter out;
    out.begin_object().member("response_type", "update_template_card");
    out.begin_array("userids").element(value_of(context, context::kUser)).end_array();
    write_clicked_card(out, update.card, clicked_of(context, update.text));
    out.end_object();
    return out.take();
}

} // namespace

Passive robot_reply(chat::ReplyContext const& context, chat::Reply const& reply)
{
    Passive passive;
    std::string const purpose = value_of(context, context::kPurpose);
    if (purpose == context::kClick && reply.update && is_showable(reply.update->card)) {
        passive.plain = update_answer(context, *reply.update);
        passive.left = {reply.text, reply.card, {}};
        return passive;
    }
    bool const message = purpose == context::kMessage;
    if (!message && purpose != context::kEntered) {
        passive.left = {reply.text.empty() && reply.update ? reply.update->text : reply.text, reply.card, {}};
        return passive;
    }
    bool const show = reply.card && is_showable(*reply.card);
    std::string const words = show ? reply.text : said_in_words(reply.text, reply.card);
    if (!show && text::is_blank(words))
        return passive;
    chat::Card const* const card = show ? &*reply.card : nullptr;
    passive.plain = message ? message_answer(context, words, card) : welcome(words, card);
    return passive;
}

std::string stream_apology(std::string_view stream_id)
{
    text::JsonWriter out;
    out.begin_object().member("msgtype", "stream");
    write_stream(out, stream_id, "抱歉，刚才的回复没有送到，请再发一次。");
    out.end_object();
    return out.take();
}

std::optional<std::string> late_robot_message(chat::Outbound const& message)
{
    text::JsonWriter out;
    out.begin_object();
    // Cards come through a response_url only in private chats (wecom.md 3A.7).
    if (message.card && message.chat_id.empty() && is_showable(*message.card)) {
        out.member("msgtype", "template_card");
        write_card(out, *message.card, kRobotLimits);
    } else {
        std::string words = said_in_words(message.text, message.card);
        if (words.empty() && message.update)
            words = message.update->text;
        if (text::is_blank(words))
            return std::nullopt;
        out.member("msgtype", "markdown").begin_object("markdown").member("content", markdown_content(words)).end_object();
    }
    out.end_object();
    return out.take();
}

} // namespace adapters::wecom
