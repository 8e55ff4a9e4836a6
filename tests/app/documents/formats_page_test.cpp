// assets/examples/README.md tells people how the files are written: its examples
// are read as they stand there, and no field or word is left out.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "app/documents/csv_source.h"
#include "app/documents/file_kinds.h"
#include "app/documents/mode.h"
#include "app/documents/session_file.h"
#include "app/platform/resources.h"
#include "core/program/initial_values.h"
#include "core/runs/change.h"
#include "core/runs/experiment.h"
#include "core/stepping/optimizers.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

std::string page() { return read_text(resource_folder() / "assets" / "examples" / "README.md"); }

// The texts between ```LANGUAGE and ```.
std::vector<std::string> blocks_of(const std::string& language) {
  const std::string text = page(), fence = "\n```" + language + "\n";
  std::vector<std::string> blocks;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    blocks.push_back(text.substr(at, text.find("\n```", at) + 1 - at));
  }
  return blocks;
}

class FormatsPage : public testing::Test {
 protected:
  FormatsPage() {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "flowers.csv") << blocks_of("csv").at(0);
  }
  ~FormatsPage() override { fs::remove_all(folder_); }

  Document read(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return read_document(folder_ / name);
  }

 private:
  fs::path folder_ = fs::temp_directory_path() /
                     ("backstep formats page test " + std::to_string(getpid()));
};

TEST_F(FormatsPage, ExamplesAreReadAndTrained) {
  std::vector<Document> documents = {read("alone.csv", blocks_of("csv").at(0))};
  for (const std::string& program : blocks_of("python"))
    documents.push_back(read("one.py", program));
  ASSERT_EQ(documents.size(), 2u);
  for (const std::string& session : blocks_of("json"))
    documents.push_back(read("one.json", session));
  ASSERT_EQ(documents.size(), 10u);
  for (const Document& document : documents) {
    Experiment experiment(document.setup);
    EXPECT_TRUE(experiment.work(1, Deadline::never())) << document.title;
    EXPECT_EQ(experiment.trainer().history().size(), 2u) << document.title;
  }
}

// A field that is unknown is refused, but for those of "view"; so these are all used.
TEST_F(FormatsPage, ShowsEveryFieldInAnExample) {
  std::set<std::string> shown;
  for (const std::string& session : blocks_of("json")) {
    const nlohmann::json fields = nlohmann::json::parse(session);
    for (const auto& [section, value] : fields.items()) {
      shown.insert(section);
      if (value.is_object())
        for (const auto& [name, inner] : value.items()) shown.insert(section + "." + name);
    }
  }
  for (const TrainingSetting& setting : all_training_settings())
    EXPECT_TRUE(shown.contains(std::string("training.") + setting.name)) << setting.name;
  for (const char* name : {"title", "program", "parameters", "data.train", "data.test",
                           "data.balance", "data.standardise", "view.mode", "view.compare"})
    EXPECT_TRUE(shown.contains(name)) << name;
  // Written again, a session has every field of its network and its data.
  for (const char* kind : {"set", "csv"})
    for (const std::string& session : blocks_of("json")) {
      const nlohmann::json value = nlohmann::json::parse(session);
      if (!value.contains("data") || !value["data"].contains(kind)) continue;
      const fs::path path = fs::temp_directory_path() / "backstep formats written.json";
      write_session(path, read("again.json", session));
      const nlohmann::json written = nlohmann::json::parse(read_text(path));
      fs::remove(path);
      for (const char* section : {"network", "data"})
        for (const auto& [name, inner] : written[section].items())
          EXPECT_TRUE(shown.contains(std::string(section) + "." + name)) << section << name;
    }
}

TEST_F(FormatsPage, NamesEveryWordThatAFieldMayHave) {
  const std::string text = page();
  const auto expect_named = [&](const std::string& name) {
    EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
  };
  for (const char* name : all_activations()) expect_named(name);
  for (const char* name : all_outputs()) expect_named(name);
  for (const char* name : all_losses()) expect_named(name);
  for (const InitialValues& row : all_initial_values()) expect_named(row.name);
  for (const DataSet& row : all_data_sets()) expect_named(row.name);
  for (const Optimizer& row : all_optimizers()) expect_named(row.name);
  for (const TrainingSetting& row : all_training_settings()) expect_named(row.name);
  for (const Changeable& row : all_changeables()) expect_named(row.setting);
  for (const std::string& name : mode_names()) expect_named(name);
  for (const std::string& ending : endings_of(FileKind::data)) expect_named(ending);
  for (const MissingWord& row : all_missing_words())
    EXPECT_NE(text.find(row.name), std::string::npos) << row.name;
}

}  // namespace
}  // namespace backstep
