#include "bot/webhooks.hpp"

#include "bot/log.hpp"
#include "late_reply.hpp"

#include <utility>
#include <variant>

namespace bot {
namespace {

namespace chat = adapters::chat;

constexpr Intake::Pauses kPauses;
constexpr std::int64_t kRecoveredTogether = 500; ///< callbacks read from the spool at once

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

chat::WebhookRequest to_webhook(std::string_view method, std::string_view query, std::string_view content_type, std::string_view body,
                                std::chrono::system_clock::time_point received_at)
{
    chat::WebhookRequest webhook;
    webhook.method = method;
    webhook.query = parse_query(query);
    webhook.content_type = content_type;
    webhook.body = body;
    webhook.received_at = std::chrono::time_point_cast<std::chrono::microseconds>(received_at);
    return webhook;
}

std::string outcome_of(std::exception_ptr const& failure, int& status, std::string& detail)
{
    try {
        std::rethrow_exception(failure);
    } catch (storage::StoreError const& error) {
        status = 503;
        detail = error.what();
        return "store_" + std::string(fault_word(error.fault()));
    } catch (std::exception const& error) {
        status = 500;
        detail = error.what();
        return "failed";
    }
}

} // namespace

/// Counters of a channel that every message needs.
struct Webhooks::Door {
    chat::Channel* channel = nullptr;
    chat::Capabilities capabilities;
    Counter* handled = nullptr;
};

/// One event on its way. Shared by the unit of work, its end and the time limit, which race for `stage`.
class Webhooks::Callback : public Intake::Unit, public std::enable_shared_from_this<Callback> {
public:
    enum class Stage {
        waiting,
        answered,     ///< the platform has the reply, or was asked to send again
        acknowledged, ///< in the spool, and the platform has an empty answer
    };
    Callback(Webhooks& owner, std::int64_t order, ExchangePtr from, Door& through, chat::Received what)
        : Unit(order), exchange(std::move(from)), door(through), received(std::move(what)),
          stage(exchange ? Stage::waiting : Stage::acknowledged), owner_(owner)
    {
    }
    void work(storage::Database& db) override { owner_.work(db, *this); }
    void ended(std::exception_ptr failure) override
    {
        if (failure)
            owner_.refuse(shared_from_this(), failure);
        else
            owner_.answer(shared_from_this());
    }
    void held(storage::StoreFault fault) override { owner_.parts_.health.failed(fault); }
    /// True for the caller that may answer.
    bool leave_waiting(Stage next)
    {
        auto expected = Stage::waiting;
        return stage.compare_exchange_strong(expected, next);
    }

