#include "adapters/playground/playground.hpp"

#include "adapters/chat/stored.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace adapters::playground {
namespace {

class FakePlatform : public Platform {
public:
    void show(chat::Outbound message, Sent done) override
    {
        shown.push_back(std::move(message));
        done({chat::SendOutcome::sent, {}, {}, {}, {}});
    }
    void change_card(std::string user_id, chat::CardUpdate update, std::string, Sent done) override
    {
        changed.emplace_back(std::move(user_id), std::move(update));
        done({chat::SendOutcome::sent, {}, {}, {}, {}});
    }
    void picture(std::int64_t id, std::size_t, std::function<void(chat::Channel::Fetched)> done) override
    {
        done({id == 7, "bytes", "image/png", {}});
    }
    std::vector<chat::Outbound> shown;
    std::vector<std::pair<std::string, chat::CardUpdate>> changed;
};

class PlaygroundChannelTest : public testing::Test {
protected:
    [[nodiscard]] std::variant<chat::Received, chat::Answered> receive(std::string_view body, std::string_view type = "application/json",
                                                                       std::string_view method = "POST") const
    {
        chat::WebhookRequest request;
        request.method = method;
        request.content_type = type;
        request.body = body;
        return channel_->receive(request);
    }
    [[nodiscard]] chat::Event event(Message const& message) const
    {
        auto received = receive(encode(message));
        EXPECT_TRUE(std::holds_alternative<chat::Received>(received));
        return std::get<chat::Received>(std::move(received)).event;
    }

    FakePlatform platform_;
    std::unique_ptr<chat::Channel> channel_ = make_channel({"小邻", "阿议"}, platform_);
};

TEST_F(PlaygroundChannelTest, AMessageBecomesAnEventWithNothingLost)
{
    Message message;
    message.id = "m1";
    message.user_id = "u0150";
    message.chat_id = "CG-G12";
    message.text = "@阿议 提议 装升降杆";
    message.quote_text = "前一句";
    message.quote_task_id = "t-1";
    message.pictures = {{chat::MediaKind::image, picture_handle(7), "现场.jpg"}};
    auto const got = event(message);
    EXPECT_EQ(got.channel, "playground/playground");
    EXPECT_EQ(got.account, "playground");
    EXPECT_EQ(got.dedup_key, "m1");
    EXPECT_EQ(got.kind, chat::EventKind::message);
    EXPECT_EQ(got.place, chat::Place::group);
    EXPECT_EQ(got.chat_id, "CG-G12");
    EXPECT_EQ(got.user_id, "u0150");
    EXPECT_EQ(got.text, "@阿议 提议 装升降杆");
    EXPECT_TRUE(got.mention);
    ASSERT_TRUE(got.quote);
    EXPECT_EQ(got.quote->text, "前一句");
    EXPECT_EQ(got.quote->task_id, "t-1");
    ASSERT_EQ(got.media.size(), 1U);
    EXPECT_EQ(got.media[0].name, "现场.jpg");
}

TEST_F(PlaygroundChannelTest, AClickCarriesItsChoice)
{
    Message message;
    message.id = "m2";
    message.user_id = "u0150";
    message.action = chat::CardAction{"t-9", "submit", {{"choice", {"for"}}}};
    auto const got = event(message);
    EXPECT_EQ(got.kind, chat::EventKind::card_action);
    EXPECT_EQ(got.place, chat::Place::direct);
    ASSERT_TRUE(got.action);
    EXPECT_EQ(got.action->task_id, "t-9");
    ASSERT_EQ(got.action->selections.size(), 1U);
    EXPECT_THAT(got.action->selections[0].options, testing::ElementsAre("for"));
    EXPECT_FALSE(got.reply_handle.empty());
}

struct Refusal {
    char const* name;
    char const* body;
    char const* type;
    char const* method;
    int status;
};
class PlaygroundRefuses : public PlaygroundChannelTest, public testing::WithParamInterface<Refusal> {};

TEST_P(PlaygroundRefuses, WhatIsNoMessage)
{
    auto const answer = receive(GetParam().body, GetParam().type, GetParam().method);
    ASSERT_TRUE(std::holds_alternative<chat::Answered>(answer));
    EXPECT_EQ(std::get<chat::Answered>(answer).response.status, GetParam().status);
}

constexpr char const* kJson = "application/json";
INSTANTIATE_TEST_SUITE_P(Table, PlaygroundRefuses,
                         testing::Values(Refusal{"empty", "", kJson, "POST", 400}, Refusal{"no_object", "[1]", kJson, "POST", 400},
                                         Refusal{"no_user", R"({"id":"m1"})", kJson, "POST", 400},
                                         Refusal{"no_id", R"({"as":"u1"})", kJson, "POST", 400},
                                         Refusal{"wrong_type", R"({"id":"m1","as":1})", kJson, "POST", 400},
                                         Refusal{"text_of_wrong_type", R"({"id":"m1","as":"u","text":{}})", kJson, "POST", 400},
                                         Refusal{"action_without_card", R"({"id":"m1","as":"u","action":{}})", kJson, "POST", 400},
                                         Refusal{"form", R"({"id":"m1","as":"u"})", "text/plain", "POST", 415},
                                         Refusal{"get", R"({"id":"m1","as":"u"})", kJson, "GET", 405}),
                         [](auto const& tc) { return std::string(tc.param.name); });

TEST_F(PlaygroundChannelTest, AReplyComesBackAsItWas)
{
    chat::Reply reply;
    reply.text = "已记";
    reply.update = chat::CardUpdate{"t-1", "已投：赞成", {}};
    auto const answer = channel_->reply({}, reply);
    auto const got = decode_answer(answer.body);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "已记");
    ASSERT_TRUE(got->update);
    EXPECT_EQ(got->update->text, "已投：赞成");
    auto const nothing = decode_answer(channel_->reply({}, {}).body);
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->empty());
    EXPECT_FALSE(decode_answer("<html>"));
}

TEST_F(PlaygroundChannelTest, SendsToPersonsAndGroupsAndChangesCards)
{
    EXPECT_TRUE(channel_->capabilities().pushes_to_group && channel_->capabilities().pushes_to_person && channel_->group().empty());
    chat::Outbound message;
    message.chat_id = "CG-G12";
    message.text = "【新提议 1】";
    channel_->send(message, [](auto const& result) { EXPECT_EQ(result.outcome, chat::SendOutcome::sent); });
    EXPECT_EQ(platform_.shown.size(), 1U);
    chat::Outbound change;
    change.user_id = "u0150";
    change.update = chat::CardUpdate{"t-1", "已投", {}};
    channel_->send_late("card:t-1", change, [](auto const& result) { EXPECT_EQ(result.outcome, chat::SendOutcome::sent); });
    ASSERT_EQ(platform_.changed.size(), 1U);
    EXPECT_EQ(platform_.changed[0].first, "u0150");
    channel_->send_late("other", message, [](auto const& result) { EXPECT_EQ(result.outcome, chat::SendOutcome::payload_failed); });
    EXPECT_EQ(platform_.changed.size(), 1U);
}

TEST_F(PlaygroundChannelTest, FetchesPicturesByHandle)
{
    channel_->fetch_media({chat::MediaKind::image, picture_handle(7), {}}, 1000, [](auto const& got) { EXPECT_TRUE(got.ok); });
    channel_->fetch_media({chat::MediaKind::image, "http://elsewhere", {}}, 1000, [](auto const& got) { EXPECT_FALSE(got.ok); });
}

} // namespace
} // namespace adapters::playground
