// Reads the numbers computed by PyTorch in tests/golden, and compares ours with them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/engine/matrix.h"

namespace backstep {

// golden_file("mlp") reads tests/golden/mlp.json.
inline nlohmann::json golden_file(const std::string& name) {
  std::ifstream file(TESTS_FOLDER "/golden/" + name + ".json");
  return nlohmann::json::parse(file);
}

// The golden numbers of networks, which several tests share.
inline const nlohmann::json& golden_mlp() {
  static const nlohmann::json all = golden_file("mlp");
  return all;
}

// A number becomes a 1×1 matrix, a list of numbers a row.
inline Matrix golden_matrix(const nlohmann::json& value) {
  if (value.is_number()) return {{1, 1}, {value.get<double>()}};
  if (value[0].is_number()) return golden_matrix(nlohmann::json::array({value}));
  Matrix matrix;
  matrix.entries.clear();
  for (const auto& row : value)
    for (const auto& entry : row) matrix.entries.push_back(entry);
  matrix.shape = {static_cast<Index>(value.size()), static_cast<Index>(value[0].size())};
  return matrix;
}

inline void expect_near(View actual, const nlohmann::json& expected, const std::string& what,
                        double relative = 1e-12) {
  const Matrix wanted = golden_matrix(expected);
  ASSERT_EQ(actual.shape, wanted.shape) << what;
  for (Index i = 0; i < wanted.shape.size(); ++i) {
    const double want = wanted.entries[static_cast<std::size_t>(i)];
    EXPECT_NEAR(actual[i], want, std::max(1e-15, relative * std::abs(want)))
        << what << ", entry " << i;
  }
}

}  // namespace backstep
