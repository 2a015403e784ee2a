#pragma once

#include "bot/http.hpp"
#include "bot/public/views.hpp"
#include "bot/web/query.hpp"

#include <string>
#include <string_view>

/// The public part of /api/v1. Source: design.md 3; data/openapi.json. Errors: BadRequest, also with status 404.
namespace bot::api {

HttpResponse communities(storage::Database& db, PublicReference const& reference, Query const& query);
/// ?state=&limit=&cursor=, newest first.
HttpResponse matters(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view kind,
                     Query const& query);
HttpResponse matter(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view no,
                    Query const& query);
/// ?period=2026Q3&subject=grid|village|household|resident: what was published of them; the current quarter and
/// grids, unless said otherwise.
HttpResponse rankings(storage::Database& db, PublicReference const& reference, std::string_view community, Query const& query,
                      std::string const& current_quarter);
HttpResponse ledger_head(storage::Database& db, Query const& query);
/// ?after=SEQ&limit=, oldest first.
HttpResponse ledger_entries(storage::Database& db, Query const& query);

/// The number of a matter in a path. Errors: BadRequest 404 for anything that cannot be one.
std::int64_t matter_number(std::string_view text);

} // namespace bot::api
