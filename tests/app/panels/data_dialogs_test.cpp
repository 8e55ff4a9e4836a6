// The dialogs for data: the table of samples, and the choice of a file's columns.
#include <fstream>

#include "app/panels/dialogs/data_dialog.h"
#include "app/panels/dialogs/data_table.h"
#include "setup_stage.h"

namespace backstep {
namespace {

TEST(DataTable, ShowsAMillionSamplesAndPicksOne) {
  Stage stage;
  Samples samples = draw_samples(*find_data_set("circle"), {1000000, 0, 0.5, 1});
  backstep::Setup setup = stage.setup();
  setup.samples = std::move(samples);
  setup.training.batch_size = 10;
  stage.session.change_setup(std::move(setup), "");
  open_dialog(stage.dialogs, Dialog::data_table);
  stage.frames(3);
  EXPECT_TRUE(stage.shows("table.0"));
  EXPECT_FALSE(stage.shows("table.200"));
  EXPECT_TRUE(stage.reads("500,000 to train on"));
  stage.click("table.3");
  ASSERT_TRUE(stage.asked<action::PickSample>());
  EXPECT_EQ(stage.asked<action::PickSample>()->sample, 3);
  stage.key(ImGuiKey_End);
  ASSERT_TRUE(stage.shows("table.999999"));
  const Rect last = stage.rect("table.999999"), before = stage.rect("table.999998");
  EXPECT_FLOAT_EQ(last.y - before.y, last.height) << "rows are equally high even at the far end";
  EXPECT_LE(last.bottom(), stage.rect("table").bottom() + 1);
}

TEST(DataDialog, TakesTheChosenColumns) {
  const auto path = std::filesystem::temp_directory_path() / "backstep_setup_panel_test.csv";
  std::ofstream(path) << "length,width,kind\n1,2,a\n2,1,b\n3,5,a\n4,4,b\n5,1,c\n6,2,c\n";
  Stage stage;
  open_data_dialog(stage.dialogs, path);
  stage.frames(3);
  EXPECT_EQ(stage.text_in("data.target"), "kind");
  EXPECT_TRUE(stage.reads("3 classes"));
  stage.click("data.input.width");
  EXPECT_EQ(stage.dialogs.data->choice.inputs, std::vector<std::string>{"length"});
  stage.click("data.input.length");
  EXPECT_FALSE(stage.dialogs.data->samples.has_value());
  EXPECT_TRUE(stage.reads("no column is chosen as an input"));
  stage.click("data.input.length");
  stage.click("data.take");
  ASSERT_TRUE(stage.asked<action::TakeData>());
  const auto* data = stage.asked<action::TakeData>();
  EXPECT_EQ(data->samples.count(), 6);
  EXPECT_EQ(data->samples.classes, 3);
  EXPECT_EQ(data->source.kind, DataSource::Kind::csv);
  EXPECT_EQ(data->source.target, "kind");
  ASSERT_TRUE(data->network.has_value());
  EXPECT_EQ(mistake_in(*data->network), "");
  EXPECT_EQ(stage.dialogs.open, Dialog::none);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace backstep
