#include "wecom/markdown.hpp"

#include "text/utf8.hpp"

#include <algorithm>

namespace adapters::wecom {

namespace {

bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Whether `rest`, which begins with '&', begins an entity such as "&lt;" or "&#60;".
bool begins_entity(std::string_view rest)
{
    std::size_t i = 1;
    while (i < rest.size() && i < 12 && (is_word(rest[i]) || rest[i] == '#'))
        ++i;
    return i > 1 && i < rest.size() && rest[i] == ';';
}

/// Full-width twin of the character at `i` where it would mean something, else nothing.
std::string_view twin(std::string_view s, std::size_t i)
{
    bool const line_start =
        i == 0 || s.find_last_not_of(" \t", i - 1) == std::string_view::npos || s[s.find_last_not_of(" \t", i - 1)] == '\n';
    switch (s[i]) {
    case '<': return "＜";
    case '[': return "［";
    case ']': return "］";
    case '`': return "｀";
    case '*': return "＊";
    case '~': return "～";
    case '>': return line_start ? "＞" : "";
    case '#': return line_start ? "＃" : "";
    case '_': return i > 0 && i + 1 < s.size() && is_word(s[i - 1]) && is_word(s[i + 1]) ? "" : "＿";
    case '&': return begins_entity(s.substr(i)) ? "＆" : "";
    default: return "";
    }
}

} // namespace

std::string escape_markdown(std::string_view plain)
{
    constexpr std::string_view kSpecial = "<[]`*~>#_&";
    std::string out;
    out.reserve(plain.size() + plain.size() / 8);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        std::string_view const replacement = kSpecial.find(plain[i]) == std::string_view::npos ? std::string_view() : twin(plain, i);
        if (replacement.empty())
            out += plain[i];
        else
            out += replacement;
    }
    return out;
}

std::string escape_text(std::string_view plain)
{
    std::string out;
    out.reserve(plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        char const next = i + 1 < plain.size() ? plain[i + 1] : '\0';
        if (plain[i] == '<' && (next == 'a' || next == 'A' || next == '/'))
            out += "＜";
        else
            out += plain[i];
    }
    return out;
}

bool is_link(std::string_view url)
{
    if (url.size() > 1024 || !(url.starts_with("https://") || url.starts_with("http://")))
        return false;
    return std::none_of(url.begin(), url.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || std::string_view("<>()[]\"'`\\").find(c) != std::string_view::npos;
    });
}

std::string card_markdown(chat::Card const& card, std::size_t limit_bytes)
{
    if (card.kind != chat::CardKind::notice || card.title.empty())
        return text::cut_bytes(escape_markdown(card.fallback), limit_bytes);
    constexpr std::size_t kMaxTitle = 100;
    constexpr std::size_t kMaxFact = 60;
    std::string const head = "**" + escape_markdown(text::cut_chars(card.title, kMaxTitle)) + "**";
    std::string tail;
    for (auto const& [label, value] : card.facts) {
        if (tail.size() > limit_bytes / 2)
            break;
        tail += "\n" + escape_markdown(text::cut_chars(label, kMaxFact)) + "：" + escape_markdown(text::cut_chars(value, kMaxFact));
    }
    if (is_link(card.url))
        tail += "\n[查看详情](" + card.url + ")";
    std::string const body = escape_markdown(card.body.empty() ? card.fallback : card.body);
    if (head.size() + tail.size() + 4 > limit_bytes)
        return text::cut_bytes(escape_markdown(card.fallback.empty() ? card.title : card.fallback), limit_bytes);
    std::size_t const room = limit_bytes - head.size() - tail.size() - 1;
    return body.empty() ? head + tail : head + "\n" + text::cut_bytes(body, room) + tail;
}

} // namespace adapters::wecom
