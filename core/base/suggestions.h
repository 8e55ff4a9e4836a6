// Suggestions answer a word that is not known: with a word that is spelt similarly, or
// with the one meant by a word of NumPy, PyTorch, Keras or Python.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// How one writes here what is `word` elsewhere: "a power is written x**2" for pow. Empty
// if there is nothing to say.
std::string how_it_is_written(std::string_view word);

// The one of `known` that `word` means elsewhere: "maximum" for max, "leaky_relu" for
// LeakyReLU. Empty if there is none.
std::string synonym(std::string_view word, const std::vector<std::string>& known);

// "; did you mean 'tanh'?" if `word` means one of `known` or is spelt similarly; else
// `introduction` and a list of them; nothing if there are none.
std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction);

}  // namespace backstep
