#include "perform/context.hpp"

#include "commands/reader/step_lines.hpp"
#include "perform/drafts.hpp"
#include "perform/report_lookup.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace commands {
namespace {

constexpr std::size_t kMostNumbers = 20;
constexpr std::size_t kActorsKept = 20'000; // some 300 bytes each

struct QuoteMark {
    std::string_view mark;
    std::string_view kind;
};
// How our own notices begin (domain.md 16).
constexpr std::array<QuoteMark, 8> kMarks{{{"【表决 ", "vote"},
                                           {"【新提议 ", "proposal"},
                                           {"【议一议 ", "deliberation"},
                                           {"【大家评 ", "rate_request"},
                                           {"【决议公示 ", "publication"},
                                           {"【结果 ", "result"},
                                           {"【派单 ", "case"},
                                           {"提议 ", "proposal"}}};

std::int64_t leading_number(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void add_matter(Turn const& turn, storage::MatterHead const& head, reader::Context& context)
{
    auto const& organisation = turn.scene.world.organisation;
    bool const concerns =
        (turn.group && (organisation.within(turn.group->scope, head.scope) || organisation.within(head.scope, turn.group->scope))) ||
        (!turn.actor.home.empty() && organisation.within(turn.actor.home, head.scope));
    auto const no = head.no.value();
    if (head.kind == storage::kProposal && concerns) {
        if (head.state == "voting")
            context.open_votes.push_back(no);
        else if (head.state == "collecting")
            context.open_endorse.push_back(no);
        else if (head.state == "evaluating")
            context.pending_rate.push_back(no);
    }
    if (head.kind == storage::kReport && head.state == "feedback" && head.author == turn.actor.person)
        context.pending_rate.push_back(no);
    context.refs.emplace(no, reader::Ref{head.kind, head.state});
}

/// True for those of a street or department, who act on reports of every community.
bool above_communities(Turn const& turn)
{
    auto const communities = turn.scene.world.organisation.communities();
    auto const own = governance::unit_of(turn.actor.community);
    return turn.actor.bound() && std::none_of(communities.begin(), communities.end(), [&](auto const* unit) { return unit->id == own; });
}

void add_reports_elsewhere(Turn const& turn, reader::Context& context)
{
    for (auto const no : numbers_in(turn.event.text))
        if (!context.refs.contains(no))
            if (auto const report = find_report(turn, governance::RefNo{no}))
                context.refs.emplace(no, reader::Ref{std::string{storage::kReport}, report->state});
}

} // namespace

void Board::follow(std::int64_t district_version)
{
    if (district_version_ == district_version && actors_.size() < kActorsKept)
        return;
    actors_.clear();
    district_version_ = district_version;
}

governance::Actor const& Board::actor(storage::Database& db, std::string const& account, std::string const& user_id)
{
    auto key = account + "/" + user_id;
    auto const found = actors_.find(key);
    if (found != actors_.end())
        return found->second;
    return actors_.emplace(std::move(key), storage::load_actor(db, account, user_id)).first->second;
}

Board::Entry& Board::entry(storage::Database& db, governance::CommunityId const& community)
{
    auto& found = entries_[community];
    auto revision = storage::matters_revision(db, community);
    if (!found.loaded || found.revision != revision) {
        found.matters = storage::live_matters(db, community);
        found.proposals.clear();
        found.revision = std::move(revision);
        found.loaded = true;
    }
    return found;
}

std::vector<storage::MatterHead> const& Board::live(storage::Database& db, governance::CommunityId const& community)
{
    return entry(db, community).matters;
}

governance::Proposal const* Board::proposal(storage::Database& db, governance::CommunityId const& community, governance::RefNo no)
{
    auto& proposals = entry(db, community).proposals;
    auto found = proposals.find(no);
    if (found == proposals.end())
        found = proposals.emplace(no, storage::load_proposal(db, community, no)).first;
    return found->second ? &*found->second : nullptr;
}

std::vector<std::int64_t> numbers_in(std::string_view text)
{
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < text.size() && found.size() < kMostNumbers;) {
        // Full-width digits are EF BC 90 to EF BC 99.
        auto const digit = [&](std::size_t at, std::size_t& width) -> int {
            if (at < text.size() && text[at] >= '0' && text[at] <= '9') {
                width = 1;
                return text[at] - '0';
            }
            if (at + 2 < text.size() && text[at] == '\xEF' && text[at + 1] == '\xBC' && static_cast<unsigned char>(text[at + 2]) >= 0x90 &&
                static_cast<unsigned char>(text[at + 2]) <= 0x99) {
                width = 3;
                return static_cast<unsigned char>(text[at + 2]) - 0x90;
            }
            return -1;
        };
        std::size_t width = 1;
        std::int64_t value = 0;
        int length = 0;
        for (int d = digit(i, width); d >= 0 && length < 9; d = digit(i, width)) {
            value = value * 10 + d;
            i += width;
            ++length;
        }
        if (length == 0) {
            ++i;
        } else if (value > 0 && std::find(found.begin(), found.end(), value) == found.end()) {
            found.push_back(value);
        }
    }
    return found;
}

reader::ReplyTo quoted(adapters::chat::Quote const& quote)
{
    for (auto const& [mark, kind] : kMarks) {
        auto const at = quote.text.find(mark);
        if (at < 64) // also when not found: npos is larger
            if (auto const no = leading_number(std::string_view{quote.text}.substr(at + mark.size())); no > 0)
                return {std::string{kind}, no, {}};
    }
    return {"chat", std::nullopt, {}};
}

reader::Context reading_context(Turn const& turn, Board& board)
{
    reader::Context context;
    context.chat = turn.direct() ? reader::Chat::direct : reader::Chat::group;
    context.mention = turn.event.mention;
    if (!turn.actor.bound())
        context.roles.emplace_back("unbound");
    for (auto const& grant : turn.actor.roles)
        context.roles.push_back(grant.role);
    auto const community = turn.community();
    if (!community.empty()) {
        for (auto const& head : board.live(turn.scene.db, community))
            add_matter(turn, head, context);
        for (auto const no : numbers_in(turn.event.text))
            if (!context.refs.contains(no))
                if (auto const head = storage::find_matter(turn.scene.db, community, governance::RefNo{no}))
                    context.refs.emplace(no, reader::Ref{head->kind, head->state});
    }
    if (above_communities(turn))
        add_reports_elsewhere(turn, context);
    if (turn.event.quote)
        context.reply_to = quoted(*turn.event.quote);
    if (turn.direct())
        context.pending_question = pending_question(turn);
    return context;
}

} // namespace commands
