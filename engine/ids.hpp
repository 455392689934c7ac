#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

/// Strong ids: one 32-bit enum per kind of thing, without arithmetic, so that a container of actors
/// cannot be subscripted with an expertise.
namespace maillage {

enum class ActorId : std::uint32_t {};
enum class ExpertiseId : std::uint32_t {};
enum class PartnershipId : std::uint32_t {};
enum class OpportunityId : std::uint32_t {};
enum class VertexId : std::uint32_t {};     ///< position of an actor in a GraphView
enum class CommunityId : std::uint32_t {};  ///< block of a Partition
enum class GroupId : std::uint32_t {};      ///< value of an attribute, see GroupLabels
enum class TextId : std::uint32_t {};       ///< text in a TextPool; 0 is the empty text

template <class T>
concept StrongId = std::is_enum_v<T> && std::is_unsigned_v<std::underlying_type_t<T>>;

template <StrongId Id>
[[nodiscard]] constexpr std::size_t index_of(Id id) noexcept {
    return static_cast<std::size_t>(id);
}

/// The id at a position. Positions beyond 2^32 - 1 never occur: the builder refuses such tables.
template <StrongId Id>
[[nodiscard]] constexpr Id id_at(std::size_t index) noexcept {
    return static_cast<Id>(static_cast<std::uint32_t>(index));
}

/// "No such thing": for dense tables where std::optional would double the size.
template <StrongId Id>
inline constexpr Id none = static_cast<Id>(std::numeric_limits<std::uint32_t>::max());

/// The ids 0 .. count-1, for range-for loops.
template <StrongId Id>
class IdRange {
public:
    class iterator {
    public:
        using value_type = Id;
        using difference_type = std::ptrdiff_t;
        iterator() = default;
        explicit constexpr iterator(std::size_t i) noexcept : i_(i) {}
        [[nodiscard]] constexpr Id operator*() const noexcept { return id_at<Id>(i_); }
        constexpr iterator& operator++() noexcept {
            ++i_;
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator old = *this;
            ++i_;
            return old;
        }
        friend constexpr bool operator==(iterator, iterator) = default;

    private:
        std::size_t i_ = 0;
    };

    explicit constexpr IdRange(std::size_t count) noexcept : count_(count) {}
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(0); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator(count_); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }

private:
    std::size_t count_;
};

/// A std::vector that can only be subscripted by the id type it was made for.
template <StrongId Id, class T>
class IdVector {
public:
    IdVector() = default;
    explicit IdVector(std::size_t n, T init = T{}) : items_(n, std::move(init)) {}
    [[nodiscard]] decltype(auto) operator[](Id id) const { return items_[index_of(id)]; }
    [[nodiscard]] decltype(auto) operator[](Id id) { return items_[index_of(id)]; }
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
    [[nodiscard]] IdRange<Id> ids() const noexcept { return IdRange<Id>(items_.size()); }
    void push_back(T item) { items_.push_back(std::move(item)); }
    [[nodiscard]] const std::vector<T>& items() const noexcept { return items_; }
    [[nodiscard]] std::vector<T>& items() noexcept { return items_; }

private:
    std::vector<T> items_;
};

}  // namespace maillage
