#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bot {

/// A client that sends exactly the bytes it is given, for what no well-behaved library would send.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        timeval limit{10, 0}; // a test that waits longer has failed
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~RawClient() { ::close(socket_); }
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;

    /// False when the peer has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    /// Reads until `mark` has come (in what was read and not taken yet) and takes everything up to its end; at the end of the stream,
    /// what there is.
    std::string read_until(std::string_view mark)
    {
        for (;;) {
            if (auto const at = unread_.find(mark); at != std::string::npos)
                return take(at + mark.size());
            if (!read_some())
                return take(unread_.size());
        }
    }
    std::string read_to_end()
    {
        while (read_some()) {
        }
        return take(unread_.size());
    }
    /// One response with Content-Length, head and body.
    std::string read_response()
    {
        auto text = read_until("\r\n\r\n");
        auto const at = text.find("Content-Length: ");
        auto const length = at == std::string::npos ? 0 : std::stoul(text.substr(at + 16));
        while (unread_.size() < length && read_some()) {
        }
        return text + take(std::min<std::size_t>(length, unread_.size()));
    }

private:
    bool read_some()
    {
        char bytes[4096];
        auto const count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("nothing came for ten seconds, and the connection is still open");
        if (count > 0)
            unread_.append(bytes, static_cast<std::size_t>(count));
        return count > 0;
    }
    std::string take(std::size_t count)
    {
        auto taken = unread_.substr(0, count);
        unread_.erase(0, count);
        return taken;
    }

    int socket_;
    std::string unread_;
};

} // namespace bot