    ExchangePtr exchange; ///< null when an earlier run acknowledged it
    Door& door;
    chat::Received received;
    commands::Prepared prepared;
    chat::Reply reply;
    bool reply_in_outbox = false; ///< the unit of work knew that the answer comes too late
    std::atomic<Stage> stage;
    std::uint64_t request_id = 0;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

private:
    Webhooks& owner_;
};

Webhooks::Webhooks(Parts parts)
    : parts_(std::move(parts)),
      seconds_(parts_.metrics.histogram("yiqi_inbound_seconds", "Time from a complete callback to the commit that covers it.",
                                        {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5})),
      last_order_(parts_.spool.last_order()), intake_(parts_.store, parts_.alarm, parts_.spool.limits().callbacks, kPauses)
{
    for (auto const& channel : parts_.channels.all()) {
        auto door = std::make_unique<Door>();
        door->channel = channel.get();
        door->capabilities = channel->capabilities();
        door->handled = &counter(channel->id(), "handled");
        doors_.emplace(channel->id(), std::move(door));
    }
    parts_.metrics.gauge("yiqi_spool_waiting", "Callbacks acknowledged and not yet in the books.", [this] {
        return std::vector<Metrics::Sample>{{{}, static_cast<double>(parts_.spool.size())}};
    });
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
    auto received = door.channel->receive(
        to_webhook(request.method, request.query(), request.header("Content-Type"), request.body, request.received_at));
    if (auto* answered = std::get_if<chat::Answered>(&received)) {
        note(found->first, request.id, answered->reason);
        exchange->respond(to_http(std::move(answered->response)));
        return;
    }
    auto const callback =
        std::make_shared<Callback>(*this, last_order_.fetch_add(1) + 1, exchange, door, std::move(std::get<chat::Received>(received)));
    callback->request_id = request.id;
    callback->started = request.started;
    if (callback->received.event.kind == chat::EventKind::ignored) {
        note(found->first, request.id, "ignored");
        exchange->respond(to_http(door.channel->reply(callback->received.context, {})));
        return;
    }
    auto const limit = door.capabilities.reply_limit;
    if (limit > parts_.margin)
        exchange->when_late(limit - parts_.margin, [this, callback] { spool(callback); });
    begin(callback);
}

void Webhooks::begin(CallbackPtr const& callback)
{
    callback->prepared = parts_.service.prepare(callback->received.event);
    in_flight_.fetch_add(1);
    intake_.submit(callback);
}

void Webhooks::recover()
{
    if (auto const count = parts_.spool.size(); count > 0)
        log(Level::warn, "spool_recovered", {{"callbacks", count}});
    auto waiting = parts_.spool.waiting(0, kRecoveredTogether);
    while (!waiting.empty()) {
        for (auto const& spooled : waiting)
            recover(spooled);
        waiting = parts_.spool.waiting(waiting.back().order, kRecoveredTogether);
    }
}

void Webhooks::recover(storage::SpooledCallback const& spooled)
{
    auto const set_aside = [&](std::string const& why) {
        log(Level::error, "set_aside", {{"channel", spooled.channel}, {"reason", why}});
        parts_.spool.set_aside(spooled.order, why);
    };
    auto const found = doors_.find(spooled.channel);
    if (found == doors_.end()) {
        set_aside("no such channel");
        return;
    }
    auto received =
        found->second->channel->receive(to_webhook(spooled.method, spooled.query, spooled.content_type, spooled.body, spooled.received_at));
    if (auto const* answered = std::get_if<chat::Answered>(&received)) {
        set_aside(answered->reason);
        return;
    }
    begin(std::make_shared<Callback>(*this, spooled.order, nullptr, *found->second, std::move(std::get<chat::Received>(received))));
}

/// On the writer. May run again when its commit failed, so it starts from nothing each time.
void Webhooks::work(storage::Database& db, Callback& callback) const
{
    auto const& event = callback.received.event;
    auto const& capabilities = callback.door.capabilities;
    auto const now = parts_.clock.now();
    callback.reply = parts_.service.handle(db, event, callback.prepared, now);
    callback.reply_in_outbox = callback.stage.load() == Callback::Stage::acknowledged && !callback.reply.empty();
    if (callback.reply_in_outbox) {
        put_late_reply(db, capabilities, event, callback.reply, LateKind::late, now);
        return;
    }
    // What the platform's response cannot say is pushed. A plain answer to a message is always said whole.
    if (!callback.reply.card && !callback.reply.update && event.kind == chat::EventKind::message)
        return;
    if (auto const rest = callback.door.channel->leftover(callback.received.context, callback.reply); !rest.empty())
        put_late_reply(db, capabilities, event, rest, LateKind::rest, now);
}

void Webhooks::answer(CallbackPtr const& callback)
{
    parts_.health.worked();
    auto const committed_at = std::chrono::steady_clock::now();
    if (callback->leave_waiting(Callback::Stage::answered)) {
        note_handled(*callback, committed_at);
        callback->exchange->respond(reply_of(*callback));
        in_flight_.fetch_sub(1);
        parts_.on_commit();
        return;
    }
    note_handled(*callback, committed_at);
    if (callback->stage.load() == Callback::Stage::acknowledged && !callback->reply_in_outbox && !callback->reply.empty()) {
        push_late(callback);
        return;
    }
    finish(*callback);
    parts_.on_commit();
}

HttpResponse Webhooks::reply_of(Callback const& callback)
{
    try {
        return to_http(callback.door.channel->reply(callback.received.context, callback.reply));
    } catch (std::exception const& failure) {
        log(Level::error, "response_failed", {{"request", callback.request_id}, {"error", failure.what()}});
        return problem(500);
    }
}

void Webhooks::note_handled(Callback const& callback, std::chrono::steady_clock::time_point committed_at)
{
    auto const took = std::chrono::duration<double>(committed_at - callback.started).count();
    callback.door.handled->add();
    seconds_.observe(took);
    log(Level::info, "inbound",
        {{"request", callback.request_id}, {"channel", callback.received.event.channel}, {"outcome", "handled"}, {"seconds", took}});
}

/// Can never be recorded, or not for now and too much waits already. The platform is told, so that it sends the message again; what was
/// acknowledged is kept for a person to look at.
void Webhooks::refuse(CallbackPtr const& callback, std::exception_ptr const& failure)
{
    auto status = 500;
    std::string detail;
    auto const& channel = callback->received.event.channel;
    auto const outcome = outcome_of(failure, status, detail);
    counter(channel, outcome).add();
    log(Level::error, "not_recorded", {{"request", callback->request_id}, {"channel", channel}, {"outcome", outcome}, {"error", detail}});
    in_flight_.fetch_sub(1);
    if (callback->leave_waiting(Callback::Stage::answered)) {
        callback->exchange->respond(try_again(status));
    } else if (callback->stage.load() == Callback::Stage::acknowledged) {
        log(Level::error, "set_aside", {{"request", callback->request_id}, {"channel", channel}, {"reason", outcome}});
        parts_.spool.set_aside(callback->order(), outcome);
    }
}

/// The platform will not wait any longer. On the thread of the connection.
void Webhooks::spool(CallbackPtr const& callback)
{
    if (callback->stage.load() != Callback::Stage::waiting)
        return;
    auto const& request = callback->exchange->request();
    storage::SpooledCallback copy;
    copy.order = callback->order();
    copy.channel = callback->received.event.channel;
    copy.method = request.method;
    copy.query = request.query();
    copy.content_type = request.header("Content-Type");
    copy.body = request.body;
    copy.received_at = std::chrono::time_point_cast<std::chrono::microseconds>(request.received_at);
    try {
        parts_.spool.put(copy, [this, callback](std::exception_ptr const& failure) { spooled(callback, failure); });
    } catch (storage::StoreError const&) {
        spooled(callback, std::current_exception());
    }
}

/// Durable now: the platform gets its empty answer, and the reply follows when there is one. Not durable: the platform is to send again.
void Webhooks::spooled(CallbackPtr const& callback, std::exception_ptr const& failure)
{
    auto const& event = callback->received.event;
    if (failure) {
        if (!callback->leave_waiting(Callback::Stage::answered))
            return;
        note(event.channel, callback->request_id, "not_spooled");
        callback->exchange->respond(try_again(503));
    } else if (callback->leave_waiting(Callback::Stage::acknowledged)) {
        note(event.channel, callback->request_id, "acknowledged_early");
        callback->exchange->respond(to_http(callback->door.channel->reply(callback->received.context, {})));
        callback->exchange.reset(); // the connection is free again; the callback may wait for long
    } else {
        parts_.spool.forget(callback->order());
    }
}

/// The reply was ready in the unit of work, but the acknowledgement overtook its commit.
void Webhooks::push_late(CallbackPtr const& callback)
{
    auto work = [this, callback](storage::Database& db) {
        put_late_reply(db, callback->door.capabilities, callback->received.event, callback->reply, LateKind::late, parts_.clock.now());
    };
    auto done = [this, callback](std::exception_ptr const& failure) {
        if (failure) { // the spool still has the callback: at the next start it is a repeat, and its reply is queued then
            log(Level::error, "late_reply_waits", {{"request", callback->request_id}, {"channel", callback->received.event.channel}});
            in_flight_.fetch_sub(1);
            return;
        }
        finish(*callback);
        parts_.on_commit();
    };
    try {
        parts_.store.write(std::move(work), done);
    } catch (storage::StoreError const&) { // it is being closed
        done(std::current_exception());
    }
}

void Webhooks::finish(Callback const& callback)
{
    if (callback.stage.load() == Callback::Stage::acknowledged)
        parts_.spool.forget(callback.order());
    in_flight_.fetch_sub(1);
}

} // namespace bot
