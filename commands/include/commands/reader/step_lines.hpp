#pragma once

#include "commands/reader/reading.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The labelled lines of official steps (domain.md 4.6) and the values written in them. Pure functions without a lexicon.
namespace commands::reader {

/// One entry of 节点: when and what.
struct Milestone {
    std::string date_raw; ///< as written; see resolve_date
    std::string text;
    friend bool operator==(Milestone const&, Milestone const&) = default;
};

/// One entry of 选项.
struct StepOption {
    std::string label; ///< "A", "B", "1"; given in order where none was written
    std::string text;
    friend bool operator==(StepOption const&, StepOption const&) = default;
};

enum class CostKind { none, within_budget, shared };

/// 费用: 无, 预算内, or 分摊 with the amount a household.
struct Cost {
    CostKind kind = CostKind::none;
    std::optional<std::int64_t> cents; ///< amount in hundredths of a yuan, when one is written
    friend bool operator==(Cost const&, Cost const&) = default;
};

/// Settings of an official step; what the message does not say is absent.
struct StepLines {
    std::optional<std::string> mode;          ///< 方式, as written
    std::optional<std::string> scope;         ///< 范围
    std::optional<std::string> cost_raw;      ///< 费用, as written
    std::optional<Cost> cost;                 ///< 费用, when it can be read
    std::optional<std::string> affected;      ///< 涉及
    std::optional<std::string> minutes;       ///< 纪要
    std::optional<std::string> question;      ///< 问题
    std::vector<StepOption> options;          ///< 选项
    std::optional<int> days;                  ///< 天数
    std::optional<std::string> responsible;   ///< 负责
    std::optional<std::string> budget_raw;    ///< 预算, as written
    std::optional<std::int64_t> budget_cents; ///< 预算, in hundredths of a yuan
    std::vector<Milestone> milestones;        ///< 节点
    std::optional<std::string> resume_raw;    ///< 恢复, a date as written
    std::optional<std::string> basis;         ///< 依据
    std::optional<std::string> spent_raw;     ///< 花费, as written
    std::optional<std::int64_t> spent_cents;  ///< 花费, in hundredths of a yuan
    std::string text;                         ///< everything else, line by line
};

/// Reads `方式：…` lines, one a line or separated by ；, with full or half-width colon. Unknown labels stay in `text`.
[[nodiscard]] StepLines read_step_lines(std::string_view text);

/// A whole number in digits (any width) or Chinese numerals: 12, １２, 十二, 两百, 五零一. Nothing when anything else is in `text`.
[[nodiscard]] std::optional<std::int64_t> resolve_number(std::string_view text);

/// An amount in hundredths of a yuan: "300元", "1.2万", "三百块", "￥1,200.50", "五万元". Nothing when there is none or it is negative.
[[nodiscard]] std::optional<std::int64_t> resolve_cents(std::string_view text);

/// The day that people mean, seen from `today` in local time: "2026-07-20", "7月20日", "20号" (the next one, today included), "明天",
/// "周五", "下周三", "月底", "三天后". A date without a year is the next one from `today` (or this year's past one for "昨天", "上周五").
[[nodiscard]] std::optional<std::chrono::year_month_day> resolve_date(std::string_view text, std::chrono::year_month_day today);

/// Months that a period like "5月", "上个月", "本季度", "去年", "2026年二季度" covers, first and last, seen from `today`.
[[nodiscard]] std::optional<std::pair<std::chrono::year_month, std::chrono::year_month>> resolve_period(std::string_view text,
                                                                                                        std::chrono::year_month_day today);

} // namespace commands::reader
