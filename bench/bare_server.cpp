// The yardstick: a Beast coroutine server on one thread that reads a request whole and answers with a fixed reply, and does nothing else.
// Prints the port it listens on; runs until it is told to end.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <utility>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

/// As long as an encrypted passive reply with one sentence in it.
std::string const& fixed_reply()
{
    static std::string const kReply = "<xml><Encrypt><![CDATA[" + std::string(408, 'A') + "]]></Encrypt><MsgSignature><![CDATA[" +
                                      std::string(40, '0') +
                                      "]]></MsgSignature><TimeStamp>1700000001</TimeStamp><Nonce><![CDATA[913527]]></Nonce></xml>";
    return kReply;
}

asio::awaitable<void> serve(tcp::socket socket)
{
    beast::tcp_stream stream(std::move(socket));
    stream.socket().set_option(tcp::no_delay(true));
    beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> request;
        stream.expires_after(std::chrono::seconds(75));
        co_await http::async_read(stream, buffer, request, asio::use_awaitable);
        http::response<http::string_body> response(http::status::ok, request.version());
        response.set(http::field::content_type, "application/xml");
        response.keep_alive(request.keep_alive());
        response.body() = fixed_reply();
        response.prepare_payload();
        co_await http::async_write(stream, response, asio::use_awaitable);
        if (!request.keep_alive())
            co_return;
    }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor)
{
    auto const executor = acceptor.get_executor();
    for (;;) {
        auto socket = co_await acceptor.async_accept(asio::use_awaitable);
        auto session = serve(std::move(socket));
        // A client that goes away ends its session with an exception; there is nobody to tell.
        asio::co_spawn(executor, std::move(session), [](std::exception_ptr) {});
    }
}

} // namespace

int main()
{
    asio::io_context context(1);
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    std::cout << acceptor.local_endpoint().port() << std::endl;
    asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
    auto task = accept(acceptor);
    asio::co_spawn(context, std::move(task), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure);
    });
    context.run();
}
