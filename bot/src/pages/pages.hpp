#pragma once

#include "bot/http.hpp"
#include "bot/public/views.hpp"
#include "bot/web/markup.hpp"
#include "governance/calendar.hpp"

#include <string>
#include <string_view>

/// Public pages: plain HTML that works without JavaScript, on a small phone, in large print and on paper. Source: ecosystem.md 2.2, 5.2.
namespace bot::pages {

/// What stands around every page.
struct Frame {
    governance::Zone zone;
    governance::Instant now{};
    bool large = false; ///< large print
    std::string path;   ///< of this page, for the switch of the print size
    bool playground = false;
};

HttpResponse home(PublicReference const& reference, PublicViews& views, Frame const& frame);
/// Errors: BadRequest 404 for an unknown community.
HttpResponse community(storage::Database& db, PublicReference const& reference, PublicViews& views, std::string_view id,
                       Frame const& frame);
/// Errors: BadRequest 404 for an unknown or hidden matter.
HttpResponse matter(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view no,
                    Frame const& frame);

/// What a browser shows instead of a page that there is not.
HttpResponse refusal(Frame const& frame, std::string_view why);

// Parts that several pages share.

/// The whole page around `body`.
HttpResponse framed(Frame const& frame, std::string const& title, Markup const& body);
/// `path` with the print size kept.
std::string link_to(Frame const& frame, std::string const& path);
std::string matter_path(PublicMatter const& matter);
/// "已投 40 / 64 户" with a bar.
Markup turnout_bar(PublicVote const& vote);
/// State of a matter as a badge; its colour is never the only sign.
Markup state_badge(PublicMatter const& matter);

} // namespace bot::pages
