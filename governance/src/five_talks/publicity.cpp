#include "five_talks/rules.hpp"

#include <algorithm>

/// The resolution on display and objections to it. Source: domain.md 3.6, 4.4 rows 17, 18, 24-27.
namespace governance::five_talks {

using namespace workflow;

namespace {

std::int64_t open_objections(Proposal const& proposal)
{
    return std::count_if(proposal.objections.begin(), proposal.objections.end(),
                         [](Objection const& objection) { return !objection.answered_at; });
}

Verdict within_objection_window(Ask const& asking, Values const&)
{
    auto const& publication = asking.before.publication;
    if (publication && asking.now() < publication->objection_until)
        return std::nullopt;
    return Refusal{RefusalCode::objection_window_over, {{"until", publication ? seconds_text(publication->objection_until) : ""}}};
}

/// Emergency measures about safety need not wait, with a reason. Source: domain.md 3.6.
Verdict objection_window_over(Ask const& asking, Values const&)
{
    auto const& before = asking.before;
    if (auto const open = open_objections(before); open > 0)
        return Refusal{RefusalCode::objection_open, {{"open", decimal(open)}}};
    bool const emergency = before.safety && has_item(asking.input(), "emergency");
    if (emergency || !before.publication || asking.now() >= before.publication->objection_until)
        return std::nullopt;
    return Refusal{RefusalCode::objection_window_open, {{"until", seconds_text(before.publication->objection_until)}}};
}

/// Nobody judges their own case: neither who decides nor who concurs.
Verdict not_own_objection(Ask const& asking, Values const&)
{
    auto mine = [&](Actor const& actor) {
        return std::any_of(asking.before.objections.begin(), asking.before.objections.end(),
                           [&](Objection const& objection) { return !objection.answered_at && objection.person == actor.person; });
    };
    auto const& others = asking.request.concurring;
    bool const conflict = mine(asking.request.actor) || std::any_of(others.begin(), others.end(), mine);
    return conflict ? Verdict{RefusalCode::own_objection} : Verdict{};
}

void publish(Do& doing, Values const& params)
{
    auto& after = doing.after();
    Publication publication;
    publication.posted_at = doing.now();
    publication.objection_until = add(doing.calendar(), doing.now(), period(params, "objections"));
    publication.display_until = add(doing.calendar(), doing.now(), period(params, "display"));
    if (has_item(doing.input(), "agreement"))
        publication.text = *doing.input().agreement;
    else if (!after.rounds.empty())
        publication.text = after.rounds.back().question;
    else
        publication.text = after.text;
    doing.parameters["objection_until"] = seconds_text(publication.objection_until);
    doing.parameters["display_until"] = seconds_text(publication.display_until);
    after.publication = std::move(publication);
}

void add_objection(Do& doing, Values const&)
{
    auto const& actor = doing.request.actor;
    doing.after().objections.push_back({actor.person, actor.household, doing.input().reason.value_or(""), doing.now(), {}, {}, false, {}});
    doing.after().flags.frozen = true;
}

void answer_objections(Do& doing, Values const& params)
{
    bool const upheld = boolean(params, "upheld", false);
    std::vector<PersonId> judges{doing.request.actor.person};
    for (auto const& other : doing.request.concurring)
        judges.push_back(other.person);
    for (auto& objection : doing.after().objections) {
        if (objection.answered_at)
            continue;
        objection.answer = doing.input().answer.value_or("");
        objection.answered_at = doing.now();
        objection.upheld = upheld;
        objection.answered_by = judges;
    }
    doing.after().flags.frozen = false;
    doing.parameters["upheld"] = upheld ? "true" : "false";
    doing.parameters["reason"] = doing.input().answer.value_or("");
}

std::optional<Instant> objection_until(Proposal const& proposal, Request const&)
{
    return proposal.publication ? std::optional(proposal.publication->objection_until) : std::nullopt;
}

std::optional<Instant> display_until(Proposal const& proposal, Request const&)
{
    return proposal.publication ? std::optional(proposal.publication->display_until) : std::nullopt;
}

} // namespace

void add_publicity(Book& book)
{
    book.guards["within_objection_window"] = {{}, within_objection_window};
    book.guards["objection_window_over"] = {{}, objection_window_over};
    book.guards["not_own_objection"] = {{}, not_own_objection};
    book.effects["publish"] = {{{"display", {ParamType::period, true}}, {"objections", {ParamType::period, true}}}, publish};
    book.effects["add_objection"] = {{}, add_objection};
    book.effects["answer_objections"] = {{{"upheld", {ParamType::boolean, true}}}, answer_objections};
    book.instants["objection_until"] = objection_until;
    book.instants["display_until"] = display_until;
}

} // namespace governance::five_talks
