#include "storage/ledger.hpp"

#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

#include <set>

namespace storage_tests {
namespace {

using governance::CommunityId;
using governance::RefNo;
using storage::Database;
using storage::Ledger;
using storage::LedgerHead;

constexpr std::int64_t kEntries = 6;

storage::NewEntry entry(std::int64_t n)
{
    static std::array<std::string, 2> const payloads{R"({"choice_known":false})", R"({"turnout":"三户"})"};
    auto const* const private_payload = n % 3 == 0 ? "" : R"({"person":"R0001","choice":"for"})";
    return {storage::instant(1000 * n), CommunityId(n % 2 == 0 ? "C1" : ""),       n % 2 == 0 ? "ballot_cast" : "stage_entered",
            RefNo(n % 2 == 0 ? 12 : 0), payloads[static_cast<std::size_t>(n % 2)], private_payload};
}

class LedgerTest : public testing::Test {
protected:
    void SetUp() override
    {
        books_->write_now([](Database& db) {
            for (std::int64_t n = 1; n <= kEntries; ++n)
                EXPECT_EQ(Ledger(db).append(entry(n)), n);
        });
    }
    storage::LedgerCheck verify(std::optional<LedgerHead> const& published = std::nullopt)
    {
        storage::LedgerCheck check;
        books_->read_now([&](Database& db) { check = storage::verify_ledger(db, published); });
        return check;
    }
    LedgerHead head()
    {
        LedgerHead head;
        books_->read_now([&](Database& db) { head = Ledger(db).head(); });
        return head;
    }
    void tamper(std::string const& sql)
    {
        books_->write_now([&](Database& db) { db.script(sql); });
    }

