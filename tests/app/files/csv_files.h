// A fixture for tests of tables, on files kept beside the tests or written for one test, and on
// the messages about mistakes in them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "app/files/csv_file.h"

namespace backstep {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using Numbers = std::vector<double>;

class CsvFile : public testing::Test {
 protected:
  CsvFile() { fs::create_directories(folder_); }
  ~CsvFile() override { fs::remove_all(folder_); }

  static fs::path kept(const std::string& name) {
    return fs::path(TESTS_FOLDER) / "app/data_files" / name;
  }
  fs::path written(const std::string& text) const {
    std::ofstream(folder_ / "t.csv", std::ios::binary) << text;
    return folder_ / "t.csv";
  }
  CsvTable table(const std::string& text) const { return read_csv(written(text)); }

  // The message about a mistake, without the file's name before it.
  template <typename Doing>
  static std::string mistake(const fs::path& path, Doing doing) {
    try {
      doing();
    } catch (const FileError& error) {
      const std::string said = error.what(), start = path.string() + ": ";
      EXPECT_TRUE(said.starts_with(start)) << said;
      EXPECT_EQ(said.find('\n'), said.npos) << said;
      return said.substr(std::min(start.size(), said.size()));
    }
    return "no mistake";
  }
  static std::string mistake_in(const fs::path& path) {
    return mistake(path, [&] { read_csv(path); });
  }
  std::string mistake_in_text(const std::string& text) const { return mistake_in(written(text)); }
  static std::string mistake_with(const fs::path& path, const CsvChoice& choice) {
    const CsvTable read = read_csv(path);
    return mistake(path, [&] { samples_of(read, choice); });
  }
  static std::string mistake_as_suggested(const fs::path& path) {
    return mistake_with(path, suggested_choice(read_csv(path)));
  }
  std::string mistake_with_text(const std::string& text, const CsvChoice& choice) const {
    return mistake_with(written(text), choice);
  }

 private:
  const fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep_csv_" + std::to_string(getpid()));
};

}  // namespace backstep
