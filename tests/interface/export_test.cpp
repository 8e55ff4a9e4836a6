// Exports of the open session, whose format follows from the ending of the name that is typed.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/text_file.h"
#include "driver.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

void export_as(Driver& driver, const fs::path& path) {
  driver.key(GLFW_KEY_E, true, true);
  driver.key(GLFW_KEY_A, true);
  driver.type(path.string());
  driver.click("dialog.accept");
}

TEST(Export, WritesTheFormatThatTheNameAsksFor) {
  const fs::path folder = fs::temp_directory_path() / "backstep export";
  fs::create_directories(folder);
  Driver driver;
  driver.app().playback().train_now(1);
  const double trained =
      driver.session().graph().node(driver.session().graph().find("W2")).value[0];
  ASSERT_NE(trained, 0.9);
  export_as(driver, folder / "run");  // without an ending the format is PyTorch
  const std::string script = read_text(folder / "run.py");
  EXPECT_NE(script.find("after 1 epoch."), std::string::npos);
  EXPECT_NE(script.find("[[" + std::to_string(trained).substr(0, 6)), std::string::npos);
  export_as(driver, folder / "run.md");
  EXPECT_NE(read_text(folder / "run.md").find("\nPass 1.\n"), std::string::npos);
  export_as(driver, folder / "run.csv");
  EXPECT_TRUE(read_text(folder / "run.csv").starts_with("epoch,train_loss,test_loss,grad_norm:"));
  EXPECT_TRUE(driver.reads("Saved run.csv."));
  export_as(driver, folder / "no" / "run.py");
  EXPECT_FALSE(driver.reads("Saved run.py."));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace backstep
