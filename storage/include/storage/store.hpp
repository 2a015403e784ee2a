#pragma once

#include "storage/database.hpp"

#include <array>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace storage {

/// Why a unit of work or a query could not be done although it was well formed.
enum class StoreFault {
    busy,        ///< locked or overloaded; worth trying again
    full,        ///< no room on the disk
    unreachable, ///< the server or the file cannot be reached, or the store is closed
    corrupt,     ///< the store is damaged
    constraint,  ///< a uniqueness or other rule of the schema was broken: a bug, or two writers
    schema,      ///< the schema is newer or older than the program
    other,
};

class StoreError : public std::runtime_error {
public:
    StoreError(StoreFault fault, std::string const& what) : std::runtime_error(what), fault_(fault) {}
    [[nodiscard]] StoreFault fault() const { return fault_; }

private:
    StoreFault fault_;
};

struct StoreOptions {
    std::string url;                ///< "sqlite:PATH"; a driver that this build lacks is refused with a StoreError
    std::size_t readers = 2;        ///< read-only connections, each with its own thread
    bool create = true;             ///< create the file (and its folder) when missing
    std::size_t queue_limit = 4096; ///< units of work, and as many reads, that may wait; beyond, they fail with StoreFault::busy
    std::size_t batch_limit = 256;  ///< units of work that share one commit at most
    /// The write-ahead log is made so long at once: a commit that need not lengthen a file waits a tenth as long for a disk that
    /// others use too. 0: as it comes.
    std::int64_t log_bytes = std::int64_t{16} << 20;
    std::int64_t page_limit = 0; ///< the file may hold so many pages of 4 KiB, then it is full; 0: what the disk takes
};

/// The books. One writer drains a queue of units of work; a batch of them shares one commit, and a unit that fails rolls back alone. Units
/// are answered in their order, each once its commit is on stable storage. Readers see what was committed, at most one sync before that.
class Store {
public:
    using Work = std::function<void(Database&)>;
    /// Called once, on a thread of the store and never from within write(): after the commit that covers the work (null), or with why
    /// it was rolled back. It must be short and must not throw.
    using Done = std::function<void(std::exception_ptr)>;

    virtual ~Store() = default;
    /// Queues a unit of work. It may run more than once when the batch it was in could not be committed, so it must change nothing
    /// but the database and its own result. Errors: StoreError unreachable once close() was called; `done` is not called then.
    virtual void write(Work work, Done done) = 0;
    /// Queues a read in one consistent snapshot. Errors: as write().
    virtual void read(Work work, Done done) = 0;
    /// Takes what waits until it is done, then refuses new work. Not from a thread of the store. Repeats do nothing; the destructor
    /// calls it.
    virtual void close() = 0;

    /// Counts since opening, for metrics.
    struct Statistics {
        static constexpr std::size_t kBatchClasses = 10;

        std::int64_t commits = 0;           ///< commits that changed something
        std::int64_t syncs = 0;             ///< waits for the disk; one covers every commit before it
        std::int64_t unchanged_batches = 0; ///< batches that changed nothing
        std::int64_t units = 0;             ///< units of work done
        std::int64_t failed_units = 0;
        std::int64_t waiting = 0; ///< units of work in the queue now
        std::int64_t largest_batch = 0;
        /// Commits by size: class n counts batches of at most 2^n units that fit no smaller class, the last one all above.
        std::array<std::int64_t, kBatchClasses> batch_sizes{};
    };
    [[nodiscard]] virtual Statistics statistics() const = 0;

    /// write() and read() for callers that may wait: tests, the command line, start-up. Rethrows what the work threw.
    void write_now(Work work);
    void read_now(Work work);
};

/// Opens a store without migrating it.
/// Errors: StoreError.
std::unique_ptr<Store> open_store(StoreOptions const& options);

} // namespace storage
