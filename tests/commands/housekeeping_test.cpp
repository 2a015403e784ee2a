#include "commands/conversation_fixture.hpp"

#include "storage/inbox.hpp"
#include "storage/jobs.hpp"

namespace commands::test {
namespace {

using std::chrono::days;

governance::Instant machine_now()
{
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// The nightly job at half past three. What it forgets stands in docs/decisions/0011-what-is-forgotten.md.
class Housekeeping : public ConversationTest {
protected:
    std::int64_t count(std::string const& sql)
    {
        std::int64_t found = 0;
        store_->read_now([&](storage::Database& db) {
            auto rows = db.query(sql);
            found = rows.next() ? rows.integer(0) : 0;
        });
        return found;
    }
    void receive(std::string const& key, governance::Instant when)
    {
        store_->write_now([&](storage::Database& db) { storage::Inbox{db}.keep({"wecom-app/main", key}, when, ""); });
    }
    /// A message that ended `ago` in the given way.
    void send(std::string const& key, storage::Delivery::Kind how, days ago)
    {
        store_->write_now([&](storage::Database& db) {
            storage::Outbox outbox{db};
            auto const when = now_ - ago;
            storage::NewMessage message;
            message.community = governance::CommunityId{"V2"};
            message.recipient = {storage::RecipientKind::person, key};
            message.created_at = when;
            message.not_before = when;
            message.dedup_key = key;
            outbox.put(message);
            for (auto const& claimed : outbox.claim(when, when, std::chrono::hours{1}, 10))
                outbox.finish(claimed, {how, when, {}, "x"});
        });
    }
    void fire_job_long_ago(std::string const& key, days ago)
    {
        store_->write_now([&](storage::Database& db) {
            storage::Job job;
            job.community = governance::CommunityId{"V2"};
            job.kind = "timer";
            job.key = key;
            job.due_at = now_ - ago;
            storage::Jobs{db}.arm(job);
        });
    }
    void start() { say("u0150", "帮助"); } // the first message loads the rules and arms the standing jobs
};

TEST_F(Housekeeping, ForgetsWhatServedItsTimeAndKeepsDeadLetters)
{
    start();
    take_queued();
    receive("old", machine_now() - days{31});
    receive("young", machine_now() - days{29});
    send("sent-old", storage::Delivery::Kind::sent, days{92});
    send("dead-old", storage::Delivery::Kind::dead, days{92});
    send("sent-young", storage::Delivery::Kind::sent, days{80});
    fire_job_long_ago("m/99/old/100", days{92});
    fire_job_long_ago("m/99/young/100", days{80});
    set_time("2026-07-02 03:29");
    EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE dedup_key = 'old'"), 1) << "not before the night";
    set_time("2026-07-02 03:30");
    struct Row {
        char const* sql;
        int left;
    };
    for (auto const& row : {Row{"inbound WHERE dedup_key = 'old'", 0}, Row{"inbound WHERE dedup_key = 'young'", 1},
                            Row{"outbox WHERE dedup_key = 'sent-old'", 0}, Row{"outbox WHERE dedup_key = 'dead-old'", 1},
                            Row{"outbox WHERE dedup_key = 'sent-young'", 1}, Row{"jobs WHERE job_key = 'm/99/old/100'", 0},
                            Row{"jobs WHERE job_key = 'm/99/young/100'", 1}})
        EXPECT_EQ(count(std::string{"SELECT COUNT(*) FROM "} + row.sql), row.left) << row.sql;
}

TEST_F(Housekeeping, GoesInPortionsAndComesBackTheNextNight)
{
    start();
    store_->write_now([](storage::Database& db) {
        for (int i = 0; i < 12500; ++i)
            storage::Inbox{db}.keep({"a/first", "old" + std::to_string(i)}, machine_now() - days{40}, "");
    });
    auto const left = [this] { return count("SELECT COUNT(*) FROM inbound WHERE dedup_key LIKE 'old%'"); };
    set_time("2026-07-02 03:30");
    EXPECT_EQ(left(), 7500) << "one portion in one unit of work";
    set_time("2026-07-02 03:31");
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind = 'housekeeping' AND state = 0"), 1);
    receive("late", machine_now() - days{31});
    set_time("2026-07-03 03:30");
    EXPECT_EQ(count("SELECT COUNT(*) FROM inbound WHERE dedup_key = 'late'"), 0);
}

TEST_F(Housekeeping, TheInboxIsStampedByTheMachinesClock)
{
    auto const before = machine_now();
    start();
    auto const stamped = count("SELECT MAX(received_at) FROM inbound");
    EXPECT_GE(stamped, before.time_since_epoch().count());
    EXPECT_LE(stamped, machine_now().time_since_epoch().count());
    set_time("2027-07-02 12:00");
    say("u0150", "帮助");
    EXPECT_EQ(count("SELECT COUNT(*) FROM inbound"), 2) << "a year of procedure time makes no message old";
}

} // namespace
} // namespace commands::test
