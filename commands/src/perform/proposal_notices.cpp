#include "perform/proposal_notices.hpp"

#include "perform/proposal_steps.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Proposal;
using governance::VotingRound;

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

/// "满意率 {r}" and "平均 {s}": hundredths of a percent and of a score.
std::string percent_text(std::int64_t hundredths_of_percent)
{
    return hundredths_text(hundredths_of_percent);
}

void put_collecting(Scene const& scene, Proposal const& after, Params& params)
{
    params.set("k", number(after.endorse_needed));
    params.set("x", number(storage::count_endorsements(scene.db, after.community, after.no)));
    auto const* unit = scene.world.organisation.find(after.scope);
    params.set("网格", unit == nullptr ? "本网格" : unit->name);
}

void put_vote(Scene const& scene, Proposal const& after, Params& params)
{
    if (after.rounds.empty())
        return;
    auto const& round = after.rounds.back();
    auto const counted = round.tally.value_or(storage::tally(scene.db, after.community, after.no, round.number, round.options));
    params.set("n", number(round.eligible));
    params.set("p", number(counted.participating()));
    params.set("x", number(counted.participating()));
    params.set("a", number(counted.votes_for)).set("b", number(counted.votes_against)).set("c", number(counted.abstain));
    params.set("谁能投", voters_text(scene, after, round));
    params.set("截止", moment_text(scene, round.closes_at));
    params.set("通过条件", requirement_text(scene, round));
    params.set("规则", requirement_text(scene, round));
    params.set("要求", "过半数（" + number(round.result ? round.result->quorum_needed : round.eligible / 2 + 1) + "）");
    params.set("通过/未通过", after.state == "not_passed" ? "未通过" : "通过");
}

void put_review(Scene const& scene, Proposal const& after, Params& params)
{
    auto const& code = after.review.reason_code;
    auto const coded = code.empty() ? std::string{} : scene.world.wording.word("reject_reason." + code, code);
    auto reason = after.review.reason;
    if (!coded.empty())
        reason = reason.empty() || reason == coded ? coded : coded + "，" + reason;
    params.set("内容", after.review.reason);
    params.set("原因", reason);
    params.set("联系人", scene.world.wording.say("say.contact_committee"));
}

void put_publicity(Scene const& scene, Proposal const& after, Params& params)
{
    if (after.publication) {
        params.set("日期", day_text(scene, after.publication->display_until));
        params.set("异议截止", day_text(scene, after.publication->objection_until));
    }
}

void put_objection(Scene const& scene, Proposal const& after, std::string const& notice, Params& params)
{
    if (after.objections.empty())
        return;
    auto const answered = std::find_if(after.objections.rbegin(), after.objections.rend(),
                                       [&](auto const& objection) { return (notice == "N-V08") == objection.answered_at.has_value(); });
    auto const& objection = answered == after.objections.rend() ? after.objections.back() : *answered;
    params.set("结论", objection.upheld ? "成立，退回商议" : "不成立");
    params.set("理由", objection.answer);
    if (notice == "N-V07" && after.deadline)
        params.set("日期", day_text(scene, *after.deadline));
}

std::string owner_text(Scene const& scene, std::string const& owner)
{
    if (auto const* unit = scene.world.organisation.find(governance::UnitId{owner}))
        return unit->name;
    auto const person = storage::load_person(scene.db, governance::PersonId{owner});
    return person && !person->roles.empty() ? role_text(scene, person->roles.front().role) : "责任人";
}

/// The plan's owner by office, and the residents' own body where one was named.
std::string responsible_text(Scene const& scene, Proposal const& after)
{
    auto text = after.execution.plan ? owner_text(scene, after.execution.plan->owner) : std::string{"责任单位"};
    if (auto const& body = after.execution.body; !body.empty())
        text += "、" + scene.world.wording.word("body." + body, body);
    return text;
}

std::string next_milestone(Scene const& scene, Proposal const& after)
{
    auto const today = scene.world.calendar.zone.date(scene.now);
    if (after.execution.plan)
        for (auto const& milestone : after.execution.plan->milestones)
            if (std::chrono::sys_days{milestone.due} >= std::chrono::sys_days{today} && after.execution.percent < 100)
                return date_text(milestone.due) + milestone.text;
    return after.execution.percent >= 100 ? "等待核验" : "按计划推进";
}

void put_execution(Scene const& scene, StepStory const& story, std::string const& notice, Params& params)
{
    auto const& after = story.after;
    params.set("责任人", responsible_text(scene, after));
    params.set("p", number(after.execution.percent));
    std::string progress = story.input.text.value_or("");
    if (progress.empty() && story.input.reason)
        progress = *story.input.reason;
    if (progress.empty() && !after.execution.progress.empty())
        progress = after.execution.progress.back().text;
    params.set("进展", progress.empty() ? "继续实施" : progress);
    params.set("下一步", next_milestone(scene, after));
    if (after.execution.plan) {
        params.set("金额", yuan_text(notice == "N-E01" ? after.execution.plan->budget_fen : after.execution.spent_fen));
        if (!after.execution.plan->milestones.empty())
            params.set("日期", date_text(after.execution.plan->milestones.back().due));
    } else {
        params.set("金额", yuan_text(0));
    }
    if (notice == "N-E03" || notice == "N-E04")
        params.set("原因", after.execution.reason.empty() ? story.input.reason.value_or("另行公布") : after.execution.reason);
    if (notice == "N-E03")
        params.set("日期", after.execution.restart ? date_text(*after.execution.restart) : "另行通知");
    if (notice == "N-E05") {
        bool const overdue = after.state == "executing";
        params.choose(overdue ? 1 : 0);
        auto const since = after.deadline ? governance::days_between(scene.world.calendar, *after.deadline, scene.now) : 0;
        params.set("d", number(std::max(1, since)));
        params.set("原因", "正在了解");
    }
}

