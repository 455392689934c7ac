#pragma once

#include "engine/name_words.hpp"
#include "engine/network.hpp"

namespace maillage::io {

/// The words of every actor's name: those of name_key with three letters or more, cut after seven so that endings do
/// not matter ("chimie", "chimique" and "chemistry" stay apart; "materiaux" and "materials" meet).
/// Cost  O(bytes of names, log of the words).
[[nodiscard]] NameWords actor_words(const Network& network);

}  // namespace maillage::io
