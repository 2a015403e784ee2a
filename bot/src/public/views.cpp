#include "bot/public/views.hpp"

#include "bot/public/words.hpp"
#include "storage/ballots.hpp"
#include "storage/people.hpp"

namespace bot {
namespace {

using governance::CommunityId;
using governance::RefNo;

/// Kinds of reports that nobody but those concerned may know of, whatever the flag says. Source: domain.md 14.1.
bool is_private_category(std::string const& category)
{
    return category == "integrity" || category == "dispute";
}

constexpr int kScanLimit = 100;

} // namespace

bool PublicViews::hidden(storage::MatterHead const& head) const
{
    return head.confidential || head.state == "draft" || head.state.empty() ||
           (head.kind != storage::kProposal && head.kind != storage::kReport);
}

std::optional<PublicMatter> PublicViews::matter(CommunityId const& community, std::int64_t no, Detail detail)
{
    auto const head = storage::find_matter(db_, community, RefNo{no});
    return head ? view(*head, detail) : std::nullopt;
}

PublicViews::Page PublicViews::list(CommunityId const& community, std::string_view kind, std::string_view state, std::int64_t before,
                                    int limit)
{
    Page page;
    for (;;) {
        auto const heads = storage::newest_matters(db_, community, kind, before, kScanLimit);
        for (auto const& head : heads) {
            if (page.items.size() == static_cast<std::size_t>(limit)) {
                page.next = before;
                return page;
            }
            before = head.no.value();
            if (!state.empty() && head.state != state)
                continue;
            if (auto one = view(head, Detail::summary))
                page.items.push_back(std::move(*one));
        }
        if (heads.size() < static_cast<std::size_t>(kScanLimit))
            return page;
    }
}

std::optional<PublicMatter> PublicViews::view(storage::MatterHead const& head, Detail detail)
{
    if (hidden(head))
        return std::nullopt;
    PublicMatter view;
    view.community = head.community;
    view.no = head.no.value();
    view.kind = head.kind;
    view.state = head.state;
    auto const words = states_(db_, head.definition, head.definition_version, head.state);
    view.state_title = words.title.empty() ? head.state : words.title;
    view.stage = !words.stage.empty() ? words.stage : head.live ? view.state_title : "结束";
    view.live = head.live;
    view.scope = head.scope.str();
    view.place = reference_.place(head.scope);
    view.opened_at = head.opened_at;
    view.state_since = head.state_since;
    view.deadline = head.deadline;
    if (head.kind == storage::kProposal) {
        auto const proposal = storage::load_proposal(db_, head.community, head.no);
        if (!proposal || proposal->flags.confidential)
            return std::nullopt;
        add_proposal(view, *proposal, detail);
    } else {
        auto const report = storage::load_report(db_, head.community, head.no);
        if (!report || report->flags.confidential || is_private_category(report->category))
            return std::nullopt;
        add_report(view, *report);
    }
    if (detail == Detail::full) {
        for (auto& notice : storage::page_notices(db_, head.community, head.no)) {
            notice.text = clean(notice.text);
            view.notices.push_back(std::move(notice));
        }
    }
    return view;
}

void PublicViews::add_proposal(PublicMatter& view, governance::Proposal const& proposal, Detail detail)
{
    view.title = clean(proposal.title);
    view.overdue = proposal.flags.overdue;
    view.endorsements = storage::count_endorsements(db_, proposal.community, proposal.no);
    view.endorsements_needed = proposal.endorse_needed;
    add_vote(view, proposal);
    add_links(view, proposal.links);
    add_execution(view, proposal);
    add_evaluation(view, proposal);
    view.publication = proposal.publication;
    if (view.publication)
        view.publication->text = clean(view.publication->text);
    if (detail != Detail::full)
        return;
    view.text = clean(proposal.text);
    if (proposal.review.mode)
        view.cost = governance::name(proposal.review.cost);
    view.amount_fen = proposal.review.amount_fen;
    view.minutes = clean(proposal.deliberation.minutes);
    view.speakers = storage::count_speakers(db_, proposal.community, proposal.no);
    view.closing_reason = clean(proposal.evaluation.closing_reason);
    for (auto const& objection : proposal.objections)
        view.objections.push_back({objection.raised_at, objection.answered_at, objection.upheld, clean(objection.answer)});
}

void PublicViews::add_vote(PublicMatter& view, governance::Proposal const& proposal)
{
    if (proposal.rounds.empty())
        return;
    auto const& round = proposal.rounds.back();
    PublicVote vote;
    vote.question = clean(round.question);
    for (auto const& option : round.options)
        vote.options.push_back(clean(option));
    vote.mode = governance::name(round.mode);
    vote.opens_at = round.opens_at;
    vote.closes_at = round.closes_at;
    vote.extended = round.extended;
    vote.eligible = round.eligible;
    // Turnout may always be shown; the tally waits for the end, however large the vote is (governance::may_show_tally sets the floor).
    bool const closed = round.closed_at && round.tally && round.result && proposal.state != "voting";
    vote.participating = closed ? round.tally->participating() : storage::participating(db_, proposal.community, proposal.no, round.number);
    if (closed)
        vote.result = PublicVote::Result{governance::name(round.result->outcome), *round.tally, round.result->quorum_needed,
                                         round.result->votes_needed, clean(round.result->winner)};
    view.vote = std::move(vote);
}

void PublicViews::add_execution(PublicMatter& view, governance::Proposal const& proposal)
{
    auto const& execution = proposal.execution;
    if (!execution.plan)
        return;
    PublicExecution shown;
    shown.responsible = responsible(execution.plan->owner);
    shown.body = execution.body;
    shown.budget_fen = execution.plan->budget_fen;
    shown.spent_fen = execution.spent_fen;
    shown.percent = execution.percent;
    for (auto const& milestone : execution.plan->milestones)
        shown.milestones.emplace_back(milestone.due, clean(milestone.text));
    for (auto const& entry : execution.progress)
        shown.progress.push_back({entry.at, entry.percent, clean(entry.text)});
    view.execution = std::move(shown);
}

void PublicViews::add_evaluation(PublicMatter& view, governance::Proposal const& proposal)
{
    auto const& evaluation = proposal.evaluation;
    if (evaluation.round == 0)
        return;
    PublicEvaluation shown;
    shown.ended = proposal.state != "evaluating" && evaluation.result.has_value();
    shown.raters = shown.ended ? evaluation.scores.raters : storage::scores(db_, proposal.community, proposal.no, evaluation.round).raters;
    if (shown.ended) {
        shown.counted = evaluation.result->outcome != governance::EvaluationOutcome::not_enough_ratings;
        shown.average_hundredths = evaluation.result->average_hundredths;
        shown.satisfaction_hundredths = evaluation.result->satisfaction_hundredths;
    }
    if (evaluation.closing != governance::ClosingResult::none)
        shown.closing = governance::name(evaluation.closing);
    view.evaluation = std::move(shown);
}

void PublicViews::add_links(PublicMatter& view, std::vector<governance::MatterLink> const& links)
{
    for (auto const& link : links) {
        auto const head = storage::find_matter(db_, view.community, link.no);
        if (head && !hidden(*head))
            view.links.emplace_back(governance::name(link.kind), link.no.value());
    }
}

void PublicViews::add_report(PublicMatter& view, governance::Case const& report)
{
    view.category = report.category;
    view.category_title = category_word(report.category);
    view.subcategory = report.subcategory;
    auto const entry = reference_.routing.entries.find({report.category, report.subcategory});
    view.subcategory_title = entry == reference_.routing.entries.end() ? std::string() : entry->second.title;
    view.urgency = governance::name(report.urgency);
    view.overdue = report.flags.overdue;
    view.closed_at = report.closed_at;
    // Never the reporter's words: they may name flats and neighbours. Category and place are what everybody may know.
    view.title = view.category_title + (view.subcategory_title.empty() ? "" : "·" + view.subcategory_title) +
                 (view.place.empty() ? "" : "（" + view.place + "）");
    add_links(view, report.links);
}

std::string PublicViews::responsible(std::string const& owner)
{
    if (auto place = reference_.place(governance::UnitId{owner}); !place.empty())
        return place;
    auto const person = storage::load_person(db_, governance::PersonId{owner});
    if (!person || person->roles.empty())
        return "责任人";
    auto const& grant = person->roles.front();
    return reference_.place(grant.scope) + role_word(grant.role);
}

} // namespace bot
