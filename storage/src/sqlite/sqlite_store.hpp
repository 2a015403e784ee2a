#pragma once

#include "../files.hpp"
#include "checkpointer.hpp"
#include "log_sync.hpp"
#include "queue.hpp"
#include "storage/store.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace storage::sqlite {

/// The store in one SQLite file: a writer thread with the only write connection, a thread that syncs what was committed, reader threads
/// with read-only connections. The writer answers, between units, those whose commits are on the disk by then. Source:
/// docs/decisions/0012.
class SqliteStore final : public Store {
public:
    /// `sync` brings the log to the disk; a test may put its own disk here. Errors: StoreError when the file cannot be opened.
    explicit SqliteStore(StoreOptions const& options, std::function<void()> sync = {});
    ~SqliteStore() override;
    SqliteStore(SqliteStore const&) = delete;
    SqliteStore& operator=(SqliteStore const&) = delete;

    void write(Work work, Done done) override;
    void read(Work work, Done done) override;
    void close() override;
    [[nodiscard]] Statistics statistics() const override;

private:
    /// Units that were run and wait for the disk.
    struct Run {
        std::vector<Unit> units;
        LogSync::Ticket ticket = 0;
    };
    void write_loop();
    void run(std::vector<Unit> units);
    /// Appends what waits to a batch.
    void extend(std::vector<Unit>& batch);
    void wait_for_disk(std::vector<Unit> units, bool committed);
    /// Answers what is on the disk; everything, with why, when the disk failed.
    void answer_synced();
    void answer_all(std::vector<Unit>& units);
    void read_loop(Connection& db);
    void count_commit(std::size_t units);
    void count_units(std::vector<Unit> const& units);

    std::size_t const batch_limit_;
    Queue writes_;
    Queue reads_;
    mutable std::mutex statistics_mutex_;
    Statistics statistics_;
    int log_pages_ = 0; ///< of the write-ahead log after the last commit; the writer's
    std::unique_ptr<Connection> writer_;
    std::vector<std::unique_ptr<Connection>> readers_;
    std::unique_ptr<Checkpointer> checkpointer_;
    std::unique_ptr<LogFile> log_;
    std::unique_ptr<LogSync> disk_;
    std::deque<Run> unanswered_; ///< in order; the writer's
    bool lone_ = false;          ///< the last batch was one unit that found everything answered; the writer's
    std::mutex close_mutex_;
    std::vector<std::thread> threads_;
};

} // namespace storage::sqlite
