#include "bot/public/redactor.hpp"

#include <algorithm>
#include <cstdint>
#include <regex>
#include <type_traits>
#include <unordered_set>
#include <utility>

namespace bot {
namespace {

constexpr std::size_t kMostCharacters = 4000;
constexpr std::size_t kLongestName = 6;

std::wstring widen(std::string_view text)
{
    std::wstring wide;
    for (std::size_t at = 0; at < text.size() && wide.size() < kMostCharacters;) {
        auto const lead = static_cast<unsigned char>(text[at]);
        std::size_t const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        auto code = static_cast<std::uint32_t>(length == 1 ? lead : lead & (0x7fU >> length));
        for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
            code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
        // Digits of full width are digits.
        wide += static_cast<wchar_t>(code >= 0xff10 && code <= 0xff19 ? code - 0xff10 + 0x30 : code);
        at += length;
    }
    return wide;
}

std::string narrow(std::wstring const& wide)
{
    std::string text;
    for (auto const character : wide) {
        auto const code = static_cast<std::uint32_t>(static_cast<std::make_unsigned_t<wchar_t>>(character));
        auto const tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3fU)); };
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else if (code < 0x800) {
            text += static_cast<char>(0xc0U | (code >> 6U));
            tail(0);
        } else if (code < 0x10000) {
            text += static_cast<char>(0xe0U | (code >> 12U));
            tail(6);
            tail(0);
        } else {
            text += static_cast<char>(0xf0U | (code >> 18U));
            tail(12);
            tail(6);
            tail(0);
        }
    }
    return text;
}

struct Rule {
    std::wregex pattern;
    std::wstring replacement;
};

#define YIQI_NUMBER L"[0-9零〇一二三四五六七八九十百两]+"
#define YIQI_BUILDING L"(?:栋|幢|棟|号楼|號樓|座|#)"

std::vector<Rule> common_rules()
{
    std::vector<std::pair<wchar_t const*, wchar_t const*>> const texts = {
        // Numbers that lead to a person: mobile, area code and number, anything of seven digits (or stars) and more that is no money.
        {L"[0-9]{17}[0-9Xx]", L"（号码略）"},
        {L"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", L"（号码略）"},
        {L"0[0-9]{2,3}-[0-9]{7,8}", L"（号码略）"},
        {L"[0-9*]{7,}(?![0-9]|元|万|亿)", L"（号码略）"},
        // 3栋2单元501室, 2单元501
        {L"(" YIQI_NUMBER L"\\s*" YIQI_BUILDING L")\\s*" YIQI_NUMBER L"\\s*(?:单元|單元)(?:\\s*" YIQI_NUMBER L"\\s*(?:室|号|號|户)?)?",
         L"$1"},
        {L"" YIQI_NUMBER L"\\s*(?:单元|單元)\\s*" YIQI_NUMBER L"\\s*(?:室|号|號|户)?", L"某户"},
        // 3-2-501, 3#2-501, 4-302
        {L"(^|[^0-9-])([0-9]{1,2})[#-][0-9]{1,2}-[0-9]{3,4}\\s*室?(?![0-9-])", L"$1$2栋"},
        {L"(^|[^0-9-])([0-9]{1,2})-[0-9]{3,4}\\s*室?(?![0-9-]|元|万|米|年|月)", L"$1$2栋"},
        // 1幢602室, 602室
        {L"(" YIQI_BUILDING L")\\s*[0-9]{3,4}(?:\\s*室|(?![0-9]|户|戶|个|個|元|人|米|平|年))", L"$1"},
        {L"[0-9]{3,4}\\s*室", L"某户"},
    };
    std::vector<Rule> rules;
    rules.reserve(texts.size());
    for (auto const& [pattern, replacement] : texts)
        rules.push_back({std::wregex(pattern, std::regex::optimize), replacement});
    return rules;
}

bool is_han(wchar_t c)
{
    return c >= 0x3400 && c <= 0x9fff;
}

} // namespace

struct Redactor::Rules {
    std::vector<Rule> rules = common_rules();
    std::unordered_set<std::wstring> names;

    /// A name of two characters is an everyday word too often; it counts only where it stands alone or before a form of address.
    [[nodiscard]] bool stands_alone(std::wstring const& text, std::size_t at, std::size_t length) const
    {
        static std::vector<std::wstring> const kAfter = {L"女士", L"先生", L"同志", L"家", L"老师", L"阿姨", L"叔叔", L"说", L"："};
        bool const left = at == 0 || !is_han(text[at - 1]);
        auto const end = at + length;
        bool const right = end == text.size() || !is_han(text[end]) || std::any_of(kAfter.begin(), kAfter.end(), [&](auto const& word) {
                               return text.compare(end, word.size(), word) == 0;
                           });
        return left && right;
    }

    void hide_names(std::wstring& text) const
    {
        for (std::size_t at = 0; at + 1 < text.size(); ++at) {
            if (!is_han(text[at]))
                continue;
            for (auto length = std::min(kLongestName, text.size() - at); length >= 2; --length) {
                if (!names.contains(text.substr(at, length)) || (length == 2 && !stands_alone(text, at, length)))
                    continue;
                text.replace(at + 1, length - 1, L"某");
                break;
            }
        }
    }
};

Redactor::Redactor(std::vector<std::string> const& names, std::vector<std::string> const& hamlets)
{
    auto rules = std::make_unique<Rules>();
    for (auto const& name : names)
        rules->names.insert(widen(name));
    for (auto const& hamlet : hamlets) {
        auto const wide = widen(hamlet);
        if (!wide.empty() && std::all_of(wide.begin(), wide.end(), is_han)) // so nothing in it means anything to a pattern
            rules->rules.push_back({std::wregex(L"(" + wide + L")\\s*" YIQI_NUMBER L"\\s*(?:号|號)(?!楼|樓)"), L"$1"});
    }
    rules_ = std::move(rules);
}

Redactor::~Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;

std::string Redactor::clean(std::string_view text) const
{
    auto wide = widen(text);
    for (auto const& rule : rules_->rules)
        wide = std::regex_replace(wide, rule.pattern, rule.replacement);
    rules_->hide_names(wide);
    return narrow(wide);
}

} // namespace bot
