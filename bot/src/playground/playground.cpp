#include "bot/playground.hpp"

#include "bot/web/answers.hpp"
#include "bot/web/query.hpp"
#include "playground/lists.hpp"
#include "playground/neighbours.hpp"
#include "playground/requests.hpp"
#include "playground/speech.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/people.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace bot {
namespace {

namespace chat = adapters::chat;
using nlohmann::json;

constexpr std::size_t kMessageLimitBytes = 400 * 1024UL; ///< with a picture
constexpr std::size_t kMostReplies = 5;                  ///< different ones that the neighbours' answer names

json reply_json(chat::Reply const& reply)
{
    auto document = json::parse(chat::encode_reply(reply), nullptr, false);
    return document.is_object() ? document : json(nullptr);
}

/// A page of another origin cannot send JSON without asking first, so it cannot speak for anybody here.
void require_json(HttpRequest const& request)
{
    if (!request.header("Content-Type").starts_with("application/json"))
        throw BadRequest("the body must be application/json", 415);
}

void require_group(storage::Database& db, std::string const& chat_id)
{
    if (!chat_id.empty() && !storage::find_group(db, adapters::playground::kAccount, chat_id))
        throw BadRequest("no such group on the playground", 404);
}

} // namespace

Playground::Playground(storage::Store& store, std::function<governance::Instant()> now, std::filesystem::path const& web)
    : store_(store), now_(std::move(now)), files_(web / "playground")
{
}

Playground::~Playground() = default;

std::unique_ptr<chat::Channel> Playground::make_channel(std::vector<std::string> const& bot_names)
{
    if (!bot_names.empty())
        bot_name_ = bot_names.front();
    return adapters::playground::make_channel(bot_names, *this);
}

void Playground::add_to(Router& router)
{
    speech_ = std::make_shared<playground::Speech>(store_, now_, router);
    add_lists(router);
    auto const post = [&router](std::string_view path, std::size_t limit_bytes, auto handle) {
        router.add(
            "POST", path,
            [handle](ExchangePtr const& exchange, PathParameters const&) {
                try {
                    require_json(exchange->request());
                    handle(exchange);
                } catch (std::exception const&) {
                    exchange->respond(failed(std::current_exception(), "playground_failed"));
                }
            },
            limit_bytes);
    };
    post("/api/v1/playground/messages", kMessageLimitBytes, [this](ExchangePtr const& exchange) { take_message(exchange); });
    post("/api/v1/playground/neighbours", 4096, [this](ExchangePtr const& exchange) { take_neighbours(exchange); });
    auto const file = [this](ExchangePtr const& exchange, PathParameters const& path) {
        exchange->respond(files_.answer(exchange->request(), path.empty() ? std::string_view() : path[0]));
    };
    router.add("GET", "/playground", file);
    router.add("GET", "/playground/*", file);
}

void Playground::add_lists(Router& router)
{
    auto const add = [this, &router](std::string_view path, auto make) {
        router.add("GET", path, [this, make](ExchangePtr const& exchange, PathParameters const& parameters) {
            answer_read(store_, exchange, [this, make, exchange, parameters](storage::Database& db) {
                return make(db, *reference_.get(db), Query(exchange->request().query()), parameters);
            });
        });
    };
    add("/api/v1/playground/people",
        [](auto& db, auto const& reference, auto const& query, auto const&) { return playground::people(db, reference, query); });
    add("/api/v1/playground/groups", [this](auto& db, auto const& reference, auto const& query, auto const&) {
        return playground::groups(db, reference, query, bot_name_);
    });
    add("/api/v1/playground/timeline",
        [](auto& db, auto const&, auto const& query, auto const&) { return playground::timeline(db, query); });
    router.add("GET", "/api/v1/playground/pictures/{id}", [this](ExchangePtr const& exchange, PathParameters const& path) {
        Query const number("id=" + path[0]);
        std::int64_t id = 0;
        try {
            id = number.integer("id", 0, 1, INT64_MAX);
        } catch (BadRequest const&) {
            exchange->respond(problem(404));
            return;
        }
        picture(id, kMessageLimitBytes, [exchange](chat::Channel::Fetched fetched) {
            HttpResponse response;
            response.content_type = std::move(fetched.content_type);
            response.body = std::move(fetched.bytes);
            protect(response);
            exchange->respond(fetched.ok ? std::move(response) : problem(404));
        });
    });
}

void Playground::take_message(ExchangePtr const& exchange)
{
    auto spoken = std::make_shared<playground::Spoken>(playground::read_message(exchange->request().body));
    auto said = [exchange](std::vector<playground::Heard> const& heard, std::exception_ptr const& failure) {
        if (failure || heard.empty())
            exchange->respond(failure ? failed(failure, "playground_failed") : problem(500));
        else if (heard.front().status != 200)
            exchange->respond(problem(heard.front().status, "the message was not taken; send it again"));
        else
            exchange->respond(json_answer({{"id", heard.front().line_id}, {"reply", reply_json(heard.front().reply)}}));
    };
    auto checked = [speech = speech_, exchange, spoken, said](std::exception_ptr const& failure) {
        if (failure)
            exchange->respond(failed(failure, "playground_failed"));
        else
            speech->speak({std::move(*spoken)}, said);
    };
    store_.read([spoken](storage::Database& db) { require_group(db, spoken->chat_id); }, checked);
}

void Playground::take_neighbours(ExchangePtr const& exchange)
{
    auto const request = playground::read_neighbours(exchange->request().body);
    auto spoken = std::make_shared<std::vector<playground::Spoken>>();
    auto said = [exchange, asked = request.count](std::vector<playground::Heard> const& heard, std::exception_ptr const& failure) {
        if (failure) {
            exchange->respond(failed(failure, "playground_failed"));
            return;
        }
        std::map<std::string, int> replies;
        std::size_t taken = 0;
        for (auto const& one : heard) {
            taken += one.status == 200 ? 1 : 0;
            if (!one.reply.text.empty() && (replies.contains(one.reply.text) || replies.size() < kMostReplies))
                ++replies[one.reply.text];
        }
        exchange->respond(json_answer({{"asked", asked}, {"spoke", heard.size()}, {"taken", taken}, {"replies", replies}}));
    };
    auto chosen = [speech = speech_, exchange, spoken, said](std::exception_ptr const& failure) {
        if (failure)
            exchange->respond(failed(failure, "playground_failed"));
        else
            speech->speak_in_turn(std::move(*spoken), said);
    };
    store_.read([this, request, spoken](storage::Database& db) { *spoken = playground::neighbours(db, *reference_.get(db), request); },
                chosen);
}

} // namespace bot
