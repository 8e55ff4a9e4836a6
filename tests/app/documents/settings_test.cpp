#include "app/documents/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "app/files/text_file.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public testing::Test {
 protected:
  SettingsFile() {
    fs::remove_all(folder_);
    setenv("XDG_CONFIG_HOME", folder_.c_str(), 1);
  }
  ~SettingsFile() override {
    unsetenv("XDG_CONFIG_HOME");
    fs::remove_all(folder_);
  }

  void write(const std::string& text) {
    fs::create_directories(settings_file().parent_path());
    std::ofstream(settings_file()) << text;
  }
  Settings load() { return load_settings(message_); }

  fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep settings " + std::to_string(getpid()));
  std::string message_;
};

TEST_F(SettingsFile, need_not_be_there) {
  EXPECT_EQ(load(), Settings{});
  EXPECT_EQ(message_, "");
}

TEST_F(SettingsFile, come_back_as_they_were_saved) {
  Settings settings;
  settings.theme = ThemeName::light;
  settings.text_size = 1.3f;
  settings.width = 1234;
  settings.height = 777;
  settings.play_speed = 0.7;
  settings.recent_files = {"/a/b \"c\".py", "/d.json"};
  settings.lessons = {{"one-neuron", {3, 2, 1, false}}, {"xor", {7, 4, 4, true}}};
  EXPECT_TRUE(save_settings(settings, message_));
  EXPECT_EQ(load(), settings);
  EXPECT_EQ(message_, "");
}

TEST_F(SettingsFile, that_are_broken_are_set_aside) {
  for (const char* text : {"", "{", "[]", "{\"theme\": \"blue\"}", "{\"width\": \"wide\"}",
                           "{\"recent_files\": 3}", "{\"recent_files\": [3]}", "\xff\xff"}) {
    write(text);
    EXPECT_EQ(load(), Settings{}) << text;
    const fs::path aside = settings_file().parent_path() / "settings.broken.json";
    EXPECT_NE(message_.find(aside.string()), std::string::npos) << message_;
    EXPECT_EQ(message_.find('\n'), std::string::npos);
    EXPECT_TRUE(fs::exists(aside));
    EXPECT_FALSE(fs::exists(settings_file()));
    EXPECT_EQ(load(), Settings{});
    EXPECT_EQ(message_, "") << "it is reported only once";
  }
}

TEST_F(SettingsFile, of_another_version_are_read_as_far_as_known) {
  write(R"({"theme": "light", "later": {"a": 1}})");
  EXPECT_EQ(load().theme, ThemeName::light);
  EXPECT_EQ(message_, "");
}

TEST_F(SettingsFile, stay_within_usable_ranges) {
  write(R"({"text_size": 900, "width": -5, "height": 1e9, "play_speed": 0})");
  const Settings settings = load();
  EXPECT_EQ(settings.text_size, 3);
  EXPECT_EQ(settings.width, 320);
  EXPECT_EQ(settings.height, 16384);
  EXPECT_GT(settings.play_speed, 0);
}

TEST_F(SettingsFile, that_cannot_be_written_do_no_harm) {
  std::ofstream(folder_.string()) << "a file where the folder should be";
  EXPECT_FALSE(save_settings({}, message_));
  EXPECT_NE(message_.find("Settings and lesson progress cannot be kept: "), std::string::npos);
  EXPECT_EQ(load(), Settings{});
}

TEST(RecentFiles, are_newest_first_without_repetition) {
  Settings settings;
  for (int i = 0; i < 15; ++i) settings.remember_file("/f" + std::to_string(i));
  EXPECT_EQ(settings.recent_files.size(), 10u);
  EXPECT_EQ(settings.recent_files.front(), "/f14");
  settings.remember_file("/x/../f8");
  EXPECT_EQ(settings.recent_files.size(), 10u);
  EXPECT_EQ(settings.recent_files.front(), "/f8");
  settings.remember_file("here.py");
  EXPECT_TRUE(settings.recent_files.front().is_absolute());
}

}  // namespace
}  // namespace backstep
