#pragma once

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace conformance {

/// One vector of a file under tests/conformance/vectors.
struct Vector {
    nlohmann::json value;
    [[nodiscard]] std::string at(char const* name) const { return value.at(name).get<std::string>(); }
    [[nodiscard]] std::string kind() const { return value.value("kind", ""); }
};

inline std::vector<Vector> load(std::string const& file)
{
    std::ifstream in(std::string(YIQI_SOURCE_DIR) + "/tests/conformance/vectors/" + file);
    std::vector<Vector> vectors;
    auto const file_content = nlohmann::json::parse(in);
    for (auto const& value : file_content.at("vectors")) {
        Vector vector;
        vector.value = value;
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

/// Those of one file and kind, or of every kind.
inline std::vector<Vector> load(std::string const& file, std::vector<std::string> const& kinds)
{
    std::vector<Vector> vectors;
    for (auto& vector : load(file)) {
        if (std::find(kinds.begin(), kinds.end(), vector.kind()) != kinds.end())
            vectors.push_back(vector);
    }
    return vectors;
}

inline void PrintTo(Vector const& vector, std::ostream* out)
{
    *out << vector.at("id");
}

/// Name generator: the vector's id as GoogleTest wants it.
inline std::string name_of(testing::TestParamInfo<Vector> const& tc)
{
    std::string name = tc.param.at("id");
    for (char& c : name)
        c = c == '-' ? '_' : c;
    return name;
}

} // namespace conformance
