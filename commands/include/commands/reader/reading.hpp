#pragma once

#include "commands/reader/intent.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace commands::reader {

/// A place as said; all values are text, what the message does not say is empty. Source: domain.md 15.5.
struct Address {
    std::string estate, road, road_no, village, hamlet, house_no, site, building, unit, room, floor, grid, landmark;
    std::vector<std::string> buildings; ///< two or more; `building` is then empty
    std::string relative;               ///< "home": the speaker's bound address

    friend bool operator==(Address const&, Address const&) = default;
};

/// Says nothing at all.
[[nodiscard]] bool is_empty(Address const& address);
/// Field names and values that are set, in the order of intents.json; `buildings` is left out.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> fields_of(Address const& address);

/// A number with at most two decimals, as points and scores are, in hundredths.
struct Hundredths {
    std::int64_t value = 0;
    friend bool operator==(Hundredths, Hundredths) = default;
};

using ArgValue = std::variant<std::int64_t, Hundredths, bool, std::string, std::vector<std::string>, Address>;

/// Named arguments of a reading in the order in which they were set. Names and meanings: intents.json.
/// Free text (`text`, `title`, `comment`, `reason`) keeps the speaker's wording without mention, keyword and number.
class Args {
public:
    /// Sets or replaces. `name` must be a string literal or live as long as the program.
    void set(std::string_view name, ArgValue value);
    template <std::convertible_to<std::string_view> Text>
    void set(std::string_view name, Text const& text)
    {
        set(name, ArgValue{std::string(std::string_view(text))});
    }
    void erase(std::string_view name);

    [[nodiscard]] ArgValue const* find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    /// Value of `name` when it is there and of that type.
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] std::optional<Hundredths> number(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;             ///< false when it is not there
    [[nodiscard]] std::string_view text(std::string_view name) const; ///< empty when it is not there
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    [[nodiscard]] Address const* address() const;

    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    friend bool operator==(Args const&, Args const&) = default;

private:
    std::vector<std::pair<std::string_view, ArgValue>> items_;
};

/// One thing that a message asks for.
struct Reading {
    Mode mode = Mode::ignore;
    Intent intent = Intent::none;
    Args args;
    std::vector<std::string_view> missing; ///< what has to be asked for: "ref_no", "choice", "address", ... (intents.json)
    friend bool operator==(Reading const&, Reading const&) = default;
};

/// How a whole message was read: one reading, or several commands in their order. Never empty.
struct Result {
    std::vector<Reading> readings;
    /// The rule that decided, "T1" to "T21" of domain.md 15.4; for logs and tests.
    std::string_view rule;
    /// The text is damaged (byte-shifted) and nothing was read from it; a person has to look (domain.md 3.8, step 1).
    bool damaged = false;

    [[nodiscard]] bool ignored() const { return readings.size() == 1 && readings.front().mode == Mode::ignore; }
    friend bool operator==(Result const&, Result const&) = default;
};

} // namespace commands::reader
