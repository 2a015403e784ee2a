#include "bot/public/json.hpp"
#include "bot/public/rankings.hpp"
#include "bot/public/views.hpp"

#include "pages/pages.hpp"
#include "storage/ballots.hpp"
#include "storage/district.hpp"
#include "storage/migrations.hpp"
#include "storage/points.hpp"
#include "storage/roster.hpp"
#include "storage/store.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

namespace bot {
namespace {

using governance::CommunityId;
using governance::HouseholdId;
using governance::Instant;
using governance::PersonId;
using governance::Proposal;
using governance::RefNo;
using governance::UnitId;

Instant const kNow(std::chrono::seconds(1'783'300'000));
CommunityId const kVillage{"V2"};

/// The demo district in a store of its own, with matters written straight into it.
class PublicViewsTest : public testing::Test {
protected:
    PublicViewsTest()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "yiqi-views-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("mkdtemp");
        folder_ = pattern;
        storage::StoreOptions options;
        options.url = "sqlite:" + (folder_ / "yiqi.db").string();
        store_ = storage::open_store(options);
        storage::migrate(*store_);
        std::vector<std::string> problems;
        auto const district = storage::read_district(YIQI_SOURCE_DIR "/data/demo", problems);
        store_->write_now([&](storage::Database& db) { storage::import_district(db, district, {"playground"}, {}); });
    }
    ~PublicViewsTest() override
    {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    static Proposal proposal(std::int64_t no, std::string state, std::string title = "入口装升降杆")
    {
        Proposal made;
        made.no = RefNo{no};
        made.community = kVillage;
        made.definition = "five_talks";
        made.definition_version = 1;
        made.state = std::move(state);
        made.title = std::move(title);
        made.text = made.title;
        made.author = PersonId{"R150"};
        made.scope = UnitId{"G12"};
        made.opened_at = made.state_since = kNow;
        return made;
    }
    static governance::Case report(std::int64_t no, std::string category)
    {
        governance::Case made;
        made.no = RefNo{no};
        made.community = kVillage;
        made.definition = "report";
        made.definition_version = 1;
        made.state = "accepted";
        made.title = made.text = "3栋2单元501的李示岚打人";
        made.category = std::move(category);
        made.scope = UnitId{"G12"};
        made.opened_at = made.state_since = kNow;
        return made;
    }
    void save(Proposal const& one)
    {
        store_->write_now([&](storage::Database& db) { storage::save_proposal(db, one, one.state != "closed"); });
    }
    void save(governance::Case const& one)
    {
        store_->write_now([&](storage::Database& db) { storage::save_report(db, one, true); });
    }
    template <class Use>
    void look(Use use)
    {
        store_->read_now([&](storage::Database& db) {
            auto const reference = cache_.get(db);
            PublicViews views(db, *reference, states_);
            use(db, *reference, views);
        });
    }
    std::optional<PublicMatter> matter(std::int64_t no)
    {
        std::optional<PublicMatter> found;
        look([&](auto&, auto const&, PublicViews& views) { found = views.matter(kVillage, no, Detail::full); });
        return found;
    }

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    ReferenceCache cache_;
    StateLookup states_ = [](storage::Database&, std::string const&, int, std::string const& state) {
        return StateWords{"在" + state, "4 协同决议", {}};
    };
};

TEST_F(PublicViewsTest, HiddenMattersDoNotExistFromOutside)
{
    save(proposal(1, "collecting"));
    auto confidential = proposal(2, "collecting");
    confidential.flags.confidential = true;
    save(confidential);
    save(proposal(3, "draft"));
    save(report(4, "integrity"));
    save(report(5, "dispute"));
    save(report(6, "environment"));
    EXPECT_TRUE(matter(1));
    for (std::int64_t const hidden : {2, 3, 4, 5, 7})
        EXPECT_FALSE(matter(hidden)) << hidden;
    look([](auto&, auto const&, PublicViews& views) {
        EXPECT_EQ(views.list(kVillage, storage::kProposal, {}, 0, 10).items.size(), 1U);
        EXPECT_EQ(views.list(kVillage, storage::kReport, {}, 0, 10).items.size(), 1U);
    });
    auto linked = proposal(8, "collecting");
    linked.links = {{governance::LinkKind::follow_up_of, RefNo{1}}, {governance::LinkKind::merged_from, RefNo{2}}};
    save(linked);
    EXPECT_EQ(matter(8)->links.size(), 1U) << "a link to a hidden matter would tell that it is there";
}

TEST_F(PublicViewsTest, AReportShowsCategoryAndPlaceButNoWords)
{
    save(report(1, "environment"));
    auto const text = to_json(*matter(1), Detail::full).dump();
    EXPECT_THAT(text, testing::HasSubstr("环境保护"));
    EXPECT_THAT(text, testing::HasSubstr("幸福里聚居点网格"));
    for (auto const* word : {"501", "李示岚", "打人"})
        EXPECT_THAT(text, testing::Not(testing::HasSubstr(word)));
}

TEST_F(PublicViewsTest, PagesSkipHiddenMattersWithoutLosingOrRepeatingAny)
{
    for (std::int64_t no = 1; no <= 25; ++no) {
        auto one = proposal(no, "collecting");
        one.flags.confidential = no % 3 == 0;
        save(one);
    }
    std::vector<std::int64_t> seen;
    look([&](auto&, auto const&, PublicViews& views) {
        std::int64_t before = 0;
        do {
            auto const page = views.list(kVillage, storage::kProposal, {}, before, 4);
            EXPECT_LE(page.items.size(), 4U);
            for (auto const& item : page.items)
                seen.push_back(item.no);
            before = page.next;
        } while (before != 0);
    });
    EXPECT_EQ(seen.size(), 17U);
    EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
    EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), seen.size());
}

TEST_F(PublicViewsTest, TheTallyWaitsForTheEnd)
{
    auto voting = proposal(1, "voting");
    governance::VotingRound round;
    round.question = "是否同意";
    round.eligible = 64;
    round.opens_at = kNow;
    round.closes_at = kNow + std::chrono::hours(1);
    round.tally = governance::Tally{64, 30, 4, 2, {}};
    round.result = governance::VoteResult{governance::VoteOutcome::passed, 33, 19, {}, {}};
    voting.rounds = {round};
    save(voting);
    EXPECT_FALSE(matter(1)->vote->result) << "not closed, whatever is prepared already";
    voting.rounds.back().closed_at = kNow;
    save(voting);
    EXPECT_FALSE(matter(1)->vote->result) << "still voting";
    voting.state = "publicity";
    save(voting);
    ASSERT_TRUE(matter(1)->vote->result);
    EXPECT_EQ(matter(1)->vote->participating, 36);
    EXPECT_EQ(to_json(*matter(1), Detail::full)["result"]["for"], 30);
}

TEST_F(PublicViewsTest, ARankingShowsOnlyWhatWasPublished)
{
    auto const july = std::chrono::year{2026} / std::chrono::July;
    auto const entry = [](std::int64_t no, std::string subject, std::int64_t points, std::string state) {
        governance::PointsEntry made;
        made.no = RefNo{no};
        made.community = kVillage;
        made.definition = "points_entry";
        made.definition_version = 1;
        made.state = std::move(state);
        made.subject_type = governance::SubjectType::grid;
        made.subject = std::move(subject);
        made.item_code = "X-1";
        made.posted = governance::Points::whole(points);
        made.period = "2026Q3";
        made.posted_at = kNow;
        return made;
    };
    auto const ranked = [&] {
        std::vector<std::pair<std::string, std::int64_t>> rows;
        look([&](storage::Database& db, PublicReference const& reference, PublicViews&) {
            for (auto const& row : published_ranking(db, reference, kVillage, "grid", *months_of("2026Q3")))
                rows.emplace_back(row.subject, row.points.hundredths() / 100);
        });
        return rows;
    };
    auto const save_entry = [&](governance::PointsEntry const& one) {
        store_->write_now([&](storage::Database& db) { storage::save_points_entry(db, one, july); });
    };
    save_entry(entry(1, "G11", 3, "posted"));
    EXPECT_TRUE(ranked().empty()) << "posted, but the quarter is not published";
    save_entry(entry(2, "G12", 5, "published"));
    save_entry(entry(3, "G12", 2, "posted"));
    EXPECT_EQ(ranked(), (std::vector<std::pair<std::string, std::int64_t>>{{"G12", 5}, {"G11", 0}}));
    look([](storage::Database& db, PublicReference const& reference, PublicViews&) {
        EXPECT_TRUE(published_ranking(db, reference, kVillage, "household", *months_of("2026")).empty());
        EXPECT_TRUE(published_ranking(db, reference, kVillage, "grid", *months_of("2026Q2")).empty());
    });
}

TEST_F(PublicViewsTest, NobodyIsNamedOnAPageWhateverTheTextsHold)
{
    auto one = proposal(1, "executing", "宋示梅家门口装灯");
    one.text = "我是宋示梅，住幸福里8号，电话13812345678<b>";
    one.deliberation.minutes = "宋示梅同意，3-2-501反对";
    one.execution.plan = governance::Plan{"S-V203", 1'200'000, {{governance::LocalDate{std::chrono::year{2026} / 7 / 28}, "吴示晖去装"}}};
    one.execution.progress = {{PersonId{"S-V203"}, kNow, 60, "吴示晖说装好一半"}};
    one.objections = {{PersonId{"R167"}, HouseholdId{"HH060"}, "没通知宋示梅", kNow, "已通知宋示梅", kNow, false, {PersonId{"S-V202"}}}};
    save(one);
    store_->write_now([](storage::Database& db) {
        storage::add_page_notice(db, kVillage, RefNo{1}, "N-P01", "【新提议 1】宋示梅家门口装灯，见 http://x.example/c/V2/1。", kNow);
    });
    look([](storage::Database& db, PublicReference const& reference, PublicViews& views) {
        pages::Frame const frame{governance::Zone{}, kNow, false, "/c/V2/1", false};
        auto const page = pages::matter(reference, views, "V2", "1", frame).body;
        auto const json = to_json(*views.matter(kVillage, 1, Detail::full), Detail::full).dump();
        for (auto const& text : {page, json}) {
            for (auto const& name : storage::all_names(db))
                EXPECT_EQ(text.find(name), std::string::npos) << name;
            for (auto const* word : {"13812345678", "幸福里8号", "501", "R150", "R167", "HH060", "S-V20", "<b>同"})
                EXPECT_EQ(text.find(word), std::string::npos) << word;
        }
        EXPECT_THAT(page, testing::HasSubstr("柏树村两委委员"));
        EXPECT_THAT(page, testing::HasSubstr("&lt;b&gt;"));
        EXPECT_THAT(page, testing::HasSubstr("，见 本页。"));
    });
}

} // namespace
} // namespace bot
