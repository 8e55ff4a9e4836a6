// Programs for the tests of the graph's picture: worked examples, and random ones of any size.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace backstep {

inline const std::string two_inputs = R"(x  = input([[0.5, 0.8]])
y  = target([[1.0]])

layer("hidden")
W1 = param([[0.4], [0.6]])
b1 = param([[0.1]])
z1 = x @ W1 + b1
a1 = sigmoid(z1)

layer("output")
W2 = param([[0.9]])
b2 = param([[0.1]])
z2 = a1 @ W2 + b2
p  = sigmoid(z2)
L  = half_mse(p, y)
)";

inline const std::string by_hand = R"(
x1 = input([[0.5]])
x2 = input([[0.8]])
W11 = param([[0.4]])
W12 = param([[0.6]])
b1 = param([[0.1]])
W2 = param([[0.9]])
b2 = param([[0.1]])
y = target([[1.0]])
p1 = x1 * W11
p2 = x2 * W12
z1 = p1 + p2 + b1
a1 = sigmoid(z1)
z2 = a1 * W2 + b2
yhat = sigmoid(z2)
L = (yhat - y) ** 2 / 2
)";

inline const std::string skips = R"(
x = input([[0.5, 0.8, -0.3]])
y = target([[1.0, 0.2, 0.1]])
layer("block 1")
W1 = param(3, 3, init="xavier", seed=1)
b1 = param(1, 3, init="zeros")
h1 = x + relu(x @ W1 + b1)
layer("block 2")
W2 = param(3, 3, init="xavier", seed=2)
b2 = param(1, 3, init="zeros")
h2 = h1 + relu(h1 @ W2 + b2)
layer("out")
W3 = param(3, 3, init="xavier", seed=3)
p = x + h1 + h2 @ W3
L = mse(p, y)
)";

inline const std::string towers = R"(
xa = input([[0.5, 0.8]])
xb = input([[0.1, -0.8, 0.3]])
y = target([[1.0]])
layer("image")
Wa = param(2, 2, init="xavier", seed=1)
a1 = tanh(xa @ Wa)
Wc = param(2, 2, init="xavier", seed=5)
a2 = tanh(a1 @ Wc)
layer("text")
Wb = param(3, 2, init="xavier", seed=2)
t1 = tanh(xb @ Wb)
layer("joined")
Wj = param(2, 1, init="xavier", seed=3)
p = sigmoid((a2 * t1) @ Wj)
L = mse(p, y) + 0.01 * (sum(Wa * Wa) + sum(Wb ** 2))
)";

inline std::string replaced(std::string text, const std::string& word, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += by.size())
    text.replace(at, word.size(), by);
  return text;
}

inline std::string chain_of_layers(int count, int width) {
  const std::string w = std::to_string(width);
  std::string text = "x = input(1, " + w + ", init=\"normal\", seed=1)\n";
  text += "y = target(1, " + w + ", init=\"ones\")\n";
  std::string before = "x";
  const std::string layer =
      "layer(\"layer #\")\n"
      "W# = param(w, w, init=\"xavier\", seed=#)\n"
      "b# = param(1, w, init=\"zeros\")\n"
      "a# = sigmoid(before @ W# + b#)\n";
  for (int i = 1; i <= count; ++i) {
    const std::string n = std::to_string(i);
    text += replaced(replaced(replaced(layer, "before", before), "#", n), "w,", w + ",");
    before = "a" + n;
  }
  return text + "L = mse(" + before + ", y)\n";
}

// Randomly connected scalars, with leaves that are used again, nodes that lead nowhere, and
// layers that are resumed.
inline std::string random_program(unsigned seed, int ops) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  std::string text = "t = target([[0.5]])\nx0 = input([[0.3]])\n";
  std::vector<std::string> known = {"x0"};
  const bool layered = below(2) == 0;
  for (int i = 0; i < ops; ++i) {
    const std::string n = std::to_string(i);
    if (layered && below(6) == 0) text += "layer(\"group " + std::to_string(below(5)) + "\")\n";
    if (below(2) == 0) {
      text += "w" + n + " = param([[0." + std::to_string(1 + below(8)) + "]])\n";
      known.push_back("w" + n);
    }
    if (below(6) == 0) {
      text += "x" + n + "_ = input([[0.2]])\n";
      known.push_back("x" + n + "_");
    }
    const std::size_t recent =
        below(3) == 0 ? known.size() : std::min<std::size_t>(4, known.size());
    const std::string a = known[known.size() - 1 - below(recent)], b = known[below(known.size())];
    const char* forms[] = {"tanh(%a)", "%a * %b", "%a + %b", "%a - %b", "%a * 2", "%a * %a"};
    std::string line = forms[below(6)];
    text += "v" + n;
    text += " = " + replaced(replaced(line, "%a", a), "%b", b) + "\n";
    known.push_back("v" + n);
  }
  return text + "L = mse(" + known.back() + ", t)\n";
}

}  // namespace backstep
