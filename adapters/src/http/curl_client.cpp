#include "adapters/http_client.hpp"

#include "http/curl_exchange.hpp"
#include "http/url.hpp"

#include <curl/curl.h>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>

namespace adapters {

namespace {

/// libcurl's process-wide state, set up before the first client.
void start_libcurl()
{
    static CURLcode const started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(started));
}

HttpResponse refusal(HttpOutcome outcome, std::string detail)
{
    HttpResponse response;
    response.outcome = outcome;
    response.detail = std::move(detail);
    return response;
}

/// The queue, and the transfers that the thread drives. It lives as long as client or thread.
class Transfers {
public:
    explicit Transfers(std::size_t max_waiting) : max_waiting_(max_waiting)
    {
        start_libcurl();
        multi_.reset(curl_multi_init());
        if (!multi_)
            throw std::runtime_error("libcurl: no multi handle");
        curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, 16L);
        curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, 64L);
        curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 32L);
    }

    void stop()
    {
        {
            std::lock_guard const lock(mutex_);
            stopping_ = true;
        }
        curl_multi_wakeup(multi_.get());
    }

    void run()
    {
        while (take_jobs()) {
            int running = 0;
            curl_multi_perform(multi_.get(), &running);
            collect();
            constexpr int kLongestWaitMs = 1000;
            curl_multi_poll(multi_.get(), nullptr, 0, kLongestWaitMs, nullptr);
        }
        end_all();
    }

    void send(HttpRequest request, HttpClient::Done done)
    {
        std::string why;
        if (!http::is_callable(request.url)) {
            why = "address not allowed";
        } else {
            std::lock_guard const lock(mutex_);
            if (stopping_)
                why = "stopping";
            else if (waiting_ >= max_waiting_)
                why = "too many requests waiting";
            else {
                queue_.push_back({std::move(request), std::move(done)});
                ++waiting_;
                curl_multi_wakeup(multi_.get());
                return;
            }
        }
        done(refusal(HttpOutcome::refused, std::move(why)));
    }

private:
    struct Job {
        HttpRequest request;
        HttpClient::Done done;
    };
    struct FreeMulti {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };

    /// False when it is time to stop.
    bool take_jobs()
    {
        std::deque<Job> jobs;
        {
            std::lock_guard const lock(mutex_);
            if (stopping_)
                return false;
            jobs.swap(queue_);
        }
        for (auto& job : jobs)
            start(std::move(job));
        return true;
    }

    void start(Job job)
    {
        auto exchange = http::CurlExchange::make(std::move(job.request), std::move(job.done));
        if (!exchange->ready() || curl_multi_add_handle(multi_.get(), exchange->handle()) != CURLM_OK) {
            finish(std::move(exchange), refusal(HttpOutcome::not_sent, "libcurl refused the request"));
            return;
        }
        CURL* const handle = exchange->handle();
        running_.emplace(handle, std::move(exchange));
    }

    void collect()
    {
        int left = 0;
        while (CURLMsg const* const message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            CURLcode const code = message->data.result; // the message does not outlive the handle's removal
            auto node = running_.extract(message->easy_handle);
            curl_multi_remove_handle(multi_.get(), node.key());
            HttpResponse response = node.mapped()->result(code);
            finish(std::move(node.mapped()), std::move(response));
        }
    }

    void end_all()
    {
        for (auto& [handle, exchange] : running_) {
            HttpResponse response = exchange->interrupted();
            curl_multi_remove_handle(multi_.get(), handle);
            finish(std::move(exchange), std::move(response));
        }
        running_.clear();
        std::deque<Job> jobs;
        {
            std::lock_guard const lock(mutex_);
            jobs.swap(queue_);
        }
        for (auto& job : jobs)
            job.done(refusal(HttpOutcome::not_sent, "stopping"));
    }

    void finish(std::unique_ptr<http::CurlExchange> exchange, HttpResponse response)
    {
        {
            std::lock_guard const lock(mutex_);
            --waiting_;
        }
        exchange->done(std::move(response));
    }

    std::size_t const max_waiting_;
    std::unique_ptr<CURLM, FreeMulti> multi_;
    std::mutex mutex_; // guards the three below
    std::deque<Job> queue_;
    std::size_t waiting_ = 0;
    bool stopping_ = false;
    std::unordered_map<CURL*, std::unique_ptr<http::CurlExchange>> running_; // of the thread only
};

class CurlClient final : public HttpClient {
public:
    explicit CurlClient(std::size_t max_waiting) : transfers_(std::make_shared<Transfers>(max_waiting))
    {
        thread_ = std::thread([transfers = transfers_] { transfers->run(); });
    }
    CurlClient(CurlClient const&) = delete;
    CurlClient& operator=(CurlClient const&) = delete;
    ~CurlClient() override { end(); }

    void send(HttpRequest request, Done done) override
    {
        // `done` may hold the last reference to this client and run before the call below returns.
        auto const transfers = transfers_;
        transfers->send(std::move(request), std::move(done));
    }
    void stop() override { end(); }

private:
    void end()
    {
        transfers_->stop();
        std::lock_guard const lock(ending_);
        if (!thread_.joinable())
            return;
        // A thread cannot wait for itself; it keeps the transfers and ends them on its own.
        if (thread_.get_id() == std::this_thread::get_id())
            thread_.detach();
        else
            thread_.join();
    }

    std::shared_ptr<Transfers> transfers_;
    std::mutex ending_;
    std::thread thread_;
};

} // namespace

std::shared_ptr<HttpClient> make_http_client(std::size_t max_waiting)
{
    return std::make_shared<CurlClient>(max_waiting);
}

} // namespace adapters
