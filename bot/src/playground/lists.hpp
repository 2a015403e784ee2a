#pragma once

#include "bot/http.hpp"
#include "bot/public/reference.hpp"
#include "bot/web/query.hpp"
#include "storage/database.hpp"

/// What the page reads. Demo data: these answers hold names, and exist only while the playground is enabled.
namespace bot::playground {

/// ?limit=&cursor=: people bound on the playground's account, with roles in words and the groups they sit in.
HttpResponse people(storage::Database& db, PublicReference const& reference, Query const& query);
/// Groups tied to the account, and what the bot is called (`bot`).
HttpResponse groups(storage::Database& db, PublicReference const& reference, Query const& query, std::string const& bot_name);
/// ?after= (oldest first), or ?last=N (the newest N) and ?before=; ?chat= or ?user= for one chat; ?limit=.
HttpResponse timeline(storage::Database& db, Query const& query);

} // namespace bot::playground
