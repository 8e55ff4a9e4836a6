// Suggestions say what would have been right when a word is not known.
#pragma once

#include <string>
#include <vector>

namespace backstep {

// "; did you mean 'tanh'?" when one of `known` is close to `word`; else the
// list of them behind `introduction`; nothing when there are none.
std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction);

}  // namespace backstep