    Books books_;
};

TEST_F(LedgerTest, AGoodChainVerifies)
{
    auto const check = verify(head());
    EXPECT_TRUE(check.ok()) << check.fault;
    EXPECT_EQ(check.head, head());
    EXPECT_EQ(check.head.size, kEntries);
}

TEST_F(LedgerTest, AnEmptyChainVerifies)
{
    Books empty;
    empty->read_now([](Database& db) {
        auto const check = storage::verify_ledger(db);
        EXPECT_TRUE(check.ok()) << check.fault;
        EXPECT_EQ(check.head, (LedgerHead{0, std::string(64, '0')}));
    });
}

/// Figures computed outside (python3 -c with hashlib), so that the published form cannot drift.
TEST(LedgerForm, TheHashIsWhatTheHeaderSays)
{
    Books books;
    books->write_now([](Database& db) {
        Ledger(db).append({storage::instant(1782870000000000), CommunityId("C1"), "stage_entered", RefNo(12), R"({"to":"公示"})", ""});
        EXPECT_EQ(Ledger(db).head().hash, "4aa9c107b660d9c622abc498027553cb701816c6974e8e51ff9cca27ebcef7de");
    });
}

TEST_F(LedgerTest, ARolledBackAppendLeavesNoTrace)
{
    auto const before = head();
    EXPECT_THROW(books_->write_now([](Database& db) {
        Ledger(db).append(entry(7));
        throw std::runtime_error("refused");
    }),
                 std::runtime_error);
    EXPECT_EQ(head(), before);
    books_->write_now([](Database& db) { EXPECT_EQ(Ledger(db).append(entry(7)), kEntries + 1); });
    EXPECT_TRUE(verify().ok());
}

TEST_F(LedgerTest, PagesAndHistory)
{
    books_->read_now([](Database& db) {
        Ledger ledger(db);
        auto const page = ledger.entries(2, 3);
        ASSERT_EQ(page.size(), 3U);
        EXPECT_EQ(page[0].seq, 3);
        EXPECT_EQ(page[1].community.str(), "C1");
        EXPECT_EQ(page[1].ref_no.value(), 12);
        EXPECT_EQ(page[1].kind, "ballot_cast");
        EXPECT_EQ(page[1].at, storage::instant(4000));
        EXPECT_EQ(page[0].private_digest, "") << "entry 3 has no private part";
        EXPECT_EQ(page[1].private_digest.size(), 64U);
        EXPECT_TRUE(ledger.entries(kEntries, 10).empty());
        auto const history = ledger.history(CommunityId("C1"), RefNo(12), 2, 10);
        ASSERT_EQ(history.size(), 2U);
        EXPECT_EQ(history[0].seq, 4);
        EXPECT_EQ(ledger.private_payload(4), R"({"person":"R0001","choice":"for"})");
        EXPECT_EQ(ledger.private_payload(3), std::nullopt);
        EXPECT_EQ(ledger.private_payload(99), std::nullopt);
    });
}

TEST_F(LedgerTest, EqualPrivatePartsHaveDifferentDigests)
{
    books_->read_now([](Database& db) {
        std::set<std::string> digests;
        for (auto const& row : Ledger(db).entries(0, 100))
            if (!row.private_digest.empty())
                digests.insert(row.private_digest);
        EXPECT_EQ(digests.size(), 4U);
    });
}

TEST_F(LedgerTest, ErasingPrivatePartsKeepsTheChainAndIsEntered)
{
    books_->write_now([](Database& db) {
        EXPECT_EQ(Ledger(db).erase_private(CommunityId("C1"), RefNo(12), "ballot_cast", storage::instant(9000)), 2);
        EXPECT_EQ(Ledger(db).private_payload(2), std::nullopt);
        EXPECT_EQ(Ledger(db).erase_private(CommunityId("C1"), RefNo(12), "ballot_cast", storage::instant(9000)), 0);
    });
    EXPECT_TRUE(verify().ok()) << verify().fault;
    EXPECT_EQ(head().size, kEntries + 1);
}

TEST_F(LedgerTest, APublishedHeadCatchesARewrittenChain)
{
    auto const published = head();
    Books other;
    other->write_now([](Database& db) {
        for (std::int64_t n = 1; n <= kEntries + 1; ++n)
            Ledger(db).append(entry(n + 1));
        auto const check = storage::verify_ledger(db);
        EXPECT_TRUE(check.ok());
    });
    other->read_now([&](Database& db) {
        auto const check = storage::verify_ledger(db, published);
        EXPECT_EQ(check.bad_seq, kEntries) << check.fault;
    });
    auto longer = published;
    longer.size += 1;
    EXPECT_EQ(verify(longer).bad_seq, kEntries + 1);
}

struct Tampering {
    std::string name;
    std::string sql;
    std::int64_t bad_seq;
};

class LedgerTampering : public LedgerTest, public testing::WithParamInterface<Tampering> {};

TEST_P(LedgerTampering, NamesTheFirstBadEntry)
{
    ASSERT_TRUE(verify().ok());
    tamper(GetParam().sql);
    auto const check = verify();
    EXPECT_FALSE(check.ok());
    EXPECT_EQ(check.bad_seq, GetParam().bad_seq) << check.fault;
    EXPECT_NE(check.fault.find("账本第 " + std::to_string(check.bad_seq) + " 条"), std::string::npos) << check.fault;
    EXPECT_EQ(check.fault.find('\n'), std::string::npos);
}

/// Every column of a first, a middle and the last entry, changed in value, in type, and by one character.
std::vector<Tampering> column_cases()
{
    std::vector<Tampering> cases;
    for (std::int64_t const seq : {1, 4, 6}) {
        auto const where = " WHERE seq = " + std::to_string(seq);
        auto const add = [&](std::string const& name, std::string const& set) {
            cases.push_back({name + "_" + std::to_string(seq), "UPDATE ledger SET " + set + where, seq});
        };
        add("at", "at = at + 1");
        add("at_type", "at = at || 'x'");
        add("community", "community = community || 'x'");
        add("kind", "kind = 'ballot_casT'");
        add("ref_no", "ref_no = ref_no + 1");
        add("ref_no_type", "ref_no = ref_no || ' x'");
        add("payload_added", "payload = payload || ' '");
        add("payload_last_byte", "payload = substr(payload, 1, length(payload) - 1) || ']'");
        add("payload_blob", "payload = CAST(payload AS BLOB)");
        add("hash", "hash = substr(hash, 1, 63) || CASE substr(hash, 64) WHEN '0' THEN '1' ELSE '0' END");
        add("hash_case", "hash = hash || ''  || ' '");
        add("private_digest", "private_digest = private_digest || '0'");
        add("moved", "seq = 1000 + seq");
    }
    for (std::int64_t const seq : {1, 4}) { // those have a private part
        auto const where = " WHERE seq = " + std::to_string(seq);
        auto const add = [&](std::string const& name, std::string const& set) {
            cases.push_back({name + "_" + std::to_string(seq), "UPDATE ledger SET " + set + where, seq});
        };
        add("private_payload", "private_payload = replace(private_payload, 'for', 'against')");
        add("private_salt", "private_salt = CASE substr(private_salt, 1, 1) WHEN '0' THEN '1' ELSE '0' END || substr(private_salt, 2)");
        add("private_salt_length", "private_salt = private_salt || '00'");
        add("private_salt_case", "private_salt = upper(private_salt) || ''");
        add("private_payload_gone", "private_payload = NULL");
        add("private_salt_gone", "private_salt = NULL");
        add("private_gone_silently", "private_payload = NULL, private_salt = NULL");
        add("private_digest_gone", "private_digest = ''");
    }
    cases.push_back({"private_added_6",
                     "UPDATE ledger SET private_payload = '{}', private_salt = '00112233445566778899aabbccddeeff' WHERE seq = 6", 6});
    return cases;
}

INSTANTIATE_TEST_SUITE_P(Columns, LedgerTampering, testing::ValuesIn(column_cases()), [](auto const& tc) { return tc.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rows, LedgerTampering,
    testing::Values(
        Tampering{"first_deleted", "DELETE FROM ledger WHERE seq = 1", 1},
        Tampering{"middle_deleted", "DELETE FROM ledger WHERE seq = 3", 3},
        Tampering{"last_deleted", "DELETE FROM ledger WHERE seq = 6", 6}, Tampering{"all_deleted", "DELETE FROM ledger", 1},
        Tampering{
            "swapped",
            "UPDATE ledger SET seq = 99 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 99",
            3},
        Tampering{
            "closed_up",
            "DELETE FROM ledger WHERE seq = 3; UPDATE ledger SET seq = -seq WHERE seq > 3; UPDATE ledger SET seq = -seq - 1 WHERE seq < 0",
            3},
        Tampering{"doubled_at_the_end",
                  "INSERT INTO ledger SELECT 7, at, community, kind, ref_no, payload, private_payload, private_salt, private_digest, hash "
                  "FROM ledger WHERE seq = 6",
                  7},
        Tampering{"head_hash", "UPDATE ledger_head SET hash = replace(replace(hash, 'a', '#'), '1', 'a')", 6},
        Tampering{"head_size_up", "UPDATE ledger_head SET size = 7", 7}, Tampering{"head_size_down", "UPDATE ledger_head SET size = 5", 6},
        Tampering{"last_deleted_with_head_set_back", "DELETE FROM ledger WHERE seq = 6; UPDATE ledger_head SET size = 5", 5},
        Tampering{"head_gone", "DELETE FROM ledger_head", 1}),
    [](auto const& tc) { return tc.param.name; });

} // namespace
} // namespace storage_tests
