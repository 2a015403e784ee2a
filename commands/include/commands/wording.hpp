#pragma once

#include "commands/template_text.hpp"
#include "governance/notices.hpp"
#include "governance/result.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace commands {

/// What the service says: notices by their catalogue, everything else by key from a wording file. Staff may change the texts, so they
/// hold gaps and no logic.
class Wording {
public:
    Wording() = default;
    /// `sentences` is a TOML file of tables of texts; a key is "table.name".
    /// Errors: std::runtime_error naming file and line, or the notice, at fault.
    Wording(governance::NoticeCatalogue catalogue, std::filesystem::path const& sentences);

    [[nodiscard]] governance::NoticeCatalogue const& catalogue() const { return catalogue_; }
    /// Null for an unknown id.
    [[nodiscard]] governance::NoticeDef const* notice(std::string_view id) const;
    /// Text of a notice within its limit of characters.
    /// Errors: std::out_of_range for an unknown id or a gap without a value: a bug of the caller.
    [[nodiscard]] std::string render(std::string_view id, Params const& params) const;
    /// A sentence by key.
    /// Errors: std::out_of_range for an unknown key or a gap without a value.
    [[nodiscard]] std::string say(std::string_view key, Params const& params = {}) const;
    [[nodiscard]] bool has(std::string_view key) const;
    /// Texts of one table by their keys within it, as written (gaps and all).
    [[nodiscard]] std::map<std::string, std::string, std::less<>> const& table(std::string_view name) const;
    /// A single word by key, or `fallback` when there is none, as in the Chinese name of a role or state.
    [[nodiscard]] std::string word(std::string_view key, std::string_view fallback) const;
    /// Why something was refused, in one sentence for the one who asked; details of the refusal fill gaps of the same name.
    [[nodiscard]] std::string refusal(governance::Refusal const& refusal, Params extra = {}) const;

private:
    governance::NoticeCatalogue catalogue_;
    std::map<std::string, Template, std::less<>> notices_;
    std::map<std::string, Template, std::less<>> sentences_;
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> tables_;
};

} // namespace commands
