#include "governance/points.hpp"

#include "governance/demo.hpp"
#include "governance/ranking.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace governance;

Points hundredths(nlohmann::json const& value)
{
    return Points(std::llround(value.get<double>() * 100));
}

TEST(Points, ArithmeticIsChecked)
{
    auto const largest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(*checked_add(Points(150), Points(-50)), Points::whole(1));
    EXPECT_EQ(checked_add(Points(largest), Points(1)).error().code, RefusalCode::points_overflow);
    EXPECT_EQ(checked_negate(Points(std::numeric_limits<std::int64_t>::min())).error().code, RefusalCode::points_overflow);
    for (auto const& [value, text] : {std::pair{500, "5"}, std::pair{-250, "-2.5"}, std::pair{25, "0.25"}, std::pair{-25, "-0.25"},
                                      std::pair{10005, "100.05"}, std::pair{0, "0"}})
        EXPECT_EQ(to_text(Points(value)), text);
}

TEST(Points, FiguresOfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    for (auto const& row : vectors.at("points_adjustment"))
        EXPECT_EQ(adjustment(row.at("delta").get<std::int64_t>()).has_value(), row.at("accepted").get<bool>()) << row.dump();
    for (auto const& row : vectors.at("household_grade")) {
        auto const earned = grade(hundredths(row.at("score")), row.at("veto"));
        EXPECT_EQ(name(earned), row.at("grade").is_null() ? "none" : row.at("grade").get<std::string>()) << row.dump();
    }
    for (auto const& row : vectors.at("village_annual_assessment")) {
        auto thousandths = [](nlohmann::json const& value) { return static_cast<std::int64_t>(std::llround(value.get<double>() * 1000)); };
        EXPECT_EQ(village_annual(thousandths(row.at("points")), thousandths(row.at("other"))), hundredths(row.at("result"))) << row.dump();
    }
}

TEST(Points, CapOfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    auto const& row = vectors.at("points_cap");
    CatalogueItem item;
    item.cap = hundredths(row.at("cap_month"));
    item.cap_period = CapPeriod::month;
    Points posted;
    std::vector<std::int64_t> counted;
    for (auto const hours : row.at("declared_hours").get<std::vector<std::int64_t>>()) {
        auto const capped = apply_cap(item, Points::whole(hours), posted);
        EXPECT_EQ(capped.reached, capped.posted != Points::whole(hours));
        counted.push_back(capped.posted.hundredths() / 100);
        posted = *checked_add(posted, capped.posted);
    }
    EXPECT_EQ(counted, row.at("posted").get<std::vector<std::int64_t>>());
    EXPECT_EQ(apply_cap(item, Points::whole(3), posted).posted, Points{}) << "beyond the cap it is posted as 0";
    EXPECT_EQ(apply_cap(item, Points::whole(-3), posted).posted, Points::whole(-3)) << "a cap on gains does not stop a deduction";
}

TEST(Points, DeductionsHaveAFloor)
{
    CatalogueItem item;
    item.cap = Points::whole(-10);
    EXPECT_EQ(apply_cap(item, Points::whole(-5), Points::whole(-8)).posted, Points::whole(-2));
    EXPECT_EQ(apply_cap(item, Points::whole(-5), Points::whole(-10)).posted, Points{});
    EXPECT_EQ(apply_cap(item, Points::whole(-5), Points{}).posted, Points::whole(-5));
}

PointsEntry posted_entry(std::int64_t points)
{
    PointsEntry entry;
    entry.no = RefNo(1);
    entry.state = "posted";
    entry.posted = Points::whole(points);
    entry.posted_at = demo::at("2026-07-05T09:00");
    return entry;
}

LedgerLine line(std::int64_t points, char const* state, bool is_reversal = false, char const* at = "2026-07-01T09:00", int year = 2026)
{
    return {Points::whole(points), state, SubjectType::household, demo::at(at), year, is_reversal};
}

TEST(Points, ReversalOfTheAcceptanceVectors)
{
    auto const entry = posted_entry(5);
    auto const opposite = reversal(entry, demo::at("2026-07-06T09:00"));
    ASSERT_TRUE(opposite);
    EXPECT_EQ(opposite->posted, Points::whole(-5));
    EXPECT_EQ(opposite->reversal_of, RefNo(1));
    EXPECT_TRUE(opposite->no.empty());
    EXPECT_EQ(*score({line(5, "reversed"), line(-5, "posted", true), line(3, "posted")}, 2026), Points::whole(3));
    EXPECT_EQ(reversal(*opposite, demo::at("2026-07-06T09:00")).error().code, RefusalCode::not_reversible);
    auto declared = entry;
    declared.state = "declared";
    EXPECT_EQ(reversal(declared, demo::at("2026-07-06T09:00")).error(), (Refusal{RefusalCode::not_reversible, {{"state", "declared"}}}));
}

TEST(Score, LeavesOutWhatIsFrozenAndOtherYears)
{
    EXPECT_EQ(*score({line(5, "posted"), line(7, "appealed"), line(9, "final", false, "2025-07-01T09:00", 2025)}, 2026, Points::whole(100)),
              Points::whole(105));
    EXPECT_EQ(
        score({line(1, "posted"), {Points(std::numeric_limits<std::int64_t>::max()), "final", {}, {}, 2026, false}}, 2026).error().code,
        RefusalCode::points_overflow);
}

