// A rescued session is work that was not saved when Backstep was ended from
// outside: a session file in the settings folder, to be offered at the next start.
#pragma once

#include <filesystem>
#include <vector>

#include "app/documents/document.h"

namespace backstep {

struct Rescued {
  Document document;
  std::filesystem::path path;  // the file it was opened from or saved to; may be empty
};

// A file of this process's own that is not there yet.
std::filesystem::path new_rescue_file();

// Those that are there, the newest first. Never throws.
std::vector<std::filesystem::path> rescue_files();

// Both throw FileError.
void write_rescued(const std::filesystem::path& file, Rescued rescued);
Rescued read_rescued(const std::filesystem::path& file);

}  // namespace backstep
