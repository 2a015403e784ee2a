#include "support/http_server.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace support {

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || bind(listener_, generic, length) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, generic, &length) != 0)
        throw std::runtime_error("test server cannot listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

HttpServer::~HttpServer()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
        for (int const socket : sockets_)
            shutdown(socket, SHUT_RDWR);
    }
    stopped_.notify_all();
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (auto& thread : threads_)
        thread.join();
    close(listener_);
}

std::vector<HttpSeen> HttpServer::seen() const
{
    std::lock_guard const lock(mutex_);
    return seen_;
}

void HttpServer::accept_all()
{
    for (int client = accept(listener_, nullptr, nullptr); client >= 0; client = accept(listener_, nullptr, nullptr)) {
        std::lock_guard const lock(mutex_);
        if (stopping_) {
            close(client);
            return;
        }
        ++connections_;
        sockets_.push_back(client);
        threads_.emplace_back([this, client] { serve(client); });
    }
}

void HttpServer::serve(int socket)
{
    std::string buffer;
    auto const fill = [&] {
        char chunk[4096];
        auto const count = recv(socket, chunk, sizeof chunk, 0);
        if (count > 0)
            buffer.append(chunk, static_cast<std::size_t>(count));
        return count > 0;
    };
    for (bool open = true; open;) {
        std::size_t end = buffer.find("\r\n\r\n");
        for (; end == std::string::npos && open; end = buffer.find("\r\n\r\n"))
            open = fill();
        if (!open)
            break;
        HttpSeen request;
        std::string const head = buffer.substr(0, end + 2);
        std::size_t const line = head.find("\r\n");
        std::size_t const first = head.find(' ');
        request.method = head.substr(0, first);
        request.target = head.substr(first + 1, head.find(' ', first + 1) - first - 1);
        for (std::size_t at = line + 2; at < head.size(); at = head.find("\r\n", at) + 2) {
            std::size_t const colon = head.find(':', at);
            std::string name = head.substr(at, colon - at);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
            request.headers[name] = head.substr(colon + 2, head.find("\r\n", at) - colon - 2);
        }
        std::size_t const length = request.headers.count("content-length") != 0 ? std::stoul(request.headers["content-length"]) : 0;
        while (buffer.size() < end + 4 + length && open)
            open = fill();
        request.body = buffer.substr(end + 4, length);
        buffer.erase(0, end + 4 + length);
        {
            std::lock_guard const lock(mutex_);
            seen_.push_back(request);
        }
        open = open && perform(socket, handler_(request));
    }
    std::lock_guard const lock(mutex_);
    sockets_.erase(std::find(sockets_.begin(), sockets_.end(), socket));
    close(socket);
}

bool HttpServer::perform(int socket, HttpAction const& action)
{
    auto const write = [socket](std::string_view bytes) {
        while (!bytes.empty()) {
            auto const count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    };
    switch (action.kind) {
    case HttpAction::Kind::respond:
        return write("HTTP/1.1 " + std::to_string(action.status) + " X\r\n" + action.headers +
                     "Content-Length: " + std::to_string(action.body.size()) + "\r\n\r\n" + action.body);
    case HttpAction::Kind::raw: write(action.body); return false;
    case HttpAction::Kind::close: return false;
    case HttpAction::Kind::hang: {
        std::unique_lock lock(mutex_);
        stopped_.wait(lock, [this] { return stopping_; });
        return false;
    }
    }
    return false;
}

} // namespace support
