#pragma once

#include "adapters/chat/channel.hpp"
#include "adapters/wecom/crypto.hpp"
#include "adapters/wecom/wecom.hpp"
#include "wecom/errors.hpp"
#include "wecom/token_cache.hpp"

#include <memory>
#include <string>

/// Calls of WeCom's API. They keep what they need alive, so a channel may go while its calls are under way.
namespace adapters::wecom::api {

using chat::Channel;

/// POSTs `body` to `path` with an access token; once more with a fresh one where the token has been taken back.
void post_with_token(Services const& services, TokenKey const& key, Call call, std::string path, std::string body, Channel::Sent done);

/// POSTs `body` to a complete address.
void post(Services const& services, Call call, std::string url, std::string body, Channel::Sent done);

/// Fetches a file by media_id.
void get_media(Services const& services, TokenKey const& key, std::string const& media_id, std::size_t limit_bytes,
               std::function<void(Channel::Fetched)> done);

/// Fetches and decrypts a file that a smart robot's message links to.
void get_robot_media(Services const& services, AesKey const& aes_key, std::string url, std::size_t limit_bytes,
                     std::function<void(Channel::Fetched)> done);

/// Whether anything answers under `api_base`.
void reach(Services const& services, std::string api_base, Channel::Sent done);

/// Whether the app's secret gives a token.
void try_token(Services const& services, TokenKey const& key, Channel::Sent done);

} // namespace adapters::wecom::api
