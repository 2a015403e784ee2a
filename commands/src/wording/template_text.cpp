#include "commands/template_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace commands {
namespace {

constexpr std::size_t kTitleLimit = 20;
constexpr std::string_view kTitle = "标题";
constexpr std::string_view kEllipsis = "…";

bool starts_character(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// End of the brace group that opens at `open`.
std::size_t closing(std::string_view text, std::size_t open)
{
    int depth = 0;
    for (auto i = open; i < text.size(); ++i) {
        if (text[i] == '{')
            ++depth;
        else if (text[i] == '}' && --depth == 0)
            return i;
    }
    throw std::invalid_argument("a brace is not closed: " + std::string{text.substr(open, 40)});
}

/// Parts between the '/' that stand outside inner braces.
std::vector<std::string_view> parts(std::string_view text)
{
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
        if (text[i] == '/' && depth == 0) {
            out.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    out.push_back(text.substr(begin));
    return out;
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

std::string with_breaks(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 4) == "<br>") {
            out += '\n';
            i += 4;
        } else {
            out += text[i++];
        }
    }
    return out;
}

} // namespace

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string cut(std::string_view text, std::size_t limit)
{
    if (characters(text) <= limit)
        return std::string{text};
    std::size_t kept = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        if (starts_character(text[i]) && ++kept == limit)
            break;
        ++i;
    }
    return std::string{text.substr(0, i)} + std::string{kEllipsis};
}

Template::Template(std::string_view text) : nodes_(parse(text)) {}

Template::Nodes Template::parse(std::string_view text)
{
    Nodes nodes;
    std::size_t at = 0;
    while (at < text.size()) {
        auto const open = text.find('{', at);
        auto const literal = text.substr(at, open == std::string_view::npos ? text.size() - at : open - at);
        if (literal.find('}') != std::string_view::npos)
            throw std::invalid_argument("a brace is closed that was not opened: " + std::string{literal.substr(0, 40)});
        if (!literal.empty())
            nodes.push_back({Node::Kind::text, with_breaks(literal), {}});
        if (open == std::string_view::npos)
            break;
        auto const close = closing(text, open);
        auto const inside = text.substr(open + 1, close - open - 1);
        auto const split = parts(inside);
        Node node{split.size() == 1 ? Node::Kind::gap : Node::Kind::alternatives, std::string{inside}, {}};
        if (node.kind == Node::Kind::alternatives)
            for (auto const part : split)
                node.alternatives.push_back(parse(trimmed(part)));
        nodes.push_back(std::move(node));
        at = close + 1;
    }
    return nodes;
}

void Template::collect(Nodes const& nodes, std::vector<std::string>& names)
{
    for (auto const& node : nodes) {
        if (node.kind == Node::Kind::gap)
            names.push_back(node.text);
        for (auto const& alternative : node.alternatives)
            collect(alternative, names);
    }
}

std::vector<std::string> Template::gaps() const
{
    std::vector<std::string> names;
    collect(nodes_, names);
    return names;
}

void Template::fill(Nodes const& nodes, Params const& params, std::size_t& choice, std::string& out)
{
    for (auto const& node : nodes) {
        if (node.kind == Node::Kind::text) {
            out += node.text;
            continue;
        }
        if (auto const value = params.values.find(node.text); value != params.values.end()) {
            out += node.text == kTitle ? cut(value->second, kTitleLimit) : value->second;
            continue;
        }
        if (node.kind == Node::Kind::gap)
            throw std::out_of_range("no value for {" + node.text + "}");
        auto const index = choice < params.choices.size() ? params.choices[choice] : 0;
        ++choice;
        fill(node.alternatives.at(index), params, choice, out);
    }
}

std::string Template::render(Params const& params, std::size_t limit) const
{
    auto filled = [&](Params const& with) {
        std::string out;
        std::size_t choice = 0;
        fill(nodes_, with, choice, out);
        return out;
    };
    auto text = filled(params);
    if (limit == 0)
        return text;
    // Shorten the longest value, a few characters at a time, until the whole fits or nothing is long enough to shorten.
    auto shortened = params;
    while (characters(text) > limit) {
        auto longest = std::max_element(shortened.values.begin(), shortened.values.end(),
                                        [](auto const& a, auto const& b) { return characters(a.second) < characters(b.second); });
        if (longest == shortened.values.end() || characters(longest->second) < 8)
            break;
        auto const excess = characters(text) - limit;
        auto const length = characters(longest->second);
        longest->second = cut(longest->second, std::max<std::size_t>(6, length > excess ? length - excess : 6));
        text = filled(shortened);
    }
    return text;
}

} // namespace commands
