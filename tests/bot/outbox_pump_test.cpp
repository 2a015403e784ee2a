#include "bot/outbox_pump.hpp"

#include "bot/fakes.hpp"
#include "storage/settings.hpp"

#include <atomic>

namespace bot {
namespace {

using namespace std::chrono_literals;
namespace chat = adapters::chat;
using chat::SendOutcome;
using governance::Instant;
using storage::MessageState;

/// Rules as the test says, by notice.
class FakeRules : public PlainNoticeRules {
public:
    commands::NoticeVerdict plan(storage::Database&, storage::OutboxMessage const& message, Instant) override
    {
        auto const found = verdicts.find(message.notice);
        return found == verdicts.end() || message.lane == storage::Lane::digest ? commands::NoticeVerdict{} : found->second;
    }
    std::map<std::string, commands::NoticeVerdict> verdicts;
};

class PumpTest : public testing::Test {
protected:
    PumpTest()
    {
        app_ = add("wecom-app/main", "wecom:w", {.receives = true, .pushes_to_person = true});
        bot_ = add("wecom-bot/bot", "wecom:w", {.receives = true});
        robot_ = add("wecom-group-robot/g01", "wecom:w", {.pushes_to_group = true, .per_minute = 20}, "CG-1");
        directory_.people["R1"] = {{"wecom:w", "u1", "wecom-bot/bot", Instant{}}};
        pump_ = std::make_unique<OutboxPump>(
            OutboxPump::Parts{*store_, channels_, directory_, rules_, clock_, metrics_, [] { return 0.5; }}, OutboxPump::Options{});
    }
    FakeChannel* add(char const* id, char const* account, chat::Capabilities capabilities, char const* group = "")
    {
        auto made = std::make_unique<FakeChannel>(id, account, capabilities, group);
        made->now = [this] { return Instant(std::chrono::microseconds(machine_us_)); };
        auto* channel = made.get();
        channels_.add(std::move(made));
        return channel;
    }
    std::int64_t put(storage::RecipientKind kind, std::string const& id, std::string const& text, storage::Lane lane = storage::Lane::now,
                     std::string const& notice = "N-V04")
    {
        storage::NewMessage message;
        message.community = governance::CommunityId("V1");
        message.recipient = {kind, id};
        message.channel = "wecom-bot/bot";
        message.notice = notice;
        message.lane = lane;
        message.payload = chat::encode_reply({text, {}, {}});
        message.created_at = message.not_before = clock_.now();
        std::optional<std::int64_t> made;
        store_->write_now([&](storage::Database& db) { made = storage::Outbox(db).put(message); });
        return made.value_or(0);
    }
    storage::OutboxMessage find(std::int64_t id)
    {
        std::optional<storage::OutboxMessage> found;
        store_->read_now([&](storage::Database& db) { found = storage::Outbox(db).find(governance::CommunityId("V1"), id); });
        return found.value_or(storage::OutboxMessage{});
    }
    /// Lets the pump look until nothing is left to do at this moment.
    void settle()
    {
        while (pump_->look())
            wait_for_calls();
        wait_for_calls();
    }
    void wait_for_calls()
    {
        store_->write_now([](storage::Database&) {}); // behind whatever the calls booked
    }
    void pass(std::chrono::microseconds time) { machine_us_ += time.count(); }

