#include "bot/public_site.hpp"

#include "api/public_api.hpp"
#include "bot/public/rankings.hpp"
#include "bot/web/answers.hpp"
#include "bot/web/query.hpp"
#include "pages/pages.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace bot {
namespace {

/// So long a cache may show an old page; the matter of a vote that closes is not fresher than this.
constexpr std::chrono::seconds kPageAge{15};

std::string slurp(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in)
        throw std::runtime_error(file.string() + ": cannot be read");
    return out.str();
}

} // namespace

PublicSite::PublicSite(Parts parts) : parts_(std::move(parts)), files_(parts_.web / "public"), openapi_(slurp(parts_.openapi)) {}

void PublicSite::add_to(Router& router)
{
    add_api(router);
    add_pages(router);
}

void PublicSite::add_read(Router& router, std::string_view pattern, Make make)
{
    router.add("GET", pattern, [this, make = std::move(make)](ExchangePtr const& exchange, PathParameters const& path) {
        answer_read(parts_.store, exchange, [this, make, exchange, path](storage::Database& db) {
            Query const query(exchange->request().query());
            auto const reference = reference_.get(db);
            PublicViews views(db, *reference, parts_.states);
            Reading const reading{db, exchange->request(), path, query, *reference, views, parts_.now()};
            return make(reading);
        });
    });
}

void PublicSite::add_api(Router& router)
{
    router.add("GET", "/api/openapi.json", [this](ExchangePtr const& exchange, PathParameters const&) {
        HttpResponse response;
        response.content_type = "application/json";
        response.body = openapi_;
        exchange->respond(cacheable(exchange->request(), std::move(response), std::chrono::seconds(300)));
    });
    add_read(router, "/api/v1/communities", [](Reading const& r) { return api::communities(r.db, r.reference, r.query); });
    add_read(router, "/api/v1/communities/{id}/proposals",
             [](Reading const& r) { return api::matters(r.reference, r.views, r.path[0], storage::kProposal, r.query); });
    add_read(router, "/api/v1/communities/{id}/proposals/{no}",
             [](Reading const& r) { return api::matter(r.reference, r.views, r.path[0], r.path[1], r.query); });
    // The short form names the community as a parameter.
    add_read(router, "/api/v1/proposals/{no}",
             [](Reading const& r) { return api::matter(r.reference, r.views, r.query.text("community"), r.path[0], r.query); });
    add_read(router, "/api/v1/communities/{id}/cases",
             [](Reading const& r) { return api::matters(r.reference, r.views, r.path[0], storage::kReport, r.query); });
    add_read(router, "/api/v1/communities/{id}/rankings",
             [this](Reading const& r) { return api::rankings(r.db, r.reference, r.path[0], r.query, quarter_at(parts_.zone, r.now)); });
    add_read(router, "/api/v1/ledger/head", [](Reading const& r) { return api::ledger_head(r.db, r.query); });
    add_read(router, "/api/v1/ledger/entries", [](Reading const& r) { return api::ledger_entries(r.db, r.query); });
}

void PublicSite::add_pages(Router& router)
{
    router.add("GET", "/assets/*", [this](ExchangePtr const& exchange, PathParameters const& path) {
        exchange->respond(files_.answer(exchange->request(), path[0]));
    });
    auto const page = [this](auto render) {
        return [this, render](Reading const& r) {
            pages::Frame const frame{parts_.zone, r.now, r.query.text("size", 8) == "large", std::string(r.request.path()),
                                     parts_.playground};
            HttpResponse response;
            try {
                response = render(r, frame);
            } catch (BadRequest const& bad) {
                response = pages::refusal(frame, bad.what());
                response.status = bad.status();
            }
            protect(response);
            return cacheable(r.request, std::move(response), kPageAge);
        };
    };
    add_read(router, "/", page([](Reading const& r, pages::Frame const& frame) { return pages::home(r.reference, r.views, frame); }));
    add_read(router, "/c/{community}", page([](Reading const& r, pages::Frame const& frame) {
                 return pages::community(r.db, r.reference, r.views, r.path[0], frame);
             }));
    add_read(router, "/c/{community}/{no}", page([](Reading const& r, pages::Frame const& frame) {
                 return pages::matter(r.reference, r.views, r.path[0], r.path[1], frame);
             }));
}

} // namespace bot