TEST(Spendable, RipensAfterThirtyDaysAndExpires)
{
    auto at = [](char const* when, std::vector<Redemption> const& redemptions = {}) {
        std::vector<LedgerLine> const lines{line(10, "final", false, "2025-06-01T09:00", 2025),
                                            line(6, "posted", false, "2026-07-01T09:00"),
                                            line(-4, "posted"),
                                            line(3, "appealed"),
                                            line(5, "reversed"),
                                            {Points::whole(50), "final", SubjectType::grid, demo::at("2026-07-01T09:00"), 2026, false}};
        return spendable(lines, redemptions, demo::calendar(), demo::at(when))->hundredths() / 100;
    };
    EXPECT_EQ(at("2026-07-20T09:00"), 10) << "not yet thirty days";
    EXPECT_EQ(at("2026-07-31T09:00"), 16);
    EXPECT_EQ(at("2027-01-01T00:00"), 6) << "2025 expired with 2026";
    EXPECT_EQ(at("2028-01-01T00:00"), 0);
    EXPECT_EQ(at("2026-08-01T09:00", {{Points::whole(12), demo::at("2026-07-31T10:00")}}), 4) << "the oldest are used up first";
    EXPECT_EQ(at("2027-01-01T00:00", {{Points::whole(12), demo::at("2026-07-31T10:00")}}), 4);
    EXPECT_EQ(at("2026-08-01T09:00", {{Points::whole(99), demo::at("2026-07-31T10:00")}}), 0) << "never negative";
}

TEST(ClassScore, CapsEachClassAndAddsAdjustments)
{
    auto const total = class_score({{"U1", Points::whole(25)}, {"U2", Points::whole(-5)}, {"U3", Points::whole(7)}},
                                   {{"U1", Points::whole(20)}, {"U2", Points::whole(25)}, {"U3", Points::whole(20)}}, Points::whole(-3));
    EXPECT_EQ(*total, Points::whole(20 + 0 + 7 - 3));
}

TEST(Ranking, SharesRanksAndShowsByConsent)
{
    std::vector<Standing> const standings{{"HH1", Points::whole(5), true},
                                          {"HH2", Points::whole(9), true},
                                          {"HH3", Points::whole(9), false},
                                          {"HH4", Points::whole(1), true}};
    auto const rows = rank(standings);
    std::vector<std::int64_t> ranks;
    for (auto const& row : rows)
        ranks.push_back(row.rank);
    EXPECT_EQ(ranks, (std::vector<std::int64_t>{1, 1, 3, 4}));
    auto const view = consented_view(standings, "HH3", 3);
    ASSERT_EQ(view.shown.size(), 2U);
    EXPECT_EQ(view.shown[0].subject, "HH2");
    EXPECT_EQ(view.shown[1], (RankedRow{3, "HH1", Points::whole(5)}));
    EXPECT_EQ(view.own->rank, 1);
    EXPECT_EQ(view.total, 4);
    EXPECT_EQ(full_view(standings, std::nullopt).shown.size(), 4U);
    EXPECT_FALSE(full_view(standings, "HH9").own);
}

/// Redemptions never make more than was earned, whatever the order of lines.
TEST(PointsProperty, SumsHold)
{
    auto const seed = 99U;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    for (int trial = 0; trial < 200; ++trial) {
        std::vector<LedgerLine> lines;
        std::int64_t sum = 0;
        std::int64_t positive = 0;
        for (int i = 0; i < 20; ++i) {
            auto const points = static_cast<std::int64_t>(rng() % 21) - 10;
            lines.push_back(line(points, "final"));
            sum += points;
            positive += points > 0 ? points : 0;
        }
        auto const used = static_cast<std::int64_t>(rng() % 60);
        std::vector<Redemption> const redeemed{{Points::whole(used), demo::at("2026-08-01T09:00")}};
        auto const left = spendable(lines, redeemed, demo::calendar(), demo::at("2026-09-01T09:00"));
        EXPECT_EQ(left->hundredths(), 100 * std::max<std::int64_t>(0, positive - used));
        EXPECT_EQ(score(lines, 2026)->hundredths(), 100 * sum) << "a redemption never lowers the score";
        for (std::size_t i = lines.size(); i > 1; --i)
            std::swap(lines[i - 1], lines[rng() % i]);
        EXPECT_EQ(spendable(lines, redeemed, demo::calendar(), demo::at("2026-09-01T09:00"))->hundredths(), left->hundredths());
    }
}

TEST(Catalogues, AnEditionCountsFromItsDayOn)
{
    Catalogue catalogue;
    EXPECT_EQ(catalogue.find("HA-01", demo::at("2026-07-01T00:00")), nullptr);
    CatalogueItem item;
    catalogue.add({}, {{"HA-01", item}});
    item.version = 2;
    catalogue.add(demo::at("2026-10-01T00:00"), {{"HA-01", item}});
    EXPECT_EQ(catalogue.find("HA-01", demo::at("2026-09-30T23:59"))->version, 1);
    EXPECT_EQ(catalogue.find("HA-01", demo::at("2026-10-01T00:00"))->version, 2);
    EXPECT_EQ(catalogue.find("HA-09", demo::at("2026-10-01T00:00")), nullptr);
}

TEST(Catalogues, AChangeTakesEffectWithTheNextQuarter)
{
    Zone const zone{std::chrono::hours{8}};
    for (auto const& [now, from] : std::map<char const*, char const*>{
             {"2026-07-01T00:00", "2026-10-01T00:00"}, {"2026-09-30T23:59", "2026-10-01T00:00"}, {"2026-12-31T12:00", "2027-01-01T00:00"}})
        EXPECT_EQ(next_quarter(zone, demo::at(now)), demo::at(from)) << now;
}

} // namespace
