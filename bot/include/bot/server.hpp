#pragma once

#include "bot/config.hpp"
#include "bot/http.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>

namespace bot {

/// Bounds on what a stranger can make the server hold or wait for. Source: design.md 3, "Limits".
struct ServerLimits {
    std::size_t header_bytes = 16 * 1024UL;
    std::size_t connections = 4096;
    std::chrono::milliseconds request{10'000};  ///< from the first byte of a request to its last; beyond: 408
    std::chrono::milliseconds idle{75'000};     ///< between requests; beyond: closed
    std::chrono::milliseconds response{30'000}; ///< for the peer to take a response; beyond: closed
    std::chrono::milliseconds answer{60'000};   ///< for a handler to answer; beyond: 503
    std::chrono::milliseconds linger{2'000};    ///< for the peer to notice a refusal before the connection is cut
    std::chrono::milliseconds tick{100};        ///< how exactly the times above are kept
};

struct ServerOptions {
    ListenAddress listen;
    /// Half the machine at most: the store's writer needs a core of its own, and on two cores a second thread only takes turns with it.
    std::size_t threads = std::clamp(std::thread::hardware_concurrency() / 2, 1U, 4U);
    ServerLimits limits;
};

/// HTTP/1.1 on plain TCP: keep-alive, pipelining, limits, graceful stop. Each connection belongs to one I/O thread.
class Server {
public:
    /// Binds and listens; connections wait until start(). `dispatcher` must outlive the server.
    /// Errors: std::system_error when the address cannot be taken.
    Server(ServerOptions options, Dispatcher& dispatcher);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// The port really taken.
    [[nodiscard]] std::uint16_t port() const;
    void start();
    /// Stops accepting, closes idle connections, lets requests in flight finish for at most `grace`, then cuts. Returns when no I/O
    /// thread runs any more. Called once, not on an I/O thread.
    void stop(std::chrono::milliseconds grace);
    [[nodiscard]] std::size_t connections() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace bot
