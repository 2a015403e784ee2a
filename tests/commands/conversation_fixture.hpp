#pragma once

#include "adapters/chat/stored.hpp"
#include "bot/gazetteer_files.hpp"
#include "commands/conversation.hpp"
#include "storage/district.hpp"
#include "storage/matters.hpp"
#include "storage/migrations.hpp"
#include "storage/outbox.hpp"
#include "storage/store.hpp"
#include "storage/verify.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace commands::test {

namespace chat = adapters::chat;

/// A moment of the demo's zone, "2026-07-01 09:00".
inline governance::Instant at(std::string const& text)
{
    std::chrono::year_month_day const day{std::chrono::year{std::stoi(text.substr(0, 4))},
                                          std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
                                          std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
    auto const hours = text.size() > 10 ? std::stoi(text.substr(11, 2)) : 0;
    auto const minutes = text.size() > 10 ? std::stoi(text.substr(14, 2)) : 0;
    return governance::Instant{std::chrono::sys_days{day}} + std::chrono::hours{hours - 8} + std::chrono::minutes{minutes};
}

/// The demo district in a real store, and the conversation over it. Procedure time stands still until a test moves it.
class ConversationTest : public testing::Test {
protected:
    static constexpr char const* kAccount = "wecom:ww1";

    void SetUp() override
    {
        auto const* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() / ("yiqi-" + std::string{info->test_suite_name()} + "-" + info->name() + "-" +
                                                            std::to_string(::testing::UnitTest::GetInstance()->random_seed()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        storage::StoreOptions options;
        options.url = "sqlite:" + (folder_ / "yiqi.db").string();
        store_ = storage::open_store(options);
        storage::migrate(*store_);
        std::vector<std::string> problems;
        auto const district = storage::read_district(std::filesystem::path{YIQI_SOURCE_DIR} / "data" / "demo", problems);
        ASSERT_TRUE(problems.empty()) << problems.front();
        store_->write_now([&](storage::Database& db) { storage::import_district(db, district, {kAccount}, now_); });
        conversation_ = std::make_unique<Conversation>(conversation_options());
    }

    void TearDown() override
    {
        conversation_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    static ConversationOptions conversation_options()
    {
        std::filesystem::path const root{YIQI_SOURCE_DIR};
        ConversationOptions options;
        options.world.data_dir = root / "data";
        options.world.lexicon_dir = root / "commands" / "lexicon";
        options.world.zone = governance::Zone{std::chrono::hours{8}};
        options.world.public_url = "http://127.0.0.1:8080";
        options.world.bot_names = {"小邻"};
        options.world.gazetteer = bot::gazetteer_from_texts;
        options.private_doors = [](std::string const&) { return 1; };
        return options;
    }

    void set_time(std::string const& text)
    {
        now_ = at(text);
        while (fire()) {
        }
    }
    bool fire()
    {
        bool fired = false;
        store_->write_now([&](storage::Database& db) { fired = conversation_->fire_next_job(db, now_); });
        return fired;
    }

    chat::Event event(std::string const& user, std::string const& text, std::string const& group)
    {
        chat::Event made;
        made.channel = "wecom-bot/bot";
        made.account = kAccount;
        made.dedup_key = "m" + std::to_string(++messages_);
        made.place = group.empty() ? chat::Place::direct : chat::Place::group;
        made.chat_id = group;
        made.user_id = user;
        made.text = group.empty() ? text : "@小邻 " + text;
        made.mention = !group.empty();
        return made;
    }
    chat::Reply handle(chat::Event const& made)
    {
        chat::Reply reply;
        auto const prepared = conversation_->prepare(made);
        store_->write_now([&](storage::Database& db) { reply = conversation_->handle(db, made, prepared, now_); });
        return reply;
    }
    /// Writes privately to the bot and returns what it answered.
    std::string say(std::string const& user, std::string const& text) { return handle(event(user, text, "")).text; }
    std::string say_in(std::string const& group, std::string const& user, std::string const& text)
    {
        return handle(event(user, text, group)).text;
    }
    std::string click(std::string const& user, std::string const& task_id, std::string const& key)
    {
        auto made = event(user, "", "");
        made.kind = chat::EventKind::card_action;
        made.action = chat::CardAction{task_id, key, {}};
        return handle(made).text;
    }

    /// Everything queued since the last call, as "recipient notice text".
    struct Queued {
        std::string recipient, notice, text, task_id;
    };
    std::vector<Queued> take_queued()
    {
        std::vector<Queued> found;
        store_->write_now([&](storage::Database& db) {
            found.clear();
            storage::Outbox outbox{db};
            for (;;) {
                auto const claimed = outbox.claim(at("2099-01-01"), at("2026-01-01"), std::chrono::hours{1}, 100);
                if (claimed.empty())
                    break;
                for (auto const& message : claimed) {
                    auto const reply = chat::decode_reply(message.payload).value_or(chat::Reply{});
                    found.push_back({message.recipient.id, message.notice, reply.text, reply.card ? reply.card->task_id : ""});
                    outbox.finish(message, {storage::Delivery::Kind::sent, now_, {}, {}});
                }
            }
        });
        return found;
    }
    /// What a check of the books finds first after `sql` changed them behind the program's back; the change is undone.
    std::string fault_after(std::string const& sql)
    {
        struct Undo {};
        std::string fault;
        try {
            store_->write_now([&](storage::Database& db) {
                EXPECT_GT(db.run(sql), 0) << sql;
                auto const report = storage::verify_books(db);
                fault = report.ok() ? std::string{} : report.faults.front();
                throw Undo{};
            });
        } catch (Undo const&) {
        }
        return fault;
    }
    std::string state(std::int64_t no, std::string const& community = "V2")
    {
        std::string found;
        store_->read_now([&](storage::Database& db) {
            auto const head = storage::find_matter(db, governance::CommunityId{community}, governance::RefNo{no});
            found = head ? head->state : "none";
        });
        return found;
    }

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<Conversation> conversation_;
    governance::Instant now_ = at("2026-07-01 09:00");
    int messages_ = 0;
};

/// The first queued message of that notice to that recipient; an empty one when there is none.
template <class List>
auto find_queued(List const& queued, std::string const& notice, std::string const& recipient)
{
    for (auto const& message : queued)
        if (message.notice == notice && message.recipient == recipient)
            return message;
    return typename List::value_type{};
}

} // namespace commands::test
