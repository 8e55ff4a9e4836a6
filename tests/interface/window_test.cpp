// The real window on a virtual display, with a real mouse and real keys, to test what the scripted
// driver cannot: GLFW, focus and idling.
#include <gtest/gtest.h>
#include <imgui.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/platform/image.h"
#include "driver.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string program_path() {
  return (fs::read_symlink("/proc/self/exe").parent_path() / "backstep").string();
}

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
  pclose(pipe);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Waits until `ready` holds; false after far too much time.
template <class Ready>
bool wait_until(Ready ready) {
  for (int tries = 0; tries < 600; ++tries) {
    if (ready()) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

// A process that is killed when the object is destroyed.
class Process {
 public:
  Process(const std::vector<std::string>& words, int inherited_fd = -1) {
    pid_ = fork();
    if (pid_ != 0) return;
    if (inherited_fd >= 0) dup2(inherited_fd, 9);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  ~Process() {
    kill(pid_, SIGKILL);
    if (!ended_) waitpid(pid_, nullptr, 0);
  }

  void send(int signal) const { kill(pid_, signal); }

  bool has_ended(int& status) {
    if (!ended_ && waitpid(pid_, &status_, WNOHANG) == pid_) ended_ = true;
    status = status_;
    return ended_;
  }

  // Processor time used so far, in clock ticks (hundredths of a second).
  long ticks_used() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    long user = 0, system = 0;
    fields >> user >> system;
    return user + system;
  }

 private:
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

class WindowTest : public testing::Test {
 protected:
  void SetUp() override {
    if (output_of("which Xvfb xdotool | wc -l") != "2")
      GTEST_SKIP() << "Xvfb and xdotool are not installed";
    folder_ = fs::temp_directory_path() / ("backstep_window_" + std::to_string(getpid()));
    fs::create_directories(folder_);
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    server_ = std::make_unique<Process>(std::vector<std::string>{"Xvfb", "-noreset", "-screen", "0",
                                                                 "1600x1000x24", "-displayfd", "9"},
                                        pipe_ends[1]);
    char number[16] = {};
    ASSERT_GT(read(pipe_ends[0], number, sizeof number - 1), 0) << "Xvfb did not start";
    setenv("DISPLAY", (":" + std::to_string(std::atoi(number))).c_str(), 1);
    setenv("XDG_CONFIG_HOME", (folder_ / "config").c_str(), 1);
  }
  void TearDown() override {
    program_.reset();
    server_.reset();
    fs::remove_all(folder_);
  }

  void open(const std::string& file) {
    std::vector<std::string> words = {program_path()};
    if (!file.empty()) words.push_back(file);
    program_ = std::make_unique<Process>(words);
    ASSERT_TRUE(wait_until(
        [] { return !output_of("xdotool search --name Backstep 2>/dev/null").empty(); }));
    xdotool("windowfocus $(xdotool search --name Backstep | head -1)");
    xdotool("mousemove 1598 998");
    std::this_thread::sleep_for(1s);
  }

  // Types a comment at the end of the program.
  void edit_program() {
    xdotool("mousemove 150 120 click 1");
    std::this_thread::sleep_for(500ms);
    xdotool("key ctrl+End");
    xdotool("type --delay 30 '# kept'");
    std::this_thread::sleep_for(500ms);
  }

  std::string settings() const {
    std::ifstream file(folder_ / "config/backstep/settings.json");
    return std::string((std::istreambuf_iterator<char>(file)), {});
  }

  // The texts of all rescue files.
  std::string rescued() const {
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder_ / "config/backstep")) {
      if (!entry.path().filename().string().starts_with("unsaved-")) continue;
      std::ifstream file(entry.path());
      all += std::string((std::istreambuf_iterator<char>(file)), {});
    }
    return all;
  }

  void xdotool(const std::string& words) { output_of("xdotool " + words + " 2>&1"); }

  // Presses Ctrl+E, types a name and Enter, and waits for the file.
  fs::path export_picture(const std::string& name, bool in_no_time = false) {
    const fs::path path = folder_ / name;
    xdotool("key ctrl+e");
    std::this_thread::sleep_for(1500ms);
    xdotool("key ctrl+a");
    if (in_no_time) {
      std::this_thread::sleep_for(500ms);
      xdotool("type --delay 0 --args 1 '" + path.string() + "' key --delay 0 Return");
    } else {
      xdotool("type --delay 30 '" + path.string() + "'");
      std::this_thread::sleep_for(500ms);
      xdotool("key Return");
    }
    EXPECT_TRUE(wait_until([&] { return fs::exists(path) && fs::file_size(path) > 0; }))
        << "no picture was saved";
    std::this_thread::sleep_for(300ms);
    return path;
  }

  // Quits with Ctrl+Q and returns the saved settings.
  std::string settings_after_quitting() {
    std::this_thread::sleep_for(300ms);
    xdotool("key ctrl+q");
    int status = -1;
    EXPECT_TRUE(wait_until([&] { return program_->has_ended(status); }));
    EXPECT_EQ(status, 0);
    return text_of(folder_ / "config/backstep/settings.json");
  }

  fs::path folder_;
  std::unique_ptr<Process> server_, program_;
};

const std::string two_inputs_file = std::string(SOURCE_FOLDER) + "/assets/examples/two_inputs.py";

TEST_F(WindowTest, ItsScreenshotEqualsThePictureOfRender) {
  open(two_inputs_file);
  for (int i = 0; i < 12; ++i) xdotool("key Right");
  std::this_thread::sleep_for(1500ms);
  const Image window = read_png(export_picture("window.png"));
  const fs::path rendered = folder_ / "rendered.png";
  ASSERT_EQ(std::system((program_path() + " render '" + two_inputs_file + "' --step 12 --out " +
                         rendered.string())
                            .c_str()),
            0);
  const Image picture = read_png(rendered);
  ASSERT_EQ(window.width, picture.width);
  ASSERT_EQ(window.height, picture.height);
  int worst = 0;
  for (std::size_t i = 0; i < picture.rgba.size(); ++i)
    worst = std::max(worst, std::abs(int{window.rgba[i]} - int{picture.rgba[i]}));
  EXPECT_LE(worst, 2);
}

TEST_F(WindowTest, TakesAnEnterThatIsReleasedAtOnce) {
  open(two_inputs_file);
  export_picture("quick.png", true);
}

// The number goes into the field that the click opens, even if no frame is drawn between the click
// and the keys.
TEST_F(WindowTest, TypesIntoTheFieldThatWasJustClicked) {
  Point value;
  {
    Driver driver;
    driver.app().files().open_file(two_inputs_file);
    driver.frames(3);
    value = driver.rect("node.b1.value").center();
  }
  open(two_inputs_file);
  xdotool("mousemove " + std::to_string(std::lround(value.x)) + " " +
          std::to_string(std::lround(value.y)) +
          " click 1 key --delay 1 minus 1 period 5 Return");
  std::this_thread::sleep_for(1500ms);
  const fs::path saved = folder_ / "typed.json";
  xdotool("key ctrl+s");
  std::this_thread::sleep_for(1s);
  xdotool("type --delay 1 --args 1 '" + saved.string() + "' key --delay 1 Return");
  ASSERT_TRUE(wait_until([&] { return fs::exists(saved) && fs::file_size(saved) > 0; }));
  EXPECT_NE(text_of(saved).find("-1.5"), std::string::npos) << text_of(saved);
  EXPECT_NE(settings_after_quitting().find("\"play_speed\": 2,"), std::string::npos)
      << "a key was taken for a command";
}

// "+" is Shift+= on an American keyboard and a key of its own on a German one.
TEST_F(WindowTest, TakesPlusAndMinusFromEveryKeyboard) {
  if (output_of("which setxkbmap").empty()) GTEST_SKIP() << "setxkbmap is not installed";
  for (const auto& [country, size] : {std::pair("us", "1.1"), std::pair("de", "1.2")}) {
    output_of(std::string("setxkbmap ") + country);
    open(two_inputs_file);
    xdotool("key ctrl+plus ctrl+plus ctrl+minus");
    const std::string settings = settings_after_quitting();
    EXPECT_NE(settings.find(std::string("\"text_size\": ") + size), std::string::npos)
        << country << ": " << settings;
  }
}

TEST_F(WindowTest, UsesNoProcessorWhenNothingHappens) {
  open(two_inputs_file);
  std::this_thread::sleep_for(1s);
  const long before = program_->ticks_used();
  std::this_thread::sleep_for(3s);
  EXPECT_LE(program_->ticks_used() - before, 2) << "hundredths of a second in three seconds";
}

TEST_F(WindowTest, LosesNoKeyHoweverFastTheyArrive) {
  open(two_inputs_file);
  xdotool("key --delay 1 Right Right Right Right Right Right Right Right Right Left");
  std::this_thread::sleep_for(1500ms);
  const Image window = read_png(export_picture("keys.png"));
  const fs::path rendered = folder_ / "rendered.png";
  ASSERT_EQ(std::system((program_path() + " render '" + two_inputs_file + "' --step 8 --out " +
                         rendered.string())
                            .c_str()),
            0);
  EXPECT_EQ(window.rgba.size(), read_png(rendered).rgba.size());
  std::size_t different = 0;
  const Image picture = read_png(rendered);
  for (std::size_t i = 0; i < std::min(window.rgba.size(), picture.rgba.size()); ++i)
    different += std::abs(int{window.rgba[i]} - int{picture.rgba[i]}) > 2;
  EXPECT_EQ(different, 0u);
}

TEST_F(WindowTest, QuitsWithCodeZeroAndKeepsItsSettings) {
  open(two_inputs_file);
  xdotool("key ctrl+l");
  const std::string settings = settings_after_quitting();
  EXPECT_NE(settings.find("light"), std::string::npos) << settings;
}

TEST_F(WindowTest, SavesSettingsAtOnceAndRescuesEditsWhenTerminated) {
  open(two_inputs_file);
  xdotool("key ctrl+l");
  EXPECT_TRUE(wait_until([&] { return settings().find("light") != std::string::npos; }))
      << "while it runs";
  edit_program();
  program_->send(SIGTERM);
  int status = -1;
  ASSERT_TRUE(wait_until([&] { return program_->has_ended(status); }));
  EXPECT_EQ(status, 0);
  EXPECT_NE(rescued().find("# kept"), std::string::npos) << rescued();
  EXPECT_NE(rescued().find("two_inputs.py"), std::string::npos)
      << "the rescue file says which file it belongs to";

  open("");
  xdotool("key Return");  // opens the rescued edits
  std::this_thread::sleep_for(500ms);
  xdotool("key ctrl+q");
  std::this_thread::sleep_for(500ms);
  EXPECT_FALSE(program_->has_ended(status)) << "the edits are still unsaved";
  xdotool("key Tab Return");  // discards them
  ASSERT_TRUE(wait_until([&] { return program_->has_ended(status); }));
  EXPECT_EQ(rescued(), "");
}

TEST_F(WindowTest, RescuesEditsWhenTheDisplayGoesAway) {
  open(two_inputs_file);
  edit_program();
  server_.reset();
  int status = -1;
  ASSERT_TRUE(wait_until([&] { return program_->has_ended(status); }));
  EXPECT_NE(rescued().find("# kept"), std::string::npos) << rescued();
}

// GLFW delivers the events of all windows while any of them waits.
TEST_F(WindowTest, TwoInOneProcessEachTakeTheirOwnClicks) {
  const InterfaceContext left_imgui;
  Window left(700, 600, "the left one");
  const InterfaceContext right_imgui;
  Window right(700, 600, "the right one");
  xdotool("search --name 'the left one' windowmove 0 0");
  xdotool("search --name 'the right one' windowmove 800 0");
  int left_clicks = 0, right_clicks = 0;
  const auto frames = [&](int count) {
    for (int i = 0; i < count; ++i) {
      left.wait(0.02);
      left.frame([&] { left_clicks += ImGui::IsMouseClicked(0); });
      right.frame([&] { right_clicks += ImGui::IsMouseClicked(0); });
    }
  };
  frames(10);
  xdotool("mousemove 1100 300");
  frames(5);
  xdotool("click 1");
  frames(10);
  EXPECT_EQ(right_clicks, 1);
  EXPECT_EQ(left_clicks, 0);
  xdotool("mousemove 300 300");
  frames(5);
  xdotool("click 1");
  frames(10);
  EXPECT_EQ(left_clicks, 1);
  EXPECT_EQ(right_clicks, 1);
}

}  // namespace
}  // namespace backstep
