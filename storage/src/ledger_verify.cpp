#include "ledger_hash.hpp"
#include "storage/ledger.hpp"
#include "storage/store.hpp"

#include <map>
#include <tuple>

namespace storage {
namespace {

std::string entry_name(std::int64_t seq)
{
    return "账本第 " + std::to_string(seq) + " 条";
}

/// Walks the chain once, from the first entry.
class ChainWalk {
public:
    explicit ChainWalk(std::optional<LedgerHead> const& published) : published_(published) {}

    /// Checks the row that should be the next entry; what is wrong with it, or "".
    std::string check(Cursor const& row)
    {
        auto const expected = head_.size + 1;
        HashedColumns const entry{row.integer(0), row.integer(1), row.text(2), row.text(3), row.integer(4), row.text(5), row.text(6)};
        if (entry.seq != expected)
            return "缺失";
        auto const hash = entry_hash(head_.hash, entry);
        if (row.null(7) || row.text(7) != hash)
            return "被改动：内容与哈希不符";
        if (auto fault = check_private(row, entry); !fault.empty())
            return fault;
        if (published_ && published_->size == expected && published_->hash != hash)
            return "与公布过的账本头不符：此条或更早的内容被整体替换";
        note_erasure(entry);
        head_ = {expected, hash};
        return {};
    }

    /// The first entry whose private payload is gone although no entry says that it was erased; 0: none.
    [[nodiscard]] std::int64_t silently_erased() const
    {
        std::int64_t first = 0;
        for (auto const& [matter, seq] : erased_)
            if (first == 0 || seq < first)
                first = seq;
        return first;
    }

    [[nodiscard]] LedgerHead const& head() const { return head_; }

private:
    std::string check_private(Cursor const& row, HashedColumns const& entry)
    {
        bool const has_payload = !row.null(8);
        if (has_payload == row.null(9))
            return "被改动：私密内容与盐不成对";
        if (entry.private_digest.empty())
            return has_payload ? "被改动：多出私密内容" : "";
        if (!has_payload) {
            erased_.try_emplace({std::string(entry.community), entry.ref_no, erased_payload(entry.kind)}, entry.seq);
            return {};
        }
        return private_digest(row.text(9), row.text(8)) == entry.private_digest ? "" : "被改动：私密内容与摘要不符";
    }

    void note_erasure(HashedColumns const& entry)
    {
        if (entry.kind == kPrivateErased)
            erased_.erase({std::string(entry.community), entry.ref_no, std::string(entry.payload)});
    }

    using Matter = std::tuple<std::string, std::int64_t, std::string>;
    std::optional<LedgerHead> published_;
    LedgerHead head_{0, std::string(kLedgerStart)};
    std::map<Matter, std::int64_t> erased_; ///< what was erased and by no entry so far; first seq
};

LedgerCheck fault_at(LedgerHead const& good, std::int64_t seq, std::string const& what)
{
    return {good, seq, entry_name(seq) + what};
}

LedgerCheck check_end(ChainWalk const& walk, LedgerHead const& stored, std::optional<LedgerHead> const& published)
{
    auto const& head = walk.head();
    if (head.size < stored.size)
        return fault_at(head, head.size + 1, "缺失：账本头记着共 " + std::to_string(stored.size) + " 条");
    if (head.size > stored.size)
        return fault_at(head, stored.size + 1, "多出：账本头只记着 " + std::to_string(stored.size) + " 条");
    if (head.hash != stored.hash)
        return fault_at(head, head.size, "与账本头的哈希不符：账本头被改动");
    if (published && published->size > head.size)
        return fault_at(head, head.size + 1, "缺失：公布过的账本头有 " + std::to_string(published->size) + " 条");
    if (auto const seq = walk.silently_erased(); seq > 0)
        return fault_at(head, seq, "的私密内容被删除，却没有相应的删除记录");
    return {head, 0, {}};
}

} // namespace

LedgerCheck verify_ledger(Database& db, std::optional<LedgerHead> const& published)
{
    ChainWalk walk(published);
    try {
        auto const stored = Ledger(db).head();
        auto rows = db.query("SELECT seq, at, community, kind, ref_no, payload, private_digest, hash, private_payload, private_salt "
                             "FROM ledger ORDER BY seq");
        while (rows.next())
            if (auto fault = walk.check(rows); !fault.empty())
                return fault_at(walk.head(), walk.head().size + 1, fault);
        return check_end(walk, stored, published);
    } catch (StoreError const& error) {
        if (error.fault() != StoreFault::corrupt)
            throw;
        return fault_at(walk.head(), walk.head().size + 1, std::string("读不出来，数据已损坏：") + error.what());
    }
}

} // namespace storage
