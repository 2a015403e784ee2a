#include "perform/signatures.hpp"

#include "perform/announce.hpp"
#include "perform/proposal_steps.hpp"
#include "storage/ledger.hpp"
#include "storage/matters.hpp"

namespace commands {
namespace {

/// Who signs for a party: the person named, or the one who speaks for the unit named.
governance::PersonId signatory(Scene const& scene, governance::Proposal const& proposal, std::string const& party)
{
    if (auto const person = storage::find_person(scene.db, proposal.community, party); !person.empty())
        return person;
    auto const* unit = scene.world.organisation.named(party);
    if (unit == nullptr)
        return {};
    for (auto const* role : {"property_staff", "dept_handler", "building_head", "grid_leader"})
        if (auto const people = storage::holders(scene.db, role, unit->id); !people.empty())
            return people.front();
    return {};
}

adapters::chat::Card sign_card(Scene const& scene, governance::Proposal const& proposal, std::size_t index, std::string text)
{
    auto const ref = std::to_string(proposal.no.value());
    adapters::chat::Card card;
    card.kind = adapters::chat::CardKind::buttons;
    card.task_id = "p@" + proposal.community.str() + "@" + ref + "@" + std::to_string(index) + "@" +
                   std::to_string(scene.now.time_since_epoch().count() / 1'000'000);
    card.title = scene.world.wording.say("say.sign_title", {{"ref", ref}});
    card.body = cut(proposal.text, 60);
    card.buttons = {{"sign", "签字同意", true}, {"decline", "不同意", false}};
    card.url = page_url(scene, proposal.community, proposal.no);
    card.fallback = std::move(text);
    return card;
}

} // namespace

void ask_signatures(Turn& turn, governance::Proposal const& proposal)
{
    if (proposal.state != "deliberating" || proposal.review.mode != governance::ResolutionMode::consensus_multi_party)
        return;
    auto const& scene = turn.scene;
    for (std::size_t i = 0; i < proposal.review.parties.size(); ++i) {
        auto const& party = proposal.review.parties[i];
        auto const person = signatory(scene, proposal, party);
        if (person.empty()) {
            turn.say_key("say.party_unreachable", {{"party", party}});
            continue;
        }
        auto const text = scene.world.wording.say("say.sign_asked", {{"ref", std::to_string(proposal.no.value())},
                                                                     {"title", cut(proposal.title, 20)},
                                                                     {"text", cut(proposal.text, 40)},
                                                                     {"party", party}});
        tell(scene, {proposal.community, proposal.no, proposal.scope, turn.occasion + "/sign" + std::to_string(i)}, "N-B05", person, text,
             storage::Lane::now, sign_card(scene, proposal, i, text));
    }
}

std::string answer_signature(Turn& turn, governance::CommunityId const& community, governance::RefNo no, std::size_t party, bool agrees)
{
    auto const& scene = turn.scene;
    auto const& wording = scene.world.wording;
    auto const proposal = storage::load_proposal(scene.db, community, no);
    if (!proposal || party >= proposal->review.parties.size() ||
        signatory(scene, *proposal, proposal->review.parties[party]) != turn.actor.person) {
        turn.say_key("say.sign_not_yours");
        return wording.say("say.card_over");
    }
    auto const after = sign(*proposal, proposal->review.parties[party], agrees);
    if (!after.has_value()) {
        turn.refuse(after.error());
        return wording.say("say.card_over");
    }
    storage::save_proposal(scene.db, *after, is_live(scene, *after));
    storage::Ledger{scene.db}.append({scene.now, community, agrees ? "party_signed" : "party_declined", no,
                                      "{\"party\":" + std::to_string(party) + "}",
                                      "{\"person\":" + json_text(turn.actor.person.str()) + "}"});
    auto text = wording.say(agrees ? "say.signed" : "say.sign_declined");
    turn.say(text);
    turn.answers.noted = true;
    return text;
}

} // namespace commands
