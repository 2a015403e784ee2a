#include "playground/speech.hpp"

#include "playground/inner_exchange.hpp"

#include "adapters/chat/stored.hpp"

#include <atomic>
#include <utility>

namespace bot::playground {
namespace {

namespace chat = adapters::chat;
using storage::PlaygroundChats;
using storage::PlaygroundLine;
using storage::PlaygroundLineKind;

constexpr char const* kWebhook = "/webhook/playground/playground";

HttpRequest webhook_request(std::string body)
{
    HttpRequest request;
    request.method = "POST";
    request.target = kWebhook;
    request.body = std::move(body);
    request.received_at = std::chrono::system_clock::now();
    request.started = std::chrono::steady_clock::now();
    request.headers = {{"Content-Type", "application/json"}};
    request.header_count = 1;
    return request;
}

PlaygroundLine line_of(Spoken const& spoken, governance::Instant at)
{
    PlaygroundLine line;
    line.at = at;
    line.kind = spoken.action ? PlaygroundLineKind::clicked : PlaygroundLineKind::said;
    line.chat_id = spoken.chat_id;
    line.user_id = spoken.user_id;
    line.text = spoken.text;
    line.quote = spoken.quote_text;
    return line;
}

adapters::playground::Message message_of(Spoken const& spoken, std::int64_t line_id, std::int64_t picture_id)
{
    adapters::playground::Message message;
    message.id = "line-" + std::to_string(line_id);
    message.user_id = spoken.user_id;
    message.chat_id = spoken.chat_id;
    message.text = spoken.text;
    message.quote_text = spoken.quote_text;
    message.quote_task_id = spoken.quote_task_id;
    message.action = spoken.action;
    if (picture_id != 0)
        message.pictures.push_back({chat::MediaKind::image, adapters::playground::picture_handle(picture_id), spoken.picture_name});
    return message;
}

void keep_answer(PlaygroundChats& chats, Spoken const& spoken, chat::Reply const& reply, governance::Instant at)
{
    auto line = line_of(spoken, at);
    line.quote.clear();
    if (!reply.text.empty() || reply.card) {
        line.kind = PlaygroundLineKind::reply;
        line.text = reply.text;
        line.payload = chat::encode_reply({reply.text, reply.card, std::nullopt});
        chats.add(line);
    }
    if (reply.update) {
        line.kind = PlaygroundLineKind::update;
        line.text = reply.update->text;
        line.payload = chat::encode_reply({{}, std::nullopt, reply.update});
        chats.add(line);
    }
}

} // namespace

struct Speech::Batch {
    std::vector<Spoken> spoken;
    std::vector<Heard> heard;
    std::vector<std::int64_t> pictures;
    std::atomic<std::size_t> left{0};
    Done done;
};

void Speech::speak(std::vector<Spoken> spoken, Done done)
{
    auto batch = std::make_shared<Batch>();
    batch->spoken = std::move(spoken);
    batch->heard.resize(batch->spoken.size());
    batch->left = batch->spoken.size();
    batch->done = std::move(done);
    auto self = shared_from_this();
    auto kept = [self, batch](std::exception_ptr const& failure) {
        if (failure || batch->spoken.empty())
            batch->done({}, failure);
        else
            self->hand_over(batch);
    };
    store_.write([self, batch](storage::Database& db) { self->keep_lines(db, *batch); }, std::move(kept));
}

struct Speech::Turns {
    std::vector<Spoken> spoken;
    std::vector<Heard> heard;
    Done done;
};

void Speech::speak_in_turn(std::vector<Spoken> spoken, Done done)
{
    auto turns = std::make_shared<Turns>();
    turns->spoken = std::move(spoken);
    turns->done = std::move(done);
    next_turn(turns);
}

void Speech::next_turn(std::shared_ptr<Turns> const& turns)
{
    auto const turn = turns->heard.size();
    if (turn == turns->spoken.size()) {
        turns->done(turns->heard, nullptr);
        return;
    }
    auto self = shared_from_this();
    auto heard = [self, turns](std::vector<Heard> const& answers, std::exception_ptr const& failure) {
        if (failure || answers.empty()) {
            turns->done({}, failure);
            return;
        }
        turns->heard.push_back(answers.front());
        self->next_turn(turns);
    };
    try {
        speak({std::move(turns->spoken[turn])}, heard);
    } catch (storage::StoreError const&) {
        turns->done({}, std::current_exception());
    }
}

void Speech::keep_lines(storage::Database& db, Batch& batch) const
{
    PlaygroundChats chats(db);
    batch.pictures.assign(batch.spoken.size(), 0);
    for (std::size_t i = 0; i < batch.spoken.size(); ++i) {
        auto line = line_of(batch.spoken[i], now_());
        if (!batch.spoken[i].picture.base64.empty())
            line.picture = batch.pictures[i] = chats.add_picture(batch.spoken[i].picture);
        batch.heard[i].line_id = chats.add(line).value_or(0);
    }
}

void Speech::hand_over(BatchPtr const& batch)
{
    auto self = shared_from_this();
    for (std::size_t i = 0; i < batch->spoken.size(); ++i) {
        auto const message = message_of(batch->spoken[i], batch->heard[i].line_id, batch->pictures[i]);
        auto answered = [self, batch, i](HttpResponse const& response) { self->heard(batch, i, response); };
        auto exchange = std::make_shared<InnerExchange>(webhook_request(adapters::playground::encode(message)), std::move(answered));
        webhook_.dispatch(std::move(exchange));
    }
}

void Speech::heard(BatchPtr const& batch, std::size_t index, HttpResponse const& response)
{
    auto& heard = batch->heard[index];
    heard.status = response.status;
    if (response.status == 200)
        heard.reply = adapters::playground::decode_answer(response.body).value_or(chat::Reply{});
    if (batch->left.fetch_sub(1) == 1)
        keep_answers(batch);
}

void Speech::keep_answers(BatchPtr const& batch)
{
    auto self = shared_from_this();
    auto work = [self, batch](storage::Database& db) {
        PlaygroundChats chats(db);
        auto const now = self->now_();
        for (std::size_t i = 0; i < batch->spoken.size(); ++i)
            keep_answer(chats, batch->spoken[i], batch->heard[i].reply, now);
    };
    auto done = [batch](std::exception_ptr const& failure) { batch->done(batch->heard, failure); };
    try {
        store_.write(std::move(work), done);
    } catch (storage::StoreError const&) { // closing: what was said took effect, only its answer is not kept
        done(std::current_exception());
    }
}

} // namespace bot::playground