    std::atomic<std::int64_t> machine_us_{1'000'000'000'000};
    ProcedureClock clock_{[this] { return Instant(std::chrono::microseconds(machine_us_)); }};
    Metrics metrics_;
    FakeDirectory directory_;
    FakeRules rules_;
    TemporaryStore store_;
    ChannelSet channels_;
    FakeChannel* app_ = nullptr;
    FakeChannel* bot_ = nullptr;
    FakeChannel* robot_ = nullptr;
    std::unique_ptr<OutboxPump> pump_;
};

constexpr auto kPerson = storage::RecipientKind::person;
constexpr auto kGroup = storage::RecipientKind::group;

TEST_F(PumpTest, FindsTheDoorOfAPersonAndOfAGroup)
{
    auto const to_person = put(kPerson, "R1", "for you");
    auto const to_group = put(kGroup, "CG-1", "for all");
    settle();
    ASSERT_EQ(app_->sent().size(), 1U);
    EXPECT_EQ(app_->sent()[0].message.user_id, "u1");
    EXPECT_EQ(app_->sent()[0].message.text, "for you");
    EXPECT_EQ(app_->sent()[0].message.dedup_key, "V1/" + std::to_string(to_person));
    ASSERT_EQ(robot_->sent().size(), 1U);
    EXPECT_EQ(robot_->sent()[0].message.chat_id, "");
    EXPECT_EQ(find(to_person).state, MessageState::sent);
    EXPECT_EQ(find(to_group).state, MessageState::sent);
}

TEST_F(PumpTest, TakesTheDoorLastUsed)
{
    auto* second = add("wecom-app/second", "wecom:w", {.pushes_to_person = true});
    auto* elsewhere = add("wecom-app/other", "wecom:x", {.pushes_to_person = true});
    directory_.people["R2"] = {{"wecom:w", "u2", "wecom-app/second", Instant{}}};
    directory_.people["R3"] = {{"wecom:none", "u3", "", Instant{}}, {"wecom:x", "x3", "", Instant{}}};
    put(kPerson, "R2", "a");
    put(kPerson, "R3", "b");
    settle();
    EXPECT_EQ(second->sent().size(), 1U);
    ASSERT_EQ(elsewhere->sent().size(), 1U);
    EXPECT_EQ(elsewhere->sent()[0].message.user_id, "x3");
}

TEST_F(PumpTest, NoDoorIsADeadLetterThatNamesWhatIsMissing)
{
    directory_.people["R4"] = {{"wecom:none", "u4", "", Instant{}}};
    auto const unbound = put(kPerson, "R9", "a");
    auto const no_app = put(kPerson, "R4", "b");
    auto const no_robot = put(kGroup, "CG-2", "c");
    settle();
    EXPECT_EQ(find(unbound).state, MessageState::dead);
    EXPECT_THAT(find(unbound).last_error, testing::HasSubstr("没有绑定"));
    EXPECT_THAT(find(no_app).last_error, testing::HasSubstr("wecom:none"));
    EXPECT_THAT(find(no_robot).last_error, testing::HasSubstr("CG-2"));
}

TEST_F(PumpTest, LateRepliesUseTheirHandle)
{
    bot_->outcome = {};
    auto const by_handle = put(storage::RecipientKind::handle, "reply:url", "late");
    auto const by_user = put(storage::RecipientKind::handle, "user:u7", "late too");
    settle();
    ASSERT_EQ(bot_->sent().size(), 1U);
    EXPECT_EQ(bot_->sent()[0].reply_handle, "url");
    ASSERT_EQ(app_->sent().size(), 1U);
    EXPECT_EQ(app_->sent()[0].message.user_id, "u7");
    EXPECT_EQ(find(by_handle).state, MessageState::sent);
    EXPECT_EQ(find(by_user).state, MessageState::sent);
}

struct Outcome {
    char const* name;
    SendOutcome outcome;
    storage::Lane lane;
    MessageState state;
    std::chrono::seconds again; ///< when it is tried again; 0: not
};
class Outcomes : public PumpTest, public testing::WithParamInterface<Outcome> {};

TEST_P(Outcomes, AreBooked)
{
    app_->outcome = [](std::size_t n) {
        return chat::SendResult{n == 0 ? GetParam().outcome : SendOutcome::sent, n == 0 ? 7000ms : 0ms, "45009 too often", {}, {}};
    };
    auto const id = put(kPerson, "R1", "x", GetParam().lane);
    settle();
    EXPECT_EQ(find(id).state, GetParam().state);
    if (GetParam().again == 0s)
        return;
    pass(GetParam().again - 1ms);
    settle();
    EXPECT_EQ(app_->sent().size(), 1U);
    pass(1ms);
    settle();
    EXPECT_EQ(app_->sent().size(), 2U);
    EXPECT_EQ(app_->sent()[1].message.dedup_key, app_->sent()[0].message.dedup_key);
    EXPECT_EQ(find(id).state, MessageState::sent);
}

INSTANTIATE_TEST_SUITE_P(Table, Outcomes,
                         testing::Values(Outcome{"sent", SendOutcome::sent, storage::Lane::now, MessageState::sent, 0s},
                                         Outcome{"rate_limited", SendOutcome::rate_limited, storage::Lane::now, MessageState::waiting, 7s},
                                         Outcome{"retry", SendOutcome::retry, storage::Lane::now, MessageState::waiting, 7s},
                                         Outcome{"unknown", SendOutcome::unknown, storage::Lane::now, MessageState::dead, 0s},
                                         Outcome{"unknown_danger", SendOutcome::unknown, storage::Lane::critical, MessageState::waiting,
                                                 7s},
                                         Outcome{"user", SendOutcome::user_failed, storage::Lane::now, MessageState::dead, 0s},
                                         Outcome{"payload", SendOutcome::payload_failed, storage::Lane::now, MessageState::dead, 0s},
                                         Outcome{"channel", SendOutcome::channel_failed, storage::Lane::now, MessageState::dead, 0s}),
                         [](auto const& tc) { return std::string(tc.param.name); });

TEST_F(PumpTest, GivesUpAfterEightTries)
{
    app_->outcome = [](std::size_t) { return chat::SendResult{SendOutcome::retry, 0ms, "500", {}, {}}; };
    auto const id = put(kPerson, "R1", "x");
    for (int i = 0; i < 40; ++i) {
        settle();
        pass(5min);
    }
    EXPECT_EQ(app_->sent().size(), 8U);
    EXPECT_EQ(find(id).state, MessageState::dead);
    EXPECT_EQ(find(id).last_error, "500");
}

/// Thirty notices into one group: any minute holds at most twenty, and the pace survives a restart of the pump.
TEST_F(PumpTest, KeepsTheRobotsPace)
{
    for (int i = 0; i < 30; ++i)
        put(kGroup, "CG-1", "notice " + std::to_string(i));
    settle();
    EXPECT_EQ(robot_->sent().size(), 5U);
    pump_ = std::make_unique<OutboxPump>(OutboxPump::Parts{*store_, channels_, directory_, rules_, clock_, metrics_, [] { return 0.5; }},
                                         OutboxPump::Options{});
    for (int i = 0; i < 120; ++i) {
        settle();
        pass(1s);
    }
    auto const sent = robot_->sent();
    ASSERT_EQ(sent.size(), 30U);
    for (std::size_t i = 20; i < sent.size(); ++i)
        EXPECT_GT(sent[i].at - sent[i - 20].at, 60s) << i;
    for (std::size_t i = 0; i < sent.size(); ++i)
        EXPECT_EQ(sent[i].message.text, "notice " + std::to_string(i));
}

TEST_F(PumpTest, DangerGoesFirst)
{
    for (int i = 0; i < 6; ++i)
        put(kGroup, "CG-1", "usual");
    put(kGroup, "CG-1", "danger", storage::Lane::critical);
    settle();
    ASSERT_EQ(robot_->sent().size(), 5U);
    EXPECT_EQ(robot_->sent()[0].message.text, "danger");
}

TEST_F(PumpTest, HoldsThroughQuietHours)
{
    rules_.verdicts["N-QUIET"] = {commands::NoticeVerdict::Way::hold, clock_.now() + 8h};
    auto const id = put(kGroup, "CG-1", "x", storage::Lane::now, "N-QUIET");
    settle();
    EXPECT_EQ(find(id).state, MessageState::waiting);
    pass(8h - 1s);
    settle();
    EXPECT_TRUE(robot_->sent().empty());
    rules_.verdicts.clear();
    pass(1s);
    settle();
    EXPECT_EQ(find(id).state, MessageState::sent);
}

TEST_F(PumpTest, WhatTheBudgetHeldBackBecomesOneDigest)
{
    auto const evening = clock_.now() + 3h;
    rules_.verdicts["N-OVER"] = {commands::NoticeVerdict::Way::into_digest, evening};
    auto const first = put(kGroup, "CG-1", "first", storage::Lane::now, "N-OVER");
    put(kGroup, "CG-1", "second", storage::Lane::now, "N-OVER");
    put(kGroup, "CG-1", "third", storage::Lane::now, "N-OVER");
    settle();
    EXPECT_TRUE(robot_->sent().empty());
    EXPECT_EQ(find(first).state, MessageState::merged);
    pass(3h);
    settle();
    ASSERT_EQ(robot_->sent().size(), 1U);
    EXPECT_EQ(robot_->sent()[0].message.text, "first\nsecond\nthird");
}

/// A process dies with a message under way: the next one takes it back and sends it once more, and nothing else twice.
TEST_F(PumpTest, AfterACrashOnlyWhatWasUnderWayIsSentAgain)
{
    put(kPerson, "R1", "done");
    settle();
    app_->hold = true;
    auto const cut_off = put(kPerson, "R1", "under way");
    pump_->look();
    EXPECT_EQ(pump_->under_way(), 1U);
    EXPECT_EQ(find(cut_off).state, MessageState::claimed);

    app_->hold = false;
    OutboxPump next({*store_, channels_, directory_, rules_, clock_, metrics_, [] { return 0.5; }}, {});
    next.take_back();
    EXPECT_TRUE(find(cut_off).may_have_been_sent);
    while (next.look())
        wait_for_calls();
    wait_for_calls();
    ASSERT_EQ(app_->sent().size(), 3U);
    EXPECT_EQ(app_->sent()[2].message.dedup_key, app_->sent()[1].message.dedup_key);
    EXPECT_EQ(find(cut_off).state, MessageState::sent);
}

TEST_F(PumpTest, RunsOnItsOwnThread)
{
    pump_->start();
    put(kPerson, "R1", "hello");
    pump_->wake();
    EXPECT_EQ(app_->wait_for(1).size(), 1U);
    pump_->stop(10s);
    EXPECT_EQ(pump_->under_way(), 0U);
}

TEST_F(PumpTest, UnreadablePayloadIsADeadLetter)
{
    storage::NewMessage message;
    message.community = governance::CommunityId("V1");
    message.recipient = {kPerson, "R1"};
    message.payload = "{";
    message.created_at = message.not_before = clock_.now();
    std::optional<std::int64_t> id;
    store_->write_now([&](storage::Database& db) { id = storage::Outbox(db).put(message); });
    settle();
    EXPECT_EQ(find(*id).state, MessageState::dead);
}

} // namespace
} // namespace bot
