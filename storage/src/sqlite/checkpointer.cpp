#include "checkpointer.hpp"

namespace storage::sqlite {
namespace {

constexpr int kCopyEvery = 1000;  // pages of 4 KiB that the log grows by between two copies
constexpr int kFinishFrom = 3000; // below what StoreOptions::log_bytes reserves

void copy_back(Connection& db)
{
    // A failure is no loss: the log still has everything, and the next commit asks again.
    sqlite3_wal_checkpoint_v2(db.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace

Checkpointer::Checkpointer(std::filesystem::path const& file) : db_(file, Access::write), thread_([this] { loop(); }) {}

Checkpointer::~Checkpointer()
{
    close();
}

void Checkpointer::committed(Connection& writer, int log_pages, bool idle)
{
    if (log_pages < copied_at_) // the log started over
        copied_at_ = 0;
    if (!resting_)
        return;
    if (!finished_ && (idle || log_pages >= kFinishFrom)) {
        finished_ = true; // what was committed during the copy just made; then the next commit starts the log over
        copy_back(writer);
        return;
    }
    if (log_pages - copied_at_ < kCopyEvery)
        return;
    copied_at_ = log_pages;
    finished_ = false;
    {
        std::lock_guard const lock(mutex_);
        wanted_ = true;
        resting_ = false;
    }
    wanted_changed_.notify_one();
}

void Checkpointer::close()
{
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    wanted_changed_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void Checkpointer::loop()
{
    std::unique_lock lock(mutex_);
    while (true) {
        wanted_changed_.wait(lock, [this] { return wanted_ || closed_; });
        if (closed_)
            return;
        wanted_ = false;
        lock.unlock();
        copy_back(db_);
        lock.lock();
        resting_ = true;
    }
}

} // namespace storage::sqlite
