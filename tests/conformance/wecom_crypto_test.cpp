#include "adapters/wecom/crypto.hpp"
#include "conformance/vectors.hpp"
#include "text/base64.hpp"
#include "wecom/inbound.hpp"

#include <algorithm>
#include <pugixml.hpp>

namespace {

using namespace adapters::wecom;
using conformance::Vector;

Random16 fixed(std::string const& bytes)
{
    return [bytes](std::array<unsigned char, 16>& out) { std::copy(bytes.begin(), bytes.end(), out.begin()); };
}

Crypto crypto_of(Vector const& v)
{
    return {v.at("token"), v.at("encoding_aes_key"), v.at("receive_id"),
            v.value.contains("random16_ascii") ? fixed(v.at("random16_ascii")) : Random16()};
}

/// Whatever holds the message of a decrypt vector.
nlohmann::json const& expected(Vector const& v)
{
    return v.value.contains("expect") ? v.value.at("expect") : v.value;
}

class Decrypts : public testing::TestWithParam<Vector> {};

TEST_P(Decrypts, ToTheMessage)
{
    Vector const& v = GetParam();
    Crypto const crypto = crypto_of(v);
    std::string const signature = v.at("msg_signature"), timestamp = v.at("timestamp"), nonce = v.at("nonce"), encrypt = v.at("encrypt");
    auto const opened = crypto.open({signature, timestamp, nonce}, encrypt);
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_EQ(std::get<std::string>(opened), expected(v).at("msg_utf8").get<std::string>());
    EXPECT_EQ(std::get<std::string>(opened).size(), expected(v).at("msg_len").get<std::size_t>());
    EXPECT_EQ(crypto.sign(timestamp, nonce, encrypt), signature);
}

TEST_P(Decrypts, WhatTheBodyHolds)
{
    Vector const& v = GetParam();
    if (!v.value.contains("raw_body"))
        return;
    std::string const body = v.at("raw_body");
    EXPECT_EQ(body.starts_with("<") ? encrypt_of_xml(body) : encrypt_of_json(body), v.at("encrypt"));
}

INSTANTIATE_TEST_SUITE_P(Official, Decrypts, testing::ValuesIn(conformance::load("wecom_callback_official.json")), conformance::name_of);
INSTANTIATE_TEST_SUITE_P(RoundTrip, Decrypts, testing::ValuesIn(conformance::load("crypto_roundtrip_generated.json")),
                         conformance::name_of);
INSTANTIATE_TEST_SUITE_P(Robot, Decrypts,
                         testing::ValuesIn(conformance::load("aibot_callback_generated.json", {"url_verify", "message_callback_json"})),
                         conformance::name_of);

class Encrypts : public testing::TestWithParam<Vector> {};

TEST_P(Encrypts, ByteForByte)
{
    Vector const& v = GetParam();
    Crypto const crypto = crypto_of(v);
    std::string const encrypt = crypto.seal(v.at("msg_utf8"));
    EXPECT_EQ(encrypt, expected(v).contains("encrypt") ? expected(v).at("encrypt").get<std::string>() : v.at("encrypt"));
    EXPECT_EQ(crypto.sign(v.at("timestamp"), v.at("nonce"), encrypt), expected(v).at("msg_signature").get<std::string>());
}

INSTANTIATE_TEST_SUITE_P(RoundTrip, Encrypts, testing::ValuesIn(conformance::load("crypto_roundtrip_generated.json")),
                         conformance::name_of);
INSTANTIATE_TEST_SUITE_P(FixedRandom, Encrypts, testing::ValuesIn(conformance::load("encrypted_reply_fixed_random.json")),
                         conformance::name_of);

TEST(Encrypt, DiffersFromTimeToTime)
{
    Crypto const crypto("t0kenForTests", "k7Jd0sPq3VbN8mXzR5tYcW2uHgLfA9eKiO6xQ1vBwES", "ww1");
    EXPECT_NE(crypto.seal("same"), crypto.seal("same"));
}

class Refuses : public testing::TestWithParam<Vector> {};

TEST_P(Refuses, AtItsStage)
{
    Vector const& v = GetParam();
    auto const code = static_cast<CryptoError>(v.value.at("official_code").get<int>());
    if (code == CryptoError::bad_key) {
        EXPECT_FALSE(decode_key(v.at("encoding_aes_key")));
        EXPECT_THROW(crypto_of(v), std::invalid_argument);
        return;
    }
    std::string const signature = v.at("msg_signature"), timestamp = v.at("timestamp"), nonce = v.at("nonce"), encrypt = v.at("encrypt");
    auto const opened = crypto_of(v).open({signature, timestamp, nonce}, encrypt);
    ASSERT_TRUE(std::holds_alternative<CryptoError>(opened));
    EXPECT_EQ(static_cast<int>(std::get<CryptoError>(opened)), static_cast<int>(code));
}

INSTANTIATE_TEST_SUITE_P(Negative, Refuses, testing::ValuesIn(conformance::load("crypto_negative.json")), conformance::name_of);

std::string from_hex(std::string const& hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

class DecryptsMedia : public testing::TestWithParam<Vector> {};

TEST_P(DecryptsMedia, ToTheFile)
{
    Vector const& v = GetParam();
    std::string const hex = from_hex(v.at("aes_key_hex"));
    AesKey key{};
    ASSERT_EQ(hex.size(), key.size());
    std::transform(hex.begin(), hex.end(), key.begin(), [](char c) { return static_cast<unsigned char>(c); });
    auto const file = open_media(key, *adapters::text::base64_decode(v.at("cipher_base64")));
    ASSERT_TRUE(std::holds_alternative<std::string>(file));
    EXPECT_EQ(std::get<std::string>(file), from_hex(expected(v).at("plain_hex").get<std::string>()));
}

INSTANTIATE_TEST_SUITE_P(Robot, DecryptsMedia, testing::ValuesIn(conformance::load("aibot_callback_generated.json", {"media_decrypt"})),
                         conformance::name_of);

} // namespace
