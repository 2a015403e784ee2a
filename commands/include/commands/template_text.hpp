#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Texts with gaps, in the notation of the notice catalogue (domain.md 16).
namespace commands {

/// What fills the gaps of a template.
struct Params {
    std::map<std::string, std::string, std::less<>> values; ///< by the exact words in the braces
    /// Index of the alternative for every `{a/b}` that `values` does not fill, in order of appearance; the first where the list is short.
    std::vector<std::size_t> choices;

    Params() = default;
    Params(std::initializer_list<std::pair<std::string const, std::string>> pairs) : values(pairs) {}
    Params& set(std::string key, std::string value)
    {
        values.insert_or_assign(std::move(key), std::move(value));
        return *this;
    }
    Params& choose(std::size_t index)
    {
        choices.push_back(index);
        return *this;
    }
};

/// A parsed template: `{name}` is a gap, `{a/b}` alternatives whose parts may hold gaps, `<br>` a line break.
class Template {
public:
    Template() = default;
    /// Errors: std::invalid_argument with what is wrong (braces that do not match).
    explicit Template(std::string_view text);

    /// The text with its gaps filled. `{标题}` is cut to 20 characters. When the whole is longer than `limit` characters (0: no limit), the
    /// longest free-text gaps are cut with "…" until it fits.
    /// Errors: std::out_of_range naming the gap that has no value.
    [[nodiscard]] std::string render(Params const& params, std::size_t limit = 0) const;
    /// Names of all gaps, those inside alternatives too.
    [[nodiscard]] std::vector<std::string> gaps() const;

private:
    struct Node {
        enum class Kind { text, gap, alternatives } kind = Kind::text;
        std::string text; ///< literal, or the words in the braces
        std::vector<std::vector<Node>> alternatives;
    };
    using Nodes = std::vector<Node>;

    static Nodes parse(std::string_view text);
    static void collect(Nodes const& nodes, std::vector<std::string>& names);
    static void fill(Nodes const& nodes, Params const& params, std::size_t& choice, std::string& out);

    Nodes nodes_;
};

/// Length in characters (code points) of UTF-8 text.
std::size_t characters(std::string_view text);
/// The first `limit` characters, with "…" as the last one when something was cut.
std::string cut(std::string_view text, std::size_t limit);

} // namespace commands
