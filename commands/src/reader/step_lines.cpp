#include "commands/reader/step_lines.hpp"

#include "commands/reader/hygiene.hpp"
#include "reader/hygiene_cells.hpp"
#include "reader/unicode.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace commands::reader {

namespace {

enum class Label { mode, scope, cost, affected, minutes, question, options, days, responsible, budget, milestones, resume, basis, spent };

struct LabelName {
    std::u32string_view name;
    Label label;
};

/// The labels of domain.md 4.6 and other ways to write them. They are grammar of the labelled lines, the same in every deployment.
constexpr std::array kLabels{
    LabelName{U"方式", Label::mode},
    LabelName{U"决议方式", Label::mode},
    LabelName{U"表决方式", Label::mode},
    LabelName{U"办法", Label::mode},
    LabelName{U"范围", Label::scope},
    LabelName{U"表决范围", Label::scope},
    LabelName{U"费用", Label::cost},
    LabelName{U"经费", Label::cost},
    LabelName{U"分摊", Label::cost},
    LabelName{U"涉及", Label::affected},
    LabelName{U"涉及方", Label::affected},
    LabelName{U"涉及各方", Label::affected},
    LabelName{U"当事人", Label::affected},
    LabelName{U"参与方", Label::affected},
    LabelName{U"相关方", Label::affected},
    LabelName{U"纪要", Label::minutes},
    LabelName{U"会议纪要", Label::minutes},
    LabelName{U"议事纪要", Label::minutes},
    LabelName{U"问题", Label::question},
    LabelName{U"表决问题", Label::question},
    LabelName{U"题目", Label::question},
    LabelName{U"选项", Label::options},
    LabelName{U"备选", Label::options},
    LabelName{U"备选方案", Label::options},
    LabelName{U"天数", Label::days},
    LabelName{U"期限", Label::days},
    LabelName{U"时长", Label::days},
    LabelName{U"负责", Label::responsible},
    LabelName{U"负责人", Label::responsible},
    LabelName{U"责任人", Label::responsible},
    LabelName{U"负责单位", Label::responsible},
    LabelName{U"责任单位", Label::responsible},
    LabelName{U"牵头", Label::responsible},
    LabelName{U"预算", Label::budget},
    LabelName{U"概算", Label::budget},
    LabelName{U"节点", Label::milestones},
    LabelName{U"时间节点", Label::milestones},
    LabelName{U"进度安排", Label::milestones},
    LabelName{U"计划", Label::milestones},
    LabelName{U"恢复", Label::resume},
    LabelName{U"恢复日期", Label::resume},
    LabelName{U"恢复时间", Label::resume},
    LabelName{U"依据", Label::basis},
    LabelName{U"根据", Label::basis},
    LabelName{U"花费", Label::spent},
    LabelName{U"实际花费", Label::spent},
    LabelName{U"决算", Label::spent},
    LabelName{U"支出", Label::spent},
    LabelName{U"实际费用", Label::spent},
};

std::u32string_view trimmed(std::u32string_view text)
{
    constexpr std::u32string_view blanks = U" \n\t,，。;；、";
    while (!text.empty() && blanks.find(text.front()) != std::u32string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && blanks.find(text.back()) != std::u32string_view::npos)
        text.remove_suffix(1);
    return text;
}

std::string said(std::u32string_view text)
{
    return encode_utf8(trimmed(text));
}

/// The label at the start of `line` and where its value begins; nothing when the line has no known label.
std::optional<std::pair<Label, std::size_t>> label_of(std::u32string_view match)
{
    std::size_t begin = 0;
    while (begin < match.size() && (is_space(match[begin]) || match[begin] == U'-' || match[begin] == U'·' || match[begin] == U'【'))
        ++begin;
    auto const colon = match.find(U':', begin);
    if (colon == std::u32string_view::npos || colon - begin > 6)
        return std::nullopt;
    auto name = match.substr(begin, colon - begin);
    while (!name.empty() && (is_space(name.back()) || name.back() == U'】'))
        name.remove_suffix(1);
    for (auto const& known : kLabels)
        if (known.name == name)
            return std::pair{known.label, colon + 1};
    return std::nullopt;
}

struct Line {
    std::u32string match; ///< simplified, half width
    std::u32string shown;
};

/// Lines, and parts of lines between ；.
std::vector<Line> lines_of(std::string_view text)
{
    auto const cells = clean_cells(text, std::string_view::npos);
    std::vector<Line> lines(1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        char32_t const c = cells.clean[i];
        if (c == U'\n' || c == U';') {
            lines.emplace_back();
            continue;
        }
        lines.back().match.push_back(simplified(c));
        lines.back().shown.push_back(cells.shown[i]);
    }
    return lines;
}

std::optional<Cost> cost_of(std::string const& raw, std::u32string_view match)
{
    auto const has = [&](std::u32string_view word) { return match.find(word) != std::u32string_view::npos; };
    auto const cents = resolve_cents(raw);
    if (has(U"分摊") || has(U"每户") || has(U"一户") || has(U"户均") || has(U"各户"))
        return Cost{CostKind::shared, cents};
    if (has(U"预算内") || has(U"预算里") || has(U"已列预算"))
        return Cost{CostKind::within_budget, cents};
    if (has(U"无") || has(U"不需要") || has(U"免费") || has(U"没有") || has(U"不收") || trimmed(match) == U"0" || trimmed(match) == U"零")
        return Cost{CostKind::none, std::nullopt};
    return cents ? std::optional(Cost{CostKind::shared, cents}) : std::nullopt;
}

/// An option's label at the start of `text` (A, B, 1, 一, ①), or none.
std::size_t option_label(std::u32string_view text)
{
    if (text.empty())
        return 0;
    constexpr std::u32string_view numerals = U"一二三四五六七八九";
    bool const label = is_letter(text[0]) || is_digit(text[0]) || numerals.find(text[0]) != std::u32string_view::npos;
    bool const alone = text.size() > 1 && (is_mark(text[1]) || (is_letter(text[0]) && is_han(text[1])));
    return label && alone ? 1 : 0;
}

void add_option(StepLines& out, std::u32string_view match, std::u32string_view shown)
{
    auto const blank = shown.size() - std::min(shown.size(), shown.find_first_not_of(U" ,，、"));
    shown.remove_prefix(shown.size() - blank);
    match.remove_prefix(match.size() - std::min(match.size(), blank));
    if (trimmed(shown).empty())
        return;
    StepOption option;
    if (auto const length = option_label(match)) {
        char32_t const c = match[0];
        constexpr std::u32string_view numerals = U"一二三四五六七八九";
        auto const numeral = numerals.find(c);
        option.label = numeral != std::u32string_view::npos ? std::to_string(numeral + 1)
                                                            : encode_utf8(std::u32string(1, c >= U'a' && c <= U'z' ? c - 0x20 : c));
        shown.remove_prefix(length);
        while (!shown.empty() && (is_mark(shown.front()) || shown.front() == U'．'))
            shown.remove_prefix(1);
    } else {
        option.label = std::string(1, static_cast<char>('A' + std::min<std::size_t>(out.options.size(), 25)));
    }
    option.text = said(shown);
    out.options.push_back(std::move(option));
}

/// Where the date at the start of a milestone ends: digits, 年月日号, dashes, 周五, 月底.
std::size_t date_length(std::u32string_view match)
{
    constexpr std::u32string_view parts = U"0123456789年月日号-/.前底初中旬零一二三四五六七八九十廿上下周末星期礼拜明后天今季度第个";
    std::size_t length = 0;
    while (length < match.size() && parts.find(match[length]) != std::u32string_view::npos)
        ++length;
    return length;
}

void add_milestones(StepLines& out, std::u32string_view match, std::u32string_view shown)
{
    for (std::size_t begin = 0; begin < match.size();) {
        auto end = match.find_first_of(U"、,", begin);
        end = end == std::u32string_view::npos ? match.size() : end;
        auto part = match.substr(begin, end - begin);
        auto part_shown = shown.substr(begin, end - begin);
        while (!part.empty() && is_space(part.front())) {
            part.remove_prefix(1);
            part_shown.remove_prefix(1);
        }
        if (auto const length = date_length(part); length > 0) {
            auto text = part_shown.substr(length);
            while (!text.empty() && is_mark(text.front()))
                text.remove_prefix(1);
            out.milestones.push_back({said(part_shown.substr(0, length)), said(text)});
        } else if (!out.milestones.empty() && !part.empty()) {
            auto& last = out.milestones.back().text;
            last += (last.empty() ? "" : "，") + said(part_shown);
        } else if (!part.empty()) {
            out.milestones.push_back({{}, said(part_shown)});
        }
        begin = end + 1;
    }
}

void take(StepLines& out, Label label, std::u32string_view match, std::u32string_view shown)
{
    auto const value = said(shown);
    switch (label) {
    case Label::mode: out.mode = value; break;
    case Label::scope: out.scope = value; break;
    case Label::cost:
        out.cost_raw = value;
        out.cost = cost_of(value, match);
        break;
    case Label::affected: out.affected = value; break;
    case Label::minutes: out.minutes = value; break;
    case Label::question: out.question = value; break;
    case Label::options: add_option(out, match, shown); break;
    case Label::days: {
        auto digits = match;
        while (!digits.empty() && (digits.back() == U'天' || digits.back() == U'日' || is_space(digits.back())))
            digits.remove_suffix(1);
        if (auto const days = resolve_number(encode_utf8(digits)); days && *days >= 0 && *days <= 10'000)
            out.days = static_cast<int>(*days);
        break;
    }
    case Label::responsible: out.responsible = value; break;
    case Label::budget:
        out.budget_raw = value;
        out.budget_cents = resolve_cents(value);
        break;
    case Label::milestones: add_milestones(out, match, shown); break;
    case Label::resume: out.resume_raw = value; break;
    case Label::basis: out.basis = value; break;
    case Label::spent:
        out.spent_raw = value;
        out.spent_cents = resolve_cents(value);
        break;
    }
}

} // namespace

StepLines read_step_lines(std::string_view text)
{
    StepLines out;
    bool in_options = false; // 选项：A …；B … goes on after the ；
    for (auto const& line : lines_of(text)) {
        std::u32string_view match = line.match;
        std::u32string_view shown = line.shown;
        // 审议 27 通过 方式：户表决: a label may stand behind other words of its line.
        std::size_t label_at = std::u32string_view::npos;
        std::optional<std::pair<Label, std::size_t>> label;
        for (std::size_t at = 0; at < match.size() && !label; ++at)
            if (at == 0 || is_mark(match[at - 1])) {
                label = label_of(match.substr(at));
                label_at = at;
            }
        if (label) {
            if (auto const before = said(shown.substr(0, label_at)); !before.empty())
                out.text += (out.text.empty() ? "" : "\n") + before;
            match.remove_prefix(label_at + label->second);
            shown.remove_prefix(label_at + label->second);
            // Several labels on one line, parted by spaces: 方式：户表决 范围：小区.
            for (bool more = true; more;) {
                more = false;
                for (std::size_t at = match.find(U' '); at != std::u32string_view::npos; at = match.find(U' ', at + 1))
                    if (auto const next = label_of(match.substr(at + 1))) {
                        take(out, label->first, match.substr(0, at), shown.substr(0, at));
                        label = next;
                        match.remove_prefix(at + 1 + next->second);
                        shown.remove_prefix(at + 1 + next->second);
                        more = true;
                        break;
                    }
            }
            take(out, label->first, match, shown);
            in_options = label->first == Label::options;
        } else if (in_options && option_label(trimmed(match)) > 0) {
            add_option(out, match, shown);
        } else if (auto const rest = said(shown); !rest.empty()) {
            out.text += (out.text.empty() ? "" : "\n") + rest;
            in_options = false;
        }
    }
    return out;
}

} // namespace commands::reader
