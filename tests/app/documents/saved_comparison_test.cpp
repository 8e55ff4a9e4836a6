// A comparison is saved with the session, and the saved session opens.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/documents/session_file.h"
#include "app/session/session.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

Document network_of(std::vector<int> widths) {
  Document document;
  document.setup.network.emplace();
  document.setup.network->widths = std::move(widths);
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 40});
  document.setup.program = program_of(document.setup);
  return document;
}

Document reopened(const Session& session) {
  const fs::path path = fs::temp_directory_path() / "backstep saved comparison.json";
  write_session(path, session.document());
  const Document document = read_document(path);
  fs::remove(path);
  return document;
}

TEST(SavedComparison, TheBaseOfAReplayIsSavedAsAValue) {
  Session session(network_of({8, 4}));
  session.set_comparison("width", {"8, 4", "16"});
  const Document document = reopened(session);
  EXPECT_EQ(document.compare_by, "width");
  EXPECT_EQ(document.compare_values, (std::vector<std::string>{"8, 4", "16"}));
}

TEST(SavedComparison, RunsOfANetworkThatIsGoneAreNotSaved) {
  Session by_hand(network_of({4}));
  by_hand.set_comparison("activation", {"tanh", "relu"});
  by_hand.set_program("w = param(2.0)\nL = w * w\n");
  EXPECT_TRUE(reopened(by_hand).compare_values.empty());
  Session wider(network_of({8, 4}));
  wider.set_comparison("width", {"8, 4", "16"});
  auto setup = wider.setup();
  setup.network->widths = {6, 6};
  wider.change_setup(setup, "");
  EXPECT_TRUE(reopened(wider).compare_values.empty());
}

}  // namespace
}  // namespace backstep
