#include "bot/webhooks.hpp"

#include "bot/addresses.hpp"
#include "bot/alarm.hpp"
#include "bot/log.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/outbox.hpp"

#include <utility>
#include <variant>

namespace bot {
namespace {

namespace chat = adapters::chat;
constexpr int kLateTries = 8;
constexpr std::chrono::milliseconds kFirstPause{250};

std::map<std::string, std::string, std::less<>> parse_query(std::string_view query)
{
    std::map<std::string, std::string, std::less<>> values;
    while (!query.empty()) {
        auto const end = query.find('&');
        auto const pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        auto const mark = pair.find('=');
        auto const value = mark == std::string_view::npos ? std::string_view() : pair.substr(mark + 1);
        // '+' stays: the platforms escape spaces as %20, and their base64 sometimes comes unescaped.
        values.try_emplace(percent_decode(pair.substr(0, mark), false), percent_decode(value, false));
    }
    return values;
}

HttpResponse to_http(chat::WebhookResponse response)
{
    HttpResponse http;
    http.status = response.status;
    http.content_type = std::move(response.content_type);
    http.body = std::move(response.body);
    return http;
}

HttpResponse try_again(int status)
{
    auto response = problem(status, "not recorded; send it again");
    response.headers.emplace_back("Retry-After", "1");
    return response;
}

} // namespace

/// Counters of a channel that every message needs.
struct Webhooks::Door {
    chat::Channel* channel = nullptr;
    chat::Capabilities capabilities;
    Counter* handled = nullptr;
};

/// One event on its way. Shared by the unit of work, its end and the time limit, which race for `stage`.
struct Webhooks::Pending {
    enum class Stage { waiting, answered, acknowledged };
    ExchangePtr exchange;
    Door* door = nullptr;
    chat::Received received;
    commands::Prepared prepared;
    chat::Reply reply;
    bool reply_in_outbox = false; ///< the unit of work knew that the answer comes too late
    std::atomic<Stage> stage{Stage::waiting};
    std::uint64_t request_id = 0;
    std::chrono::steady_clock::time_point started;
    int tries = 0;
};

Webhooks::Webhooks(Parts parts)
    : parts_(std::move(parts)),
      seconds_(parts_.metrics.histogram("yiqi_inbound_seconds", "Time from a complete callback to the commit that covers it.",
                                        {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}))
{
    for (auto const& channel : parts_.channels.all()) {
        auto door = std::make_unique<Door>();
        door->channel = channel.get();
        door->capabilities = channel->capabilities();
        door->handled = &counter(channel->id(), "handled");
        doors_.emplace(channel->id(), std::move(door));
    }
}

Webhooks::~Webhooks() = default;

void Webhooks::add_to(Router& router)
{
    for (auto const* method : {"POST", "GET"}) {
        router.add(
            method, "/webhook/{platform}/{channel}",
            [this](ExchangePtr const& exchange, PathParameters const& parameters) { take(exchange, parameters); }, kBodyLimitBytes);
    }
}

Counter& Webhooks::counter(std::string const& channel, std::string const& outcome)
{
    Metrics::Labels const labels = {{"platform", std::string(platform_of(channel))}, {"outcome", outcome}};
    return parts_.metrics.counter("yiqi_inbound_total", "Callbacks by platform and how they ended.", labels);
}

void Webhooks::note(std::string const& channel, std::uint64_t request_id, std::string const& outcome)
{
    counter(channel, outcome).add();
    log(Level::info, "inbound", {{"request", request_id}, {"channel", channel}, {"outcome", outcome}});
}

void Webhooks::take(ExchangePtr const& exchange, PathParameters const& parameters)
{
    auto const& request = exchange->request();
    auto const found = doors_.find(parameters[0] + "/" + parameters[1]);
    if (found == doors_.end() || !found->second->capabilities.receives) {
        exchange->respond(problem(404, "no channel receives at this address"));
        return;
    }
    auto& door = *found->second;
    chat::WebhookRequest webhook;
    webhook.method = request.method;
    webhook.query = parse_query(request.query());
    webhook.content_type = request.header("Content-Type");
    webhook.body = request.body;
    webhook.received_at = std::chrono::time_point_cast<std::chrono::microseconds>(request.received_at);
    auto received = door.channel->receive(webhook);
    if (auto* answered = std::get_if<chat::Answered>(&received)) {
        note(found->first, request.id, answered->reason);
        exchange->respond(to_http(std::move(answered->response)));
        return;
    }
    auto pending = std::make_shared<Pending>();
    pending->exchange = exchange;
    pending->door = &door;
    pending->received = std::move(std::get<chat::Received>(received));
    pending->request_id = request.id;
    pending->started = request.started;
    if (pending->received.event.kind == chat::EventKind::ignored) {
        note(found->first, request.id, "ignored");
        exchange->respond(to_http(door.channel->reply(pending->received.context, {})));
        return;
    }
    pending->prepared = parts_.service.prepare(pending->received.event);
    auto const limit = door.capabilities.reply_limit;
    if (limit > parts_.margin)
        exchange->when_late(limit - parts_.margin, [this, pending] { acknowledge_early(pending); });
    in_flight_.fetch_add(1);
    submit(pending);
}

void Webhooks::submit(PendingPtr const& pending)
{
    parts_.store.write([this, pending](storage::Database& db) { work(db, *pending); },
                       [this, pending](std::exception_ptr const& failure) { ended(pending, failure); });
}

/// On the writer. May run again when its commit failed, so it starts from nothing each time.
void Webhooks::work(storage::Database& db, Pending& pending) const
{
    pending.reply = parts_.service.handle(db, pending.received.event, pending.prepared, parts_.clock.now());
    pending.reply_in_outbox = pending.stage.load() == Pending::Stage::acknowledged && !pending.reply.empty();
    if (pending.reply_in_outbox)
        put_late(db, pending, pending.reply, "late/");
    else if (pending.reply.card || pending.reply.update || pending.received.event.kind != chat::EventKind::message)
        put_rest(db, pending);
}

void Webhooks::ended(PendingPtr const& pending, std::exception_ptr const& failure)
{
    if (!failure) {
        parts_.health.worked();
        answer(pending);
        return;
    }
    auto outcome = std::string("failed");
    auto status = 500;
    auto again = false;
    try {
        std::rethrow_exception(failure);
    } catch (storage::StoreError const& error) {
        parts_.health.failed(error.fault());
        outcome = "store_" + std::string(fault_word(error.fault()));
        status = 503;
        again = true;
        log(Level::error, "not_recorded", {{"request", pending->request_id}, {"outcome", outcome}, {"error", error.what()}});
    } catch (std::exception const& error) {
        log(Level::error, "not_recorded", {{"request", pending->request_id}, {"outcome", outcome}, {"error", error.what()}});
    }
    refuse(pending, status, outcome, again);
}

void Webhooks::answer(PendingPtr const& pending)
{
    auto const took = std::chrono::duration<double>(std::chrono::steady_clock::now() - pending->started).count();
    pending->door->handled->add();
    seconds_.observe(took);
    log(Level::info, "inbound",
        {{"request", pending->request_id}, {"channel", pending->received.event.channel}, {"outcome", "handled"}, {"seconds", took}});
    auto stage = Pending::Stage::waiting;
    if (pending->stage.compare_exchange_strong(stage, Pending::Stage::answered)) {
        pending->exchange->respond_with(
            [pending] { return to_http(pending->door->channel->reply(pending->received.context, pending->reply)); });
    } else if (!pending->reply_in_outbox && !pending->reply.empty()) {
        push_late(pending);
    }
    in_flight_.fetch_sub(1);
    parts_.on_commit();
}

/// Not recorded: the platform is told, so that it sends the message again. What was acknowledged already is tried again here.
void Webhooks::refuse(PendingPtr const& pending, int status, std::string const& outcome, bool again)
{
    counter(pending->received.event.channel, outcome).add();
    auto stage = Pending::Stage::waiting;
    if (pending->stage.compare_exchange_strong(stage, Pending::Stage::answered)) {
        pending->exchange->respond(try_again(status));
    } else if (again && ++pending->tries < kLateTries) {
        parts_.alarm.after(kFirstPause * (1 << pending->tries), [this, pending] { submit(pending); });
        return;
    } else {
        log(Level::error, "acknowledged_but_lost", {{"request", pending->request_id}, {"channel", pending->received.event.channel}});
    }
    in_flight_.fetch_sub(1);
}

/// The platform would stop waiting: it gets the empty acknowledgement now and the reply when there is one.
void Webhooks::acknowledge_early(PendingPtr const& pending)
{
    auto stage = Pending::Stage::waiting;
    if (!pending->stage.compare_exchange_strong(stage, Pending::Stage::acknowledged))
        return;
    note(pending->received.event.channel, pending->request_id, "acknowledged_early");
    pending->exchange->respond(to_http(pending->door->channel->reply(pending->received.context, {})));
}

/// What the platform's response cannot say is pushed. A plain answer to a message is always said whole.
void Webhooks::put_rest(storage::Database& db, Pending const& pending) const
{
    if (auto const rest = pending.door->channel->leftover(pending.received.context, pending.reply); !rest.empty())
        put_late(db, pending, rest, "rest/");
}

/// Queues what the response itself does not carry; `key` tells a late reply from the rest of one.
void Webhooks::put_late(storage::Database& db, Pending const& pending, chat::Reply const& reply, std::string const& key) const
{
    auto const& event = pending.received.event;
    DirectAddress address;
    auto const direct = event.place == chat::Place::direct;
    // A door that can speak to a person does so: the handle of a click on its card only changes that card.
    if (direct && (pending.door->capabilities.pushes_to_person || event.reply_handle.empty()))
        address = {DirectAddress::Kind::user, event.user_id};
    else if (!event.reply_handle.empty())
        address = {DirectAddress::Kind::reply, event.reply_handle};
    else
        address = {DirectAddress::Kind::chat, event.chat_id};
    storage::NewMessage message;
    message.recipient = {storage::RecipientKind::handle, encode_address(address)};
    message.channel = event.channel;
    message.payload = chat::encode_reply(reply);
    message.created_at = message.not_before = parts_.clock.now();
    message.dedup_key = key + event.channel + "/" + event.dedup_key;
    storage::Outbox(db).put(message);
}

/// The reply was ready in the unit of work, but the acknowledgement overtook its commit.
void Webhooks::push_late(PendingPtr const& pending)
{
    auto done = [this, pending](std::exception_ptr const& failure) {
        if (failure)
            log(Level::error, "late_reply_lost", {{"request", pending->request_id}, {"channel", pending->received.event.channel}});
        parts_.on_commit();
    };
    parts_.store.write([this, pending](storage::Database& db) { put_late(db, *pending, pending->reply, "late/"); }, std::move(done));
}

} // namespace bot
