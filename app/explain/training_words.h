// Training words describe how parameters are trained: what one update does to a
// parameter, how its gradient is changed before that, and which samples a pass sees.
// The formulas are those of the table of optimizers.
#pragma once

#include <string>
#include <vector>

#include "core/stepping/timeline.h"

namespace backstep {

// Whether an update subtracts the learning rate times the gradient and nothing else.
bool is_plain_descent(const Training& training);

// The formulas of the present pass's update, one a line, for a parameter called `name`:
// "v ← 0.9·v + g", "W₁ ← W₁ − 0.1·v".
std::vector<std::string> update_lines(const Timeline& timeline, const Training& training,
                                      const std::string& name);

// What g stands for in them: "∂L/∂W₁, norm clipped at 1".
std::string gradient_used(const Training& training, const std::string& gradient,
                          const std::string& name);

// The pass, counted from 1, after which the accumulated gradients are used.
long pass_of_next_update(const Timeline& timeline);

// What an edit of `leaf` at `from` has done to the timeline, and the way back: "W₁ is
// edited. Pass 2 is run with it, …".
std::string edit_words(const Timeline& timeline, int leaf, Position from,
                       const std::string& way_back);

// Whether the leaf is updated already, so that it shows its value in the next pass while
// the values and gradients beside it are those of this pass.
bool is_of_next_pass(const Timeline& timeline, int leaf);

// The update of `parameter` in one line: "W₁ ← W₁ − 0.5 · ∂L/∂W₁".
std::string describe_update(const Timeline& timeline, int parameter);

// "epoch 3 · batch 12 of 25"; empty if a pass sees all samples.
std::string batch_words(const Timeline& timeline, const std::string& between = " · ");

// "Adam · batches of 10, shuffled"; empty for plain gradient descent on all samples.
std::string training_words(const Timeline& timeline);

}  // namespace backstep
