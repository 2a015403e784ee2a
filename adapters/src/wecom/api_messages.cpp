#include "text/json_writer.hpp"
#include "text/utf8.hpp"
#include "wecom/card.hpp"
#include "wecom/markdown.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

/// How long WeCom drops bodies equal to this one, seconds. Two different messages may read the same ("已记下。"); as only tries of the same
/// message may count as repeats, the figure differs from message to message, and so do the bytes.
std::int64_t duplicate_interval_s(std::string_view dedup_key)
{
    std::uint32_t hash = 2166136261U; // FNV-1a: the same on every node and after a restart
    for (char const c : dedup_key)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return 3600 + static_cast<std::int64_t>(hash % 10800U); // at most 4 h (wecom.md 4.2)
}

} // namespace

std::optional<std::string> app_message(chat::Outbound const& message, std::int64_t agent_id)
{
    text::JsonWriter out;
    out.begin_object().member("touser", message.user_id);
    if (message.card && is_showable(*message.card)) {
        out.member("msgtype", "template_card").number("agentid", agent_id);
        write_card(out, *message.card, kAppLimits);
    } else {
        // Text, not markdown: members who use WeChat see nothing of markdown (wecom.md 4.3).
        std::string words = message.card && !message.card->fallback.empty() ? message.card->fallback : message.text;
        if (text::is_blank(words))
            return std::nullopt;
        out.member("msgtype", "text").number("agentid", agent_id);
        words = text::cut_bytes(text::cleaned(escape_text(words)), kTextLimitBytes);
        out.begin_object("text").member("content", words).end_object();
    }
    out.number("enable_duplicate_check", 1).number("duplicate_check_interval", duplicate_interval_s(message.dedup_key));
    out.end_object();
    return out.take();
}

std::optional<std::string> app_card_update(chat::Outbound const& message, std::int64_t agent_id, std::string_view response_code)
{
    if (!message.update || text::is_blank(message.update->text) || response_code.empty())
        return std::nullopt;
    text::JsonWriter out;
    out.begin_object();
    if (message.user_id.empty())
        out.number("atall", 1);
    else
        out.begin_array("userids").element(message.user_id).end_array();
    out.number("agentid", agent_id).member("response_code", response_code);
    out.begin_object("button").member("replace_name", message.update->text).end_object().end_object();
    return out.take();
}

std::optional<std::string> group_message(chat::Outbound const& message)
{
    std::string const words = message.card ? card_markdown(*message.card, kMarkdownLimitBytes) : escape_markdown(message.text);
    std::string const content = text::cut_bytes(text::cleaned(words.empty() ? escape_markdown(message.text) : words), kMarkdownLimitBytes);
    if (text::is_blank(content))
        return std::nullopt;
    text::JsonWriter out;
    out.begin_object().member("msgtype", "markdown").begin_object("markdown").member("content", content).end_object().end_object();
    return out.take();
}

} // namespace adapters::wecom
