#include "load_plan.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace bench {
namespace {

std::string padded(std::int64_t number)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "u%06lld", static_cast<long long>(number));
    return text.data();
}

std::int64_t now_seconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

Options::Options(int argc, char** argv)
{
    for (int i = 1; i < argc; i += 2) {
        std::string const name = argv[i];
        if (!name.starts_with("--") || i + 1 == argc)
            throw std::invalid_argument("want --name value, got " + name);
        values_[name.substr(2)] = argv[i + 1];
    }
}

std::string const& Options::text(std::string const& name) const
{
    auto const found = values_.find(name);
    if (found == values_.end())
        throw std::invalid_argument("missing --" + name);
    return found->second;
}

std::int64_t Options::number(std::string const& name) const
{
    return std::stoll(text(name));
}

std::vector<std::string> sealed_votes(Options const& options, Sealer const& sealer)
{
    static constexpr std::array<char const*, 3> kChoices{"赞成", "反对", "弃权"};
    auto const corp = options.text("corp");
    auto const agent = options.text("agent");
    auto const time = std::to_string(now_seconds());
    auto const first_id = now_seconds() * 1'000'000'000; // message ids of two runs never meet
    std::vector<std::string> requests;
    for (std::int64_t i = 0; i < options.number("messages"); ++i) {
        auto const number = options.number("first") + 2 * i;
        std::string const choice = kChoices.at(static_cast<std::size_t>(number / 2 % 3));
        auto const plain = "<xml><ToUserName><![CDATA[" + corp + "]]></ToUserName><FromUserName><![CDATA[" + padded(number) +
                           "]]></FromUserName><CreateTime>" + time + "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" +
                           choice + " 1]]></Content><MsgId>" + std::to_string(first_id + number) + "</MsgId><AgentID>" + agent +
                           "</AgentID></xml>";
        auto const encrypt = sealer.encrypt(plain);
        auto const nonce = std::to_string(number);
        auto const body = "<xml><ToUserName><![CDATA[" + corp + "]]></ToUserName><AgentID><![CDATA[" + agent +
                          "]]></AgentID><Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>";
        requests.push_back("POST " + options.text("path") + "?msg_signature=" + sealer.signature(time, nonce, encrypt) +
                           "&timestamp=" + time + "&nonce=" + nonce +
                           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: " + std::to_string(body.size()) +
                           "\r\n\r\n" + body);
    }
    return requests;
}

bool confirms_vote(std::string const& body, Sealer const& sealer)
{
    std::string const open = "<Encrypt><![CDATA[";
    auto const begin = body.find(open);
    auto const end = body.find("]]>", begin);
    if (begin == std::string::npos || end == std::string::npos)
        return false;
    auto const plain = sealer.decrypt(std::string_view(body).substr(begin + open.size(), end - begin - open.size()));
    return plain.find("已记您对 1 的一票") != std::string::npos;
}

} // namespace bench
