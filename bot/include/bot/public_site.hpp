#pragma once

#include "bot/public/reference.hpp"
#include "bot/public/views.hpp"
#include "bot/router.hpp"
#include "bot/web/static_files.hpp"
#include "governance/calendar.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace bot {

class Query;

/// What anybody may read: the pages `/` and `/c/…`, and the public part of `/api/v1`. All of it comes from read-only connections.
/// Source: design.md 3, "HTTP"; domain.md 14.1.
class PublicSite {
public:
    struct Parts {
        storage::Store& store;
        std::function<governance::Instant()> now; ///< procedure time
        governance::Zone zone;
        StateLookup states;
        std::filesystem::path web;     ///< with public/ (style sheet)
        std::filesystem::path openapi; ///< openapi.json
        bool playground = false;       ///< the start page links to it
    };
    /// Errors: std::runtime_error when the files cannot be read.
    explicit PublicSite(Parts parts);
    void add_to(Router& router);

private:
    /// What one answer is made from.
    struct Reading {
        storage::Database& db;
        HttpRequest const& request;
        PathParameters const& path;
        Query const& query;
        PublicReference const& reference;
        PublicViews& views;
        governance::Instant now;
    };
    using Make = std::function<HttpResponse(Reading const&)>;
    void add_read(Router& router, std::string_view pattern, Make make);
    void add_api(Router& router);
    void add_pages(Router& router);

    Parts parts_;
    ReferenceCache reference_;
    StaticFiles files_;
    std::string openapi_;
};

} // namespace bot
