// SetupFields writes sessions with a network into a folder of its own, and reads them
// back, for tests of what a session file holds.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/documents/session_file.h"
#include "tests/app/documents/same_bits.h"

namespace backstep {

inline constexpr const char* table_text =
    "height,weight,split,kind\n1.5,2,train,a\n2.5,4,train,b\n3.5,8,test,c\n4.5,16,train,a\n";

class SetupFields : public testing::Test {
 protected:
  SetupFields() {
    std::filesystem::create_directories(folder_);
    file("t.csv", table_text);
  }
  ~SetupFields() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  static nlohmann::json right() {
    return {
        {"backstep", 1},
        {"title", "A network"},
        {"network",
         {{"layers", {3, 2}},
          {"activation", {"relu", "tanh"}},
          {"output", "sigmoid"},
          {"loss", "bce"},
          {"init", "he"},
          {"init_scale", 0.5},
          {"bias", 0.25},
          {"seed", 9},
          {"batch_norm", true},
          {"skip_connections", true},
          {"dropout", 0.125}}},
        {"data",
         {{"set", "moons"},
          {"samples", 40},
          {"noise", 0.1},
          {"train_fraction", 0.75},
          {"seed", 3},
          {"standardise", true},
          {"balance", true}}},
        {"training",
         {{"optimizer", "nesterov"},
          {"learning_rate", 0.3},
          {"momentum", 0.5},
          {"batch_size", 5},
          {"shuffle", true},
          {"seed", 11},
          {"drop_last", true},
          {"weight_decay", 0.01},
          {"l1", 0.02},
          {"l1_stops_at_zero", true},
          {"weights_only", true},
          {"clip_norm", 3},
          {"clip_value", 4},
          {"accumulate", 2},
          {"zero_gradients", false}}},
        {"view", {{"mode", "compare"}, {"compare", {{"by", "depth"}, {"values", {1, "4", 10}}}}}}};
  }
  // A session with a small network on these data.
  static nlohmann::json with_data(const nlohmann::json& data) {
    return {{"backstep", 1}, {"network", {{"layers", {2}}}}, {"data", data}};
  }

  Document read(const nlohmann::json& session) const {
    return read_document(file("s.json", session.dump()));
  }
  Document written_and_read(const Document& document) const {
    write_session(folder_ / "back.json", document);
    return read_document(folder_ / "back.json");
  }

  std::string mistake_in(const nlohmann::json& session) const {
    const std::filesystem::path path = file("s.json", session.dump());
    try {
      read_document(path);
    } catch (const FileError& error) {
      const std::string mistake = error.what(), start = path.string() + ": ";
      EXPECT_TRUE(mistake.starts_with(start)) << mistake;
      EXPECT_EQ(mistake.find('\n'), std::string::npos) << mistake;
      return mistake.substr(std::min(start.size(), mistake.size()));
    }
    return "no mistake";
  }
  std::string mistake_with(const std::string& pointer, const nlohmann::json& value) const {
    nlohmann::json session = right();
    session[nlohmann::json::json_pointer(pointer)] = value;
    return mistake_in(session);
  }
  // The mistake in these choices for a CSV file, without the file's name before it.
  std::string mistake_in_csv(const nlohmann::json& data) const {
    const std::string mistake = mistake_in(with_data(data)), table = (folder_ / "t.csv").string();
    return mistake.starts_with(table) ? mistake.substr(table.size() + 2) : mistake;
  }

  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) /
                                  ("backstep setup fields " + std::to_string(getpid()));
};

inline void expect_same_rows(const NamedData& a, const NamedData& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, rows] : a) {
    ASSERT_TRUE(b.contains(name)) << name;
    EXPECT_TRUE(same_bits(rows, b.at(name))) << name;
  }
}

inline void expect_same(const Document& a, const Document& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.setup.network, b.setup.network);
  EXPECT_EQ(a.setup.program, b.setup.program);
  EXPECT_EQ(a.setup.training, b.setup.training);
  EXPECT_EQ(a.setup.standardise, b.setup.standardise);
  EXPECT_EQ(a.setup.balance, b.setup.balance);
  expect_same_rows(a.setup.parameters, b.setup.parameters);
  expect_same_rows(a.setup.train, b.setup.train);
  expect_same_rows(a.setup.test, b.setup.test);
  ASSERT_EQ(a.setup.samples.has_value(), b.setup.samples.has_value());
  if (a.setup.samples) {
    EXPECT_TRUE(same_bits(a.setup.samples->inputs, b.setup.samples->inputs));
    EXPECT_TRUE(same_bits(a.setup.samples->targets, b.setup.samples->targets));
    EXPECT_EQ(a.setup.samples->train, b.setup.samples->train);
    EXPECT_EQ(a.setup.samples->kind, b.setup.samples->kind);
    EXPECT_EQ(a.setup.samples->classes, b.setup.samples->classes);
    EXPECT_EQ(a.setup.samples->input_names, b.setup.samples->input_names);
    EXPECT_EQ(a.setup.samples->target_name, b.setup.samples->target_name);
    EXPECT_EQ(a.setup.samples->class_names, b.setup.samples->class_names);
  }
  EXPECT_EQ(a.source.kind, b.source.kind);
  EXPECT_EQ(a.source.set, b.source.set);
  EXPECT_EQ(a.source.options, b.source.options);
  EXPECT_EQ(a.source.file, b.source.file);
  EXPECT_EQ(a.source.inputs, b.source.inputs);
  EXPECT_EQ(a.source.target, b.source.target);
  EXPECT_EQ(a.source.split, b.source.split);
  EXPECT_EQ(a.compare_by, b.compare_by);
  EXPECT_EQ(a.compare_values, b.compare_values);
  EXPECT_EQ(a.mode, b.mode);
}

}  // namespace backstep
