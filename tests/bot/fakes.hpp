#pragma once

#include "adapters/chat/channel.hpp"
#include "adapters/chat/stored.hpp"
#include "bot/http.hpp"
#include "commands/recipients.hpp"
#include "commands/service.hpp"
#include "storage/migrations.hpp"
#include "storage/store.hpp"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bot {

/// A migrated store in a folder of its own that goes away with it.
class TemporaryStore {
public:
    TemporaryStore()
    {
        std::string folder = (std::filesystem::temp_directory_path() / "yiqi-test-XXXXXX").string();
        if (!mkdtemp(folder.data()))
            throw std::runtime_error("cannot make a folder");
        folder_ = folder;
        store_ = storage::open_store({.url = "sqlite:" + folder + "/yiqi.db"});
        storage::migrate(*store_);
    }
    ~TemporaryStore()
    {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    TemporaryStore(TemporaryStore const&) = delete;
    TemporaryStore& operator=(TemporaryStore const&) = delete;
    storage::Store& operator*() { return *store_; }
    storage::Store* operator->() { return store_.get(); }
    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
};

/// A channel whose wire format is plain text: the body is the text of an event, "?" in front asks for an answer at once. It keeps what was
/// sent and answers as told.
class FakeChannel : public adapters::chat::Channel {
public:
    struct Record {
        adapters::chat::Outbound message;
        std::string reply_handle;
        governance::Instant at{};
    };
    FakeChannel(std::string id, std::string account, adapters::chat::Capabilities capabilities, std::string group = {})
        : id_(std::move(id)), account_(std::move(account)), capabilities_(capabilities), group_(std::move(group))
    {
    }
    [[nodiscard]] std::string const& id() const override { return id_; }
    [[nodiscard]] std::string const& account() const override { return account_; }
    [[nodiscard]] adapters::chat::Capabilities capabilities() const override { return capabilities_; }
    [[nodiscard]] std::string const& group() const override { return group_; }

    std::variant<adapters::chat::Received, adapters::chat::Answered> receive(adapters::chat::WebhookRequest const& request) override
    {
        if (request.body.starts_with("?"))
            return adapters::chat::Answered{{403, "text/plain", "no"}, "bad_signature"};
        adapters::chat::Received received;
        received.event.channel = id_;
        received.event.account = account_;
        received.event.dedup_key = std::string(request.body);
        received.event.text = std::string(request.body);
        received.event.user_id = "u1";
        received.event.reply_handle = reply_handle;
        if (request.body == "nothing for us")
            received.event.kind = adapters::chat::EventKind::ignored;
        received.context.values["asked"] = std::string(request.body);
        return received;
    }
    adapters::chat::WebhookResponse reply(adapters::chat::ReplyContext const& context, adapters::chat::Reply const& reply) override
    {
        return {200, "text/plain", reply.empty() ? "ack" : context.values.at("asked") + "→" + reply.text};
    }
    void send(adapters::chat::Outbound message, adapters::chat::Channel::Sent done) override
    {
        keep(std::move(message), {}, std::move(done));
    }
    void send_late(std::string handle, adapters::chat::Outbound message, Sent done) override
    {
        keep(std::move(message), std::move(handle), std::move(done));
    }
    void fetch_media(adapters::chat::Media, std::size_t, std::function<void(Fetched)> done) override { done({}); }

    /// Waits until `count` messages were sent in all.
    std::vector<Record> wait_for(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return sent_.size() >= count; });
        return sent_;
    }
    std::vector<Record> sent()
    {
        std::lock_guard const lock(mutex_);
        return sent_;
    }

    std::string reply_handle;
    std::function<adapters::chat::SendResult(std::size_t)> outcome; ///< of the n-th try, from 0; sent when not set
    std::function<governance::Instant()> now;
    bool hold = false; ///< never calls back

private:
    void keep(adapters::chat::Outbound message, std::string handle, Sent done)
    {
        adapters::chat::SendResult result;
        {
            std::lock_guard const lock(mutex_);
            result.outcome = adapters::chat::SendOutcome::sent;
            if (outcome)
                result = outcome(sent_.size());
            sent_.push_back({std::move(message), std::move(handle), now ? now() : governance::Instant{}});
        }
        changed_.notify_all();
        if (!hold)
            done(result);
    }

    std::string id_;
    std::string account_;
    adapters::chat::Capabilities capabilities_;
    std::string group_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Record> sent_;
};

/// Does what the test says.
class FakeService : public commands::Service {
public:
    [[nodiscard]] commands::Prepared prepare(adapters::chat::Event const& event) const override
    {
        return std::make_shared<std::string>("prepared " + event.text);
    }
    adapters::chat::Reply handle(storage::Database& db, adapters::chat::Event const& event, commands::Prepared const& prepared,
                                 governance::Instant now) override
    {
        return on_event(db, event, *static_cast<std::string const*>(prepared.get()), now);
    }
    bool fire_next_job(storage::Database& db, governance::Instant until) override { return on_job(db, until); }

    std::function<adapters::chat::Reply(storage::Database&, adapters::chat::Event const&, std::string const&, governance::Instant)>
        on_event;
    std::function<bool(storage::Database&, governance::Instant)> on_job;
};

/// Bindings as the test writes them.
class FakeDirectory : public commands::RecipientDirectory {
public:
    [[nodiscard]] std::vector<commands::PersonAddress> person(storage::Database&, governance::PersonId const& id) const override
    {
        auto const found = people.find(id.str());
        return found == people.end() ? std::vector<commands::PersonAddress>{} : found->second;
    }
    [[nodiscard]] std::vector<commands::GroupAddress> group(storage::Database&, governance::GroupId const& id) const override
    {
        auto const found = groups.find(id.str());
        return found == groups.end() ? std::vector<commands::GroupAddress>{} : found->second;
    }
    std::map<std::string, std::vector<commands::PersonAddress>> people;
    std::map<std::string, std::vector<commands::GroupAddress>> groups;
};

/// A request without a connection.
class FakeExchange : public Exchange {
public:
    FakeExchange(std::string method, std::string target, std::string body = {})
    {
        request_.method = std::move(method);
        request_.target = std::move(target);
        request_.body = std::move(body);
        request_.started = std::chrono::steady_clock::now();
        request_.received_at = std::chrono::system_clock::now();
    }
    [[nodiscard]] HttpRequest const& request() const override { return request_; }
    void respond(HttpResponse response) override
    {
        {
            std::lock_guard const lock(mutex_);
            if (!answer_)
                answer_ = std::move(response);
        }
        changed_.notify_all();
    }
    void when_late(std::chrono::milliseconds after, std::function<void()> act) override
    {
        late_after = after;
        late = std::move(act);
    }
    /// The answer, waited for.
    HttpResponse answer()
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [this] { return answer_.has_value(); });
        if (answer_)
            return *answer_;
        HttpResponse none;
        none.status = 0;
        return none;
    }
    bool answered()
    {
        std::lock_guard const lock(mutex_);
        return answer_.has_value();
    }
    std::chrono::milliseconds late_after{0};
    std::function<void()> late;

private:
    HttpRequest request_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<HttpResponse> answer_;
};

} // namespace bot
