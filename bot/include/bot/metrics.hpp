#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace bot {

/// A number that only grows. Any thread.
class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// How often values fell below each bound. Any thread.
class Histogram {
public:
    /// `bounds` ascending; +Inf is added.
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);

private:
    friend class Metrics;
    std::vector<double> bounds_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> counts_; ///< one more than bounds
    std::atomic<double> sum_{0};
};

/// What is counted and measured, in the text format of Prometheus. A registry of our own: see docs/decisions/0005.
class Metrics {
public:
    using Labels = std::vector<std::pair<std::string, std::string>>;
    struct Sample {
        Labels labels;
        double value = 0;
    };
    enum class Type { counter, gauge, histogram, summary };

    /// The counter of that name and labels, made at first use; the reference stays valid.
    Counter& counter(std::string const& name, std::string const& help, Labels const& labels = {});
    Histogram& histogram(std::string const& name, std::string const& help, std::vector<double> bounds, Labels const& labels = {});
    /// Values asked for whenever the metrics are read; `read` must be quick and thread-safe.
    void gauge(std::string const& name, std::string const& help, std::function<std::vector<Sample>()> read);
    /// A sum and a count kept elsewhere, shown as a summary without quantiles.
    void summary(std::string const& name, std::string const& help, std::function<std::pair<double, double>()> sum_and_count);

    /// All of them, by name.
    [[nodiscard]] std::string text() const;

private:
    struct Family {
        std::string help;
        Type type = Type::counter;
        std::map<std::string, std::unique_ptr<Counter>> counters; ///< by labels as written
        std::map<std::string, std::unique_ptr<Histogram>> histograms;
        std::function<std::vector<Sample>()> read;
        std::function<std::pair<double, double>()> sum_and_count;
    };
    Family& family(std::string const& name, std::string const& help, Type type);
    static void write(std::string& out, std::string const& name, Family const& family);

    mutable std::mutex mutex_;
    std::map<std::string, Family> families_; ///< under mutex_
};

} // namespace bot
