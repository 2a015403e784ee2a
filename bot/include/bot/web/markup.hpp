#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace bot {

/// A piece of HTML that stands in the program's own text. It cannot be made from anything that comes from outside.
class Html {
public:
    consteval Html(char const* text, std::size_t size) : text_(text, size) {}
    [[nodiscard]] std::string_view view() const { return text_; }

private:
    std::string_view text_;
};
consteval Html operator""_html(char const* text, std::size_t size)
{
    return {text, size};
}

/// Text as it may stand in HTML, between tags and in quoted attributes; control characters are left out.
std::string escape_html(std::string_view text);

/// Writes HTML. Values are always escaped; only pieces written "…"_html pass as they are, so nothing that a resident wrote becomes markup.
class Markup {
public:
    Markup& operator<<(Html piece)
    {
        out_.append(piece.view());
        return *this;
    }
    Markup& operator<<(std::string_view value)
    {
        out_.append(escape_html(value));
        return *this;
    }
    template <std::integral T>
    Markup& operator<<(T value)
    {
        out_.append(std::to_string(value));
        return *this;
    }
    /// What another Markup holds, finished.
    Markup& operator<<(Markup const& part)
    {
        out_.append(part.out_);
        return *this;
    }
    [[nodiscard]] bool empty() const { return out_.empty(); }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

} // namespace bot
