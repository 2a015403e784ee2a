#pragma once

#include "connection.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace storage::sqlite {

/// Copies the write-ahead log back into the database file on a thread and a connection of its own, so that commits do not wait
/// for it. A writer that never pauses keeps appending meanwhile, so the log could not start over; therefore the writer finishes what
/// little is left when the log has become long.
class Checkpointer {
public:
    explicit Checkpointer(std::filesystem::path const& file);
    ~Checkpointer();
    Checkpointer(Checkpointer const&) = delete;
    Checkpointer& operator=(Checkpointer const&) = delete;

    /// Told by the writer after a commit that left `log_pages` in the log. Waits for the disk only after a copy, when the writer is
    /// idle or the log long.
    void committed(Connection& writer, int log_pages, bool idle);
    void close();

private:
    void loop();

    int copied_at_ = 0;    ///< length of the log when the last copy was asked for; the writer's
    bool finished_ = true; ///< the writer finished the last copy; the writer's
    Connection db_;
    std::mutex mutex_;
    std::condition_variable wanted_changed_;
    bool wanted_ = false;
    bool closed_ = false;
    std::atomic<bool> resting_ = true; ///< no copying is wanted or under way
    std::thread thread_;
};

} // namespace storage::sqlite
