// A new file takes the place of the old one only once it is complete.
#include "app/files/new_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/files/text_file.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

class NewFileTest : public testing::Test {
 protected:
  NewFileTest() {
    fs::create_directories(folder_);
    write_text(path_, "old");
  }
  ~NewFileTest() override { fs::remove_all(folder_); }

  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("backstep_new_file_" + std::to_string(getpid()));
  const fs::path path_ = folder_ / "kept.txt";
};

TEST_F(NewFileTest, TheOldOneStaysUntilItIsFinished) {
  NewFile file(path_);
  file.stream() << "new";
  file.stream().flush();
  EXPECT_EQ(read_text(path_), "old");
  file.finish();
  EXPECT_EQ(read_text(path_), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(NewFileTest, TheOldOneStaysWhenTheNewOneIsAbandoned) {
  { NewFile(path_).stream() << "half of the n"; }
  EXPECT_EQ(read_text(path_), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(NewFileTest, AnUnfinishedOneCanBeRemovedAtOnce) {
  NewFile file(path_);
  file.stream() << "half";
  EXPECT_EQ(files(), 2u);
  remove_unfinished_files();
  EXPECT_EQ(files(), 1u);
  EXPECT_EQ(read_text(path_), "old");
  EXPECT_THROW(file.finish(), FileError);
}

TEST_F(NewFileTest, ALinkStaysALink) {
  fs::create_symlink("kept.txt", folder_ / "link.txt");
  write_text(folder_ / "link.txt", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.txt"));
  EXPECT_EQ(read_text(path_), "new");
}

TEST_F(NewFileTest, AFullDeviceIsReported) {
  NewFile file("/dev/full");
  file.stream() << "text";
  EXPECT_THROW(file.finish(), FileError);
}

TEST_F(NewFileTest, ALongNameIsWrittenToo) {
  const fs::path longest = folder_ / (std::string(250, 'n') + ".txt");
  write_text(longest, "text");
  EXPECT_EQ(read_text(longest), "text");
}

TEST_F(NewFileTest, AFileThatIsBeingReadIsNotReplaced) {
  fs::create_symlink("kept.txt", folder_ / "link.txt");
  EXPECT_THROW(refuse_to_replace(folder_ / "link.txt", {path_}), FileError);
  EXPECT_THROW(refuse_to_replace(folder_ / "." / "kept.txt", {{}, path_}), FileError);
  EXPECT_NO_THROW(refuse_to_replace(folder_ / "other.txt", {path_, {}}));
}

}  // namespace
}  // namespace backstep
