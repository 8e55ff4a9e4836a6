// A session can be saved with any number that can be typed in the window, and reads back the
// same.
#include <cstring>
#include <filesystem>

#include "app/documents/session_file.h"
#include "tests/app/panels/setup_stage.h"

namespace backstep {
namespace {

Document saved_and_read(const Session& session) {
  const auto path = std::filesystem::temp_directory_path() / "backstep saved again test.json";
  write_session(path, session.document());
  const Document document = read_document(path);
  std::filesystem::remove(path);
  return document;
}

void expect_same(const Setup& read, const Setup& typed, const std::string& how) {
  EXPECT_EQ(read.training, typed.training) << how;
  EXPECT_EQ(read.network, typed.network) << how;
  EXPECT_TRUE(read.samples == typed.samples) << how;
}

// The number fields of the setup panel: all settings of training, of the initial weights and
// of the data.
std::vector<std::string> number_fields() {
  std::vector<std::string> names = {"setup.init_scale", "setup.bias",           "setup.seed",
                                    "setup.noise",      "setup.train_fraction", "setup.data_seed",
                                    "setup.width.0"};
  for (const TrainingSetting& setting : all_training_settings())
    if (!std::holds_alternative<bool Training::*>(setting.field))
      names.push_back(std::string("setup.") + setting.name);
  return names;
}

TEST(TypedNumbers, OfTheSetupAreReadBack) {
  Document document = circle(1, 6);
  document.setup.training.optimizer = "momentum";
  document.setup.training.shuffle = true;
  Stage stage(document);
  stage.click("setup.start");
  stage.click("setup.more_training");
  for (const std::string& field : number_fields())
    for (const char* text : {"1e300", "-1e300", "1e-300", "0.3"}) {
      stage.click(field);
      stage.type(text);
      const std::string how = field + ": " + text;
      try {
        expect_same(saved_and_read(stage.session).setup, stage.setup(), how);
      } catch (const std::exception& error) {
        ADD_FAILURE() << how << ": " << error.what();
      }
    }
}

// The learning rate's field in Step has the same range.
TEST(TypedNumbers, AtTheEndsOfEverySettingAreReadBack) {
  for (const TrainingSetting& setting : all_training_settings())
    for (const double end : {setting.lowest, setting.highest}) {
      Document document = circle(1, 6);
      set_value(document.setup.training, setting, end);
      const Session session(document);
      expect_same(saved_and_read(session).setup, session.setup(), setting.name);
    }
}

// The values of nodes may be any numbers at all.
TEST(TypedNumbers, OfNodesAreReadBackToTheBit) {
  for (const double number :
       {1e308, -1e308, 5e-324, -0.0, 1e21, 0.1, -1.0 / 3, 123456789012345680.0}) {
    Document document;
    document.setup.program = "w = param(2)\nL = w * input(1)\n";
    Session session(document);
    const Graph& graph = session.graph();
    session.edit_entry(graph.find("w"), 0, number);
    session.end_burst();
    int unnamed = 0;
    while (graph.node(unnamed).kind != NodeKind::input) ++unnamed;
    session.edit_entry(unnamed, 0, number);
    const Session again(saved_and_read(session));
    for (const int leaf : {graph.find("w"), unnamed})
      EXPECT_EQ(std::memcmp(again.graph().node(leaf).value.data, &number, sizeof number), 0)
          << number << " in " << again.program();
  }
}

}  // namespace
}  // namespace backstep
