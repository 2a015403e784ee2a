#include "pages/pages.hpp"

#include "api/public_api.hpp"
#include "bot/public/words.hpp"
#include "bot/web/query.hpp"

#include <algorithm>
#include <array>

namespace bot::pages {
namespace {

/// The five discussions, and execution between the fourth and the fifth.
constexpr std::array<std::pair<char const*, char const*>, 6> kSteps = {
    {{"1", "居民提议"}, {"2", "两委审议"}, {"3", "民主商议"}, {"4", "协同决议"}, {"执", "组织实施"}, {"5", "大众评议"}}};

/// How far a proposal is: index of the step under way, 6 when all is done, -1 when it ended on the way.
int step_of(PublicMatter const& matter)
{
    if (matter.state == "closed")
        return static_cast<int>(kSteps.size());
    for (std::size_t i = 0; i < kSteps.size(); ++i)
        if (matter.stage.starts_with(kSteps[i].first))
            return static_cast<int>(i);
    return -1;
}

void steps(Markup& out, PublicMatter const& matter)
{
    auto const now = step_of(matter);
    if (now < 0)
        return;
    out << "<ol class=\"steps\">"_html;
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
        auto const index = static_cast<int>(i);
        if (index == now)
            out << "<li class=\"now\" aria-current=\"step\">"_html;
        else if (index < now)
            out << "<li class=\"past\">"_html;
        else
            out << "<li>"_html;
        out << "<b>"_html << (index < now ? "✓" : kSteps[i].first) << "</b><span>"_html << kSteps[i].second << "</span></li>"_html;
    }
    out << "</ol>"_html;
}

void row(Markup& out, std::string_view label, std::string_view value)
{
    if (!value.empty())
        out << "<div><dt>"_html << label << "</dt><dd>"_html << value << "</dd></div>"_html;
}

void facts(Markup& out, PublicMatter const& matter, Frame const& frame)
{
    out << "<dl class=\"facts\">"_html;
    row(out, "范围", matter.place);
    row(out, "提出", moment_words(frame.zone, matter.opened_at, frame.now));
    if (matter.live && matter.deadline)
        row(out, "本步截止", moment_words(frame.zone, *matter.deadline, frame.now));
    if (matter.kind == storage::kProposal)
        row(out, "附议", std::to_string(matter.endorsements) + " 户（需 " + std::to_string(matter.endorsements_needed) + " 户）");
    if (!matter.cost.empty())
        row(out, "费用", cost_word(matter.cost) + (matter.cost == "apportioned" ? "，每户 " + yuan_words(matter.amount_fen) : ""));
    if (!matter.urgency.empty())
        row(out, "紧急程度", urgency_word(matter.urgency));
    if (matter.closed_at)
        row(out, "办结", moment_words(frame.zone, *matter.closed_at, frame.now));
    row(out, "办结说明", matter.closing_reason);
    out << "</dl>"_html;
}

void count_row(Markup& out, std::string_view label, std::int64_t votes, std::int64_t of, std::string_view mark)
{
    out << "<tr class=\""_html << mark << "\"><th scope=\"row\">"_html << label << "</th><td class=\"n\">"_html << votes
        << "</td><td><progress max=\""_html << std::max<std::int64_t>(of, 1) << "\" value=\""_html << votes
        << "\"></progress></td></tr>"_html;
}

void result(Markup& out, PublicVote const& vote)
{
    auto const& result = *vote.result;
    auto const total = result.tally.participating();
    out << "<p class=\"outcome o-"_html << result.outcome << "\">结果："_html << outcome_word(result.outcome);
    if (!result.winner.empty())
        out << "（"_html << result.winner << "）"_html;
    out << "</p><table class=\"tally\"><tbody>"_html;
    if (vote.options.empty()) {
        count_row(out, "赞成", result.tally.votes_for, total, "for");
        count_row(out, "反对", result.tally.votes_against, total, "against");
    }
    for (auto const& option : vote.options) {
        auto const found = result.tally.options.find(option);
        count_row(out, option, found == result.tally.options.end() ? 0 : found->second, total, "option");
    }
    count_row(out, "弃权", result.tally.abstain, total, "abstain");
    out << "</tbody></table><p class=\"hint\">应投 "_html << result.tally.eligible << "，参加 "_html << total << "（至少 "_html
        << result.quorum_needed << "）"_html;
    if (result.votes_needed > 0)
        out << "，通过需要 "_html << result.votes_needed << " 票"_html;
    out << "</p>"_html;
}

void vote(Markup& out, PublicMatter const& matter, Frame const& frame)
{
    if (!matter.vote)
        return;
    auto const& vote = *matter.vote;
    out << "<section><h2>表决</h2><p class=\"question\">"_html << vote.question << "</p>"_html;
    if (!vote.options.empty()) {
        out << "<ul>"_html;
        for (auto const& option : vote.options)
            out << "<li>"_html << option << "</li>"_html;
        out << "</ul>"_html;
    }
    out << turnout_bar(vote) << "<p class=\"hint\">"_html << mode_word(vote.mode) << "，"_html
        << moment_words(frame.zone, vote.closes_at, frame.now) << "截止"_html << (vote.extended ? "（已延期一次）" : "") << "。"_html;
    if (!vote.result)
        out << "截止前只公布参加户数，不公布票数。"_html;
    out << "</p>"_html;
    if (vote.result)
        result(out, vote);
    if (matter.publication)
        out << "<p class=\"hint\">决议公示至 "_html << moment_words(frame.zone, matter.publication->display_until, frame.now)
            << "，异议截止 "_html << moment_words(frame.zone, matter.publication->objection_until, frame.now) << "。</p>"_html;
    for (auto const& objection : matter.objections)
        out << "<p class=\"objection\">异议（"_html << moment_words(frame.zone, objection.raised_at, frame.now) << "）："_html
            << (!objection.answered_at ? "正在复核"
                : objection.upheld     ? "成立，退回商议。"
                                       : "不成立。")
            << objection.answer << "</p>"_html;
    out << "</section>"_html;
}

void execution(Markup& out, PublicMatter const& matter, Frame const& frame)
{
    if (!matter.execution)
        return;
    auto const& execution = *matter.execution;
    out << "<section><h2>实施</h2><div class=\"turnout\"><progress max=\"100\" value=\""_html << execution.percent
        << "\"></progress><span>完成 "_html << execution.percent << "%</span></div><dl class=\"facts\">"_html;
    row(out, "责任人", execution.responsible);
    if (!execution.body.empty())
        row(out, "负责组织", body_word(execution.body));
    row(out, "预算", yuan_words(execution.budget_fen));
    if (execution.spent_fen > 0)
        row(out, "已花费", yuan_words(execution.spent_fen));
    out << "</dl><ul class=\"plain\">"_html;
    for (auto const& [due, text] : execution.milestones)
        out << "<li>"_html << date_words(due) << "前："_html << text << "</li>"_html;
    for (auto const& entry : execution.progress)
        out << "<li>"_html << moment_words(frame.zone, entry.at, frame.now) << " "_html << entry.percent << "% "_html << entry.text
            << "</li>"_html;
    out << "</ul></section>"_html;
}

void evaluation(Markup& out, PublicMatter const& matter)
{
    if (!matter.evaluation)
        return;
    auto const& evaluation = *matter.evaluation;
    out << "<section><h2>大众评议</h2><p>"_html << evaluation.raters << " 户评议"_html;
    if (evaluation.counted)
        out << "，平均 <b>"_html << hundredths_words(evaluation.average_hundredths) << "</b> 分，满意率 <b>"_html
            << hundredths_words(evaluation.satisfaction_hundredths) << "%</b>"_html;
    if (!evaluation.closing.empty())
        out << "。"_html << closing_word(evaluation.closing);
    out << "</p></section>"_html;
}

/// A notice leads to its matter's page; on that page the address says nothing.
std::string without_own_address(std::string text, PublicMatter const& matter)
{
    auto const path = matter_path(matter);
    for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at)) {
        auto const end = at + path.size();
        if (end < text.size() && text[end] >= '0' && text[end] <= '9') {
            at = end;
            continue;
        }
        auto const scheme = text.rfind("http", at);
        auto const begin = scheme != std::string::npos && text.find_first_of(" \n", scheme) > at ? scheme : at;
        text.replace(begin, end - begin, "本页");
    }
    return text;
}

