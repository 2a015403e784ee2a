#pragma once

#include "reader/rules.hpp"

/// Readers of the service's own books and services. `forced`: the message begins with the keyword of that intent (T7); without it a
/// question, a wish or a message of hardly anything else is needed (T16).
namespace commands::reader {

using Service = std::optional<Reading> (*)(View const&, bool forced);

[[nodiscard]] std::optional<Reading> points_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_rank(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_rules(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_shop(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_redeem(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_declare(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_appeal(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_audit(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> points_record(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> list_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> disclosure_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> bulletin_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> star_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> star_self_score(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> proposal_list(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> query_mine(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> task_report(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> task_query(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> service_request(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> mediation_request(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> volunteer_signup(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> whistle_blow(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> help(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> bind(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> notice_pref(View const& v, bool forced);
[[nodiscard]] std::optional<Reading> human(View const& v, bool forced);

// Parts that several of them need.

/// P2031, T05: a letter and digits; as written, in capitals.
struct Code {
    std::string text;
    Span span;
};
[[nodiscard]] std::optional<Code> code_in(View const& v, char32_t letter);
/// 60%, 百分之八十, 三成.
[[nodiscard]] std::optional<std::int64_t> percent_of(View const& v, Span& span);
/// 5星, 满意, 差评: one to five.
[[nodiscard]] std::optional<std::int64_t> score_of(View const& v, Span& span);
[[nodiscard]] bool wants_to_know(View const& v); ///< asks, or says 查, 看看
/// The keyword at the start, with the lead-ins before it; empty when there is none.
[[nodiscard]] Span keyword_span(View const& v);
/// A person's name of two to four Han characters standing alone in what is left without `cut`; empty when there is none.
[[nodiscard]] std::string name_in(View const& v, std::vector<Span> cut, Span* where = nullptr);
[[nodiscard]] std::vector<Span> piece_spans(View const& v);

} // namespace commands::reader
