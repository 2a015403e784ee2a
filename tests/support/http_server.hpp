#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace support {

struct HttpSeen {
    std::string method;
    std::string target;                         ///< path and query as sent
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// What the server does with a request.
struct HttpAction {
    enum class Kind { respond, raw, close, hang };
    Kind kind = Kind::respond;
    int status = 200;
    std::string body;
    std::string headers; ///< further lines, each ending in "\r\n"
    static HttpAction json(std::string text) { return {Kind::respond, 200, std::move(text), "Content-Type: application/json\r\n"}; }
    static HttpAction code(int status) { return {Kind::respond, status, "{}", ""}; }
    static HttpAction raw(std::string bytes) { return {Kind::raw, 0, std::move(bytes), ""}; }
    static HttpAction close() { return {Kind::close, 0, "", ""}; }
    static HttpAction hang() { return {Kind::hang, 0, "", ""}; } ///< no answer until the server goes
};

/// A small HTTP server on a loopback port that does as it is told, for tests of clients. A thread a connection.
class HttpServer {
public:
    using Handler = std::function<HttpAction(HttpSeen const&)>;
    explicit HttpServer(Handler handler);
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;
    ~HttpServer();

    [[nodiscard]] std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] std::vector<HttpSeen> seen() const;
    [[nodiscard]] std::size_t connections() const { return connections_; }

private:
    void accept_all();
    void serve(int socket);
    bool perform(int socket, HttpAction const& action);

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::vector<HttpSeen> seen_;
    std::vector<int> sockets_;
    std::vector<std::thread> threads_;
    std::atomic<std::size_t> connections_{0};
    std::thread acceptor_;
};

} // namespace support
