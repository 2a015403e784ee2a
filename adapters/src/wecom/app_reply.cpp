#include "text/utf8.hpp"
#include "text/xml_writer.hpp"
#include "wecom/card.hpp"
#include "wecom/context.hpp"
#include "wecom/markdown.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

std::string app_xml(chat::ReplyContext const& context, std::string_view corp_id, std::string_view type, std::string_view body)
{
    text::XmlWriter head;
    head.text("ToUserName", value_of(context, context::kUser)).text("FromUserName", corp_id);
    head.number("CreateTime", number_of(context, context::kTime)).text("MsgType", type);
    return "<xml>" + head.take() + std::string(body) + "</xml>";
}

} // namespace

std::string said_in_words(std::string const& text, std::optional<chat::Card> const& card)
{
    return text.empty() && card ? card->fallback : text;
}

Passive app_reply(chat::ReplyContext const& context, std::string_view corp_id, chat::Reply const& reply)
{
    Passive passive;
    std::string const purpose = value_of(context, context::kPurpose);
    if (purpose == context::kClick && reply.update) {
        // The passive answer changes the clicker's card and nothing else.
        if (is_showable(reply.update->card)) {
            std::string const card = clicked_card_xml(reply.update->card, clicked_of(context, reply.update->text));
            passive.plain = app_xml(context, corp_id, "update_template_card", card);
        } else if (!text::is_blank(reply.update->text)) {
            text::XmlWriter button;
            button.open("Button").text("ReplaceName", reply.update->text).close("Button");
            passive.plain = app_xml(context, corp_id, "update_button", button.take());
        }
        passive.left = {reply.text, reply.card, {}};
        return passive;
    }
    if (purpose != context::kMessage && purpose != context::kEntered) {
        passive.left = {reply.text, reply.card, {}};
        return passive;
    }
    std::string const words = said_in_words(reply.text, reply.card);
    if (!text::is_blank(words)) {
        text::XmlWriter content;
        content.text("Content", text::cut_bytes(text::cleaned(escape_text(words)), kTextLimitBytes));
        passive.plain = app_xml(context, corp_id, "text", content.take());
        if (!reply.text.empty())
            passive.left.card = reply.card;
    }
    return passive;
}

} // namespace adapters::wecom
