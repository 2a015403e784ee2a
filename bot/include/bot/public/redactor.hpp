#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bot {

/// Takes out of what residents wrote that which must not stand in public: flats, house numbers of hamlets, phone and identity numbers,
/// and names of the roll ("李某"). Building-level places stay. Source: domain.md 14.1.
class Redactor {
public:
    /// `names`: everybody on the roll. `hamlets`: names after which a house number tells where somebody lives.
    explicit Redactor(std::vector<std::string> const& names = {}, std::vector<std::string> const& hamlets = {});
    ~Redactor();
    Redactor(Redactor&&) noexcept;
    Redactor& operator=(Redactor&&) noexcept;

    /// Takes and gives UTF-8; looks at the first 4000 characters and leaves out the rest.
    [[nodiscard]] std::string clean(std::string_view text) const;

private:
    struct Rules;
    std::unique_ptr<Rules const> rules_;
};

} // namespace bot
