// Training words say how parameters are trained: what one update does to a
// parameter, what becomes of its gradient before, and which samples a pass
// sees. The formulas are those of the optimizers' table.
#pragma once

#include <string>
#include <vector>

#include "core/stepping/timeline.h"

namespace backstep {

// Whether an update is the learning rate times the gradient and nothing else.
bool is_plain_descent(const Training& training);

// What is done in the present pass to the parameter called `name` in formulas,
// a line each: "v ← 0.9·v + g", "W₁ ← W₁ − 0.1·v".
std::vector<std::string> update_lines(const Timeline& timeline, const Training& training,
                                      const std::string& name);

// What g is in them: "∂L/∂W₁, norm clipped at 1".
std::string gradient_used(const Training& training, const std::string& gradient,
                          const std::string& name);

// The pass, counted from 1, after which the gradients added up so far are used.
long pass_of_next_update(const Timeline& timeline);

// What was done to show an edit of `leaf` made at `from`, and the way back:
// "W₁ is edited. Pass 2 is run with it, …".
std::string words_of_edit(const Timeline& timeline, int leaf, Position from,
                          const std::string& way_back);

// Whether what is shown of the leaf is its value in the next pass: it has been
// updated already, and the values and gradients beside it have not.
bool is_of_next_pass(const Timeline& timeline, int leaf);

// What the update of `parameter` does, in a line: "W₁ ← W₁ − 0.5 · ∂L/∂W₁".
std::string describe_update(const Timeline& timeline, int parameter);

// "epoch 3 · batch 12 of 25"; empty where a pass sees all samples.
std::string batch_words(const Timeline& timeline, const std::string& between = " · ");

// "Adam · batches of 10, shuffled"; empty for plain descent on all samples.
std::string training_words(const Timeline& timeline);

}  // namespace backstep
