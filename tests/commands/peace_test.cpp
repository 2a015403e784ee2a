#include "commands/peace.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/district.hpp"
#include "storage/migrations.hpp"
#include "storage/rule_files.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace commands {
namespace {

using namespace std::chrono_literals;
using governance::Instant;
using Way = NoticeVerdict::Way;

std::filesystem::path const kData = std::filesystem::path(YIQI_SOURCE_DIR) / "data";

/// A moment of 2026-07-01 in Shanghai.
Instant at(int hour, int minute = 0)
{
    return Instant(std::chrono::sys_days(std::chrono::year(2026) / 7 / 1)) + std::chrono::hours(hour - 8) + std::chrono::minutes(minute);
}

class PeaceTest : public testing::Test {
protected:
    PeaceTest()
    {
        std::string folder = (std::filesystem::temp_directory_path() / "yiqi-peace-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr)
            throw std::runtime_error("cannot make a folder");
        folder_ = folder;
        store_ = storage::open_store({.url = "sqlite:" + folder + "/yiqi.db"});
        storage::migrate(*store_);
        std::vector<std::string> problems;
        auto const district = storage::read_district(kData / "demo", problems);
        store_->write_now([&](storage::Database& db) { storage::import_district(db, district, {"playground"}, at(9)); });
        std::ifstream in(kData / "notices.json");
        std::stringstream text;
        text << in.rdbuf();
        world_->calendar.zone = governance::Zone(8h);
        world_->wording = Wording(storage::read_notices(text.str()), kData / "wording.toml");
    }
    ~PeaceTest() override
    {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// Writes a message to CG-G01 (budget 3, quiet 21:30-07:30) or to a person.
    storage::OutboxMessage put(storage::RecipientKind kind, std::string const& id, storage::Lane lane, std::string const& notice,
                               Instant when)
    {
        storage::NewMessage message;
        message.community = governance::CommunityId("C1");
        message.recipient = {kind, id};
        message.lane = lane;
        message.notice = notice;
        message.payload = adapters::chat::encode_reply({"words", {}, {}});
        message.created_at = message.not_before = when;
        std::optional<storage::OutboxMessage> written;
        store_->write_now([&](storage::Database& db) {
            storage::Outbox outbox(db);
            written = outbox.find(message.community, outbox.put(message).value_or(0));
        });
        return written.value_or(storage::OutboxMessage{});
    }
    NoticeVerdict plan(storage::OutboxMessage const& message, Instant now)
    {
        NoticeVerdict verdict;
        store_->write_now([&](storage::Database& db) { verdict = peace_.plan(db, message, now); });
        return verdict;
    }
    void mark_sent(int count, Instant when)
    {
        for (int i = 0; i < count; ++i)
            put(storage::RecipientKind::group, "CG-G01", storage::Lane::now, "N-P01", when);
        store_->write_now([&](storage::Database& db) {
            storage::Outbox outbox(db);
            for (auto claimed = outbox.claim(when, when, 1min, 100); !claimed.empty(); claimed = outbox.claim(when, when, 1min, 100)) {
                for (auto const& message : claimed)
                    outbox.finish(message, {storage::Delivery::Kind::sent, when, when, ""});
            }
        });
    }

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    std::shared_ptr<World> world_ = std::make_shared<World>();
    Peace peace_{[this] { return world_; }};
};

constexpr auto kGroup = storage::RecipientKind::group;
constexpr auto kPerson = storage::RecipientKind::person;

struct Case {
    char const* name;
    storage::RecipientKind kind;
    char const* receiver;
    storage::Lane lane;
    char const* notice;
    Instant now;
    Way way;
    Instant not_before;
};
class Plans : public PeaceTest, public testing::WithParamInterface<Case> {};

TEST_P(Plans, FollowTheHouseRules)
{
    auto const& c = GetParam();
    auto const verdict = plan(put(c.kind, c.receiver, c.lane, c.notice, c.now), c.now);
    EXPECT_EQ(verdict.way, c.way);
    if (c.way != Way::send) {
        EXPECT_EQ(verdict.not_before, c.not_before);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Plans,
    testing::Values(Case{"by_day", kGroup, "CG-G01", storage::Lane::now, "N-P01", at(9), Way::send, {}},
                    Case{"before_the_morning", kGroup, "CG-G01", storage::Lane::now, "N-P01", at(7, 29), Way::hold, at(7, 30)},
                    Case{"morning", kGroup, "CG-G01", storage::Lane::now, "N-P01", at(7, 30), Way::send, {}},
                    Case{"night", kGroup, "CG-G01", storage::Lane::now, "N-P01", at(21, 30), Way::hold, at(31, 30)},
                    Case{"danger_at_night", kGroup, "CG-G01", storage::Lane::critical, "N-R15", at(23), Way::send, {}},
                    Case{"digest_by_day", kGroup, "CG-G01", storage::Lane::digest, "N-P02", at(9), Way::into_digest, at(19, 30)},
                    Case{"digest_after_the_evening", kGroup, "CG-G01", storage::Lane::digest, "N-P02", at(20), Way::into_digest,
                         at(43, 30)},
                    Case{"answer_at_night", kPerson, "R001", storage::Lane::now, "", at(23), Way::send, {}},
                    Case{"own_case_at_night", kPerson, "R001", storage::Lane::now, "N-P04", at(24), Way::hold, at(31, 30)},
                    Case{"staff_until_ten", kPerson, "S-G01L", storage::Lane::now, "N-B05", at(21, 45), Way::send, {}},
                    Case{"staff_after_ten", kPerson, "S-G01L", storage::Lane::now, "N-B05", at(22), Way::hold, at(31)},
                    Case{"unknown_group", kGroup, "CG-none", storage::Lane::now, "N-P01", at(23), Way::send, {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST_F(PeaceTest, TheBudgetOfADayAndWhoIsTold)
{
    mark_sent(2, at(9));
    EXPECT_EQ(plan(put(kGroup, "CG-G01", storage::Lane::now, "N-P01", at(10)), at(10)).way, Way::send);
    mark_sent(0, at(10)); // that one leaves: three today
    auto const over = plan(put(kGroup, "CG-G01", storage::Lane::now, "N-P01", at(11)), at(11));
    EXPECT_EQ(over.way, Way::into_digest);
    EXPECT_EQ(over.not_before, at(19, 30));
    plan(put(kGroup, "CG-G01", storage::Lane::now, "N-P01", at(12)), at(12));
    std::vector<storage::OutboxMessage> told;
    store_->read_now([&](storage::Database& db) {
        told = storage::Outbox(db).waiting(governance::CommunityId("C1"), {kGroup, "CG-C1W"}, storage::Lane::now, 10);
    });
    ASSERT_EQ(told.size(), 1U); // once a day
    EXPECT_EQ(told[0].notice, "N-B03");
    EXPECT_EQ(plan(put(kGroup, "CG-G01", storage::Lane::now, "N-P01", at(33)), at(33)).way, Way::send); // the next day
}

TEST_F(PeaceTest, ADigestThatWaitedLeavesAndIsCut)
{
    auto waited = put(kGroup, "CG-G01", storage::Lane::digest, "N-P02", at(9));
    waited.not_before = at(19, 30);
    EXPECT_EQ(plan(waited, at(19, 30) + 1s).way, Way::send);
    EXPECT_EQ(plan(waited, at(22)).way, Way::hold);

    std::vector<storage::OutboxMessage> parts(5, waited);
    adapters::chat::Reply digest;
    store_->write_now([&](storage::Database& db) { digest = peace_.digest(db, parts, at(19, 30)); });
    EXPECT_EQ(digest.text, "今天的事：\n①words\n②words\n③words\n另有 2 件，发“列表”看详情。");
}

} // namespace
} // namespace commands
