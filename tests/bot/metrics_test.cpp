#include "bot/metrics.hpp"

namespace bot {
namespace {

TEST(Metrics, WritesTheTextFormat)
{
    Metrics metrics;
    metrics.counter("yiqi_a_total", "What a is.", {{"platform", "wecom-app"}, {"outcome", "x\"\\\n"}}).add(2);
    auto& histogram = metrics.histogram("yiqi_b_seconds", "What b is.", {0.5, 1});
    for (auto const value : {0.5, 0.75, 3.0})
        histogram.observe(value);
    metrics.gauge("yiqi_c", "What c is.", [] { return std::vector<Metrics::Sample>{{{{"k", "v"}}, 1.5}, {{}, 2}}; });
    metrics.summary("yiqi_d", "What d is.", [] { return std::pair(10.0, 4.0); });
    EXPECT_EQ(metrics.text(), "# HELP yiqi_a_total What a is.\n# TYPE yiqi_a_total counter\n"
                              "yiqi_a_total{platform=\"wecom-app\",outcome=\"x\\\"\\\\\\n\"} 2\n"
                              "# HELP yiqi_b_seconds What b is.\n# TYPE yiqi_b_seconds histogram\n"
                              "yiqi_b_seconds_bucket{le=\"0.5\"} 1\nyiqi_b_seconds_bucket{le=\"1\"} 2\n"
                              "yiqi_b_seconds_bucket{le=\"+Inf\"} 3\nyiqi_b_seconds_sum 4.25\nyiqi_b_seconds_count 3\n"
                              "# HELP yiqi_c What c is.\n# TYPE yiqi_c gauge\nyiqi_c{k=\"v\"} 1.5\nyiqi_c 2\n"
                              "# HELP yiqi_d What d is.\n# TYPE yiqi_d summary\nyiqi_d_sum 10\nyiqi_d_count 4\n");
}

TEST(Metrics, GivesTheSameCounterForTheSameLabels)
{
    Metrics metrics;
    metrics.counter("a", "h", {{"k", "1"}}).add();
    metrics.counter("a", "h", {{"k", "1"}}).add();
    EXPECT_EQ(metrics.counter("a", "h", {{"k", "1"}}).value(), 2U);
    EXPECT_EQ(metrics.counter("a", "h", {{"k", "2"}}).value(), 0U);
}

} // namespace
} // namespace bot
