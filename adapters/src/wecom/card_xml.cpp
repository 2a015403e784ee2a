#include "text/utf8.hpp"
#include "text/xml_writer.hpp"
#include "wecom/card.hpp"
#include "wecom/markdown.hpp"

namespace adapters::wecom {

namespace {

using text::cut_chars;

void write_head(text::XmlWriter& out, chat::Card const& card)
{
    out.open("MainTitle").text("Title", cut_chars(card.title, kAppLimits.title));
    if (card.kind == chat::CardKind::choice)
        out.text("Desc", cut_chars(description_of(card), kAppLimits.description));
    out.close("MainTitle");
}

void write_body(text::XmlWriter& out, chat::Card const& card)
{
    if (!card.body.empty())
        out.text("SubTitleText", cut_chars(card.body, kAppLimits.body));
    for (auto const& [label, value] : shown_facts(card)) {
        out.open("HorizontalContentList").text("KeyName", cut_chars(label, kMaxLabelChars));
        out.text("Value", cut_chars(value, kAppLimits.value)).close("HorizontalContentList");
    }
    if (is_link(card.url))
        out.open("CardAction").number("Type", 1).text("Url", card.url).close("CardAction");
}

void write_buttons(text::XmlWriter& out, chat::Card const& card)
{
    for (auto const& button : card.buttons) {
        out.open("ButtonList").text("Text", cut_chars(button.text, kMaxButtonChars));
        out.number("Style", button.primary ? 1 : 2).text("Key", button.key).close("ButtonList");
    }
}

void write_choice(text::XmlWriter& out, chat::Card const& card, Clicked const& clicked)
{
    out.open("CheckBox").text("QuestionKey", card.question);
    for (auto const& option : card.options) {
        out.open("OptionList").text("Id", option.id).text("Text", cut_chars(option.text, kAppLimits.option));
        out.number("IsChecked", clicked.picked.count(option.id) != 0 ? 1 : 0).close("OptionList");
    }
    out.number("Disable", 1).number("Mode", 0).close("CheckBox");
    out.open("SubmitButton").text("Text", cut_chars(card.submit_text, kMaxButtonChars)).text("Key", card.submit_key).close("SubmitButton");
}

} // namespace

std::string clicked_card_xml(chat::Card const& card, Clicked const& clicked)
{
    text::XmlWriter out;
    out.open("TemplateCard");
    switch (card.kind) {
    case chat::CardKind::notice:
        out.text("CardType", "text_notice");
        write_head(out, card);
        write_body(out, card);
        break;
    case chat::CardKind::buttons:
        out.text("CardType", "button_interaction");
        write_head(out, card);
        write_body(out, card);
        write_buttons(out, card);
        break;
    case chat::CardKind::choice:
        out.text("CardType", "vote_interaction");
        write_head(out, card);
        write_choice(out, card, clicked);
        break;
    }
    if (!clicked.text.empty() && card.kind != chat::CardKind::notice)
        out.text("ReplaceText", clicked.text);
    out.close("TemplateCard");
    return out.take();
}

} // namespace adapters::wecom