void timeline(Markup& out, PublicMatter const& matter, Frame const& frame)
{
    if (matter.notices.empty())
        return;
    out << "<section><h2>经过</h2><ol class=\"timeline\">"_html;
    for (auto notice = matter.notices.rbegin(); notice != matter.notices.rend(); ++notice)
        out << "<li><time>"_html << moment_words(frame.zone, notice->at, frame.now) << "</time><p>"_html
            << without_own_address(notice->text, matter) << "</p></li>"_html;
    out << "</ol></section>"_html;
}

void links(Markup& out, PublicMatter const& matter, Frame const& frame)
{
    if (matter.links.empty())
        return;
    out << "<section><h2>相关事项</h2><ul class=\"plain\">"_html;
    for (auto const& [kind, no] : matter.links)
        out << "<li>"_html << link_word(kind) << " <a href=\""_html
            << link_to(frame, "/c/" + matter.community.str() + "/" + std::to_string(no)) << "\">"_html << no << " 号</a></li>"_html;
    out << "</ul></section>"_html;
}

/// The page's words instead of the API's.
std::int64_t number_of(std::string_view text)
{
    try {
        return api::matter_number(text);
    } catch (BadRequest const&) {
        throw BadRequest("没有这件事，或者它不公开", 404);
    }
}

} // namespace

HttpResponse matter(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view no,
                    Frame const& frame)
{
    auto const* unit = reference.community(community);
    auto const number = number_of(no);
    auto const found = unit == nullptr ? std::nullopt : views.matter(governance::community_from(unit->id), number, Detail::full);
    if (!found)
        throw BadRequest("没有这件事，或者它不公开", 404);
    Markup body;
    body << "<nav class=\"crumbs\"><a href=\""_html << link_to(frame, "/c/" + unit->id.str() + "/") << "\">"_html << unit->name
         << "</a></nav><h1><span class=\"no\">"_html << found->no << "</span> "_html << found->title << "</h1><p class=\"meta\">"_html
         << state_badge(*found) << "</p>"_html;
    steps(body, *found);
    facts(body, *found, frame);
    if (!found->text.empty())
        body << "<section><h2>提议内容</h2><p class=\"text\">"_html << found->text << "</p></section>"_html;
    if (!found->minutes.empty())
        body << "<section><h2>商议纪要 <small>"_html << found->speakers << " 人发言</small></h2><p class=\"text\">"_html << found->minutes
             << "</p></section>"_html;
    vote(body, *found, frame);
    execution(body, *found, frame);
    evaluation(body, *found);
    links(body, *found, frame);
    timeline(body, *found, frame);
    return framed(frame, std::to_string(found->no) + " " + found->title, body);
}

} // namespace bot::pages
