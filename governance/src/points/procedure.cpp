#include "points/rules.hpp"

#include "workflow/common_rules.hpp"
#include "workflow/engine.hpp"

namespace governance {

namespace points {

namespace {

using namespace workflow;

void relate(PointsEntry const& entry, Request const&, Actor const& actor, std::set<std::string>& words)
{
    if (actor.person.empty())
        return;
    bool const own = entry.subject == actor.person.str() || (!actor.household.empty() && entry.subject == actor.household.str());
    // For a grid's or village's entries its leader or secretary appeals (domain.md 2.6).
    if (own || actor.units.contains(entry.subject))
        words.insert("subject");
}

Book make_rules()
{
    using namespace points_trigger;
    Book book;
    add_common_rules<PointsEntry, rules>(book);
    add_recording(book);
    add_audit(book);
    book.triggers = {kDeclare, kRecord,   kCollect, kReject, kReturn,  kComplete, kApprove,
                     kPublish, kFinalise, kAppeal,  kUphold, kReverse, kCorrect};
    book.audiences = {"subject", "declarer", "collector", "auditor", "next_actors", "panel"};
    book.relate = relate;
    return book;
}

} // namespace

Book const& rules()
{
    static Book const book = make_rules();
    return book;
}

} // namespace points

workflow::Vocabulary points_vocabulary()
{
    return points::rules().vocabulary();
}

result<workflow::Step<PointsEntry>> advance(workflow::Definition const& definition, PointsEntry const& before,
                                            workflow::Request const& request)
{
    return workflow::perform(points::rules(), definition, before, request);
}

result<workflow::Step<PointsEntry>> fire(workflow::Definition const& definition, PointsEntry const& before, std::string const& timer,
                                         int percent, workflow::Request const& request)
{
    return workflow::fire_timer(points::rules(), definition, before, timer, percent, request);
}

} // namespace governance
