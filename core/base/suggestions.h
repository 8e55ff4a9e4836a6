// Suggestions say what would have been right when a word is not known: a word that
// is spelt nearly so, or what NumPy, PyTorch, Keras and Python call it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// How that is written here for which others have `word`: "a power is written x**2"
// for pow. Empty where there is nothing to say.
std::string how_it_is_written(std::string_view word);

// The one of `known` that is meant by a word which others use for it: "maximum" for
// max, "leaky_relu" for LeakyReLU. Empty where none is.
std::string synonym(std::string_view word, const std::vector<std::string>& known);

// "; did you mean 'tanh'?" when one of `known` is meant by `word`, or close to it;
// else the list of them behind `introduction`; nothing when there are none.
std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction);

}  // namespace backstep
