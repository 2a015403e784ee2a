#include "bot/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace bot {
namespace {

/// `a="x",b="y"` with the escapes of the format.
std::string labels_text(Metrics::Labels const& labels)
{
    std::string text;
    for (auto const& [name, value] : labels) {
        text.append(text.empty() ? "" : ",").append(name).append("=\"");
        for (char const c : value) {
            if (c == '\n')
                text.append("\\n");
            else if (c == '"' || c == '\\')
                text.append(1, '\\').append(1, c);
            else
                text.append(1, c);
        }
        text.append(1, '"');
    }
    return text;
}

void write_line(std::string& out, std::string_view name, std::string_view labels, double value)
{
    auto end = std::back_inserter(out);
    if (labels.empty())
        fmt::format_to(end, "{} {}\n", name, value);
    else
        fmt::format_to(end, "{}{{{}}} {}\n", name, labels, value);
}

std::string_view type_name(Metrics::Type type)
{
    constexpr std::string_view kNames[] = {"counter", "gauge", "histogram", "summary"};
    return kNames[static_cast<std::size_t>(type)];
}

} // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1))
{
}

void Histogram::observe(double value)
{
    auto const bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Metrics::Family& Metrics::family(std::string const& name, std::string const& help, Type type)
{
    auto& found = families_[name];
    found.help = help;
    found.type = type;
    return found;
}

Counter& Metrics::counter(std::string const& name, std::string const& help, Labels const& labels)
{
    std::lock_guard const lock(mutex_);
    auto& slot = family(name, help, Type::counter).counters[labels_text(labels)];
    if (!slot)
        slot = std::make_unique<Counter>();
    return *slot;
}

Histogram& Metrics::histogram(std::string const& name, std::string const& help, std::vector<double> bounds, Labels const& labels)
{
    std::lock_guard const lock(mutex_);
    auto& slot = family(name, help, Type::histogram).histograms[labels_text(labels)];
    if (!slot)
        slot = std::make_unique<Histogram>(std::move(bounds));
    return *slot;
}

void Metrics::gauge(std::string const& name, std::string const& help, std::function<std::vector<Sample>()> read)
{
    std::lock_guard const lock(mutex_);
    family(name, help, Type::gauge).read = std::move(read);
}

void Metrics::summary(std::string const& name, std::string const& help, std::function<std::pair<double, double>()> sum_and_count)
{
    std::lock_guard const lock(mutex_);
    family(name, help, Type::summary).sum_and_count = std::move(sum_and_count);
}

void Metrics::write(std::string& out, std::string const& name, Family const& family)
{
    fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, type_name(family.type));
    for (auto const& [labels, counter] : family.counters)
        write_line(out, name, labels, static_cast<double>(counter->value()));
    for (auto const& [labels, histogram] : family.histograms) {
        auto const comma = labels.empty() ? "" : ",";
        std::uint64_t total = 0;
        for (std::size_t i = 0; i <= histogram->bounds_.size(); ++i) {
            total += histogram->counts_[i].load(std::memory_order_relaxed);
            auto const bound = i < histogram->bounds_.size() ? fmt::format("{}", histogram->bounds_[i]) : "+Inf";
            write_line(out, name + "_bucket", fmt::format("{}{}le=\"{}\"", labels, comma, bound), static_cast<double>(total));
        }
        write_line(out, name + "_sum", labels, histogram->sum_.load(std::memory_order_relaxed));
        write_line(out, name + "_count", labels, static_cast<double>(total));
    }
    if (family.read) {
        for (auto const& sample : family.read())
            write_line(out, name, labels_text(sample.labels), sample.value);
    }
    if (family.sum_and_count) {
        auto const [sum, count] = family.sum_and_count();
        write_line(out, name + "_sum", "", sum);
        write_line(out, name + "_count", "", count);
    }
}

std::string Metrics::text() const
{
    std::lock_guard const lock(mutex_);
    std::string out;
    for (auto const& [name, family] : families_)
        write(out, name, family);
    return out;
}

} // namespace bot