void put_evaluation(Scene const& scene, Proposal const& after, std::string const& notice, Params& params)
{
    if (after.deadline)
        params.set(notice == "N-G01" ? "截止" : "日期", moment_text(scene, *after.deadline));
    auto const& evaluation = after.evaluation;
    params.set("x", number(evaluation.scores.raters));
    if (evaluation.result) {
        params.set("s", hundredths_text(evaluation.result->average_hundredths));
        params.set("r", percent_text(evaluation.result->satisfaction_hundredths));
    }
    bool const counted = evaluation.result && evaluation.result->outcome != governance::EvaluationOutcome::not_enough_ratings;
    if (notice == "N-G02")
        params.choose(counted ? 0 : 1);
    if (notice == "N-G03") {
        std::string opinions;
        for (auto const& comment : storage::rating_comments(scene.db, after.community, after.no, std::max(1, evaluation.round), 3))
            opinions += (opinions.empty() ? "" : "；") + comment;
        params.set("意见", opinions.empty() ? "见评议" : opinions);
    }
}

std::string next_after_no_quorum(Scene const& scene, Proposal const& after)
{
    return after.rounds.empty() || after.rounds.back().extended ? scene.world.wording.say("say.after_no_quorum_again")
                                                                : scene.world.wording.say("say.after_no_quorum");
}

} // namespace

std::string requirement_text(Scene const& scene, VotingRound const& round)
{
    return scene.world.wording.say(round.unit == governance::ElectorUnit::household ? "say.requirement_households"
                                                                                    : "say.requirement_members");
}

std::string voters_text(Scene const& scene, Proposal const& proposal, VotingRound const& round)
{
    auto const* unit = scene.world.organisation.find(proposal.scope);
    Params params{{"scope", unit == nullptr ? std::string{} : unit->name}, {"n", number(round.eligible)}};
    return scene.world.wording.say(round.unit == governance::ElectorUnit::household ? "say.voters_households" : "say.voters_members",
                                   params);
}

Params proposal_params(Scene const& scene, StepStory const& story, governance::workflow::NoticeOrder const& order)
{
    auto const& after = story.after;
    Params params;
    params.set("ref", number(after.no.value()));
    params.set("标题", after.title);
    params.set("链接", page_url(scene, after.community, after.no));
    params.set("时间地点", scene.world.wording.say("say.meeting_announced_later"));
    if (after.deadline) {
        params.set("截止日", day_text(scene, *after.deadline));
        params.set("日期", day_text(scene, *after.deadline));
    }
    auto const group = order.id.substr(0, 3);
    if (group == "N-P")
        put_review(scene, after, params);
    if (order.id == "N-P01" || order.id == "N-P02" || order.id == "N-P04")
        put_collecting(scene, after, params);
    if (order.id == "N-P04")
        params.choose(story.before.state == "returned" ? 1 : 0);
    if (order.id == "N-P06")
        params.set("主件", number(story.other_no.value()));
    if (order.id == "N-P07") {
        auto const target = story.input.transfer_target.value_or("report");
        params.set("去向", scene.world.wording.word("transfer." + target, target));
        params.set("新ref", number(story.other_no.empty() ? after.no.value() : story.other_no.value()));
    }
    if (order.id == "N-P09")
        params.set("m", number(governance::reopen_threshold(definition_of(scene, after), after)));
    if (order.id == "N-P11") {
        params.set("旧ref", number(story.other_no.empty() ? after.no.value() : story.before.no.value()));
        params.set("变化", story.input.reason.value_or(""));
    }
    if (group == "N-V") {
        put_vote(scene, after, params);
        put_publicity(scene, after, params);
    }
    if (order.id == "N-V03")
        params.set("下一步", next_after_no_quorum(scene, after));
    if (order.id == "N-V06")
        params.set("原因", story.input.reason.value_or(scene.world.wording.say("say.no_action_in_time")));
    if (order.id == "N-V07" || order.id == "N-V08")
        put_objection(scene, after, order.id, params);
    if (group == "N-E")
        put_execution(scene, story, order.id, params);
    if (group == "N-G")
        put_evaluation(scene, after, order.id, params);
    return params;
}

bool due_step_params(Scene const& scene, governance::workflow::Definition const& definition, Proposal const& proposal, Params& params)
{
    auto const* state = definition.find_state(proposal.state);
    if (state == nullptr || state->next_step.empty())
        return false;
    auto const row = std::find_if(definition.transitions.begin(), definition.transitions.end(), [&](auto const& transition) {
        return transition.trigger == state->next_step &&
               std::find(transition.sources.begin(), transition.sources.end(), proposal.state) != transition.sources.end();
    });
    if (row == definition.transitions.end())
        return false;
    std::string actors;
    for (auto const& word : row->actors)
        if (word != "timer" && word != "resident" && word != "author")
            actors += (actors.empty() ? "" : "|") + word;
    auto const key = "due." + state->next_step;
    if (actors.empty() || !scene.world.wording.has(key) || !proposal.deadline)
        return false;
    auto const ref = number(proposal.no.value());
    params.set("ref", ref).set("标题", proposal.title);
    params.set("角色", actors_text(scene, actors));
    params.set("截止", moment_text(scene, *proposal.deadline));
    params.set("动作", scene.world.wording.say(key));
    params.set("例子", scene.world.wording.say("example." + state->next_step, {{"ref", ref}}));
    return true;
}

} // namespace commands
