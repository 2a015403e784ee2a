#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bot {

/// What the asker can mend; the text is shown to them and holds no personal data.
class BadRequest : public std::runtime_error {
public:
    explicit BadRequest(std::string const& what, int status = 400) : std::runtime_error(what), status_(status) {}
    [[nodiscard]] int status() const { return status_; }

private:
    int status_;
};

/// Parameters of a request's query, each checked when it is read.
class Query {
public:
    /// Takes the part after '?', percent-encoded.
    /// Errors: BadRequest for a name given twice or more than 20 of them.
    explicit Query(std::string_view raw);

    [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
    /// Empty when it is not there. Errors: BadRequest when longer than `limit_bytes`, not UTF-8 or with control characters.
    [[nodiscard]] std::string text(std::string_view name, std::size_t limit_bytes = 64) const;
    /// `otherwise` when it is not there. Errors: BadRequest when it is no integer within [low, high].
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const;
    /// Errors: BadRequest for a parameter that is not among `names`: a misspelt filter must not look like an answer.
    void allow_only(std::initializer_list<std::string_view> names) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

/// True for UTF-8 without control characters other than line feed and tab.
bool is_plain_text(std::string_view text);

} // namespace bot
