#include "text/shape.hpp"
#include "wecom/inbound.hpp"
#include "wecom/xml_input.hpp"

#include <nlohmann/json.hpp>

namespace adapters::wecom {

namespace {

using nlohmann::json;

/// Reads the one string member `encrypt` of an object without building a tree; stops at anything it need not know.
class EncryptReader : public nlohmann::json_sax<json> {
public:
    bool null() override { return skip(); }
    bool boolean(bool) override { return skip(); }
    bool number_integer(number_integer_t) override { return skip(); }
    bool number_unsigned(number_unsigned_t) override { return skip(); }
    bool number_float(number_float_t, string_t const&) override { return skip(); }
    bool binary(binary_t&) override { return false; }
    bool string(string_t& value) override
    {
        if (wanted_)
            found_ = std::move(value);
        wanted_ = false;
        return depth_ > 0;
    }
    bool start_object(std::size_t) override { return !wanted_ && ++depth_ <= kMaxDepth; }
    bool end_object() override { return depth_-- > 0; }
    bool start_array(std::size_t) override { return !wanted_ && depth_ > 0 && ++depth_ <= kMaxDepth; }
    bool end_array() override { return depth_-- > 0; }
    bool key(string_t& name) override
    {
        wanted_ = depth_ == 1 && name == "encrypt";
        return !(wanted_ && found_);
    }
    bool parse_error(std::size_t, std::string const&, json::exception const&) override { return false; }

    std::optional<std::string> take() { return std::move(found_); }

private:
    static constexpr int kMaxDepth = 4;
    bool skip() { return !wanted_ && depth_ > 0; }

    int depth_ = 0;
    bool wanted_ = false;
    std::optional<std::string> found_;
};

/// The usual body is exactly one member whose value needs no unescaping; nothing where it looks otherwise.
std::optional<std::string_view> plain_encrypt(std::string_view body)
{
    constexpr std::string_view kHead = R"({"encrypt":")";
    constexpr std::string_view kTail = R"("})";
    if (!body.starts_with(kHead) || !body.ends_with(kTail) || body.size() < kHead.size() + kTail.size())
        return std::nullopt;
    std::string_view const value = body.substr(kHead.size(), body.size() - kHead.size() - kTail.size());
    bool const plain =
        value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == std::string_view::npos;
    return plain ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<std::string> encrypt_of_xml(std::string_view body)
{
    auto const document = XmlInput::parse(body);
    if (!document || document->repeats("Encrypt"))
        return std::nullopt;
    std::string encrypt = document->text("Encrypt");
    if (encrypt.empty())
        return std::nullopt;
    return encrypt;
}

std::optional<std::string> encrypt_of_json(std::string_view body)
{
    if (body.size() > kMaxBodyBytes)
        return std::nullopt;
    if (auto const value = plain_encrypt(body))
        return std::string(*value);
    EncryptReader reader;
    if (!json::sax_parse(body.begin(), body.end(), &reader))
        return std::nullopt;
    return reader.take();
}

} // namespace adapters::wecom
